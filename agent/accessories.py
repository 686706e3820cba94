"""What is asked for to go with the card in hand: "do you have a lid for it?" asks for lids, and for no card.

Knows where a message points at cards, no kind of thing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.reading import Reading

# "A lid for" before "it"; "the measurements for it" are the card's own.
_ONE_FOR = re.compile(r"\b(?:an?|any|some) [\w-]+(?: [\w-]+)? for $", re.IGNORECASE)


def points_at_a_card(reading: Reading) -> bool:
    """Whether a message points at a card otherwise than as what the thing asked for is for."""
    return any(not (ref.weak and _ONE_FOR.search(reading.text[: ref.start])) for ref in reading.references)
