"""Numbers with a unit that only a title tells: the 27 inches of "Aurora 27 inch monitor"."""

from __future__ import annotations

import re
from collections.abc import Mapping

TITLE_MEASURE = "title_measure"  # the fact that holds them
# A single letter only as it is written right: "501 L" is a model.
_MEASURE = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,5}(?:[.,]\d{1,2})?)(?:\s?(?P<mark>[\"″%])|[\s-]?(?P<unit>inch(?:es)?|cm|mm|foot|feet|ft|"
    r"litres?|liters?|ltr|ml|cl|kg|grams?|lbs?|oz|gb|tb|mah|watts?|mp|megapixels?|(?-i:[lmg]|W))\b)",
    re.IGNORECASE,
)


def title_measures(title: str, attributes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The measures in a title that are no attribute of their own, each as "27 inch".

    >>> title_measures('Aurora 27" monitor, 2.5 kg', {"weight": ("2.5 kg",), "model": ("27A",)})
    ('27 inch',)
    """
    recorded = {
        match["number"]
        for values in attributes.values()
        for value in values
        if (match := _MEASURE.fullmatch(value.strip()))
    }
    found = [
        f"{match['number']} {_unit(match)}" for match in _MEASURE.finditer(title) if match["number"] not in recorded
    ]
    return tuple(dict.fromkeys(found))


def _unit(match: re.Match[str]) -> str:
    if match["unit"]:
        return match["unit"].lower()
    return "%" if match["mark"] == "%" else "inch"
