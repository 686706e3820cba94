from __future__ import annotations

from agent.purposes import other_words
from agent.vocabulary import Sense
from agent.words import stems


def test_a_purpose_is_meant_by_its_other_words_too() -> None:
    trek = Sense("occasion", ("Trekking",))
    found = other_words({stems("trekking"): trek})
    assert found[stems("hiking")] == trek
    assert stems("trekking") not in found
    assert stems("office") not in found


def test_a_word_that_means_something_already_keeps_its_meaning() -> None:
    trek, name = Sense("occasion", ("Trekking",)), Sense("brand", ("Hike",))
    assert stems("hike") not in other_words({stems("trekking"): trek, stems("hike"): name})


def test_what_is_no_purpose_has_no_other_words() -> None:
    assert other_words({stems("party"): Sense("brand", ("Party",))}) == {}
