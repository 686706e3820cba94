"""Two wishes in one sentence: "white sneakers under 90 and a black backpack under 60" is cut before the second.

Only an "and" between two kinds of things cuts; "a jacket or a dress" stays one wish with alternatives. Knows the
kinds that a reading found, no store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from agent.reading import Reading
from agent.shopping_words import RECIPIENTS
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


def _is_kind(reading: Reading, mention: Mention) -> bool:
    first = reading.tokens[mention.start]
    person = first.text in RECIPIENTS or first.stem in RECIPIENTS
    return mention.sense.is_type and mention.start not in reading.refused and not person
