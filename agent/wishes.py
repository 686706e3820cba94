"""Two wishes in one sentence: "white sneakers under 90 and a black backpack under 60" is cut before the second.

Only an "and" between two kinds of things cuts; "a jacket or a dress" stays one wish with alternatives. Knows the
kinds that a reading found, no store.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from agent.reading import Reading
from agent.shopping_words import RECIPIENTS, SOFT_FACTS
from agent.utterance import Utterance
from agent.vocabulary import Mention

_LINK = re.compile(r"\b(?:and(?: also| then)?|plus|as well as|along with|together with)\b|&|(?<=\w);", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clauses:
    """A message cut into one text a wish."""

    texts: tuple[str, ...]


def apart(reading: Reading) -> Clauses | None:
    """The wishes of a message, None when it has but one."""
    kinds = [m for m in reading.mentions if _is_kind(reading, m)]
    cuts = []
    for left, right in pairwise(kinds):
        if set(left.sense.values) & set(right.sense.values) or left.sense.fact != right.sense.fact:
            continue
        between = reading.tokens[left.end - 1].end, reading.tokens[right.start].start
        links = [m for m in _LINK.finditer(reading.text) if between[0] <= m.start() and m.end() <= between[1]]
        if links:
            cuts.append(links[-1].span())
    if not cuts or reading.references:
        return None
    edges = [0, *(edge for cut in cuts for edge in cut), len(reading.text)]
    texts = [reading.text[start:end].strip(" ,") for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return Clauses(tuple(texts))


def sharing(wishes: Sequence[Utterance]) -> list[Utterance]:
    """The wishes of one message with what ends it said of all: "a dress and shoes for a wedding, under 150".

    A price, or an occasion and the like, holds for those before where none of them has one.
    """
    *before, last = wishes
    if any(w.price_min is not None or w.price_max is not None for w in before):
        low, high, currency = None, None, None
    else:
        low, high, currency = last.price_min, last.price_max, last.currency
    said = {fact for wish in before for fact in wish.include}
    moods = {f: v for f, v in last.include.items() if f in SOFT_FACTS and f not in said}
    shared = [
        replace(
            wish,
            include={**wish.include, **moods},
            price_min=wish.price_min if low is None else low,
            price_max=wish.price_max if high is None else high,
            currency=wish.currency or currency,
        )
        for wish in before
    ]
    return [*shared, last]


def _is_kind(reading: Reading, mention: Mention) -> bool:
    first = reading.tokens[mention.start]
    person = first.text in RECIPIENTS or first.stem in RECIPIENTS
    return mention.sense.is_type and mention.start not in reading.refused and not person
