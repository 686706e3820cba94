"""Bare numbers of a side of a thing: "150 wide", "at most 60 deep", "not wider than 180".

Knows English and the names of a store's columns, neither their units nor their values; "higher than 50" is left to
prices, of which it is said as often.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from agent.fact_names import name_stems
from agent.measure_words import DIMENSIONS
from agent.named_numbers import NamedBound
from agent.spans import NUMBER
from agent.words import stem

_N = rf"(?P<n>(?<![\w.,$€£¥₹]){NUMBER})(?![\w.,]*\d)"
# "About 200 tall", "no more than 60 deep".
_BEHIND = re.compile(
    r"(?:\b(?:(?P<least>at least|min(?:imum)?)|(?P<beyond>(?<!no )(?<!not )more than|over|above)|"
    r"(?P<most>at most|max(?:imum)?|up to|no(?:t)? more than)|(?P<below>under|below|less than))\s+)?"
    rf"(?:\b(?:about|around|roughly)\s+)?{_N}\s+(?P<side>wide|deep|tall|high|long|thick)\b(?! (?:as|enough)\b)",
    re.IGNORECASE,
)
# "Not wider than 180", "shallower than 40".
_COMPARED = re.compile(
    r"(?P<not>\b(?:no|not|never|nothing)(?: be)? )?"
    r"\b(?:(?P<beyond>wider|deeper|taller|longer|thicker)|(?P<below>narrower|shallower|thinner|slimmer)) than\s+"
    rf"{_N}",
    re.IGNORECASE,
)
_DENIED = {"beyond": "most", "below": "least"}
_SAID = {"exact": "", "least": "at least ", "most": "at most ", "beyond": "more than ", "below": "less than "}


def sided_numbers(text: str, facts: Collection[str]) -> Iterator[NamedBound]:
    """The numbers that are said of a side which one of these facts tells.

    >>> [(n.fact, n.way, n.number) for n in sided_numbers("a sofa 150 wide", ("width", "depth"))]
    [('width', 'exact', '150')]
    """
    for pattern in (_BEHIND, _COMPARED):
        for match in pattern.finditer(text):
            said = match.groupdict()
            word = said.get("side") or said["beyond"] or said["below"]
            names = {*map(stem, DIMENSIONS[word.lower()])}
            way = next((way for way in ("least", "most", "beyond", "below") if said.get(way)), "exact")
            way = _DENIED[way] if said.get("not") else way
            if fact := next((fact for fact in facts if names & {*name_stems(fact)}), ""):
                words = f"a {fact.replace('_', ' ')} of {_SAID[way]}{match['n']}"
                yield NamedBound(fact, match["n"], way, *match.span(), words)
