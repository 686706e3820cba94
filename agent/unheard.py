"""Words of a turn that no fact stands for, where it is worth saying that no record mentions them."""

from __future__ import annotations

from agent.shopping_words import GIFT_STEMS, PROPERTY_STEMS
from agent.utterance import Utterance
from agent.words import stem


def unheard(said: Utterance) -> tuple[str, ...]:
    """Words of a turn that are wanted as properties: all of a turn that says nothing else, else the known ones."""
    words = said.text.split()
    named = (
        said.type_values,
        said.unknown_type,
        said.include,
        said.preferred,
        said.photo,
        said.recipient,
        said.references,
    )
    bounded = said.price_min is not None or said.price_max is not None
    alone = not (any(named) or said.exclude or said.exclude_words or said.dropped or bounded)
    return tuple(word for word in words if (alone and stem(word) not in GIFT_STEMS) or stem(word) in PROPERTY_STEMS)
