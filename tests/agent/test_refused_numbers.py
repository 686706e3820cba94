from __future__ import annotations

import pytest

from agent.refused_numbers import refused_numbers
from agent.shop import Shop
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
    ],
)
def test_a_refused_number_leaves_out_what_has_it(
    messages: tuple[str, ...], left: set[str], left_in_hardware: Left
) -> None:
    assert left_in_hardware(messages) == left
