"""Sizes as shoppers say them ("size M", "in 38", "in small") against the store's own. Knows no item."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SYSTEM = r"(?i:uk|us|eu|euro)"  # of a number: "UK 9"
_SIZE = re.compile(
    rf"\bsizes? (?:is |of |in |for )?(?P<a>{_SYSTEM} ?\d+(?:\.5)?|[\w./]+)|"
    rf"\b(?P<f>{_SYSTEM} ?\d{{1,2}}(?:\.5)?)\b|"
    r"\b(?:in|a|an|i wear|i'm a) (?P<b>(?i:xxs|xs|xl|xxl|xxxl|[2-5]xl)|S|M|L)\b|"
    r"\b(?:waist (?:size |of )?(?P<g>\d{2})|(?P<h>\d{2}) waist)\b|"
    r"\b(?i:women|men|ladies|girls|boys)(?:['’]?s)? (?P<i>\d{2}(?:\.5)?)\b(?=\W*$|\s*[,.;!?])|"
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
    """The store's sizes that are the wanted one, alone or as part of a double size ("S/M").

    A bare number fits every system of sizes, as nobody said which one: "9" is "UK9" and "US9".
    """
    asked = _plain(wanted)
    return tuple(size for size in sizes if asked in _names(size))


def _names(size: str) -> set[str]:
    """What a size is called, with and without its system."""
    parts = {_plain(part) for part in re.split(r"[\s/]+(?!\d)|/", size)}
    return parts | {number[1] for part in parts if (number := re.fullmatch(rf"{_SYSTEM}(\d+(?:\.5)?)", part))}


def _plain(size: str) -> str:
    return re.sub(r"^euro(?=\d)", "eu", size.lower().replace(" ", ""))
