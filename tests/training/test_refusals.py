"""What breaks a refusal, by the record alone."""

from __future__ import annotations

import pytest

from store.schemas import Item
from training.refusals import Refusal

BAG = Item(
    "b1",
    "Tan saddle bag",
    price=90.0,
    sale_price=70.0,
    brand="Acme",
    attributes={"material": ("Vegan Leather", "Brass")},
)


@pytest.mark.parametrize(
    ("refusal", "broken"),
    [
        (Refusal(), False),
        (Refusal(words=("leather",)), True),
        (Refusal(words=("Saddle Bag",)), True),
        (Refusal(words=("lea", "bra")), False),
        (Refusal(brands=("ACME",)), True),
        (Refusal(brands=("Ac",)), False),
        (Refusal(price_max=70), False),
        (Refusal(price_max=69.5), True),
        (Refusal(words=("silk",), price_max=60), True),
    ],
)
def test_words_are_whole_brands_are_names_and_the_price_is_what_is_paid(refusal: Refusal, broken: bool) -> None:
    assert refusal.broken_by(BAG) is broken


def test_what_a_record_denies_or_a_brand_is_called_breaks_nothing() -> None:
    boots = Item("w1", "Red Wing boots without lining", brand="Red Wing", attributes={"made": ("leather-free",)})
    assert not any(Refusal(words=(word,)).broken_by(boots) for word in ("red", "lining", "leather"))
    assert Refusal(words=("red",)).broken_by(Item("w2", "Red wing boots", brand="Acme"))


def test_an_item_without_brand_or_price_breaks_neither() -> None:
    assert not Refusal(brands=("Acme",), price_max=1).broken_by(Item("x", "Mug"))


def test_json_has_what_is_set() -> None:
    assert Refusal(("leather",), price_max=80).to_json() == {"words": ["leather"], "price_max": 80}
    assert Refusal().to_json() == {}
