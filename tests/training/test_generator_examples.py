"""Examples carry the vector that the program would ask with, and the words as they were said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrievers.dialogue_prefix import Role
from retrievers.minilm import WordPieces
from retrievers.standalone import mixed, spoken_of
from store.weights import MINILM, fetch
from tests.retrievers.small_evidence import FACTS, FEATURES
from tests.retrievers.small_shop import ITEMS, WordEncoder
from training.generator_examples import KNOWN_DIALOGUES, MadeUpDialogues, every_item
from training.made_up_queries import past_turns
from training.simulated_dialogues import Dialogue, Simulator


class OneDialogue(Simulator):
    """Always the same one."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    def dialogue(self, target: int) -> Dialogue:
        assert target == self._dialogue.target
        return self._dialogue


@pytest.fixture(scope="module")
def pieces(models_dir: Path) -> WordPieces:
    return WordPieces(fetch(MINILM, models_dir))


def test_every_item_is_led_to_as_often() -> None:
    assert np.bincount(every_item(7)).tolist() == [KNOWN_DIALOGUES] * 7
    assert np.bincount(every_item(70_000)).tolist() == [1] * 70_000


def test_what_the_last_words_speak_of_is_what_the_bench_takes() -> None:
    simulator = Simulator(ITEMS, FEATURES, 5)
    dialogues = [simulator.dialogue(at % len(ITEMS)) for at in range(200)]
    for dialogue in dialogues:
        turns = past_turns(dialogue, FACTS)
        assert [FACTS.item_ids[at] for at in dialogue.spoken_of()] == list(spoken_of(turns))
    assert any(dialogue.spoken_of() for dialogue in dialogues)


def test_told_at_once_has_one_turn_and_nothing_on_the_table() -> None:
    items = ((Role.SHOWN, 1, 0), (Role.LIKED, 1, 0), (Role.REFUSED, 2, 3))
    told = Dialogue(("a mug", "like this", "no"), items, None, 1, "a blue mug").told_at_once()
    assert told.texts == ("a blue mug",)
    assert told.items == ((Role.LIKED, 0, 0), (Role.REFUSED, 0, 3))
    assert told.spoken_of() == []


def test_requests_are_mixed_as_asked_with_their_words_at_times_moved_to_the_item(pieces: WordPieces) -> None:
    dialogue = Dialogue(("a mug", "in green"), ((Role.SHOWN, 1, 2),), None, 1, "green mug")
    source = MadeUpDialogues(OneDialogue(dialogue), FEATURES, pieces, WordEncoder(), [1])
    drawn = source.draw(400, np.random.default_rng(0))
    words = WordEncoder().encode_texts(["in green"])[0]
    asked = mixed(words, FEATURES.text[[2]])
    requests = [each.prefix.request for each in drawn if each.prefix.request is not None]
    as_asked = [np.allclose(request, asked, atol=1e-6) for request in requests]
    assert 0.4 < np.mean(as_asked) < 0.6
    assert all(request @ FEATURES.text[1] >= asked @ FEATURES.text[1] - 1e-5 for request in requests)
    assert 0.5 < len(requests) / len(drawn) < 0.7
    without = [each for each in drawn if each.prefix.request is None]
    assert all(len(each.prefix.words) == 2 for each in without)
    assert {each.prefix.items[0] for each in drawn} == {(Role.SHOWN, 0, 2)}
    assert {each.target for each in drawn} == {1}
