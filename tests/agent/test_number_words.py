from __future__ import annotations

import re

import pytest

from agent.number_words import PLACES, SPELT_NUMBER, number_of

SPELT = re.compile(rf"\b{SPELT_NUMBER}", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("sixteen or seventy", [16, 70]),
        ("Forty Five", [45]),
        ("twenty-one inch", [21]),
        ("two hundred and ten to three hundred", [210, 300]),
        ("a thousand two hundred", [1200]),
        ("thirty five thousand", [35000]),
        ("a hundred", [100]),
        ("someone in tens of shoes", []),
    ],
)
def test_spelt_numbers_are_read_whole(text: str, numbers: list[int]) -> None:
    assert [number_of(match[0]) for match in SPELT.finditer(text)] == numbers


def test_what_is_no_number_counts_nothing() -> None:
    assert [number_of(word) for word in ("next", "", "a", "half a")] == [0, 0, 0, 0]


def test_places_count_from_the_first_and_back_from_the_last() -> None:
    assert [PLACES[word] for word in ("first", "2nd", "3rd", "eleventh", "12th", "last")] == [0, 1, 2, 10, 11, -1]
