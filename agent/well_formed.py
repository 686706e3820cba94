"""Whether a sentence is whole, by its form alone: no former price without today's, no word said twice over.

Small language models drop a word or repeat one, and what is left may still be true of a record. Knows no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIGNED = r"(?:[$€£¥₹] ?\d[\d.,]*\d|[$€£¥₹] ?\d|\d[\d.,]* ?(?:[$€£¥₹]|[A-Z]{3}\b))"
_AMOUNT = re.compile(_SIGNED)
_FORMER = re.compile(rf"\b(?:was|were) {_SIGNED}", re.IGNORECASE)
_REDUCED = re.compile(r"\b(?:on sale|reduced|marked down|down from|off)\b", re.IGNORECASE)
# "(denim), denim" where a whole value is repeated, not "navy blue, blue grey"; "which colour would you like: colour?"
_TWICE = re.compile(
    r"(?:^|[,;:(]\s*|\b(?:in|of|and|or|is|are|with)\s)([^\W\d_][\w-]*(?: [\w-]+){0,3})[)\]]*, ?[(\[]?\1"
    r"(?=\W*$|\s*[,.;:!?)]|\s(?:and|or)\b)",
    re.IGNORECASE,
)
_ASKED_BACK = re.compile(r"\b([^\W\d_]{3,})\b[^:?]*: \1\b[^?]*\?", re.IGNORECASE)
# "The lowest price is ($106"; and of one thing "is up to $81", which is a wish and no price.
_BEHIND = re.compile(rf"\b(?:is|are|costs?) (?:\(\s*|up to ){_SIGNED}")


def malformed(text: str) -> Iterator[str]:
    """What is wrong with the form of a sentence in which a "#" stands for each name."""
    former = _FORMER.search(text)
    if former and len(_AMOUNT.findall(text)) == len(_FORMER.findall(text)) and not _REDUCED.search(text):
        yield former[0]
    for pattern in (_TWICE, _ASKED_BACK):
        yield from (match[1] for match in pattern.finditer(text))
    if "#" in text or "price" in text:
        yield from (match[0] for match in _BEHIND.finditer(text))
