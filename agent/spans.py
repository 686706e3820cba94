"""The numbers that recorded values stand for: "9 litres", "15.6 inch", "2-person", "3-8 years" as spans on a scale.

Knows units and the names of facts, no message and no store.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from agent.measure_words import PEOPLE_FACTS, UNITS
from agent.number_words import number_of
from agent.words import stem, stems

PEOPLE = "people"
YEAR = "year"
LENGTH = "cm"
RATING = "rating"  # in stars: a fact that nobody names by its values, and yet asks for by numbers
NUMBER = r"\d+(?:[.,]\d+)?"

# Units that a name may end on, none of which means another thing there: "weight_kg", but not "players_min".
_ENDS_OF_NAMES = frozenset(
    ("mm", "cm", "inches", "ft", "ml", "cl", "g", "kg", "lbs", "oz", "mb", "gb", "tb", "watts", "mah", "minutes",
     "mins", "hours", "hrs", "days", "percent")
)  # fmt: skip
_COUNTS = frozenset(map(stem, ("count", "number", "of", "total", "no", "num")))  # "page_count" counts pages

_GROUPED = re.compile(r"[1-9]\d{0,2},\d{3}")  # "20,000" of a power bank, and not "0,125"

_VALUE = re.compile(
    rf"(?:(?:up to|about|approx\.?|ca\.?|comfort) )?(?P<a>{NUMBER})(?:\s*(?:-|–|to)\s*(?P<b>{NUMBER}))?\s*"
    r"(?P<p>\+)?[\s-]*(?P<unit>[^\W\d_]+|°\s?C|\"|″|%)?(?P<q>\+)?(?P<r> (?:and|&) (?:up|over|above))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers that a value stands for, on the scale of its kind of unit (litres, centimetres, people ...)."""

    low: float
    high: float
    scale: str
    step: float = 1.0  # the value's own unit on that scale


def read_value(value: str, fact: str = "") -> Span | None:
    """A recorded value as a span, None when it is no measure.

    >>> read_value("1.5 litres").low, read_value("3-8 years").high, read_value("2", "seats").scale
    (1.5, 8.0, 'people')
    """
    match = _VALUE.fullmatch(value.strip())
    if not match or (fact == "size" and not match["unit"]):
        return None
    scale, factor = _scale_of_name(fact)
    if unit := match["unit"]:
        scale, factor = UNITS.get(unit.lower()) or UNITS.get(stem(unit)) or (stem(unit), 1.0)
    low = number_in(match["a"]) * factor
    high = (
        number_in(match["b"]) * factor if match["b"] else math.inf if match["p"] or match["q"] or match["r"] else low
    )
    return Span(low, high, scale, factor)


def _scale_of_name(fact: str) -> tuple[str, float]:
    """The scale of a fact's bare numbers: people, ages, the unit that its name ends on, else things so named."""
    name = stems(fact.replace("_", " "))
    if set(name) & PEOPLE_FACTS:
        return PEOPLE, 1.0
    if stem("age") in name:
        return YEAR, 1.0
    last = fact.rpartition("_")[2] if "_" in fact else ""
    if last in _ENDS_OF_NAMES:
        return UNITS[last]
    counted = [part for part in name if part not in _COUNTS]
    return ((counted or name or ("",))[-1], 1.0)


def number_in(written: str) -> float:
    """The number that digits or words stand for, with a point or a comma.

    >>> number_in("1,5"), number_in("20,000"), number_in("forty-five")
    (1.5, 20000.0, 45)
    """
    return number_of(written) or float(written.replace(",", "" if _GROUPED.fullmatch(written) else "."))
