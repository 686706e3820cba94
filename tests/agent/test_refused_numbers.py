from __future__ import annotations

import pytest

from agent.measures import Measures
from agent.refused_numbers import refused_numbers
from agent.shop import Shop
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from tests.agent.conftest import Left


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("no 60 cm please", ["60 cm"]),
        ("a bowl, not 600 ml", ["600 ml"]),
        ("a bowl that is not made with 600 ml", ["600 ml"]),
        ("nothing 120 cm", ["120 cm"]),
        ("I can't stand 120 cm", ["120 cm"]),
        ("rather not 40 cm or 60 cm", ["40 cm", "60 cm"]),
        ("leave the 40 cm ones out", ["40 cm"]),
        ("without 600 ml, 1200 ml please", ["600 ml"]),
        ("not 600 ml but 1200 ml", ["600 ml"]),
        ("a # 10 bit, not 60 cm", ["60 cm"]),
        ("no #2, 60 cm", []),
        ("no, 60 cm", []),
        ("not grey, 60 cm", []),
        ("no lid, 60 cm", []),
        ("this one isn't 60 cm", []),
        ("it is not 60 cm", []),
        ("no longer than 60 cm", []),
        ("no problem, 60 cm", []),
        ("don't leave the 40 cm ones out", []),
    ],
)
def test_a_number_is_refused_as_words_are(text: str, refused: list[str], hardware_shop: Shop) -> None:
    asked = hardware_shop.vocabulary.measures.asked(text)
    starts = refused_numbers(text, asked)
    assert [number.words for number in asked if number.start in starts] == refused


@pytest.mark.parametrize(
    ("messages", "left"),
    [
        (("fish tanks", "no 60 cm please"), {"T0", "T2", "T3"}),
        (("fish tanks", "60 cm", "not 60 cm"), {"T0", "T2", "T3"}),
        (("fish tanks", "nothing under 60 cm"), {"T1", "T2", "T3"}),
        (("food bowls, not 600 ml",), {"B1"}),
        (("workbenches, not 2 drawers",), {"W0", "W1", "W3"}),
        (("fish tanks", "no 60 cm or 80 cm", "60 cm would be fine"), {"T1"}),
        (("fish tanks", "no 60 cm tank"), {"T0", "T2", "T3"}),
        (("no 1200 ml bowls please",), {"B0"}),
        (("food bowls", "no bowls with 600 ml"), {"B1"}),
        (("fish tanks", "I don't want tanks over 80 cm"), {"T0", "T1", "T2"}),
        (("fish tanks", "no products of 40 cm"), {"T1", "T2", "T3"}),
        (("fish tanks over 50 cm, no lighting",), {"T1", "T3"}),
        (("workbenches", "no side rail, 1 drawer"), {"W1"}),
    ],
)
def test_a_refused_number_leaves_out_what_has_it(
    messages: tuple[str, ...], left: set[str], left_in_hardware: Left
) -> None:
    assert left_in_hardware(messages) == left


@pytest.mark.parametrize(
    ("text", "wanted", "price_max"),
    [
        ("no fish tanks over 100", True, 100.0),
        ("no tanks that cost more than 100", True, 100.0),
        ("no fish tanks, over 100 is too much", False, 100.0),
        ("no fish tanks", False, None),
    ],
)
def test_a_kind_is_wanted_where_only_the_dear_ones_are_refused(
    text: str, wanted: bool, price_max: float | None, in_hardware: RuleUnderstanding
) -> None:
    said = in_hardware.understand(text, DialogueState())
    assert (bool(said.type_values), "category" in said.exclude) == (wanted, not wanted)
    assert said.price_max == price_max


PLAYERS = {
    "min_players": {"1": 2, "2": 5, "3": 4},
    "max_players": {"1": 1, "2": 2, "4": 5, "6": 3},
}


@pytest.mark.parametrize(
    ("text", "refused"),
    [("2 players", {"min_players": ("1", "2")}), ("6 players", {"max_players": ("6",)})],
)
def test_a_refused_number_between_two_ends_rules_out_what_would_take_it(
    text: str, refused: dict[str, tuple[str, ...]]
) -> None:
    measures = Measures(PLAYERS, frozenset())
    assert measures.refused("min_players", measures.asked(text)[0]) == refused
