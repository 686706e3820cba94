"""How many things a shopper wants to see: "show me just three", "the two cheapest", "your top 5".

Only of showing: who needs two mugs would still choose among six. Who wants just one wants advice
(``agent/intents.py``). Knows no store.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from agent.number_words import number_of, spelt
from agent.prices import COUNTED

MOST = 12  # cards; more than that is no choice

_SEVERAL = rf"(?P<n>1[0-2]|[2-9]|{spelt(MOST, least=2)})"
_N = rf"{_SEVERAL}(?![\w.,]*\d|-|[a-z])"
_ENDS = r"(?:cheapest|dearest|best|nicest|top|closest|nearest|most|least|highest|lowest|newest)"
_OPTIONS = (
    r"(?:(?:good|nice|other|more|different|of (?:them|these|those)|best) )?"
    r"(?:options?|ones|choices?|suggestions?|results?|ideas?|items?|products?|picks?|alternatives?|examples?)"
)
# What a number counts that is no card: "three quarter sleeves", "two tone shoes", "2 in 1".
_NO_CARDS = r"(?! (?:tones?|quarters?|pieces?|packs?|ways?|seaters?|in|or|to|times?|people|persons?|for|stars?|x)\b)"
_STOPS = r"(?=\W*$|\W*[.,;:!?]|\W+(?:please|then|now|only|max|of (?:them|these|those))\b)"
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:show|give|list|recommend|suggest|name)(?: (?:me|us|just|only|the|your|any|maybe))* {_N}{_NO_CARDS}"
        rf"(?= {_OPTIONS}| {_ENDS}|{_STOPS}| [a-z])(?: {_OPTIONS})?",
        rf"\b(?:just|only|no more than|at most|(?:your|the) best|the) {_N}(?: {_OPTIONS}\b|(?= {_ENDS}\b))",
        rf"\b(?:just|only) {_N}{_STOPS}",
        rf"\b(?:(?:no|not) more than|at most) (?=[a-z]){_N}{_STOPS}",  # of digits it is a price
        rf"\b(?:(?:your|the|my) )?top {_N}{_NO_CARDS}(?: {_OPTIONS}\b)?",
        rf"\b{_N} (?={_ENDS}\b)",
        rf"\b(?:cheapest|dearest|best|nicest|newest|closest|nearest) {_N}(?: {_OPTIONS})?{_STOPS}",
        rf"^\W*(?:(?:and|ok(?:ay)?|just|maybe) )*{_N} (?:more|others?)(?: {_OPTIONS})?{_STOPS}",
        rf"^\W*{_N} (?:please|only|max|is enough|will do)\b",
    )
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many are wanted, and where the text says so."""

    number: int
    start: int
    end: int


def read_count(text: str) -> Count | None:
    """The number of cards that a message asks for, None where it asks for none.

    >>> read_count("give me the two cheapest").number, read_count("I need two mugs")
    (2, None)
    """
    found = next((match for pattern in _COUNTS if (match := pattern.search(text))), None)
    if not found:
        return None
    return Count(number_of(found["n"]), *found.span())


_IN_TOTAL = re.compile(
    r"\b(?:in total|(?<=\d )total|total (?:budget|price|spend|limit|of|is|for)|"
    r"altogether|all together|in all|combined|for (?:everything|all|the lot)\b)",
    re.IGNORECASE,
)
_PIECES = re.compile(
    rf"\b{_SEVERAL} (?:[a-z]+ )?"
    r"(?:of (?:them|these|those)|(?!(?:years|days|months|hours|inches|people|persons)\b)[a-z]+s)\b",
    re.IGNORECASE,
)


def read_pieces(text: str) -> int:
    """For how many things a price is meant together, 1 where it is each one's.

    >>> read_pieces("3 gifts under 100 in total"), read_pieces("3 gifts under 100")
    (3, 1)
    """
    if not _IN_TOTAL.search(text):
        return 1
    return sum(number_of(match["n"]) for match in _PIECES.finditer(text)) or 1


_SETS = re.compile(rf"\b(?:set|pack|box|bundle)s? of (?:\d{{1,2}}|{spelt(MOST, least=2)})\b", re.IGNORECASE)


def sets_of(text: str) -> tuple[str, ...]:
    """The sets that a message asks for, as it says them, for the records to be looked through.

    >>> sets_of("do you have a set of 4?"), sets_of("4 of the first")
    (('set of 4',), ())
    """
    return tuple(dict.fromkeys(match[0].lower() for match in _SETS.finditer(text)))


_AMOUNTS = re.compile(rf"(?<![\w.,$€£₹])\d+(?:[.,]\d+)?[ -]?(?:{COUNTED})\b", re.IGNORECASE)


def amounts_of(text: str, heard: Collection[tuple[int, int]]) -> tuple[str, ...]:
    """How much of something a thing shall have, for the records to be looked through; not what was ``heard``.

    >>> amounts_of("over 300 sheets of 90 gsm", [(19, 25)])
    ('300 sheets',)
    """
    found = [m for m in _AMOUNTS.finditer(text) if not any(start <= m.start() < end for start, end in heard)]
    return tuple(dict.fromkeys(match[0].lower() for match in found))
