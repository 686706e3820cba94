"""What is sold out gives its place to an equal, and to nothing else; nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrievers.base import Query
from retrievers.fusion import FusedItem
from retrievers.stock import LED_BY, buyable_first, buyable_pick
from store.schemas import Constraints, Item
from tests.retrievers.small_shop import item, open_catalog, open_recommender


def tee(item_id: str, size: str, stock: str, color: str = "Red") -> Item:
    made = item(item_id, "Jersey tee", "Wear > Tees", color, 20.0, item_group_id="tee", availability=stock)
    return replace(made, attributes={**made.attributes, "size": (size,)})


def order(tmp_path: Path, items: list[Item], scores: list[float]) -> list[str]:
    found = [FusedItem(each.item_id, score, ()) for each, score in zip(items, scores, strict=True)]
    return [candidate.item_id for candidate in buyable_first(found, open_catalog(items, tmp_path))]


GONE = item("gone", "Oak desk", "Home > Desks", "Brown", 90.0, availability="out_of_stock")
HERE = item("here", "Elm desk", "Home > Desks", "Brown", 95.0)
LAST = item("last", "Pine stool", "Home > Stools", "Brown", 30.0)


def test_a_near_tie_goes_to_what_can_be_bought(tmp_path: Path) -> None:
    assert order(tmp_path, [GONE, HERE, LAST], [1.0, 0.98, 0.0]) == ["here", "gone", "last"]
    ahead = replace(HERE, availability="preorder")
    assert order(tmp_path, [GONE, ahead, LAST], [1.0, 0.98, 0.0]) == ["here", "gone", "last"]


def test_what_fits_clearly_better_stays_first_though_it_is_sold_out(tmp_path: Path) -> None:
    assert order(tmp_path, [GONE, HERE, LAST], [1.0, 0.8, 0.0]) == ["gone", "here", "last"]


def test_another_size_of_the_style_takes_the_place_from_afar(tmp_path: Path) -> None:
    items = [tee("s", "S", "out_of_stock"), HERE, tee("m", "M", "in_stock"), LAST]
    assert order(tmp_path, items, [1.0, 0.7, 0.5, 0.0]) == ["m", "here", "s", "last"]


def test_another_colour_of_the_style_is_not_the_same(tmp_path: Path) -> None:
    items = [tee("s", "S", "out_of_stock"), tee("m", "M", "in_stock", "Blue"), LAST]
    assert order(tmp_path, items, [1.0, 0.5, 0.0]) == ["s", "m", "last"]
    assert order(tmp_path, items, [1.0, 1.0, 0.0]) == ["m", "s", "last"]


@given(st.lists(st.tuples(st.booleans(), st.floats(-20, 0), st.integers(0, 3)), max_size=12))
def test_all_candidates_are_there_once_and_what_is_in_stock_moves_forward_only(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[bool, float, int]]
) -> None:
    stock = ("out_of_stock", "in_stock")
    items = [
        replace(tee(f"t{n}", "S", stock[here]), item_group_id=f"g{group}") for n, (here, _, group) in enumerate(drawn)
    ]
    scores = sorted((score for _, score, _ in drawn), reverse=True)
    found = order(tmp_path_factory.getbasetemp(), items, scores)
    assert sorted(found) == sorted(each.item_id for each in items)
    buyable = [each.item_id for each in items if not each.sold_out]
    assert all(found.index(item_id) <= int(item_id[1:]) for item_id in buyable)


def test_an_answer_leads_with_what_can_be_bought(tmp_path: Path) -> None:
    items = (tee("s", "S", "out_of_stock"), tee("m", "M", "in_stock"), replace(GONE, price=20.0), HERE, LAST)
    shop = open_recommender(items, tmp_path)
    answer = shop.recommend(Query("jersey tee"), 4)
    ids = [recommendation.item.item_id for recommendation in answer.recommendations]
    assert ids.index("m") < ids.index("s")
    assert answer.trace is not None
    assert answer.trace.rearranged
    assert [answer.trace.item_ids[at] for at in answer.trace.order][:4] == ids
    cheap = shop.recommend(Query(constraints=Constraints(price_max=25)), 1)  # nothing to rank by
    assert [recommendation.item.item_id for recommendation in cheap.recommendations] == ["m"]


@pytest.mark.parametrize(
    ("said", "first"),
    [((0.5, 0.2, 0.5), "last"), ((0.5, 0.6, 0.5), "here"), ((0.5, 0.2, 0.3), "gone"), ((0.0, 0.0, 0.0), "here")],
)
def test_the_first_pick_can_be_bought_unless_it_alone_says_what_was_asked(
    tmp_path: Path, said: tuple[float, ...], first: str
) -> None:
    items = [GONE, HERE, LAST]
    found = [FusedItem(each.item_id, 3.0 - n, ()) for n, each in enumerate(items)]
    ranked = [each.item_id for each in buyable_pick(found, open_catalog(items, tmp_path), said)]
    assert ranked == [first, *(each.item_id for each in items if each.item_id != first)]


def test_what_is_not_shown_takes_no_first_place(tmp_path: Path) -> None:
    items = [*(replace(GONE, item_id=f"g{n}") for n in range(LED_BY)), HERE]
    found = [FusedItem(each.item_id, 9.0 - n, ()) for n, each in enumerate(items)]
    assert buyable_pick(found, open_catalog(items, tmp_path), [1.0] * len(items)) == found


def test_a_sold_out_item_that_is_named_leads(tmp_path: Path) -> None:
    desks = (replace(GONE, title="Rune oak desk"), HERE, replace(HERE, item_id="more", title="Ash desk"), LAST)
    shop = open_recommender(desks, tmp_path)
    for text, buyable in (("rune oak desk", False), ("desk", True)):
        first = shop.recommend(
            Query(text, constraints=Constraints(include={"category": ("Desks",)})), 3
        ).recommendations[0]
        assert first.item.sold_out is not buyable, text


def test_of_two_that_miss_the_price_by_as_much_the_one_in_stock_is_nearest(tmp_path: Path) -> None:
    twins = (replace(GONE, item_id="a", title="Elm desk"), replace(HERE, price=90.0), replace(LAST, title="Elm desk"))
    limits = Constraints(include={"category": ("Desks",)}, price_max=50)
    answer = open_recommender(twins, tmp_path).recommend(Query("elm desk", constraints=limits), 2)
    assert [recommendation.item.item_id for recommendation in answer.recommendations] == ["here", "a"]
