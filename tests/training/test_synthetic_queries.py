"""Synthetic queries say only what the record holds, in many ways, and critiques name a difference."""

from __future__ import annotations

import random
import re

from store.schemas import Item
from training.synthetic_queries import Wording, critique, differences

BLUE = Item(
    "D7",
    "Sutton linen dress",
    "A light dress for hot days. Wash it cold.",
    brand="Brackenby",
    product_type="Apparel > Dresses",
    attributes={"color": ("Blue",), "material": ("Linen",), "sleeve": ("short sleeve",), "stock": ("7",)},
)
RED = Item(
    "D8", "Elmore dress", product_type="Apparel > Dresses", attributes={"color": ("Red",), "material": ("Linen",)}
)
FILLER = {"a", "i", "want", "show", "me", "looking", "for", "something", "like", "do", "you", "have", "please"}
FILLER |= {"need", "anything"}


def test_queries_hold_only_words_of_the_record() -> None:
    record = " ".join(["d7 dresses brackenby blue linen short sleeve", BLUE.title, BLUE.description]).lower()
    known = set(re.findall(r"[a-z0-9]+", record)) | FILLER
    rng = random.Random(0)
    for _ in range(500):
        assert set(re.findall(r"[a-z0-9]+", Wording(BLUE).query(rng))) <= known


def test_there_are_more_than_forty_queries_for_an_item() -> None:
    rng = random.Random(0)
    assert len({Wording(BLUE).query(rng) for _ in range(300)}) > 40


def test_differences_are_what_the_other_lacks() -> None:
    assert differences(Wording(BLUE), Wording(RED)) == [("color", "blue", "red"), ("sleeve", "short sleeve", "")]


def test_a_critique_asks_for_the_wanted_value() -> None:
    rng = random.Random(1)
    said = [critique(Wording(BLUE), Wording(RED), rng) for _ in range(100)]
    assert all(re.search("blue|short sleeve|no red", text) for text in said)
    assert not any("linen" in text for text in said)


def test_a_bare_record_still_gives_queries() -> None:
    rng = random.Random(2)
    assert all(Wording(Item("X1", "Thing")).query(rng) for _ in range(50))
