from __future__ import annotations

import pytest

from agent.compared_cards import each_named, named_apart, undescribed
from agent.shop import Shop
from store.schemas import Item


@pytest.fixture
def cards(shop: Shop) -> list[Item]:
    """A red, a blue and a navy mug: of ceramic, glass and enamel, each dearer and better rated than the last."""
    return [shop.catalog.get(item_id) for item_id in ("MU0", "MU1", "MU2")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("compare the second and the best rated", ("MU1", "MU2")),
        ("compare the cheapest with the third", ("MU0", "MU2")),
        ("compare the best rated and the best rated", ("MU2", "MU1")),
        ("compare the most expensive and the cheapest one", ("MU2", "MU0")),
    ],
)
def test_each_part_of_a_comparison_names_a_card_of_its_own(
    text: str, named: tuple[str, ...], cards: list[Item], shop: Shop
) -> None:
    assert tuple(ref.item_id for ref in each_named(text, cards, shop.vocabulary)) == named


def test_a_part_that_names_nothing_leaves_the_comparison_unresolved(cards: list[Item], shop: Shop) -> None:
    assert each_named("compare the second and my old teapot", cards, shop.vocabulary) == ()


def test_where_no_card_is_so_the_words_that_ask_for_it_are_told(cards: list[Item], shop: Shop) -> None:
    assert undescribed("compare the green and the blue one", cards, shop.vocabulary) == ("green",)
    assert undescribed("compare the red and the blue one", cards, shop.vocabulary) == ()


def test_words_of_titles_name_cards(cards: list[Item]) -> None:
    found = named_apart("is the enamel or the ceramic lighter?", cards)
    assert [ref.item_id for ref in found] == ["MU2", "MU0"]
    assert named_apart("is the mug or the mug lighter?", cards) == ()
