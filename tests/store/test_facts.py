"""Hard constraints: each kind by hand, and all of them against a naive check of one item at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.facts import MOST_TAGS, FactTable
from store.schemas import Constraints, Item

DRESS = Item(
    "dress",
    "Linen Summer Dress",
    price=80.0,
    sale_price=49.99,
    brand="Acme",
    product_type="Apparel > Dresses",
    attributes={"color": ("Red", "White"), "size": ("S", "M")},
)
COAT = Item(
    "coat",
    "Hooded Coat",
    price=120.0,
    availability="out_of_stock",
    brand="acme ",
    product_type="Apparel > Outerwear > Coats",
    attributes={"color": ("Blue",), "material": ("Faux-leather trim",)},
)
SANDALS = Item("sandals", "Slip-On Sandals", product_type="Footwear > Sandals", attributes={"color": ("red",)})
ITEMS = (DRESS, COAT, SANDALS)


def allowed_ids(constraints: Constraints) -> set[str]:
    table = FactTable(ITEMS)
    return {item_id for item_id, ok in zip(table.item_ids, table.allowed(constraints), strict=True) if ok}


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        (Constraints(), {"dress", "coat", "sandals"}),
        (Constraints(include={"color": ("RED",)}), {"dress", "sandals"}),
        (Constraints(include={"color": ("blue", "white")}), {"dress", "coat"}),
        (Constraints(include={"color": ("red",), "size": ("m",)}), {"dress"}),
        (Constraints(include={"brand": ("ACME",)}), {"dress", "coat"}),
        (Constraints(include={"category": ("Coats",)}), {"coat"}),
        (Constraints(include={"category": ("Apparel",)}), set()),
        (Constraints(include={"product_type": ("apparel",)}), {"dress", "coat"}),
        (Constraints(include={"product_type": ("Outerwear",)}), {"coat"}),
        (Constraints(include={"product_type": ("Apparel > Dresses",)}), {"dress"}),
        (Constraints(include={"availability": ("out_of_stock",)}), {"coat"}),
        (Constraints(include={"wattage": ("5",)}), set()),
        (Constraints(include={"color": ("green",)}), set()),
        (Constraints(exclude={"color": ("red",)}), {"coat"}),
        (Constraints(exclude={"color": ("green",), "wattage": ("5",)}), {"dress", "coat", "sandals"}),
        (Constraints(exclude_words=("hood",)), {"dress", "sandals"}),
        (Constraints(exclude_words=("dress",)), {"coat", "sandals"}),
        (Constraints(exclude_words=("leather",)), {"dress", "sandals"}),
        (Constraints(exclude_words=("slip on",)), {"dress", "coat"}),
        (Constraints(exclude_words=("slipons",)), {"dress", "coat"}),
        (Constraints(exclude_words=("coats blue",)), {"dress", "coat", "sandals"}),
        (Constraints(exclude_words=("", "!")), {"dress", "coat", "sandals"}),
        (Constraints(exclude_items=("coat", "unknown")), {"dress", "sandals"}),
        (Constraints(price_max=49.99), {"dress"}),
        (Constraints(price_min=49.99), {"dress", "coat"}),
        (Constraints(price_min=50, price_max=120), {"coat"}),
        (Constraints(in_stock=True), {"dress", "sandals"}),
        (Constraints(on_sale=True), {"dress"}),
    ],
    ids=lambda value: str(value.to_json()) if isinstance(value, Constraints) else "",
)
def test_each_constraint(constraints: Constraints, expected: set[str]) -> None:
    assert allowed_ids(constraints) == expected


@pytest.mark.parametrize(
    ("word", "said", "unsaid"),
    [
        (
            "ankle",
            {"title": "Ankle socks"},
            {"title": "Socks", "attributes": {"length": ("Above Ankle",)}},
        ),
        ("hood", {"title": "Jacket with hood"}, {"title": "Jacket with no hood, pink"}),
        ("hood", {"attributes": {"hood": ("detachable hood",)}}, {"attributes": {"hood": ("without a hood",)}}),
        ("hood", {"title": "Jacket without collar, with hood"}, {"title": "Hoodless jacket"}),
        ("pockets", {"title": "Coat, no belt, two pockets"}, {"title": "Coat with no front pockets"}),
        ("leather", {"title": "Vegan leather bag"}, {"attributes": {"made": ("Leather-free", "PVC")}}),
        ("leather", {"attributes": {"a": ("no leather",), "b": ("leather",)}}, {"title": "Bag, not leather"}),
        ("flowers", {"attributes": {"pattern": ("Floral",)}}, {"title": "Flora coat"}),
        ("red", {"title": "Red wing boots"}, {"title": "Red Wing boots", "brand": "Red Wing"}),
        (
            "red",
            {"title": "Red Cotton boots, brown", "attributes": {"color": ("Red", "Brown")}},
            {"title": "Red Wing boots, brown", "attributes": {"color": ("Brown",)}},
        ),
    ],
)
def test_what_a_text_denies_or_names_is_not_refused(word: str, said: Any, unsaid: Any) -> None:
    red = Item("lamp", "Lamp", attributes={"color": ("Red",)})
    table = FactTable((red, Item("says", **{"title": "Coat", **said}), Item("not", **{"title": "Coat", **unsaid})))
    allowed = table.allowed(Constraints(exclude_words=(word,)))
    assert dict(zip(table.item_ids, allowed, strict=True)) == {"lamp": word != "red", "says": False, "not": True}


def test_a_word_that_only_descriptions_have_is_refused_where_they_assert_it() -> None:
    texts = {"curved": "A curved screen.", "flat": "No curved screen.", "titled": "A screen with wood."}
    table = FactTable(
        [Item(name, "Oak stand" if name == "flat" else "Screen", description=text) for name, text in texts.items()]
    )
    left = [
        set(np.array(table.item_ids)[table.allowed(Constraints(exclude_words=(word,)))])
        for word in ("curved", "oak", "screen")
    ]
    assert left == [{"flat", "titled"}, {"curved", "titled"}, {"flat"}]


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("zip", {"plain", "recorded"}),  # whose closure is on record has no zip, whatever its description tells
        ("zipper", {"plain", "recorded"}),
        ("leather", {"titled", "told", "hidden", "recorded", "plain"}),  # goes with it
    ],
)
def test_a_description_counts_where_no_fact_tells(word: str, left: set[str]) -> None:
    items = [
        Item("titled", "Full-zip hoodie"),
        Item("told", "Hoodie", description="A full-zip hoodie. Pairs well with a leather belt."),
        Item("hidden", "Hoodie", description="Zippered pockets."),
        Item("plain", "Hoodie", description="No zip."),
        Item("recorded", "Hoodie", description="Warm as a zip hoodie.", attributes={"closure": ("buttons",)}),
        Item("coat", "Coat", attributes={"closure": ("zip",), "material": ("leather",)}),
    ]
    table = FactTable(items)
    allowed = set(np.array(table.item_ids)[table.allowed(Constraints(exclude_words=(word,)))])
    assert allowed == left


def test_vocabulary_has_the_commonest_spelling_and_counts() -> None:
    vocabulary = FactTable([*ITEMS, Item("x", "Bag", attributes={"color": ("Red",)})]).vocabulary()
    assert vocabulary["color"] == {"Red": 3, "White": 1, "Blue": 1}
    assert vocabulary["product_type"]["Apparel"] == 2
    assert list(vocabulary["category"]) == ["Dresses", "Coats", "Sandals"]


def test_facets_count_under_a_mask() -> None:
    table = FactTable(ITEMS)
    assert table.facets("color", np.array([True, False, True])) == {"Red": 2, "White": 1}
    assert table.facets("wattage") == {}


def test_a_tag_is_a_fact_of_its_own_unless_it_names_a_kind() -> None:
    items = [
        Item("A", "Rose", product_type="Cream", attributes={"tags": ("Vegan", "Scent-free", "cream")}),
        Item("B", "Mint", product_type="Cream", attributes={"tags": ("vegan", "cream")}),
    ]
    table = FactTable(items)
    assert (table.facets("vegan"), table.facets("scent-free")) == ({"yes": 2}, {"yes": 1})
    assert not {"tags", "cream"} & table.vocabulary().keys()
    assert table.allowed(Constraints(include={"vegan": ("yes",), "scent-free": ("yes",)})).tolist() == [True, False]
    assert (items[0].values("vegan"), items[1].values("scent-free")) == (("yes",), ())


def test_of_too_many_tags_none_is_a_fact() -> None:
    tags = tuple(f"tag {n}" for n in range(MOST_TAGS + 1))
    assert FactTable([Item("A", "Rose", attributes={"tags": tags})]).facets("tag 1") == {}


def test_prices_are_what_is_paid_now() -> None:
    table = FactTable(ITEMS)
    assert table.prices(np.ones(3, dtype=bool)).tolist() == [49.99, 120.0]


def test_what_items_say_is_a_share_of_what_is_asked() -> None:
    table = FactTable(ITEMS)
    assert table.says(["coats", "hood"]).tolist() == [0, 1, 0]
    partly = table.says(["coat", "surfboard"])
    assert 0.3 < partly[1] < 0.7
    assert partly[0] == 0
    assert table.says([]).tolist() == [0, 0, 0]


def test_an_item_id_is_said_but_does_not_exclude() -> None:
    table = FactTable([Item("24-MB01", "Bag"), Item("24-MB02", "Bag")])
    assert table.says(["24", "mb01"])[0] == 1
    assert table.allowed(Constraints(exclude_words=("24",))).all()


def test_an_empty_catalog_allows_nothing() -> None:
    table = FactTable([])
    assert table.allowed(Constraints(include={"color": ("red",)}, exclude_words=("x",), price_max=3)).shape == (0,)
    assert table.vocabulary() == {}


COLORS = ("Red", "blue", "GREEN")
TYPES = ("", "Wear", "Wear > Coats", "Wear > Coats > Parkas", "Home > Lamps")
TITLES = ("Red Parka", "Hooded parkas", "Lamp", "Blue lamps of glass", "")
PRICES = st.none() | st.integers(0, 5).map(float)
ATTRIBUTES = st.fixed_dictionaries({}, optional={"color": st.lists(st.sampled_from(COLORS), max_size=2).map(tuple)})
VALUES = {"color": COLORS, "product_type": ("wear", "coats"), "category": ("Coats", "Lamps"), "brand": ("A",)}


@st.composite
def catalogs(draw: st.DrawFn) -> list[Item]:
    def item(i: int) -> Item:
        return Item(
            f"p{i}",
            draw(st.sampled_from(TITLES)),
            price=draw(PRICES),
            sale_price=draw(PRICES),
            availability=draw(st.sampled_from(["in_stock", "out_of_stock", "preorder"])),
            brand=draw(st.sampled_from(["a", "B", ""])),
            product_type=draw(st.sampled_from(TYPES)),
            attributes=draw(ATTRIBUTES),
        )

    return [item(i) for i in range(draw(st.integers(1, 6)))]


FACTS = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(v), max_size=2).map(tuple) for name, v in VALUES.items()}
)
CONSTRAINTS = st.builds(
    Constraints,
    include=FACTS,
    exclude=FACTS,
    exclude_words=st.lists(st.sampled_from(["hood", "parka", "lamp", "glass", "red"]), max_size=2).map(tuple),
    exclude_items=st.lists(st.sampled_from(["p0", "p1", "p9"]), max_size=2).map(tuple),
    price_min=PRICES,
    price_max=PRICES,
    in_stock=st.booleans(),
    on_sale=st.booleans(),
)
SPELLINGS = {"hood": "hood|hooded", "parka": "parkas?", "lamp": "lamps?", "glass": "glass", "red": "red"}


def values_of(item: Item, name: str) -> Sequence[str]:
    levels = [level.strip() for level in item.product_type.split(">")]
    return [v.lower() for v in (levels if name == "product_type" else item.values(name))]


def satisfies(item: Item, c: Constraints) -> bool:
    """The same rules, one item and one value at a time, without a table."""
    text = " / ".join([item.title, item.product_type, *(v for vs in item.attributes.values() for v in vs)])
    price = item.price_now
    return (
        all(any(v.lower() in values_of(item, name) for v in vs) for name, vs in c.include.items())
        and not any(v.lower() in values_of(item, name) for name, vs in c.exclude.items() for v in vs)
        and not any(re.search(rf"\b({SPELLINGS[w]})\b", text, re.IGNORECASE) for w in c.exclude_words)
        and item.item_id not in c.exclude_items
        and (c.price_min is None or (price is not None and price >= c.price_min))
        and (c.price_max is None or (price is not None and price <= c.price_max))
        and (not c.in_stock or item.availability == "in_stock")
        and (not c.on_sale or (item.sale_price is not None and item.price is not None))
    )


@settings(deadline=None)  # a busy machine is no failure
@given(catalogs(), CONSTRAINTS)
def test_the_mask_agrees_with_a_check_of_each_item(items: list[Item], constraints: Constraints) -> None:
    assert FactTable(items).allowed(constraints).tolist() == [satisfies(item, constraints) for item in items]


@settings(deadline=None)  # a busy machine is no failure
@given(catalogs())
def test_facets_agree_with_counting(items: list[Item]) -> None:
    for name, counts in FactTable(items).vocabulary().items():
        for value, count in counts.items():
            if name not in ("availability", "product_type"):
                assert count == sum(value.lower() in values_of(item, name) for item in items)
