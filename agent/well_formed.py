"""Whether a former price stands beside today's: "was $20" alone reads as what a thing costs. Knows no record."""

from __future__ import annotations

import re

_SIGNED = r"(?:[$€£¥₹] ?\d[\d.,]*\d|[$€£¥₹] ?\d|\d[\d.,]* ?(?:[$€£¥₹]|[A-Z]{3}\b))"
_AMOUNT = re.compile(_SIGNED)
_FORMER = re.compile(rf"\b(?:was|were) {_SIGNED}", re.IGNORECASE)
_REDUCED = re.compile(r"\b(?:on sale|reduced|marked down|down from|off)\b", re.IGNORECASE)


def former_alone(text: str) -> str:
    """The former price of a sentence that tells no other and no sale, "" for none."""
    former = _FORMER.search(text)
    if former and len(_AMOUNT.findall(text)) == len(_FORMER.findall(text)) and not _REDUCED.search(text):
        return former[0]
    return ""
