"""Dialogues lead to their item: what is shown is near it and never it, photos are unit vectors of the right thing."""

from __future__ import annotations

import numpy as np

from retrievers.dialogue_prefix import Role
from store.schemas import Item
from tests.retrievers.small_evidence import FEATURES
from tests.retrievers.small_generator import features
from tests.retrievers.small_shop import ITEMS
from training.simulated_dialogues import MOST_TURNS, Simulator, neighbours


def test_neighbours_are_the_nearest_others() -> None:
    vectors = np.array([[1, 0], [0.9, 0.1], [0, 1]], dtype=np.float32)
    assert neighbours(vectors, 1).tolist() == [[1], [0], [1]]
    assert neighbours(vectors, 9).shape == (3, 2)


def test_dialogues_are_well_formed() -> None:
    simulator = Simulator(ITEMS, FEATURES, 0)
    dialogues = [simulator.dialogue(at % len(ITEMS)) for at in range(300)]
    for dialogue in dialogues:
        assert 1 <= len(dialogue.texts) <= MOST_TURNS
        assert all(1 <= turn < len(dialogue.texts) for _, turn, _ in dialogue.items)
        assert all(item != dialogue.target for _, _, item in dialogue.items)
        shown = {(turn, item) for role, turn, item in dialogue.items if role is Role.SHOWN}
        assert all((turn, item) in shown for role, turn, item in dialogue.items if role is not Role.SHOWN)
        if dialogue.photo is not None:
            np.testing.assert_allclose(np.linalg.norm(dialogue.photo), 1, atol=1e-5)
    assert any(d.photo is not None for d in dialogues)
    assert {Role.SHOWN, Role.LIKED, Role.REFUSED} == {role for d in dialogues for role, _, _ in d.items}


def test_a_store_of_one_item_has_dialogues_of_one_turn() -> None:
    simulator = Simulator([Item("a", "Thing")], features(1), 0)
    assert {len(simulator.dialogue(0).texts) for _ in range(20)} == {1}


def test_the_same_seed_draws_the_same_dialogues() -> None:
    one, other = Simulator(ITEMS, FEATURES, 3), Simulator(ITEMS, FEATURES, 3)
    assert [one.dialogue(2).texts for _ in range(9)] == [other.dialogue(2).texts for _ in range(9)]
