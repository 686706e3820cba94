"""What a message says of a fact by its name and without a unit: "ABV below 13", "more storage", "fewer pages".

Knows the names of a store's columns and which way a word goes, no state and no value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from agent.amounts import amounts
from agent.fact_names import core, name_stems, unit
from agent.number_words import SPELT_NUMBER
from agent.words import Token, stem, tokenise

_N = rf"(?:\d+(?:[.,]\d+)?|{SPELT_NUMBER})"
_UNITLESS = r"(?![\w.,]*\d)(?!\s*[%°\"″$€£¥₹])"
_BOUND = re.compile(
    r"(?:\b(?:(?P<least>at least|min(?:imum)?(?: of)?|no less than|not less than|not below|not under)|"
    r"(?P<most>at most|max(?:imum)?(?: of)?|up to|no more than|not more than|not over|not above)|"
    r"(?P<beyond>over|above|(?:more|higher|greater|larger) than)|"
    r"(?P<below>under|below|(?:less|lower|fewer|smaller) than))\s+)?"
    rf"(?P<n>(?<![\w.,$€£¥₹]){_N}){_UNITLESS}"
    r"(?P<up>\s*\+|\s+(?:or|and) (?:more|higher|above|over|up)\b)?"
    r"(?P<down>\s+or (?:less|lower|fewer|below|under)\b)?",
    re.IGNORECASE,
)
# "Max width of 220": the way stands before the name of the fact.
_BEFORE_NAME = {
    "max": "most",
    "maximum": "most",
    "maximal": "most",
    "min": "least",
    "minimum": "least",
    "minimal": "least",
}
_LINKS = frozenset(("is", "of", "content", "value", "be", "a", "an", "the", "that", "with"))
# "More storage": which way a word goes before the name of what there shall be more of.
_WAYS = {
    **dict.fromkeys(("more", "higher", "greater", "bigger", "larger", "longer"), True),
    **dict.fromkeys(("less", "fewer", "lower", "smaller", "shorter"), False),
}


@dataclass(frozen=True, slots=True)
class NamedBound:
    """A bound on a fact that a message names: its number, which way it goes, and where the text says so.

    ``way`` is "least", "most", "beyond", "below" or "exact"; ``words`` say it after "with" where the text has another
    order.
    """

    fact: str
    number: str
    way: str
    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class MoreOf:
    """ "More storage": the place of "more" among the tokens, the fact, and whether there shall be more of it."""

    at: int
    word: str
    fact: str
    up: bool


def named_bounds(text: str, facts: Collection[str]) -> Iterator[NamedBound]:
    """The bounds whose fact stands before or behind them: "ABV below 13", "at least 30 protein"."""
    tokens, money = tokenise(text), [(amount.start, amount.end) for amount in amounts(text) if amount.money]
    for match in _BOUND.finditer(text):
        way = next((way for way in ("least", "most", "beyond", "below") if match[way]), "")
        way = way or ("least" if match["up"] else "most" if match["down"] else "")
        if any(start <= match.start("n") < end for start, end in money):
            continue
        before = [token for token in tokens if token.end <= match.start()]
        while before and before[-1].text in _LINKS:
            before.pop()
        behind = [token for token in tokens if token.start >= match.end()]
        if not way:
            yield from _way_before(before, match, facts)
        elif found := _ending(before, facts):
            yield NamedBound(found[0], match["n"], way, found[1].start, match.end())
        elif found := _beginning(behind, facts):
            yield NamedBound(found[0], match["n"], way, match.start(), found[1].end)


def _way_before(before: Sequence[Token], match: re.Match[str], facts: Collection[str]) -> Iterator[NamedBound]:
    """The bound whose way stands before its fact: "max width of 220", "more pages than 300", "higher than ABV 12"."""
    compares = bool(before) and before[-1].text == "than"
    found = _ending(before[:-1] if compares else before, facts)
    said = [token for token in before if found and token.end <= found[1].start]
    if not found or not said:
        return
    name = " ".join(token.text for token in before if token.start >= found[1].start and token.text != "than")
    if said[-1].text == "than":
        compares, said = True, said[:-1]
    word = said[-1] if said else before[0]
    more = _WAYS.get(word.text)
    way = ("" if more is None else "beyond" if more else "below") if compares else _BEFORE_NAME.get(word.text, "")
    words = f"{word.text} than {match['n']} {name}" if compares else f"a {name} of at {way} {match['n']}"
    if way:
        yield NamedBound(found[0], match["n"], way, word.start, match.end(), words)


def bounds(way: str, number: float) -> tuple[float, float]:
    """The numbers on one side of a bound, "beyond" and "below" without it; of "exact" the number alone."""
    return {
        "least": (number, math.inf),
        "most": (-math.inf, number),
        "beyond": (math.nextafter(number, math.inf), math.inf),
        "below": (-math.inf, math.nextafter(number, -math.inf)),
        "exact": (number, number),
    }[way]


def more_of(tokens: Sequence[Token], facts: Collection[str]) -> list[MoreOf]:
    """What a message wants more or less of, by the name of a fact: "a higher ABV", "with fewer pages"."""
    found = []
    for at, token in enumerate(tokens):
        named = _beginning(tokens[at + 1 :], facts) if token.text in _WAYS else None
        if named:
            name = named[0].removesuffix(unit(named[0])).replace("_", " ").strip()
            found.append(MoreOf(at, f"{token.text} {name}", named[0], _WAYS[token.text]))
    return found


def is_named(fact: str, text: str) -> bool:
    """Whether a message says all words of a fact's name that tell what it is."""
    return set(core(fact)) <= {stem(word) for word in re.findall(r"[^\W\d_]+", text.lower())}


def _beginning(tokens: Sequence[Token], facts: Collection[str]) -> tuple[str, Token] | None:
    """The fact whose name the first of these tokens are, the longest one, and the last token of that name."""
    fits = [(fact, len(name)) for fact, name in _names(facts) if _stems(tokens[: len(name)]) == name]
    fact, size = max(fits, key=lambda fit: fit[1], default=("", 0))
    return (fact, tokens[size - 1]) if fact else None


def _ending(tokens: Sequence[Token], facts: Collection[str]) -> tuple[str, Token] | None:
    """The fact whose name the last of these tokens are, the longest one, and the first token of that name."""
    fits = [(fact, len(name)) for fact, name in _names(facts) if _stems(tokens[-len(name) :]) == name]
    fact, size = max(fits, key=lambda fit: fit[1], default=("", 0))
    return (fact, tokens[-size]) if fact else None


def _names(facts: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each fact with what it may be called."""
    for fact in facts:
        for name in {core(fact), name_stems(fact)}:
            if name:
                yield fact, name


def _stems(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens)
