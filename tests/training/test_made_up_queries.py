"""Made-up dialogues are asked as the program asks: at once as the shop does, turn by turn as the bench does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrievers.dialogue_prefix import Role
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import small_bench, write_catalog
from training.bench import OpenStore
from training.made_up_queries import MadeUpQueries
from training.simulated_dialogues import Dialogue


@pytest.fixture
def store(tmp_path: Path) -> OpenStore:
    write_catalog(tmp_path)
    return small_bench(tmp_path).store


def blue_mug_after_green(store: OpenStore) -> Dialogue:
    """A green mug was shown and refused beside a dress that was liked, then blue was asked for."""
    target, mug, dress = (store.facts.positions([item])[0] for item in ("m1", "m2", "d2"))
    items = ((Role.SHOWN, 1, mug), (Role.SHOWN, 1, dress), (Role.REFUSED, 1, mug), (Role.LIKED, 1, dress))
    return Dialogue(("a mug", "in blue"), items, None, target, "blue enamel mug")


def test_the_shop_asks_the_wish_at_once(store: OpenStore) -> None:
    asked = MadeUpQueries(store).shop(blue_mug_after_green(store))
    assert asked.query.text == "blue enamel mug"
    assert [turn.text for turn in asked.query.turns] == ["blue enamel mug"]
    assert asked.query.turns[0].liked == ("d2",)
    assert asked.query.turns[0].rejected == ("m2",)
    assert asked.query.turns[0].shown == ()
    np.testing.assert_allclose(asked.text_vector, WordEncoder().encode_texts(["blue enamel mug"])[0], atol=1e-6)
    assert [store.facts.item_ids[at] for at in np.flatnonzero(~asked.allowed)] == ["m2"]


def test_the_bench_asks_the_last_words_of_what_they_speak_of(store: OpenStore) -> None:
    asked = MadeUpQueries(store).bench(blue_mug_after_green(store))
    assert [turn.text for turn in asked.query.turns] == ["a mug", "in blue"]
    assert asked.query.text.split().count("silk") == 2  # the liked dress speaks along, twice as the turn of now
    said = WordEncoder().encode_texts(["in blue"])[0]
    dress = store.hybrid.text.vectors.rows_of(store.facts.positions(["d2"])[0])[0]
    assert asked.text_vector is not None
    assert min(asked.text_vector @ said, asked.text_vector @ dress) > max(0.6, said @ dress)
    assert {store.facts.item_ids[at] for at in np.flatnonzero(~asked.allowed)} == {"m2", "d2"}


def test_what_the_dialogue_leads_to_may_be_found_though_it_was_shown(store: OpenStore) -> None:
    target = store.facts.positions(["m1"])[0]
    dialogue = Dialogue(("a mug", "that one"), ((Role.SHOWN, 1, target),), None, target, "a mug")
    assert MadeUpQueries(store).bench(dialogue).allowed.all()
