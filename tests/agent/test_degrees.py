from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.chips import chips
from agent.degrees import plain_degrees, plain_parts, too_far
from agent.reading import Reader
from agent.shop import Shop, speller_of
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.vocabulary import Vocabulary
from agent.wording import request
from agent.words import tokenise
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding
from tests.agent.test_understanding import said

FACTS = {
    "length": {"mini": 3, "midi": 2, "maxi": 2},
    "sleeve": {"short sleeve": 3, "long sleeve": 2},
    "fit": {"slim": 2, "regular": 3},
    "material": {"Leather": 1},
}
VOCABULARY = Vocabulary(FACTS)


@pytest.mark.parametrize(
    ("text", "ruled_out"),
    [
        ("not too short", [("length", ("mini",))]),
        ("this is too long", [("length", ("maxi",))]),
        ("too tight", [("fit", ("slim",))]),
        ("too loose", []),
        ("something short", []),
    ],
)
def test_words_of_degree_rule_values_out(text: str, ruled_out: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(d.fact, d.values) for d in too_far(tokenise(text), FACTS, VOCABULARY)] == ruled_out
    assert too_far(tokenise(text), (), VOCABULARY) == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("with longer sleeves", "with long sleeves"),
        ("a larger bag", "a larger bag"),
        ("leather sleeves", "leather sleeves"),
    ],
)
def test_comparatives_of_what_the_store_knows_are_read_plainly(text: str, plain: str) -> None:
    assert plain_degrees(text, VOCABULARY) == plain


def test_the_name_of_a_fact_in_a_value_goes_nowhere() -> None:
    vocabulary = Vocabulary({"fit": {"Slim Fit": 2, "Regular Fit": 3, "Fitted": 1, "Loose Fit": 1}})
    found = too_far(tokenise("not too tight"), vocabulary.facts, vocabulary)
    assert [degree.values for degree in found] == [("Slim Fit", "Fitted")]


def test_what_goes_too_far_stays_out_in_the_shoppers_own_words(talk: Talk) -> None:
    state = talk("boots for work", "the heels are too high", cards=())
    assert state.need.exclude == {"heel": ("high",)}
    assert request(state, "USD").endswith("not too high")
    assert "not too high" in [chip.label for chip in chips(state, "USD")]
    assert "high" not in state.need.text


def test_too_fancy_is_no_wish_for_the_fancy(shop: Shop) -> None:
    reading = Reader(shop.vocabulary, speller_of(shop)).read("it is too fancy", (), "", False)
    assert {reading.tokens[at].text for at in reading.degrees} == {"fancy"}
    assert "fancy" not in reading.leftover()


def test_a_word_of_degree_is_about_one_fact(tmp_path: Path) -> None:
    boots = tuple(
        replace(item, attributes={**item.attributes, "back": (("high back", "low back")[n % 2],)})
        for n, item in enumerate(item for item in items() if item.category == "Boots")
    )
    said = small_understanding(small_shop(tmp_path, boots)).understand("boots, not too high", DialogueState())
    assert said.exclude == {"heel": ("high",)}


@pytest.mark.parametrize(
    ("text", "excluded", "phrase"),
    [
        ("boots, not higher than a block heel", {"high"}, "too high"),
        ("boots with at most a block heel", {"high"}, "too high"),
        ("boots, higher than a flat heel", {"flat"}, "too low"),
        ("boots, heel lower than high", {"high"}, "too high"),
        ("dresses with sleeves longer than short", {"short", "sleeveless"}, "too short"),
    ],
)
def test_a_value_can_be_a_bound(text: str, excluded: set[str], phrase: str, understanding: RuleUnderstanding) -> None:
    wish = said(understanding, text, DialogueState())
    assert {value for values in wish.exclude.values() for value in values} == excluded
    assert (set(wish.exclude_phrases), wish.include, wish.unanswered) == ({phrase}, {}, ())
    assert len(wish.type_values) == 1


def test_a_bound_of_what_has_no_order_is_none(understanding: RuleUnderstanding) -> None:
    wish = said(understanding, "boots for at most 60, not red", DialogueState())
    assert (wish.price_max, wish.exclude) == (60, {"color": ("Red",)})


def test_low_heels_are_those_that_are_not_high() -> None:
    low = Vocabulary({"heel": {"flat heel": 3, "kitten heel": 2, "block heel": 2, "stiletto heel": 1}}).sense(
        "low heels"
    )
    assert low
    assert low.values == ("flat heel", "kitten heel")
    named = Vocabulary({"heel": {"low": 3, "high": 2, "flat": 1}}).sense("low heel")
    assert named
    assert named.values == ("low",)


@pytest.mark.parametrize(
    ("text", "wanted", "words"),
    [
        ("a dress, short sleeves or longer", {"sleeve": ("short", "long")}, "with short sleeves or longer"),
        ("boots, block heel or lower", {"heel": ("block", "flat")}, "with block heel or lower"),
        ("boots, flat or higher", {"heel": ("flat", "block", "high")}, "with flat heel or higher"),
        ("boots, block or flat heel", {"heel": ("block", "flat")}, "with block heel or flat heel"),
        ("a dress, short sleeves or red", {"sleeve": ("short",), "color": ("Red",)}, "with short sleeve"),
    ],
)
def test_what_lies_beyond_may_do_as_well(
    text: str, wanted: dict[str, tuple[str, ...]], words: str, talk: Talk
) -> None:
    state = talk(text)
    assert state.need.include == wanted
    assert request(state, "USD").endswith(words)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a heel but not high", "not high heel"),
        ("with sleeves but not too long ones please", "not long sleeves please"),
        ("a jacket but not red", "a jacket but not red"),
        ("a heel but not high quality", "a heel but not high quality"),
    ],
)
def test_a_part_may_be_there_and_not_be_so(text: str, plain: str, shop: Shop) -> None:
    assert plain_parts(text, shop.vocabulary) == plain
