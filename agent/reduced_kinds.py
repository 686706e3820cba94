"""Kinds that are wanted at a reduced price: "reduced scarves", "any sale boots?" are "discounted scarves", "boots".

Only right before a kind of the store, as it is said of things: "reduced sugar" and "noise reduced" are no prices.
"""

from __future__ import annotations

import re

from agent.vocabulary import Vocabulary
from agent.words import tokenise

_REDUCED = re.compile(r"\b(?:reduced|sale|marked[- ]down)(?= [a-z])", re.IGNORECASE)
_AHEAD = 3  # words that describe a kind before it: "reduced black leather boots"


def with_reduced(text: str, vocabulary: Vocabulary) -> str:
    """The message with such words as "discounted"."""
    tokens = tokenise(text)
    mentions = vocabulary.mentions(tokens, text)
    kinds = {m.start for m in mentions if m.sense.is_type}
    known = {at for m in mentions for at in range(m.start, m.end)}
    for match in reversed(list(_REDUCED.finditer(text))):
        at = next((place for place, token in enumerate(tokens) if token.start >= match.end()), len(tokens))
        ahead = range(at, min(at + _AHEAD + 1, len(tokens)))
        first = next((place for place in ahead if place in kinds or place not in known), -1)
        if first in kinds and not any(tokens[place].start < match.end() for place in known if place == at - 1):
            text = f"{text[: match.start()]}discounted{text[match.end() :]}"
    return text
