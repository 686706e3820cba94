"""A search that comes to the cards that lie there already, where the message set no condition: that is said.

The list told again in the words of before would pass for an answer. Knows what the message was understood as and the
cards, nothing of how they were found; what no record mentions is told elsewhere (``agent/unheard.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.item_replies import verb
from agent.realiser import Voice
from agent.unheard import partly_met, unread
from agent.utterance import Intent, Utterance
from store.schemas import Item


def is_same_again(said: Utterance, cards: Sequence[str], items: Sequence[Item]) -> bool:
    """Whether these items are the ``cards`` of before and the message did no more than rank them by its words."""
    only_words = replace(said, text="", unanswered=(), wished=()) == Utterance(intent=Intent.SEARCH)
    return only_words and bool(cards) and {*cards} == {item.item_id for item in items}


def same_again(voice: Voice, cards: Sequence[str], items: Sequence[Item]) -> list[str]:
    """That the cards are those of before, and which comes first where that is another one now."""
    count = "one" if len(items) == 1 else str(len(items))
    if items[0].item_id != cards[0]:
        first = f"the {items[0].name} {verb(items[0], 'comes')} first now"
        return [voice.pick(f"The same {count} as before, but {first}.", f"With that {first}, of the same {count}.")]
    return [voice.pick(f"With that I come to the same {count} as before.", f"That leaves me with the same {count}.")]


def still_none(voice: Voice, wanted: str) -> list[str]:
    """That nothing is what was wanted before, and the nearest are those of before."""
    return [
        voice.pick(f"Still nothing here is all of that: {wanted}.", f"I still find no {wanted}."),
        "The nearest are the same; take one of the conditions away and I will look again.",
    ]


def heard_of_some(text: str, said: Utterance, items: Sequence[Item]) -> list[str]:
    """The sentence about words of a message that some of the items mention, where it is told of no wish yet."""
    if partly_met(said.wished, items):
        return []
    return partly_met(unread(text, said.text.split()), items)


def what_then(voice: Voice) -> str:
    """The question where a message told nothing that records could answer."""
    return voice.pick(
        "What should be different about them?", "Tell me what matters to you, or ask me about one of them."
    )
