"""Refusals that belong to the shopper and not to the thing in hand: "I never wear wool", "nothing from Marlow".

They hold for all that is looked for, now and later. A brand that is refused without naming a thing is one of them: it
is said of the shop. Knows the words of a message and the facts that it refuses, no state.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from agent.negation import LASTING
from agent.reading import Reading

_OF_THE_SHOP = frozenset(("brand",))
_OF_THIS = re.compile(
    r"\b(?:other|another|different)\b", re.IGNORECASE
)  # "any other brand than Marlow", of the boots


def is_standing(reading: Reading, facts: Collection[str], words: Collection[str]) -> bool:
    """Whether what a message refuses, values of these facts and words, is refused whatever is looked for."""
    if not (facts or words):
        return False
    if LASTING.search(reading.text):
        return True
    of_this = _OF_THIS.search(reading.text) or reading.references or any(m.sense.is_type for m in reading.mentions)
    return bool(facts) and set(facts) <= _OF_THE_SHOP and not of_this
