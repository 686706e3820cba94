from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.shop import Shop, ordered
from agent.state import DialogueState, fold
from agent.utterance import Intent
from retrievers.base import Recommendation
from store.schemas import Item
from tests.agent.small_store import items, small_shop, small_understanding


def test_things_are_what_titles_end_on(shop: Shop) -> None:
    assert shop.is_thing("a big mug")
    assert not shop.is_thing("laptop")
    assert not shop.is_thing("")


def test_an_everyday_word_within_a_title_ends_no_name(tmp_path: Path) -> None:
    carried = replace(items()[0], title="Grey laptop carry bag for men")
    shop = small_shop(tmp_path, (carried, *items()[1:]))
    assert shop.is_thing("bag")
    assert not shop.is_thing("laptop")


def test_what_comes_in_packs_is_no_pack(tmp_path: Path) -> None:
    packed = replace(items()[0], title="Women pack of three cotton socks")
    shop = small_shop(tmp_path, (packed, *items()[1:]))
    assert (shop.is_thing("fanny pack"), shop.is_thing("wool socks")) == (False, True)


def test_a_store_that_has_but_bags_means_them_by_purses(tmp_path: Path) -> None:
    stocked = tuple(
        replace(i, title="Canvas bag", product_type="Gear > Bags") if i.category == "Mugs" else i for i in items()
    )
    rules = small_understanding(small_shop(tmp_path, stocked))
    assert rules.understand("a purse", DialogueState()).type_values == ("Bags",)
    assert rules.understand("a sofa", DialogueState()).unknown_type == "sofa"


def test_colourways_start_with_the_item(shop: Shop) -> None:
    item = shop.catalog.get("DR0")
    assert [other.item_id for other in shop.colourways(item)] == ["DR0", "DR3"]


def test_departments_are_the_broad_types(shop: Shop) -> None:
    assert set(shop.departments()) == {"Apparel", "Footwear", "Home", "Kitchen"}


def test_orders(shop: Shop) -> None:
    found = [Recommendation(shop.catalog.get(i), n, 1.0, ()) for n, i in enumerate(("DR2", "DR0", "DR4"), start=1)]
    assert [r.item.item_id for r in ordered(found, "cheapest")] == ["DR0", "DR2", "DR4"]
    assert [r.item.item_id for r in ordered(found, "top_rated")] == ["DR4", "DR2", "DR0"]
    assert ordered(found, "best") == found
    assert [r.item.item_id for r in ordered(found, "not_cheapest")] == ["DR2", "DR4"]
    assert [r.item.item_id for r in ordered(found, "not_dearest")] == ["DR2", "DR0"]
    assert ordered(found[:1], "not_cheapest") == found[:1]


@pytest.mark.parametrize("order", ["cheapest", "dearest", "top_rated"])
def test_of_equals_what_can_be_bought_comes_first(shop: Shop, order: str) -> None:
    item = shop.catalog.get("DR2")
    gone = replace(item, item_id="gone", availability="out_of_stock")
    found = [Recommendation(each, n, 1.0, ()) for n, each in enumerate((gone, item), start=1)]
    assert [r.item.item_id for r in ordered(found, order)] == ["DR2", "gone"]


GADGETS = (
    ("Power bank 10000 mAh", "Tech > Mah"),
    ("USB-C charger 65 W", "Tech > W"),
    ("Lead crystal bowl in amber", "Home > Bowls"),
    ("Watering can 1.5 l", "Home > Tools"),
    ("Tripod with phone holder", "Tech > Tripods"),
)


@pytest.fixture(scope="module")
def gadgets(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    more = tuple(
        Item(
            f"G{n}",
            title,
            f"{title} of ours.",
            9.0,
            product_type=kind,
            attributes={"color": ("Black",), "watering": ("Weekly",)},
        )
        for n, (title, kind) in enumerate(GADGETS)
    )
    return small_shop(tmp_path_factory.mktemp("gadgets"), (*items(), *more))


@pytest.mark.parametrize(
    ("phrase", "lacked"),
    [
        ("power bank", False),
        ("a charger", False),
        ("watering can", False),
        ("phone holder", False),  # all of it stands in a title
        ("bowls", False),
        ("mah", True),
        ("holder", True),
        ("laptop", True),
        ("charger cable", True),
    ],
)
def test_what_a_title_says_is_carried(phrase: str, lacked: bool, gadgets: Shop) -> None:
    assert gadgets.lacks(phrase) is lacked


def test_a_thing_with_a_number_behind_it_is_a_need_of_its_own(gadgets: Shop) -> None:
    rules = small_understanding(gadgets)
    for text, thing in (("power bank", "power bank"), ("a watering can", "watering can"), ("a charger", "charger")):
        state = fold(DialogueState(), rules.understand("dresses", DialogueState())).with_cards(("DR0", "DR1"))
        assert rules.understand(text, DialogueState()).unknown_type == thing
        assert rules.understand(text, state).unknown_type == thing


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Books by genre, which no title says."""
    sold = (("Berlin 1929", "History"), ("The Salt Road", "Crime"), ("Winter Harbour", "Crime"), ("Knots", "Crafts"))
    formats = ("Board book", "Audiobook", "Ebook", "Paperback")
    found = [
        Item(
            f"B{n}",
            title,
            "By us.",
            9.0,
            product_type=genre,
            attributes={"color": ("Black",), "format": (form,), "author": ("Jo Wray",)},
        )
        for n, ((title, genre), form) in enumerate(zip(sold, formats, strict=True))
    ]
    return small_shop(tmp_path_factory.mktemp("books"), tuple(found))


def test_a_word_for_all_of_a_shop_names_no_thing(books: Shop, shop: Shop) -> None:
    assert "book" in books.general
    assert not shop.general
    rules = small_understanding(books)
    said = rules.understand("do you have books by Jo Wray", DialogueState())
    assert (said.unknown_type, said.include, said.text) == ("", {"author": ("Jo Wray",)}, "")
    assert rules.understand("board books", DialogueState()).include == {"format": ("Board book",)}
    assert rules.understand("what books do you have?", DialogueState()).intent is Intent.BROWSE
    assert rules.understand("do you have teapots?", DialogueState()).unknown_type == "teapots"


def test_where_types_are_no_names_only_what_no_record_says_is_not_carried(books: Shop) -> None:
    assert [books.lacks(thing) for thing in ("berlin", "salt", "teapot")] == [False, False, True]
