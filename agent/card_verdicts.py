"""Praise of one card and blame of another in one message: "I like the first, the second is ugly".

Each part of the message is read for itself, so that a verdict holds for the cards beside it and for no others. Knows
the cards on the table, nothing of what the message asks for besides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.intents import read_intent
from agent.references import Reference
from agent.utterance import Intent

_PART = re.compile(r"[,;.!?]|\b(?:but|and|while|whereas|though|although|yet)\b", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)  # "I like the first better than the second" praises but one
# A card called as one: "that colour" and "the leather" are no cards, whatever a record says.
_CARD = re.compile(r"\b(?:ones?|first|second|third|\w+th|[1-6](?:st|nd|rd)|last|\d{1,2})$", re.IGNORECASE)
# Kept on the table, and not on the list: "the first is nice, but I hate the third".
_NICE = re.compile(
    r"\b(?:is|are|looks?) (?:\w+ )?(?:nice|lovely|great|good|fine|ok(?:ay)?|pretty|beautiful|perfect|cute)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CardVerdicts:
    """The cards that a message praises and those that it blames."""

    liked: tuple[str, ...]
    rejected: tuple[str, ...]


def card_verdicts(text: str, pointed: Callable[[str], Sequence[Reference]]) -> CardVerdicts | None:
    """The verdicts of a message that blames some cards and not all that it names; None where there is but one.

    ``pointed`` are the cards that a part of it points at.
    """
    found: dict[str, Intent] = {}
    verdict = Intent.SEARCH
    for part in _PART.split(text):
        before_than = _THAN.split(part)[0]
        cards = [ref.item_id for ref in pointed(before_than) if _CARD.search(before_than[ref.start : ref.end])]
        verdict = _verdict(part) or verdict  # "the first and the third" share theirs
        found |= dict.fromkeys(cards, verdict)
    liked, rejected = _those(found, Intent.LIKE), _those(found, Intent.REJECT)
    spared = liked or _those(found, Intent.PAUSE)
    return CardVerdicts(liked, rejected) if rejected and spared else None


def _verdict(part: str) -> Intent | None:
    """Like or reject, a pause for what is merely nice, None where a part tells no verdict."""
    shape = read_intent(part)
    if shape in (Intent.LIKE, Intent.REJECT):
        return shape
    return Intent.PAUSE if _NICE.search(part) else None


def _those(found: dict[str, Intent], verdict: Intent) -> tuple[str, ...]:
    return tuple(item_id for item_id, given in found.items() if given is verdict)
