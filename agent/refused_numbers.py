"""Which numbers of a message are refused: "no 1 m please", "without 600 ml", "nothing 5 m", "no drills with 12 V".

The scope of a negation is that of other words (``agent/negation.py``); a number is in it where nothing but small
words or a kind of things stands between. That kind is still wanted, as it is in "no 12 V drills". Of a card ("this
one isn't 5 m") nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from agent.asked_numbers import Asked
from agent.measures import OWN
from agent.negation import refused_positions, without_verbs
from agent.shopping_words import STOP_STEMS
from agent.vocabulary import Mention, Sense
from agent.words import Token, stem, tokenise

_NUMBER = "#"
_LINKS = frozenset((",", "/"))
_THINGS = frozenset(("products", "items", "things", "pieces", "ones", "anything", "something", "stuff", "options"))
# "It isn't", "this one is not", "the first is not": said of what is there.
_OF_A_CARD = re.compile(
    r"(?:^|[.,;!?]|\b(?:but|and|because|since)\b)\W*(?:it|this|that|these|those|they|"
    r"(?:(?:the|this|that) )?[\w-]+ ones?|the (?:first|second|third|fourth|last))(?: is|['’]s| are|['’]re| was)? *$",
    re.IGNORECASE,
)


# "No games for 2 players", "no drills that have 12 V": what stands between a kind and its number.
_OF_KIND = re.compile(
    r"\s+(?:(?:with|for|of|at|that|which|are|is|have|has|takes?|needs?|costs?|costing|priced)\s+)*",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"over|above|beyond|exceed|(?:more|higher|pricier|more expensive) than", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The positions of the refused tokens of a message, and where its refused numbers begin in the text."""

    tokens: frozenset[int]
    numbers: frozenset[int]


def refusal(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    numbers: Sequence[Asked],
    prices: Sequence[tuple[int, int]],
    is_kind: Callable[[Mention], bool],
) -> Refusal:
    """What a message refuses; a kind is not where only things of it with some number or above some price are."""
    refused = _beside_numbers(tokens, mentions, numbers)
    found = refused_numbers(text, numbers)
    kinds = [range(m.start, m.end) for m in mentions if m.start in refused and is_kind(m)]
    kinds += [range(at, at + 1) for at in refused if tokens[at].text in _THINGS]
    measured = [n.start for n in numbers if n.scale != OWN]
    limits = [start for start, _ in prices if _ABOVE.match(text, start)]
    for kind, start in product(kinds, (*measured, *limits)):
        if _OF_KIND.fullmatch(text[tokens[kind[-1]].end : start]):
            found |= {start} & {*measured}
            refused -= set(kind)
    return Refusal(refused, found)


def _beside_numbers(tokens: Sequence[Token], mentions: Sequence[Mention], numbers: Sequence[Asked]) -> frozenset[int]:
    """The positions of the refused tokens, each number counting as a word among them."""
    signs = [Token(_NUMBER, stem(_NUMBER), n.start, n.end) for n in numbers if n.scale != OWN]
    among = sorted((*tokens, *signs), key=lambda token: token.start)
    place = {at: among.index(token) for at, token in enumerate(tokens)}
    scales = {number.start: Sense(number.scale, ()) for number in numbers}
    named = [replace(m, start=place[m.start], end=place[m.end - 1] + 1) for m in mentions]
    named += [Mention(scales[t.start], at, at + 1) for at, t in enumerate(among) if t in signs]
    refused = refused_positions(among, named)
    return frozenset(at for at in place if place[at] in refused)


def refused_numbers(text: str, numbers: Sequence[Asked]) -> frozenset[int]:
    """Where the refused ones of these numbers begin in the text."""
    tokens = without_verbs(_with_numbers(text, numbers))
    asked = {number.start: number for number in numbers}
    places = [at for at, token in enumerate(tokens) if token.start in asked]
    named = [Mention(Sense(asked[tokens[at].start].scale, ()), at, at + 1) for at in places]
    refused = refused_positions(tokens, named)
    return frozenset(
        tokens[at].start
        for at in places
        if at in refused and asked[tokens[at].start].scale != OWN and _is_meant(text, tokens, at, refused)
    )


def _with_numbers(text: str, numbers: Sequence[Asked]) -> tuple[Token, ...]:
    """The tokens of a text with each number and its unit as one."""
    words = [token for token in tokenise(text) if not any(n.start <= token.start < n.end for n in numbers)]
    signs = [Token(_NUMBER, stem(_NUMBER), n.start, n.end) for n in numbers]
    return tuple(sorted((*words, *signs), key=lambda token: token.start))


def _is_meant(text: str, tokens: Sequence[Token], at: int, refused: frozenset[int]) -> bool:
    """Whether nothing but small words and other refused numbers stand between a negation and a number."""
    begin = at
    while begin - 1 in refused:
        begin -= 1
    between = [token for token in tokens[begin:at] if token.text not in _LINKS | {_NUMBER}]
    negation = tokens[begin - 1] if begin else tokens[at]
    return all(token.stem in STOP_STEMS for token in between) and not _OF_A_CARD.search(text[: negation.start])
