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
LENGTH = "cm"
RATING = "rating"  # in stars: a fact that nobody names by its values, and yet asks for by numbers
NUMBER = r"\d+(?:[.,]\d+)?"

_VALUE = re.compile(
    rf"(?:(?:up to|about|approx\.?|ca\.?|comfort) )?(?P<a>{NUMBER})(?:\s*(?:-|–|to)\s*(?P<b>{NUMBER}))?\s*"
    r"(?P<p>\+)?[\s-]*(?P<unit>[^\W\d_]+|°\s?C|\"|″|%)?(?P<q>\+)?(?: and (?:up|over|above))?",
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
    unit = match["unit"] or ""
    if unit:
        scale, factor = UNITS.get(unit.lower()) or UNITS.get(stem(unit)) or (stem(unit), 1.0)
    else:
        name = stems(fact.replace("_", " "))
        scale, factor = (PEOPLE, 1.0) if set(name) & PEOPLE_FACTS else (name[-1] if name else "", 1.0)
    low = number_in(match["a"]) * factor
    high = number_in(match["b"]) * factor if match["b"] else math.inf if match["p"] or match["q"] else low
    return Span(low, high, scale, factor)


def number_in(written: str) -> float:
    """The number that digits or words stand for, with a point or a comma.

    >>> number_in("1,5"), number_in("forty-five")
    (1.5, 45)
    """
    return number_of(written) or float(written.replace(",", "."))
