"""Kinds that are refused where the store has none: "no jewellery" is noted and leaves nothing out.

That such a word names a kind is general knowledge; of other words that no record says, a refusal cannot be checked.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from agent.reading import Reading
from agent.shopping_words import BROADER, DEPARTMENTS
from agent.utterance import Utterance
from agent.values import unique, without
from agent.words import stem

_NAMED = frozenset(
    stem(word)
    for word in chain(BROADER, chain.from_iterable(BROADER.values()), chain.from_iterable(DEPARTMENTS))
    if " " not in word
)


def noted(said: Utterance, reading: Reading) -> Utterance:
    """The utterance with such kinds as refused words, and no longer as words that could not be heard."""
    refused = {reading.tokens[at].text for at in reading.refused - reading.mentioned}
    kinds = tuple(word for word in said.unanswered if word in refused and stem(word) in _NAMED)
    words = unique((*said.exclude_words, *kinds))
    return replace(said, exclude_words=words, unanswered=without(said.unanswered, kinds))
