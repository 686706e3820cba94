"""First messages fit the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agent.examples import DEMO_EXAMPLES, examples_of
from agent.shop import Shop, speller_of
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from store.schemas import Item
from tests.agent.small_store import items, small_shop, small_understanding


def texts(shop: Shop, demo: str = "demo") -> list[str]:
    return [example.text for example in examples_of(shop, demo, small_understanding(shop))]


def test_a_store_asks_in_its_own_kinds_values_and_prices(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    assert texts(shop) == [
        "Show me dresses in linen under $65",
        "Show me jackets, not red",
        "The cheapest boots",
        "Show me sneakers under $50",
    ]
    assert texts(shop, shop.catalog.name) == list(DEMO_EXAMPLES)


def test_every_example_finds_several_things_in_stock(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    rules = small_understanding(shop)
    for text in texts(shop):
        read = fold(DialogueState(), rules.understand(text, DialogueState()))
        assert shop.facts.allowed(replace(read.constraints, in_stock=True)).sum() > 1, text
        assert read.need.type_values


def test_what_is_sold_out_or_has_no_price_makes_no_example(tmp_path: Path) -> None:
    gone = tuple(replace(item, availability="out_of_stock") for item in items() if "Mugs" in item.product_type)
    free = tuple(replace(item, price=None, sale_price=None) for item in items() if "Boots" in item.product_type)
    assert texts(small_shop(tmp_path, (*gone, *free))) == ["Show me boots in leather"]


def test_a_photo_comes_with_a_colour_that_its_kind_is_sold_in(tmp_path: Path) -> None:
    colours = {
        "Boots": ("Red", "Black", "Black", "Mixed", "Mixed", "Mixed"),
        "Mugs": ("Blue", "Green", "Green", "Blue"),
    }
    stocked = tuple(
        Item(
            f"{kind}{n}",
            f"{colour} {kind}",
            product_type=kind,
            image_paths=("1.png",),
            attributes={"color": (colour,)},
        )
        for kind, all_of_it in colours.items()
        for n, colour in enumerate(all_of_it)
    )
    shop = small_shop(tmp_path, stocked)
    shop.catalog.folder.mkdir(parents=True, exist_ok=True)
    (shop.catalog.folder / "1.png").touch()
    rules = small_understanding(shop)
    seen = replace(rules._sense, photo_types=lambda _: ("Boots",))
    photos = [
        e for e in examples_of(shop, "demo", RuleUnderstanding(shop.vocabulary, speller_of(shop), seen)) if e.photo
    ]
    assert [(e.text, e.photo) for e in photos] == [("Something like this, but in black", shop.image(stocked[0]))]
