from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.chips import chips
from agent.grammar import one_article, plural
from agent.item_replies import named
from agent.reasons import reason
from agent.state import DialogueState, Need, fold
from agent.wording import fact_words, listing, money, nothing, request, things
from store.schemas import Item
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding


def test_money() -> None:
    assert money(1234.5, "GBP") == "£1,234.50"
    assert money(60.0, "USD") == "$60"
    assert money(None, "USD") == "price on request"


def test_lists() -> None:
    assert listing(["a", "b", "c"], "or") == "a, b or c"
    assert listing([]) == ""


def test_a_request_in_words(talk: Talk) -> None:
    state = talk("a blue or green jacket without a hood under 60, no leather")
    assert request(state, "USD") == "blue or green jackets under $60, without hood or leather"


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("occasion", "Wedding guest", "lamps, not for a wedding guest"),
        ("season", "Spring", "lamps, not for spring"),
        ("occasion", "Everyday", "lamps, not everyday"),
        ("material", "Brass", "lamps, without brass"),
    ],
)
def test_what_a_thing_must_not_be_for_is_nothing_that_is_in_it(fact: str, value: str, said: str) -> None:
    need = Need("category", ("Lamps",), "lamps", exclude={fact: (value,)})
    assert request(DialogueState((need,), 0), "USD") == said


