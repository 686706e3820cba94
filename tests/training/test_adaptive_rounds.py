"""Rounds of one session and what they are measured by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from tests.agent.small_store import items
from tests.retrievers.small_shop import ITEMS, open_recommender
from training.adaptive_rounds import MOST_ROUNDS, Wish, figures, hold, recommending, wishes


def test_rounds_are_told_what_was_shown() -> None:
    told: list[list[str]] = []

    def next_round(_: Wish, shown: Sequence[str], knowing: bool) -> list[str]:
        told.append([*shown])
        return [f"i{len(told)}"]

    rounds = hold(Wish({}, "x", frozenset("x")), next_round, True)
    assert rounds == [[f"i{n}"] for n in range(1, MOST_ROUNDS + 1)]
    assert told[:3] == [[], ["i1"], ["i1", "i2"]]


def test_figures_by_hand() -> None:
    wish = Wish({}, "t", frozenset(("f", "t")))
    rounds = [["a", "b"], ["f", "c"], ["t"], []]
    found = figures(wish, rounds, {"a": "1", "b": "1", "f": "2", "c": "3", "t": "4"})
    assert found == {
        "rounds": 2, "fits@2": True, "fits@3": True, "target@2": False, "target@3": True, "styles@3": 4,
        "repeated": 0,
    }  # fmt: skip
    assert figures(wish, [["a"]], {"a": "1"})["rounds"] == MOST_ROUNDS + 1


def test_a_wish_is_of_a_kind_with_enough_things_and_its_target_fits() -> None:
    assert all(not wish.fitting for wish in islice(wishes(items(), 0), 50))  # six things of each kind are too few
    many = [replace(item, item_id=f"{item.item_id}-{n}") for n in range(8) for item in items()]
    given = [wish for wish in islice(wishes(many, 0), 50) if wish.fitting]
    assert given
    for wish in given:
        assert wish.target in wish.fitting
        assert set(wish.said) >= {"category"}


def test_the_shops_own_search_never_repeats_and_ends_when_all_was_shown(tmp_path: Path) -> None:
    next_round = recommending(open_recommender(ITEMS, tmp_path))
    wish = Wish({"category": ("Dresses",)}, "d1", frozenset(("d1",)))
    rounds = hold(wish, next_round, True)
    assert sorted(rounds[0]) == ["d1", "d2", "d3"]
    assert rounds[1:] == [[]] * (MOST_ROUNDS - 1)
