"""Nothing reaches the shopper that the records do not hold: every sentence is checked against its grounds.

Checks numbers, the store's own words (colours, materials, types, brands ...) and product names. What the
shopper said may be repeated. A sentence that fails is not repaired here; whoever wrote it says less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.prices import read_number
from agent.state import DialogueState
from agent.vocabulary import Vocabulary
from agent.words import tokenise
from store.schemas import Item

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|de|and))*\b")
_ALWAYS = frozenset(("I", "English", "I'm", "I'll", "I've", "I'd", "Mercer", "OK", "USD", "EUR", "GBP", "INR"))
# Promises that no record backs, in whatever words.
_PROMISE = re.compile(
    r"\b(?:free (?:shipping|delivery|returns?)|discount|coupon|voucher|% off|best[- ]?seller|guarantee|warranty|"
    r"handmade|hand-made|eco[- ]friendly|limited (?:edition|time)|ships? (?:in|within))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One claim without ground: ``kind`` is "number", "fact", "name" or "promise"."""

    kind: str
    claim: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a reply may speak of: the items on the table, what the shopper said, and counted numbers."""

    items: tuple[Item, ...] = ()
    words: frozenset[str] = frozenset()  # stems
    numbers: frozenset[float] = frozenset()


def grounds(
    items: Iterable[Item], state: DialogueState, said: str, numbers: Iterable[float] = (), words: Iterable[str] = ()
) -> Grounds:
    """The grounds of one reply: its items, the state's constraints, the shopper's words, other numbers, words."""
    known = tuple(items)
    need, constraints = state.need, state.constraints
    stated = [v for vs in (*constraints.include.values(), *constraints.exclude.values()) for v in vs]
    texts = [said, need.text, need.type_words, need.unknown_type, *need.type_values, *constraints.exclude_words]
    texts += [*stated, *constraints.include, *words, *(_record(item) for item in known)]
    counted = {float(n) for n in numbers} | {float(len(known))}
    counted |= {n for n in (need.price_min, need.price_max) if n is not None}
    for item in known:
        counted |= {n for n in (item.price, item.sale_price) if n is not None}
    for text in texts:
        counted |= {read_number(m.group()) for m in _NUMBER.finditer(text)}
    return Grounds(known, frozenset(token.stem for text in texts for token in tokenise(text)), frozenset(counted))


def check(sentence: str, given: Grounds, vocabulary: Vocabulary) -> tuple[Violation, ...]:
    """Every claim in a sentence that its grounds do not hold, empty when the sentence may be shown."""
    found = [Violation("promise", m.group()) for m in _PROMISE.finditer(sentence) if not _backed(m.group(), given)]
    for match in _NUMBER.finditer(sentence):
        if not any(abs(read_number(match.group()) - n) < 0.005 for n in given.numbers):
            found.append(Violation("number", match.group()))
    tokens = tokenise(sentence)
    for mention in vocabulary.mentions(tokens, sentence):
        words = tokens[mention.start : mention.end]
        held = any(set(mention.sense.values) & set(item.values(mention.sense.fact)) for item in given.items)
        if not held and not all(token.stem in given.words for token in words):
            found.append(Violation("fact", " ".join(token.text for token in words)))
    for match in _NAME.finditer(sentence):
        if match.group() not in _ALWAYS and not _backed(match.group(), given):
            found.append(Violation("name", match.group()))
    return tuple(found)


def sentences(text: str) -> list[str]:
    """A text cut after its sentence ends, the pieces joining up to the text again."""
    pieces = re.findall(r".+?(?:[.!?]+[\"”’)]*(?=\s|$)\s*|\n+|$)", text, re.DOTALL)
    return [piece for piece in pieces if piece]


def _backed(phrase: str, given: Grounds) -> bool:
    return all(token.stem in given.words for token in tokenise(phrase) if token.text[0].isalnum())


def _record(item: Item) -> str:
    values: Sequence[str] = [v for vs in item.attributes.values() for v in vs]
    return " ".join((item.title, item.brand, item.product_type, item.description, *item.attributes, *values))
