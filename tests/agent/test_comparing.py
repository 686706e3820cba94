from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.wording import request
from store.schemas import Item
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding
from tests.agent.test_understanding import said

BLUE = DialogueState(cards=("DR1", "DR2"))  # a blue and a navy dress


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("something darker", {"Navy", "Black"}),
        ("too dark", {"Beige"}),
        ("brighter please", {"Red"}),
        ("the first one but darker", {"Navy"}),
        ("the second one but less dark", set()),
    ],
)
def test_colours_are_lighter_and_brighter_than_those_in_hand(
    text: str, colours: set[str], understanding: RuleUnderstanding
) -> None:
    asked = said(understanding, text, BLUE)
    assert set(asked.include.get("color", ())) == colours
    assert not colours or (asked.text, asked.unanswered) == ("", ())


def test_the_colour_asked_for_is_what_others_are_held_against(talk: Talk) -> None:
    assert talk("a blue dress", "something darker").need.include["color"] == ("Navy",)
    assert talk("a blue dress", "darker", "now brighter").need.include["color"] == ("Blue",)


def test_where_no_record_tells_the_word_stays(tmp_path: Path) -> None:
    named = dict.fromkeys(("Red", "Blue", "Navy", "Black", "Green", "Beige"), "Multi")
    rules = small_understanding(small_shop(tmp_path, tuple(_recoloured(item, named) for item in items())))
    asked = said(rules, "something lighter", BLUE)
    assert (asked.include, asked.text) == ({}, "lighter")


def test_light_blue_is_no_navy(tmp_path: Path) -> None:
    named = {"Navy": "Navy blue", "Green": "Turquoise blue"}
    rules = small_understanding(small_shop(tmp_path, tuple(_recoloured(item, named) for item in items())))
    assert set(said(rules, "a light blue dress").include["color"]) == {"Blue", "Turquoise blue"}
    assert set(said(rules, "a dark blue dress").include["color"]) == {"Blue", "Navy blue"}


def test_warmer_asks_for_what_is_for_the_cold(tmp_path: Path) -> None:
    seasons = ("Winter", "Summer")
    stocked = tuple(
        replace(i, attributes={**i.attributes, "season": (seasons[n % 2],)}) if i.category == "Jackets" else i
        for n, i in enumerate(items())
    )
    rules = small_understanding(small_shop(tmp_path, stocked))
    state = fold(DialogueState(), rules.understand("jackets", DialogueState())).with_cards(("JA0", "JA1"))
    asked = rules.understand("something warmer", state)
    assert (asked.include, asked.text) == ({"season": ("Winter",)}, "")
    mugs = fold(DialogueState(), rules.understand("mugs", DialogueState())).with_cards(("MU0",))
    assert rules.understand("something warmer", mugs).include == {}


def test_a_warm_thing_is_none_for_a_warm_climate(tmp_path: Path) -> None:
    climates = ("Warm", "Cold")
    stocked = tuple(
        replace(i, attributes={**i.attributes, "climate": (climates[n % 2],)}) for n, i in enumerate(items())
    )
    rules = small_understanding(small_shop(tmp_path, stocked))
    assert said(rules, "a warm jacket").include["climate"] == ("Cold",)
    assert said(rules, "a jacket for warm days").include["climate"] == ("Warm",)


@pytest.mark.parametrize(
    ("text", "wanted", "refused"),
    [
        ("dresses in light colours", {"Beige"}, set()),
        ("dresses, neutral tones please", {"Black", "Beige"}, set()),
        ("dresses but no dark colours", set(), {"Navy", "Black"}),
        ("a light dress", set(), set()),
    ],
)
def test_colours_are_wanted_and_refused_by_how_light_or_bright_they_are(
    text: str, wanted: set[str], refused: set[str], understanding: RuleUnderstanding
) -> None:
    asked = said(understanding, text)
    assert (set(asked.include.get("color", ())), set(asked.exclude.get("color", ()))) == (wanted, refused)
    assert not (wanted or refused) or (asked.text, asked.unanswered, asked.exclude_words) == ("", (), ())
    assert asked.type_values == ("Dresses",)


def test_such_colours_are_told_in_these_words_until_others_join(talk: Talk) -> None:
    assert request(talk("dresses in light colours"), "USD") == "dresses in light colours"
    assert request(talk("dresses in light colours", "or red"), "USD") == "beige or red dresses"


def _recoloured(item: Item, named: dict[str, str]) -> Item:
    colours = tuple(named.get(colour, colour) for colour in item.values("color"))
    return replace(item, attributes={**item.attributes, "color": colours})


def test_too_heavy_is_held_against_what_the_thing_weighs(tmp_path: Path) -> None:
    stocked = tuple(
        replace(i, attributes={**i.attributes, "weight": (f"{200 + 100 * (n % 6)} g",)})
        if i.category == "Mugs"
        else i
        for n, i in enumerate(items())
    )
    rules = small_understanding(small_shop(tmp_path, stocked))
    mugs = fold(DialogueState(), rules.understand("mugs", DialogueState())).with_cards(("MU1", "MU2"))
    for text in ("the first is too heavy", "something less heavy"):
        asked = rules.understand(text, mugs)
        assert asked.include == {"weight": ("200 g",)}
        assert (asked.text, asked.unanswered) == ("", ())


@pytest.mark.parametrize(
    ("before", "text", "cards", "heel"),
    [
        ("boots with a block heel", "lower please", ("BO1", "BO4"), ("flat",)),
        ("boots with a block heel", "a bit higher", ("BO1", "BO4"), ("high",)),
        ("boots", "something lower than the third", ("BO0", "BO1", "BO2"), None),  # a bound, or nothing
        ("boots", "like the third, but lower", ("BO0", "BO1", "BO2"), ("block",)),
        ("boots", "lower boots", ("BO1", "BO4", "BO2"), ("flat",)),
        ("boots", "higher", ("BO2", "BO5", "BO1"), ("high",)),  # most are the highest that there are
    ],
)
def test_a_bare_comparative_moves_one_rung(
    before: str, text: str, cards: tuple[str, ...], heel: tuple[str, ...] | None, understanding: RuleUnderstanding
) -> None:
    state = fold(DialogueState(), understanding.understand(before, DialogueState())).with_cards(cards)
    said = understanding.understand(text, state)
    assert said.include.get("heel") == heel
    assert "lower" not in said.text or heel is None


def test_that_nothing_lies_beyond_is_told(understanding: RuleUnderstanding) -> None:
    asked = understanding.understand("boots with a high heel", DialogueState())
    said = understanding.understand("higher please", fold(DialogueState(), asked).with_cards(("BO2", "BO5")))
    assert said.unanswered == ("higher than high",)
    assert not said.include
