from __future__ import annotations

from dataclasses import replace

import pytest

from agent.records import Record
from agent.vocabulary import Vocabulary
from agent.words import stems
from store.schemas import Item

FACTS = {
    "color": {"Navy": 2, "Red": 1, "Blue": 1},
    "material": {"Vegan leather": 1, "Leather": 1, "Cotton": 1},
    "size": {"EURO44": 1, "44": 1},
    "occasion": {"Party": 1},
    "hood": {"Hooded": 1, "No hood": 1},
    "category": {"Boots": 1},
}
ITEM = Item(
    "B1",
    "Party boots",
    "Goes well with red cotton dresses. Two buckles, 12 cm high.",
    price=50.0,
    brand="Marlow",
    product_type="Footwear > Boots",
    attributes={
        "color": ("Navy",),
        "material": ("Vegan leather",),
        "size": ("EURO44",),
        "hood": ("No hood",),
        "stock": ("3",),
    },
)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("navy", True),
        ("blue", True),
        ("red", False),
        ("vegan leather", True),
        ("leather", False),
        ("cotton", False),
        ("boots", True),
        ("party", True),
        ("hooded", False),
    ],
)
def test_what_a_record_says_of_a_phrase(said: str, held: bool) -> None:
    sense = Vocabulary(FACTS).sense(said)
    assert sense is not None
    assert Record(ITEM).has((sense,), stems(said)) is held


def test_words_of_a_value_are_whole_words() -> None:
    record = Record(ITEM)
    assert record.tells("size", "EURO44")
    assert not record.tells("size", "44")
    assert not record.tells("length", "")
    assert record.tells("hood", "no hood")
    assert not record.tells("hood", "hooded")


def test_numbers_quotations_names_and_stock() -> None:
    record = Record(ITEM)
    assert 12.0 in record.numbers
    assert not {3.0, 50.0} & record.numbers
    assert record.quotes("Two buckles, 12 cm…")
    assert not record.quotes("Three buckles")
    assert record.named_so("Marlow")
    assert not record.named_so("Party")
    assert record.few_left
    assert not record.reduced
    assert Record(replace(ITEM, sale_price=40.0)).reduced
