"""Other things after those that were passed over."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.fusion import FusedItem
from retrievers.rounds import WIDTH, unlike_shown
from store.item_vectors import ItemVectors


def vectors(directions: list[float]) -> ItemVectors:
    """One item for each angle in degrees."""
    radians = np.radians(np.array(directions, dtype=np.float32))
    rows = np.stack([np.cos(radians), np.sin(radians)], axis=1)
    return ItemVectors(tuple(f"i{n}" for n in range(len(rows))), rows, np.arange(len(rows)))


def items(scores: list[float]) -> list[FusedItem]:
    return [FusedItem(f"i{n}", score, ("bm25",)) for n, score in enumerate(scores)]


def order(found: list[FusedItem]) -> list[str]:
    return [item.item_id for item in found]


def test_a_near_double_of_what_was_shown_gives_way_to_an_other_thing() -> None:
    kinds = (vectors([1, 80, 89, 0]),)
    assert order(unlike_shown(items([1.0, 0.9, 0.8]), [0, 1, 2], [3], kinds)) == ["i1", "i0", "i2"]


def test_within_a_round_doubles_give_way_too() -> None:
    kinds = (vectors([90, 89, 45, 5, 0]),)
    found = unlike_shown(items([1.0, 0.99, 0.8, 0.0]), [0, 1, 2, 3], [4], kinds)
    assert order(found) == ["i0", "i2", "i1", "i3"]


def test_what_answers_far_better_stays_before_what_is_only_different() -> None:
    kinds = (vectors([40, 90, 0]),)
    assert order(unlike_shown(items([1.0, 0.0]), [0, 1], [2], kinds)) == ["i0", "i1"]


@pytest.mark.parametrize("shown", [[], [0]])
def test_nothing_shown_and_nothing_found_change_nothing(shown: list[int]) -> None:
    kinds = (vectors([0]),)
    assert unlike_shown([], [], shown, kinds) == []
    assert unlike_shown(items([1.0]), [0], [], kinds) == items([1.0])


def test_it_is_a_permutation_and_far_candidates_keep_their_order() -> None:
    n = WIDTH + 5
    found = unlike_shown(items([1 - at / n for at in range(n)]), list(range(n)), [n], (vectors([*range(n + 1)]),))
    assert sorted(order(found)) == sorted(f"i{at}" for at in range(n))
    assert order(found)[WIDTH:] == [f"i{at}" for at in range(WIDTH, n)]


def test_items_without_a_vector_and_stores_without_photos_are_ranked_too() -> None:
    photos = ItemVectors(("i0", "i1", "i2"), np.zeros((0, 0), np.float32), np.zeros(0, np.intp))
    found = unlike_shown(items([1.0, 0.5]), [0, 1], [2], (vectors([0, 90, 0]), photos))
    assert sorted(order(found)) == ["i0", "i1"]
