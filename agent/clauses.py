"""A sentence cut into clauses, each with what it speaks of: items named by their titles, or by a word for them.

Only a whole title names an item; of two titles that both fit, the longer one. Knows no record beyond its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from agent.number_words import ORDINALS, PLACES
from store.schemas import Item

Thing = tuple[Item, ...]  # the items that a name can mean; several where titles are the same


class Whose(Enum):
    """Of what a clause speaks."""

    NAMED = "the items that it names"
    LAST = "the items named last"
    EVERY = "all of them"
    NO = "none of them"
    ANY = "one of them or other"
    COUNT = "so many of them"
    WISH = "what the shopper asked for"
    OPEN = "whatever was spoken of before"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence; in ``text`` a "#" stands for each name and nothing for a quotation."""

    text: str
    whose: Whose
    names: tuple[Thing, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    thing: Thing = field(compare=False)


_QUOTE = re.compile(r"“([^“”]+)”?|(?<!\d)\"([^“”\"]+)[”\"]?")  # behind a number the straight mark is one of inches
# A clause ends here. Before a pronoun "and" begins a new one: "I found 5, and they are lovely".
_END = re.compile(
    r"[.!?;:](?=\s)|\s[–—-]\s|,? (?:and|but|so|while|because) (?=(?:it|they|both|neither|none|these|those)\b)", re.I
)
_BETWEEN = re.compile(r",? (?:and|but|while|whereas|against|or|than|versus|vs\.?) |[,(]", re.IGNORECASE)
_JOINED = re.compile(r"[\s,]*(?:and|or|nor)?\s*(?:the )?\s*", re.IGNORECASE)
_ORDINAL = re.compile(
    rf"\bthe ({'|'.join(ORDINALS)}|last)(?![-\w])(?: (?:one|item|option)\b)?"
    r"(?! (?:time|thing|place|pick|of|two|three))",
    re.IGNORECASE,
)
# Said of how many are shown, not of what they are.
_HERE = re.compile(r"here (?:they|it|these) (?:all )?(?:are|is)|all (?:of (?:them|these) )?(?:shown )?below", re.I)
_NO = re.compile(r"\b(?:none of (?:them|these|those|their|the)|neither|not one of)\b", re.IGNORECASE)
_ANY = re.compile(
    r"\b(?:one of (?:them|these|those)|some(?: of (?:them|these|those))?|something here)\b", re.IGNORECASE
)
_COUNT = re.compile(r"\b(?:\d+|t(?:wo|hree|en)|four|five|six|seven|eight|nine) of (?:them|these|those)\b", re.I)
_EVERY = re.compile(
    r"\b(?:both|each|every one|all (?:of )?(?:them|these|those)|all (?:are|have|come|cost|\w+ of them)|"
    r"(?:they|these|those|are|have|come|cost|share) all|they share|"
    r"(?:these|those)(?: \w+)? (?:are|were|have|come in|cost|share))\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:its?|it['’]s|they|they['’]re|their|them|th(?:is|at) one|(?:this|that) (?:is|was|has|comes|costs))\b", re.I
)
_WISH = re.compile(
    r"\b(?:i|i['’]\w+|me|my|we|us|our|you|you['’]\w+|your|here (?:is|are)|match(?:es)?|found|nothing|noted|"
    r"store|shop|none|one match|\d+ .* fit)\b|\?$",
    re.IGNORECASE,
)


def clauses(sentence: str, things: Sequence[Thing], shown: Sequence[Item]) -> list[Clause]:
    """The clauses of a sentence in order; ``things`` can be named, ``shown`` stand under "the second one"."""
    # A title that has quotation marks itself would be cut by them; any other within them is quoted.
    marked = _titles(sentence, [thing for thing in things if '"' in thing[0].title or "“" in thing[0].title])
    text = _without(sentence, marked)
    quoted = list(_QUOTE.finditer(text))
    for quote in quoted:
        text = _blank(text, quote.start(), quote.end(), " ")
    names = sorted([*marked, *_titles(text, things), *_ordinals(text, shown)], key=lambda name: name.start)
    text = _without(text, names)
    found: list[Clause] = []
    asked = sentence.rstrip().endswith("?")
    for start, end in _spans(text, names):
        own = [name for name in names if start <= name.start < end]
        quotes = tuple(quote[1] or quote[2] for quote in quoted if start <= quote.start() < end)
        said = text[start:end]
        whose = Whose.NAMED if own else _whose(said, asked)
        if whose is Whose.OPEN and found:  # what follows a colon or a semicolon goes on with what was begun
            before = found[-1].whose
            whose = Whose.LAST if before is Whose.NAMED else before
        found.append(Clause(said, whose, tuple(name.thing for name in own), quotes))
    return found


def _whose(text: str, asked: bool) -> Whose:
    text = _HERE.sub(" ", text)
    for whose, pattern in (
        (Whose.NO, _NO),
        (Whose.COUNT, _COUNT),
        (Whose.EVERY, _EVERY),
        (Whose.ANY, _ANY),
        (Whose.LAST, _LAST),
    ):
        if pattern.search(text):
            return whose
    return Whose.WISH if asked or _WISH.search(text) else Whose.OPEN


def _titles(text: str, things: Sequence[Thing]) -> list[_Name]:
    """Whole titles and names, the longest first; none begins or ends within a word, none within another."""
    found: list[_Name] = []
    folded = text.lower()
    called = {called.lower(): thing for thing in things for called in (thing[0].title, thing[0].name)}
    for title in sorted(called, key=len, reverse=True):
        thing = called[title]
        at = folded.find(title)
        while at >= 0:
            end = at + len(title)
            inside = any(name.start < end and at < name.end for name in found)
            if not inside and not folded[at - 1 : at].isalnum() and not folded[end : end + 1].isalnum():
                found.append(_Name(at, end, thing))
            at = folded.find(title, end)
    return found


def _ordinals(text: str, shown: Sequence[Item]) -> list[_Name]:
    places = [(match, PLACES[match[1].lower()]) for match in _ORDINAL.finditer(text)]
    return [_Name(m.start(), m.end(), (shown[at],)) for m, at in places if len(shown) > max(at, 1)]


def _spans(text: str, names: Sequence[_Name]) -> list[tuple[int, int]]:
    """Where clauses begin and end: at their marks, and between names that are not just listed."""
    cuts = {match.end() for match in _END.finditer(text)}
    for left, right in pairwise(names):
        between = text[left.end : right.start]
        if not _JOINED.fullmatch(between) and not any(left.end <= cut <= right.start for cut in cuts):
            marks = list(_BETWEEN.finditer(between))
            cuts.add(left.end + marks[-1].start() if marks else right.start)
    places = sorted({0, len(text), *cuts})
    return [(start, end) for start, end in pairwise(places) if text[start:end].strip()]


def _without(text: str, names: Sequence[_Name]) -> str:
    for name in names:
        text = _blank(text, name.start, name.end, "#")
    return text


def _blank(text: str, start: int, end: int, mark: str) -> str:
    return text[:start] + mark.ljust(end - start) + text[end:]
