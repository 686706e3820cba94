"""What a message wants to happen where no pattern knows its shape: the intent of the example sentences nearest to it.

The examples (``assets/language/intents.txt``) are ours, name no product and are about no store; those of "search"
and "details" stand for messages that are to be left as they were read. A message counts as like an intent when most
of what its nearest examples weigh is of that intent (a weighted vote of nearest neighbours; Dudani 1976, "The
Distance-Weighted k-Nearest-Neighbor Rule"). Knows meanings by the text encoder alone, and nothing of the dialogue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from agent.questions import asks
from agent.reading import Reading
from agent.utterance import Intent, Utterance
from retrievers.base import Encoder, Vectors

FILE = Path(__file__).resolve().parent.parent / "assets" / "language" / "intents.txt"
NEAREST = 8
POWER = 4  # of a cosine in the vote: a near example outweighs several far ones
SHARE, FLOOR = 0.6, 0.45  # least share of the vote and least cosine of the nearest; both chosen on messages held back
SURE = 0.7  # least share where the message has words that may be wishes, or may be about a card
_LEFT_AS_READ = (Intent.SEARCH, Intent.DETAILS)
_UNREAD = (Intent.SEARCH, Intent.UNCLEAR)
_HARDLY_READ = (Intent.DETAILS, Intent.MORE_LIKE)  # "that was not helpful" is about no card
_OF_CARDS = (Intent.ADVICE, Intent.WHY, Intent.COMPARE, Intent.COMPLAIN, Intent.SOMETHING_ELSE, Intent.MORE_LIKE)
_UNHEARD: dict[str, Any] = {"text": "", "unanswered": (), "unknown_type": "", "type_words": ""}


class IntentExamples:
    """Example sentences by intent, compared with a message in the space of a text encoder."""

    def __init__(self, encoder: Encoder, file: Path = FILE) -> None:
        self._encoder, self._file = encoder, file

    @cached_property
    def _examples(self) -> tuple[list[Intent], Vectors]:
        """Intents and unit vectors (n, dim); encoded when the first message needs them, since most never do."""
        blocks = self._file.read_text(encoding="utf-8").strip().split("\n\n")
        named = [(Intent(name), text) for name, *texts in map(str.splitlines, blocks) for text in texts]
        return [intent for intent, _ in named], self._encoder.encode_texts([text for _, text in named])

    def like(self, text: str) -> tuple[Intent, float]:
        """The intent of the nearest examples and its share of their vote; (SEARCH, 0.0) where none is near."""
        intents, vectors = self._examples
        cosines = vectors @ self._encoder.encode_texts([text])[0]
        nearest = np.argsort(-cosines)[:NEAREST]
        if cosines[nearest[0]] < FLOOR:
            return Intent.SEARCH, 0.0
        votes: dict[Intent, float] = {}
        for at in nearest:
            votes[intents[at]] = votes.get(intents[at], 0.0) + float(max(cosines[at], 0.0)) ** POWER
        best = max(votes, key=lambda intent: votes[intent])
        return best, votes[best] / sum(votes.values())


def by_likeness(
    reading: Reading, said: Utterance, settled: Utterance, shown: bool, like: Callable[[str], tuple[Intent, float]]
) -> tuple[Reading, Utterance] | None:
    """The parts of a message as those of the intent that it is like; None where it is left as it was read.

    Only a message is looked at that names nothing of the store: no kind, fact, card, number or refusal, and no
    photo. ``settled`` is how it was read; ``shown`` whether cards lie on the table, without which nobody asks about
    them; ``like`` is that of ``IntentExamples``.
    """
    if settled.intent not in (*_UNREAD, *_HARDLY_READ) or settled.asked or reading.strong or _names_something(said):
        return None
    intent, share = like(reading.text)
    doubtful = bool(said.unknown_type or said.unanswered) or settled.intent in _HARDLY_READ
    if intent in _LEFT_AS_READ or (intent in _OF_CARDS and not shown) or share < (SURE if doubtful else SHARE):
        return None
    # Its words are how it is said, and nothing that a record could answer.
    return replace(reading, tokens=(), mentions=(), intent=intent), replace(said, **_UNHEARD)


def _names_something(said: Utterance) -> bool:
    wishes = replace(said, **_UNHEARD)
    kinds = said.type_values or said.then or said.companion or said.outfit
    return bool(kinds or asks(wishes) or said.dropped or said.photo or said.count)
