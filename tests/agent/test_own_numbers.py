from __future__ import annotations

import pytest

from agent.own_numbers import own_numbers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I'm 6 feet tall", ["6 feet tall"]),
        ("my wife is 5 ft 4, what fits her?", ["5 ft 4"]),
        ("I am 5 foot 11 and need boots", ["5 foot 11"]),
        ("she's 5'4\"", ["5'4\""]),
        ("he is 180 cm and 80 kg", ["180 cm and 80 kg"]),
        ("my son is 120 cm", ["120 cm"]),
        ("I weigh about 70 kilos", ["70 kilos"]),
        ("can I pay over six months", ["pay over six months"]),
        ("with a 12 month emi", ["12 month emi"]),
    ],
)
def test_what_shoppers_tell_of_themselves_is_found(text: str, told: list[str]) -> None:
    assert [text[start:end] for start, end in own_numbers(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "a 60 kg bar",
        "a rug 6 feet long",
        "a lamp 180 cm high",
        "good for 12 months",
        "a 5 ft 4 inch pole",
        "I want 2",
    ],
)
def test_numbers_of_things_are_not(text: str) -> None:
    assert own_numbers(text) == ()
