"""Discounts that a shopper wants: "with a discount", "at least 30% off", "half price", "the biggest discount first".

They are read off today's price and the one before, which records hold; codes, vouchers and discounts for somebody are
the shop's own affair (``agent/intents.py``). Knows no store.
"""

from __future__ import annotations

import re

_NAMED = r"(?:discounts?|reductions?|savings?|price cuts?|markdowns?)"
_LEAST = r"(?:(?:at least|min(?:imum)?(?: of)?|more than|over|above) |>=? ?)?"
# "30% less sugar" is no price.
_LESS = r"less(?=\W*$|\W*[,.;!?]| (?:than|or|and|please|now|on|for|in)\b)"
_SHARE = re.compile(
    rf"(?:\b(?P<by>(?:reduced|discounted|marked down) by |^by )|\b(?:with |at |by |for )?(?:an? )?){_LEAST}"
    r"(?<![\d.,])(?P<share>[1-9]\d?)\s?(?:%|percent\b|per cent\b)(?: (?:or|and) more| ?\+)?"
    rf"(?(by)| ?(?:off|reduced|{_LESS}|cheaper|{_NAMED})\b)(?: (?:or|and) (?:more|up|above)\b| minimum\b)?|"
    r"\b(?:at |for )?half[- ]price\b",
    re.IGNORECASE,
)
_MOST = r"(?:biggest|highest|largest|best|deepest|steepest|greatest|most)"
BIGGEST = re.compile(
    rf"\b(?:by |the )*(?:{_MOST} (?:{_NAMED}|deals?|discounted)|most (?:reduced|marked down))(?: first)?\b|"
    rf"\b(?:sort|order)(?:ed)? (?:\w+ )?by (?:the )?{_NAMED}\b",
    re.IGNORECASE,
)
_WITH = re.compile(rf"\b(?:with|at|having|has|have|got) (?:an? |some |any )?(?:\w+ )?{_NAMED}\b", re.IGNORECASE)
DISCOUNTS = (_SHARE, BIGGEST, _WITH)


def reduced_by(text: str) -> float:
    """The least share of its former price that a thing shall be reduced by, 0 where none is said.

    >>> reduced_by("at least 30% off"), reduced_by("boots at half price"), reduced_by("30% wool")
    (0.3, 0.5, 0.0)
    """
    said = _SHARE.search(text)
    if not said:
        return 0.0
    return int(said["share"]) / 100 if said["share"] else 0.5


def asks_for_discount(text: str) -> bool:
    """Whether only what is reduced is wanted."""
    return any(pattern.search(text) for pattern in DISCOUNTS)


def asks_for_biggest(text: str) -> bool:
    """Whether what is reduced most shall come first."""
    return bool(BIGGEST.search(text))
