from __future__ import annotations

import pytest

from tests.agent.conftest import Talk


@pytest.mark.parametrize("text", ["no jewellery please", "nothing with earrings", "not a necklace, no jewellery"])
def test_a_kind_that_is_not_carried_stays_refused(text: str, talk: Talk) -> None:
    state = talk("something red", text, "under 60")
    assert state.constraints.exclude_words
    assert state.constraints.exclude_words[-1] in text


def test_what_no_record_could_tell_is_not_noted_as_refused(talk: Talk) -> None:
    assert talk("something red", "no parabens please").constraints.exclude_words == ()


def test_a_kind_that_is_carried_is_refused_as_a_kind(talk: Talk) -> None:
    assert talk("something red", "no boots please").constraints.exclude["category"] == ("Boots",)
