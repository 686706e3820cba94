from __future__ import annotations

import math

import pytest

from agent.spans import PEOPLE, YEAR, Span, number_in, read_value
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding


@pytest.mark.parametrize(
    ("value", "fact", "low", "high", "scale"),
    [
        ("0.5 kg", "", 500, 500, "gram"),
        ("10–12 kg", "", 10_000, 12_000, "gram"),
        ("2 to 3 hours", "", 120, 180, "minute"),
        ("4", "players_min", 4, 4, PEOPLE),
        ("20", "weight_kg", 20_000, 20_000, "gram"),
        ("120", "page_count", 120, 120, "page"),
        ("6+", "age", 6, math.inf, YEAR),
        ("3 years and up", "", 3, math.inf, YEAR),
        ("8 years & up", "", 8, math.inf, YEAR),
        ("1,200 W", "", 1200, 1200, "watt"),
        ("0,125 l", "", 0.125, 0.125, "litre"),
    ],
)
def test_recorded_values_are_read_on_the_scale_of_their_unit(
    value: str, fact: str, low: float, high: float, scale: str
) -> None:
    span = read_value(value, fact)
    assert span is not None
    assert (span.low, span.high, span.scale) == (pytest.approx(low), pytest.approx(high), scale)


@pytest.mark.parametrize(("value", "fact"), [("M", "size"), ("38", "size"), ("2 x 3 m", ""), ("about blue", "")])
def test_what_is_no_measure_is_no_span(value: str, fact: str) -> None:
    assert read_value(value, fact) is None


def test_a_size_with_a_unit_is_a_length() -> None:
    assert read_value("38 cm", "size") == Span(38, 38, "cm", 1.0)


@pytest.mark.parametrize(
    ("written", "number"),
    [("20,000", 20_000), ("999,999", 999_999), ("1,5", 1.5), ("12,75", 12.75), ("0,125", 0.125), ("2.500", 2.5)],
)
def test_a_comma_before_three_digits_parts_thousands(written: str, number: float) -> None:
    assert number_in(written) == number


def test_no_price_is_read_anew(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("dresses under 1,200", DialogueState())
    assert said.price_max == 1200
