"""Ratings as shops write them, to a plain number of stars and of those who gave them.

A rating is also sorted by, filtered by and averaged over, so what is none is left out here and not where it is told.
Knows the facts of one row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from store.importer.text import clean
from store.schemas import WIDEST_SCALE, rating_in

# Keys of a rating that is written as a record, {"rate": 4.6, "count": 1832}, in snake case.
STARS = ("rate", "value", "average", "rating", "rating_value", "score", "stars")
COUNTS = ("count", "rating_count", "review_count", "reviews", "total", "votes")

Attributes = dict[str, tuple[str, ...]]
Warn = Callable[[str, object, str], None]


def with_rating(attributes: Attributes, facts: Mapping[str, Sequence[Any]], warn: Warn) -> Attributes:
    """The attributes with a plain rating and count, or without either where nobody rated.

    Zero is how shops write "nobody rated this": no scale that shoppers use begins at 0.
    """
    told, count = attributes.get("rating", ("",))[0], attributes.get("rating_count", ("",))[0]
    for record in (value for value in facts.get("rating", ()) if isinstance(value, dict)):
        told, count = told or _first(record, STARS), count or _first(record, COUNTS)
    if not (told or count):
        return attributes
    stars = rating_in(told)
    if told and stars is None:
        warn("rating", told, f"ignored: not a number of stars, of {WIDEST_SCALE:g} at the most, such as 4.5 or 4,5")
    others = {name: values for name, values in attributes.items() if name not in ("rating", "rating_count")}
    if not stars or re.fullmatch(r"0+(?:[.,]0+)?", count):
        return others
    plain = told if re.fullmatch(r"\d+(?:\.\d+)?", told) else f"{stars:g}"
    return {**others, "rating": (plain,), **({"rating_count": (_ungrouped(count),)} if count else {})}


def _first(record: Mapping[str, Any], names: Sequence[str]) -> str:
    found = {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(name)).lower(): value for name, value in record.items()}
    return next((clean(found[name]) for name in names if name in found), "")


def _ungrouped(count: str) -> str:
    """A count without the marks between its thousands: it has no decimals."""
    return re.sub(r"[.,' ]", "", count) if re.fullmatch(r"\d{1,3}(?:[.,' ]\d{3})+", count) else count
