"""Sizes as shoppers say them ("size M", "in 38", "in small") against the store's own. Knows no item."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIZE = re.compile(
    r"\bsizes? (?:is |of |in |for )?(?P<a>[\w./]+)|"
    r"\b(?:in|a|an|i wear|i'm a) (?P<b>(?i:xxs|xs|xl|xxl|xxxl|[2-5]xl)|S|M|L)\b|"
    r"\b(?P<c>(?i:xxs|xxl|xxxl|[2-5]xl))\b|"
    r"\b(?:in|in an?) (?P<d>small|medium|large|extra large)\b(?!\s+\w*(?:size|amount|number))|"
    r"\bin (?:an? )?(?P<e>\d{1,2}(?:[.,]5)?)(?=\s*(?:please|then|now|instead|too|[.,;!?]|$))",
)
_SPELLED = {"small": "s", "medium": "m", "large": "l", "extra large": "xl"}
_NOT_A_SIZE = frozenset(("does", "do", "is", "are", "it", "up", "and", "matters", "not", "chart", "guide", "wise"))


def asked_size(text: str) -> str:
    """The size that a message asks for, in lower case; "" when it asks for none."""
    match = _SIZE.search(text)
    if not match:
        return ""
    wanted = next(group for group in match.groups() if group).lower().rstrip(".")
    return "" if wanted in _NOT_A_SIZE else _SPELLED.get(wanted, wanted)


def fitting_sizes(wanted: str, sizes: Iterable[str]) -> tuple[str, ...]:
    """The store's sizes that are the wanted one, alone or as part of a double size ("S/M")."""
    return tuple(size for size in sizes if wanted in re.split(r"[\s/]+", size.lower()))
