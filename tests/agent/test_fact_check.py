"""Sentences about six dresses: linen red $15 (was $20), silk blue $35, cotton navy $50, linen black $65, ..."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from agent.fact_check import Checker
from agent.grounds import Grounds, grounds
from agent.shop import Shop
from tests.agent.conftest import Talk

SAID = "a blue dress under 60, no leather"
CARDS = ("DR1", "DR2", "DR0", "DR5")


@pytest.fixture
def checker(shop: Shop, talk: Talk) -> Checker:
    """Four dresses of twelve matches are on the table."""
    given = grounds([shop.catalog.get(item_id) for item_id in CARDS], talk(SAID), SAID)
    return Checker(replace(given, matches=12), shop.vocabulary)


def kinds(checker: Checker, *said: str) -> list[str]:
    """What is wrong with the last sentence, where those before are true."""
    assert not [violation for sentence in said[:-1] for violation in checker.check(sentence)]
    return sorted({violation.kind for violation in checker.check(said[-1])})


NAMED = [
    ("The silk dress, blue, is $35.", []),
    ("The Silk dress, blue, costs $50.", ["number"]),
    ("The silk dress, blue, is $35 and the cotton dress, navy, $50.", []),
    ("The silk dress, blue, is $50 and the cotton dress, navy, $35.", ["number"]),
    ("It is $35 for the silk dress, blue, and $50 for the cotton dress, navy.", []),
    ("It is $50 for the silk dress, blue, and $35 for the cotton dress, navy.", ["number"]),
    ("The linen dress, red, costs $15 (was $20).", []),
    ("The linen dress, red, costs $20.", ["number"]),
    ("The linen dress, red, costs $15 (was $35).", ["number"]),
    ("The silk dress, blue, was $35.", ["form", "number"]),
    ("The silk dress, blue, is rated 3.7.", []),
    ("The silk dress, blue, is rated 3.9.", ["number"]),
    ("The silk dress, blue, is made of linen.", ["fact"]),
    ("The silk dress, blue, in cotton, costs $35.", ["fact"]),
    ("The silk dress, blue, is by Nordhavn.", []),
    ("The silk dress, blue, is by Marlow.", ["fact", "name"]),
    ("The cotton dress, navy, is a fine blue.", []),
    ("The silk dress, blue, is a fine navy.", ["fact"]),
    ("The silk dress, blue, is a fine mug.", ["fact"]),
    ("The silk dress, blue, has no hood.", []),
    ("The silk dress, blue, is not silk.", ["fact"]),
    ("The silk dress, blue, and the cotton dress, navy, are cotton.", ["fact"]),
    ("The second one is $50.", []),
    ("The second one is $35.", ["number"]),
    ("You will love the Azure Horizon dress.", ["fact", "name"]),
    ("Azurine dress in blue for you.", ["name"]),
]
BROKEN = [
    "My first pick is the linen dress, red, was $20.",
    "The linen dress, red, was $20 and the silk dress, blue, is blue.",
    "The siLK dress, blue, is $35.",
]
WHOLE = [
    "The linen dress, red, costs $15 (was $20).",
    "The linen dress, red, was $20 and is $15 now.",
    "The linen dress, red, is on sale, was $20.",
    "The lowest price is $15 (was $20), for the linen dress, red.",
]
NEAR_TITLES = [
    "The silk dress, navy, costs $35.",
    "The Silk dress, red, costs $35.",
    "My first pick is the Silk dress, black, for $35.",
    "The Cotton dress, blue, costs $50.",
    "Cotton dress, blue costs $50.",
    "The silk dress, green, is $80.",
    "The Linen dress, black, costs $65.",
    "The Grand Silk dress, blue, costs $35.",
]
AFTERWARDS = [
    ("It costs $35.", []),
    ("It costs $50.", ["number"]),
    ("It is made of silk.", []),
    ("It is made of linen.", ["fact"]),
    ("It is rated 3.7.", []),
    ("They are rated 3.7.", ["number"]),
    ("Sizes: S, M, L.", []),
    ("Sizes: S, XL.", ["fact"]),
    ("Colour: navy.", ["fact"]),
    ("Made of cotton.", ["fact"]),
    ("It is within your $60.", []),
    ("It is under $30.", ["number"]),
    ("It comes in red too.", ["fact"]),
    ("It is machine washable.", ["promise"]),
    ("It is made of leather.", ["fact"]),
]
RANKS = [
    ("The lowest price is $15, for the linen dress, red.", []),
    ("The lowest price is $35, for the silk dress, blue.", ["rank"]),
    ("The cheapest is the cotton dress, navy.", ["rank"]),
    ("The linen dress, red, is the cheapest of all 12.", ["rank"]),
    ("The linen dress, red, is the cheapest of all 13.", ["number", "rank"]),
    ("The cotton dress, beige, is the most expensive.", []),
    ("The cotton dress, beige, is the best rated.", []),
    ("The silk dress, blue, is the best rated.", ["rank"]),
    ("The silk dress, blue, is cheaper than the cotton dress, navy.", []),
    ("The cotton dress, navy, is cheaper than the silk dress, blue.", ["rank"]),
    ("Next to the silk dress, blue, the cotton dress, navy, is cheaper.", ["rank"]),
    ("If you would rather spend less, the cotton dress, beige, is $95.", ["rank"]),
    ("My first pick is the cotton dress, navy, for $50.", ["rank"]),
    ("The silk dress, blue, is the only silk one.", []),
    ("The cotton dress, navy, is the only cotton one.", ["fact"]),
    ("All of them are dresses.", []),
    ("All of them are cotton.", ["fact"]),
    ("None of them is in leather.", []),
    ("None of them is in silk.", ["fact"]),
    ("2 of them are cotton.", []),
    ("3 of them are cotton.", ["number"]),
    ("I found 12 blue dresses.", []),
    ("I found 13 blue dresses.", ["number"]),
    ("Here are 4 of 12 blue dresses.", []),
    ("Here are 12 of 4 blue dresses.", ["number"]),
    ("Out of twelve blue dresses I would start with these five.", ["number"]),
    ("I have 12 blue dresses, all of them below.", ["number"]),
]
STOCK = [
    ("The silk dress, blue, is in stock.", []),
    ("The silk dress, blue, is sold out.", ["fact"]),
    ("The cotton dress, beige, is $95, out of stock at the moment.", []),
    ("The cotton dress, beige, is in stock.", ["fact"]),
    ("Only a few left of the silk dress, blue.", ["fact"]),
    ("The linen dress, red, is on sale.", []),
    ("The silk dress, blue, is on sale.", ["fact"]),
    ("The silk dress, blue, costs $35.", []),
    ("The silk dress, blue, costs £35.", ["number"]),
    ("The linen dress, red, is $15 (was €20).", ["number"]),
    ("The linen dress, red, is down to $15.", []),
    ("The silk dress, blue, is down to $35.", ["fact"]),
    ("The linen dress, red, is $5 off.", []),
    ("The linen dress, red, is 90% off.", ["number", "promise"]),
    ("And there is free shipping today.", ["promise"]),
    ("The silk dress, blue, is handmade.", ["promise"]),
]
WISHES = [
    ("I found blue dresses under $60 for you.", []),
    ("I found blue dresses under $50 for you.", ["number"]),
    ("I found red dresses for you.", ["fact"]),
    ("Nothing in leather, as you wished.", []),
    ("None of them has leather.", []),
    ("All 12 come without leather.", []),
    ("I found leather dresses for you.", ["fact"]),
    ("The silk dress, blue, in leather, is $35.", ["fact"]),
    ("The silk dress, blue, without leather, is $35.", []),
    ("The cotton dress, navy, costs $50 and is blue.", []),
    ("The linen dress, red, is a blue dress.", ["fact"]),
    ("What occasion is it for?", []),
    ("A lovely mug for you.", ["fact"]),
]


@pytest.mark.parametrize(("sentence", "wrong"), [*NAMED, *RANKS, *STOCK, *WISHES])
def test_a_sentence_is_held_to_the_items_that_it_speaks_of(sentence: str, wrong: list[str], checker: Checker) -> None:
    assert kinds(checker, sentence) == wrong


@pytest.mark.parametrize("sentence", NEAR_TITLES)
def test_only_a_whole_title_of_the_table_is_a_name(sentence: str, checker: Checker) -> None:
    assert kinds(checker, "The silk dress, blue, is $35.", sentence)


@pytest.mark.parametrize(("sentence", "wrong"), AFTERWARDS)
def test_a_sentence_without_a_name_speaks_of_the_item_named_last(
    sentence: str, wrong: list[str], checker: Checker
) -> None:
    assert kinds(checker, "The linen dress, red, costs $15.", "The silk dress, blue, costs $35.", sentence) == wrong


def test_a_sentence_that_fails_names_nothing(checker: Checker) -> None:
    assert kinds(checker, "It costs $35.") == ["number"]
    assert "number" in kinds(checker, "The silk dress in blue costs $35.")
    assert kinds(checker, "The silk dress, blue, costs $50.") == ["number"]
    assert kinds(checker, "It costs $35.") == ["number"]


@pytest.mark.parametrize(
    ("sentences", "wrong"),
    [
        (["Both are dresses."], []),
        (["Both are silk."], ["fact"]),
        (["They share occasion (work)."], []),
        (["They share material (silk)."], ["fact"]),
        (["Colour: blue against black."], []),
        (["Colour: black against blue."], ["fact"]),
        (["Material: silk against silk."], ["fact"]),
        (["Rating: 3.7 against 4.1."], []),
        (["Rating: 4.1 against 3.7."], ["fact"]),
        (["The lowest price is that of the silk dress, blue."], []),
        (["The lowest price is that of the linen dress, black."], ["rank"]),
    ],
)
def test_items_side_by_side(sentences: Sequence[str], wrong: list[str], shop: Shop, talk: Talk) -> None:
    given = grounds([shop.catalog.get("DR1"), shop.catalog.get("DR3")], talk(SAID), "compare them")
    told = ["The silk dress, blue, costs $35.", "The linen dress, black, costs $65."]
    assert kinds(Checker(given, shop.vocabulary), *told, *sentences) == wrong


def test_an_opened_item_may_come_in_the_colours_of_its_style(shop: Shop, talk: Talk) -> None:
    item = shop.catalog.get("DR1")
    given = grounds([item], talk(SAID), "tell me more")
    checker = Checker(replace(given, colourways={"DR1": tuple(shop.colourways(item)[1:])}), shop.vocabulary)
    assert kinds(checker, "The silk dress, blue, costs $35.", "It comes in blue and green.") == []
    assert kinds(checker, "It comes in red.") == ["fact"]
    assert kinds(checker, "It is green.") == ["fact"]
    assert "number" in kinds(checker, "The silk dress, green, costs $80.")


def test_where_items_only_come_near_the_wish_is_not_said_of_them(shop: Shop, talk: Talk) -> None:
    given = replace(grounds([shop.catalog.get("DR0")], talk(SAID), SAID), matches=0, met=False)
    checker = Checker(given, shop.vocabulary)
    assert kinds(checker, "Nothing here is a blue dress under $60, without leather.") == []
    assert kinds(checker, "I found blue dresses for you.") == ["fact"]


def test_a_promise_that_the_record_holds_may_be_told(shop: Shop, talk: Talk) -> None:
    item = replace(shop.catalog.get("DR1"), description="Handmade in Porto, dry clean only.")
    checker = Checker(grounds([item], talk(SAID), SAID), shop.vocabulary)
    assert kinds(checker, "The silk dress, blue, is handmade; dry clean only.") == []


def test_items_of_one_title_are_told_apart_by_what_is_said(shop: Shop, talk: Talk) -> None:
    first = shop.catalog.get("DR1")
    second = replace(shop.catalog.get("DR2"), title=first.title)
    checker = Checker(grounds([first, second], talk(SAID), SAID), shop.vocabulary)
    assert kinds(checker, "The silk dress, blue, costs $50.", "It is made of cotton.") == []
    assert kinds(checker, "It is made of silk.") == ["fact"]
    assert kinds(checker, "The silk dress, blue, costs $65.") == ["number"]


def test_sentences_join_up_to_the_text(checker: Checker) -> None:
    text = "One at $3.50 here. Two! Three?\nAnd four"
    assert "".join(checker.sentences(text)) == text
    assert len(checker.sentences(text)) == 4


def test_no_title_is_cut_in_two(shop: Shop) -> None:
    polo = replace(shop.catalog.items[0], title="U.S. Polo Assn. Shirt, St. John's")
    checker = Checker(Grounds((polo,)), shop.vocabulary)
    first, second = "The U.S. Polo Assn. Shirt, St. John's is here. ", "It costs $5."
    text = first + second
    assert checker.sentences(text) == [first, second]
    for end in range(1, len(first)):
        assert checker.sentences(text[:end]) == [text[:end]]


@pytest.mark.parametrize("sentence", BROKEN)
def test_a_former_price_alone_and_a_title_with_capitals_inside_are_refused(checker: Checker, sentence: str) -> None:
    assert "form" in kinds(checker, sentence)


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_whole_sentence_passes(checker: Checker, sentence: str) -> None:
    assert "form" not in kinds(checker, sentence)
