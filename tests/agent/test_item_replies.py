"""Sentences about single items and items side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.advice import advised
from agent.fact_check import Checker
from agent.grounds import Grounds
from agent.highlights import Highlights
from agent.item_replies import comparison, details, differences, measured, suited, tie
from agent.measures import Measures
from agent.realiser import Voice, found
from agent.shop import Shop
from agent.state import DialogueState
from agent.utterance import Intent
from store.schemas import Item
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop, small_understanding, talk


def test_an_item_without_a_price_has_it_on_request(shop: Shop) -> None:
    other = shop.catalog.get("DR2")
    unpriced = replace(shop.catalog.get("DR1"), price=None, sale_price=None)
    told = Highlights("dresses", 2, 2, "", unpriced)
    said = [*comparison([unpriced, other]), *details(unpriced, (), (), ()), *found(Voice("1", 0), told)]
    name = unpriced.title
    assert said.count(f"The {name}, has a price on request.") == 2
    assert f"First comes the {name}, price on request." in said
    said += advised(Voice("1", 0), [unpriced, other], DialogueState())[:1]
    assert said[-1] in (
        f"I would take the {name}, price on request.",
        f"My choice would be the {name}, price on request.",
    )
    checker = Checker(Grounds((unpriced, other), matches=2), shop.vocabulary)
    assert not [(sentence, checker.check(sentence)) for sentence in said if checker.check(sentence)]


def test_no_price_is_called_the_lowest_while_matches_are_not_shown(shop: Shop) -> None:
    first, cheap = shop.catalog.get("DR2"), shop.catalog.get("DR1")
    voices = [Voice("1", turn) for turn in range(6)]
    all_shown, some_shown = (Highlights("dresses", matches, 2, "", first, cheap) for matches in (2, 9))
    assert any("lowest price" in sentence for voice in voices for sentence in found(voice, all_shown))
    assert not any("lowest price" in sentence for voice in voices for sentence in found(voice, some_shown))


def test_the_lighter_one_is_told_where_records_measure_it(shop: Shop) -> None:
    weights = ("900 g", "2.4 kg", "0.9 kg")
    light, heavy, same = (
        replace(shop.catalog.get(item_id), title=item_id, attributes={"weight": (weight,)})
        for item_id, weight in zip(("DR0", "DR1", "DR2"), weights, strict=True)
    )
    measures = Measures({"weight": dict.fromkeys(weights, 1)}, frozenset())
    assert measured([heavy, light], ["lighter", "hiking"], measures) == {
        "lighter": "Lighter: the DR0 with weight 900 g."
    }
    assert measured([light, same], ["lighter"], measures) == {
        "lighter": "Neither is lighter: their weight is the same, 900 g."
    }
    assert measured([heavy, light], ["heaviest", "weight"], measures) == {
        "weight": "",
        "heaviest": "Heaviest: the DR1 with weight 2.4 kg.",
    }
    assert measured([light, shop.catalog.get("DR1")], ["lighter"], measures) == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["best", "battery"], "Best: the DR0 with battery hours 30."),
        (["best", "battery", "life"], "Best: the DR0 with battery hours 30."),
        (["least", "battery"], "Least: the DR1 with battery hours 8."),
        (["longest", "battery", "life"], "Longest: the DR0 with battery hours 30."),
        (["best", "weight"], "Best: the DR1 with weight 50 g."),
    ],
)
def test_the_most_of_a_fact_that_is_named_is_told(shop: Shop, words: list[str], told: str) -> None:
    first, second = (
        replace(shop.catalog.get(i), title=i, attributes={"battery_hours": (hours,), "weight": (weight,)})
        for i, hours, weight in (("DR0", "30", "260 g"), ("DR1", "8", "50 g"))
    )
    measures = Measures({"battery_hours": {"30": 1, "8": 1}, "weight": {"260 g": 1, "50 g": 1}}, frozenset())
    answers = measured([first, second], words, measures)
    assert set(answers) == set(words)
    assert [answer for answer in answers.values() if answer] == [told]


def test_no_word_that_names_a_fact_is_called_missing(shop: Shop) -> None:
    both = [replace(shop.catalog.get(i), attributes={"battery_hours": ("30",)}) for i in ("DR0", "DR1")]
    assert suited(both, ["battery"]) == []
    assert suited(both, ["sound"])


@pytest.mark.parametrize(
    ("text", "first"), [("which has the best battery?", "DR2"), ("which one has the least battery life?", "DR0")]
)
def test_all_cards_are_held_against_each_other(tmp_path: Path, text: str, first: str) -> None:
    charged = tuple(
        replace(item, attributes={**item.attributes, "battery_hours": (f"{5 + n % 6}",)})
        for n, item in enumerate(items())
    )
    rules = small_understanding(small_shop(tmp_path, charged))
    said = rules.understand(text, DialogueState(cards=("DR0", "DR1", "DR2")))
    assert (said.intent, said.references[0]) == (Intent.COMPARE, first)


def test_a_rating_is_told_with_the_number_of_those_who_gave_it(shop: Shop) -> None:
    item = shop.catalog.get("DR1")
    counted = replace(item, attributes={**item.attributes, "rating_count": ("3",)})
    assert details(counted, ("rating",), (), ()) == ["The Silk dress, blue, is rated 3.7 by 3 shoppers."]


@pytest.mark.parametrize("value", ["wipe with a clean, dry cloth when needed", "NA", "none"])
def test_no_text_and_no_word_for_none_is_compared(shop: Shop, value: str) -> None:
    first, second = shop.catalog.get("DR0"), shop.catalog.get("DR1")
    other = replace(second, attributes={**second.attributes, "material": (value,)})
    assert "Material" in differences([first, second])
    assert "Material" not in differences([first, other])


@pytest.mark.parametrize(
    ("fact", "values", "sentence"),
    [
        ("material", ("Silk",), "The Silk dress, blue, is made of silk."),
        ("brand", ("Ostrand",), "The Silk dress, blue, is by Ostrand."),
        ("size", ("S", "M"), "The Silk dress, blue, comes in sizes S and M."),
        ("size", ("One Size",), "The Silk dress, blue, comes in one size."),
        ("season", ("Summer", "Autumn"), "The Silk dress, blue, is for summer and autumn."),
        ("weight", ("0.4 kg",), "The weight of the Silk dress, blue, is 0.4 kg."),
        ("occasion", ("Party",), "The occasion of the Silk dress, blue, is listed as party."),
        ("collar", ("pointed collar",), "On record for the Silk dress, blue: pointed collar."),
    ],
)
def test_a_fact_is_told_as_a_sentence(shop: Shop, fact: str, values: tuple[str, ...], sentence: str) -> None:
    item = shop.catalog.get("DR1")
    own = {"brand": values[0]} if fact == "brand" else {"attributes": {**item.attributes, fact: values}}
    assert details(replace(item, **own), (fact,), (), ()) == [sentence]  # type: ignore[arg-type]


def test_how_big_a_thing_is_may_stand_in_its_text() -> None:
    mug = next(item for item in items() if "mug" in item.title)
    bare = {fact: values for fact, values in mug.attributes.items() if fact != "size"}
    told = replace(mug, attributes=bare, description="Sturdy. Dimensions: 18 x 10 x 6 cm. Dishwasher safe.")
    assert details(told, ["size"], [], []) == [f"The record of the {mug.title}, says: “Dimensions: 18 x 10 x 6 cm.”"]
    assert "says nothing about size" in details(replace(told, description="A mug."), ["size"], [], [])[0]


def test_items_of_one_price_cost_the_same(shop: Shop) -> None:
    mug = replace(shop.catalog.get("DR1"), price=9.0, sale_price=None, currency="USD")
    jug = replace(shop.catalog.get("DR2"), price=12.0, sale_price=9.0, currency="USD")
    same = "They cost the same."
    assert tie([mug, jug]) == [same]
    others = (replace(jug, sale_price=8.0), replace(jug, currency="EUR"), replace(jug, price=None, sale_price=None))
    assert not [other for other in others if tie([mug, other])]
    checker = Checker(Grounds((mug, jug), matches=2), shop.vocabulary)
    assert not checker.check(same)


def test_units_and_codes_keep_their_capitals_side_by_side(shop: Shop) -> None:
    first, other, third = (
        replace(shop.catalog.get(item_id), attributes={"storage": (held,), "frame": (frame,)})
        for item_id, held, frame in (
            ("DR0", "128 GB", "Solid Ash"),
            ("DR1", "512 GB", "Oak"),
            ("DR2", "128 gb", "solid ash"),
        )
    )
    told = differences([first, other])
    assert (told["Storage"], told["Frame"]) == ("128 GB against 512 GB", "solid ash against oak")
    assert not {"Storage", "Frame"} & differences([first, third]).keys()


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("number_of_strings", "The number of strings of the dress is 12."),
        ("strings", "The strings of the dress are 12."),
    ],
)
def test_a_number_of_things_is_one_number(fact: str, told: str, shop: Shop) -> None:
    item = replace(shop.catalog.get("DR0"), title="dress", attributes={fact: ("12",)})
    assert details(item, (fact,), (), ()) == [told]


TENT = Item(
    "T0",
    "Dome tent",
    "It packs small.",
    price=90.0,
    currency="USD",
    availability="in_stock",
    product_type="Camp > Tents",
    attributes={
        "stock": ("3",),
        "color": ("Green",),
        "assembly_required": ("No",),
        "batteries_required": ("2 AAA",),
        "waterproof": ("No",),
        "pockets": ("No",),
        "includes_bag": ("No",),
        "alcohol_percent": ("12",),
    },
)


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        ("availability", "The Dome tent is in stock, 3 left."),
        ("color", "The Dome tent comes in green."),
        ("assembly_required", "No: by its record the Dome tent needs no assembly."),
        ("batteries_required", "Yes: by its record the Dome tent needs batteries: 2 AAA."),
        ("waterproof", "No: the record of the Dome tent says “waterproof: no”."),
        ("pockets", "No: by its record the Dome tent has no pockets."),
        ("includes_bag", "No: by its record the Dome tent has no bag."),
        ("alcohol_percent", "The alcohol of the Dome tent is 12 percent."),
    ],
)
def test_one_fact_is_told_as_the_record_has_it(fact: str, answer: str) -> None:
    assert details(TENT, (fact,), (), ()) == [answer]


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("small", "The record of the Dome tent says: “It packs small.”"),
        ("green", "Yes: the record of the Dome tent mentions “green”."),
        ("pegs", "The record of the Dome tent does not mention “pegs”, so I cannot tell."),
    ],
)
def test_a_word_is_answered_by_what_the_record_says_of_it(word: str, answer: str) -> None:
    assert details(TENT, (), (word,), ()) == [answer]


def test_what_a_record_denies_is_told_in_a_whole_conversation(transcripts: Transcripts, tmp_path: Path) -> None:
    agent = small_agent(small_shop(tmp_path, (*items(), TENT)), transcripts, tmp_path)
    *_, told = talk(agent, "dome tent", "does the first one have pockets?")
    assert told.text == "No: by its record the Dome tent has no pockets."