def test_what_is_refused_is_named_as_the_shopper_named_it(tmp_path: Path) -> None:
    strap = Item(
        "S1", "Yoga strap", product_type="Gear > Yoga", attributes={"kind": ("Sprite Yoga Strap",), "color": ("Red",)}
    )
    rules = small_understanding(small_shop(tmp_path, (*items(), strap)))
    state = fold(DialogueState(), rules.understand("dresses without straps", DialogueState()))
    assert request(state, "USD") == "dresses, without straps"
    assert {chip.label for chip in chips(state, "USD")} == {"dresses", "no straps"}
    assert "strap" not in reason(items()[0], state)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("scarf", "scarves"),
        ("scarfs", "scarves"),
        ("wool scarf", "wool scarves"),
        ("body", "bodies"),
        ("jersey", "jerseys"),
        ("men", "men"),
        ("gold jewellery", "gold jewellery pieces"),
        ("cordless", "cordless pieces"),
        ("glass", "glasses"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert things(DialogueState((Need(unknown_type=one),), 0)) == many


def test_a_department_that_is_a_place_has_pieces() -> None:
    assert things(DialogueState((Need("product_type", ("Kitchen",), "kitchen"),), 0)) == "kitchen pieces"


def test_items_of_one_title_are_told_apart_by_what_differs() -> None:
    boots = Item("B1", "Jura boots, brown", attributes={"color": ("Brown",), "closure": ("laces",)})
    other = replace(boots, item_id="B2", attributes={"color": ("Brown",), "closure": ("elastic sides",)})
    twin = replace(boots, item_id="B3")
    assert named(boots, (boots, other)) == "The Jura boots, brown (laces)"
    assert named(boots, (boots, twin)) == "The Jura boots, brown, number 1,"
    assert named(twin, (boots, twin)) == "The Jura boots, brown, number 2,"


def test_what_says_how_a_thing_is_stands_before_it(talk: Talk) -> None:
    assert request(talk("a hooded jacket under 60"), "USD") == "hooded jackets under $60"
    assert request(talk("a jacket, ideally hooded"), "USD") == "jackets, preferably hooded"


def test_refused_brands_keep_their_name(talk: Talk) -> None:
    assert request(talk("boots, not marlow"), "USD") == "boots, not by Marlow"


def test_a_fact_names_the_kind_where_no_type_does() -> None:
    need = Need(include={"shoe_type": ("Sneakers",), "color": ("White",)})
    assert request(DialogueState((need,), 0), "USD") == "white sneakers"
    assert request(DialogueState((Need(include={"style_general": ("Hooded",)}),), 0), "USD") == "hooded pieces"


def test_what_is_like_a_card_keeps_the_name_of_its_style() -> None:
    need = Need("category", ("Pants",), include={"style_bottom": ("Leggings",)}, anchor="P0")
    assert request(DialogueState((need,), 0), "USD") == "leggings"


def test_an_occasion_has_its_article(talk: Talk) -> None:
    assert request(talk("a dress for a party"), "USD") == "dresses for a party"
    assert request(talk("a dress for work"), "USD") == "dresses for work"


def test_a_value_that_says_its_fact_is_not_told_twice() -> None:
    assert fact_words("sleeve", "sleeveless") == "sleeveless"


def test_many_values_of_a_part_are_told_by_its_name() -> None:
    many = tuple(f"{word} sleeve" for word in ("long", "short", "puff", "bell", "balloon"))
    need = Need(type_fact="category", type_values=("Dresses",), include={"sleeve": many})
    assert request(DialogueState((need,), 0), "USD") == "dresses with sleeves"
    few = replace(need, include={"sleeve": many[:2]})
    assert request(DialogueState((few,), 0), "USD") == "dresses with long sleeve or short sleeve"


def test_for_everybody_goes_without_saying() -> None:
    need = Need(type_fact="category", type_values=("Watches",), preferred={"gender": ("Unisex",)})
    assert request(DialogueState((need,), 0), "USD") == "watches"


@pytest.mark.parametrize(
    ("include", "words"),
    [
        ({"usage": ("Formal",)}, "formal boots"),
        ({"usage": ("Casual", "Formal")}, "casual or formal boots"),
        ({"usage": ("Party",)}, "boots for a party"),
        ({"sport": ("Running", "Gym")}, "boots for running or gym"),
        ({"size": ("UK6", "US6")}, "boots in size UK6 or US6"),
        ({"material": ("Silk", "Linen")}, "boots in silk or linen"),
        ({"style_shoe": ("Wellies",)}, "wellies"),
        ({"style_shoe": ("Chelsea",)}, "boots with chelsea"),
    ],
)
def test_a_wish_reads_as_one_would_say_it(include: dict[str, tuple[str, ...]], words: str) -> None:
    need = Need(type_fact="category", type_values=("Boots",), type_words="wellies", include=include)
    assert request(DialogueState((need,), 0), "USD") == words


@pytest.mark.parametrize(
    ("title", "several"),
    [
        ("Comté 12 months", False),
        ("The Night Trains", False),
        ("501 jeans", True),
        ("Theo boots", True),
        ("Running shoes for months of wear", True),
    ],
)
def test_a_title_is_one_thing_though_it_ends_on_a_span_or_is_a_name(title: str, several: bool) -> None:
    assert plural(title) is several


def test_a_title_with_its_own_article_takes_no_other() -> None:
    assert (
        one_article("The The Salt House is £9. First comes the The Bear.")
        == "The Salt House is £9. First comes The Bear."
    )
    assert one_article("Of the thermos cups the Theo is first.") == "Of the thermos cups the Theo is first."


@pytest.mark.parametrize(
    ("fact", "value", "told"),
    [
        ("waterproof", "None", "not waterproof"),
        ("closure", "n/a", "no closure"),
        ("waterproof", "no", "not waterproof"),
    ],
)
def test_a_word_for_nothing_is_no_value(fact: str, value: str, told: str) -> None:
    assert fact_words(fact, value) == told


def test_a_bare_number_is_told_with_the_unit_of_its_name() -> None:
    assert fact_words("net_weight_kg", "0.7") == "net weight 0.7 kg"
    assert fact_words("pieces", "1000") == "pieces 1000"


def test_patterns_are_refused_by_their_names() -> None:
    refused = {"pattern": ("Solid", "Stripes"), "material": ("Wool",)}
    state = DialogueState((Need("category", ("Scarves",), "scarves", exclude=refused),), 0)
    assert request(state, None).startswith("scarves, not solid, without stripes")
    assert nothing(state)[0] == "solid"
    assert nothing(state)[-1].startswith("with stripes")
