"""Things that are wanted together: "boots, sneakers and sandals", "a complete outfit".

What is said without naming one of them holds for all, as far as each kind has such facts. Which kinds make an outfit
is general knowledge, put in common words and looked up among the store's own kinds; whether pieces suit each other is
not known here.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.outfits import asks_what_goes_with
from agent.reading import Reading
from agent.shop_sense import ShopSense
from agent.state import DialogueState, Need
from agent.utterance import Utterance
from agent.vocabulary import Vocabulary

PIECES = "outfit pieces"  # how the kinds of an outfit are called together
# "A complete outfit for a wedding", "a whole look".
_OUTFIT = re.compile(r"\boutfits?\b|\b(?:complete|whole|full|entire|head[- ]to[- ]toe) look\b", re.IGNORECASE)
_WORN = (
    *("shirt", "blouse", "top", "sweater", "cardigan", "waistcoat", "trouser", "jean", "shorts", "skirt", "dress"),
    *("jumpsuit", "suit", "blazer", "jacket", "coat", "shoe"),
)
_ADDED = ("outerwear", "belt", "tie", "scarf", "hat", "glove", "sock", "tights", "bag", "watch", "jewellery")
_FEWEST = 2  # kinds; a store with fewer has no outfits


def as_outfit(reading: Reading, said: Utterance, vocabulary: Vocabulary) -> Utterance:
    """The utterance as a wish for all kinds that an outfit is made of, where it asks for one and names no kind."""
    match = _OUTFIT.search(reading.text)
    named = [
        m
        for m in reading.mentions
        if m.sense.is_type and not (match and match.start() <= reading.tokens[m.start].start < match.end())
    ]
    whole = vocabulary.sense("outfit")
    own = whole is not None and whole.is_type and whole.fact == "category"  # a store that sells sets
    if not match or named or own or said.photo or asks_what_goes_with(reading.text):
        return said
    kinds = _kinds(_WORN, vocabulary)
    if len(kinds) < _FEWEST:
        return said
    return replace(
        said, type_fact="category", type_values=kinds, type_words=PIECES, unknown_type="", outfit=True, text=""
    )


def said_of_all(said: Utterance, state: DialogueState, vocabulary: Vocabulary, sense: ShopSense) -> Utterance:
    """The utterance with what holds for other things too: its own facts for noted ones, those of an outfit for it."""
    if not said.type_values:
        noted = [need for need in state.needs if need.noted]
        common = (
            fact for fact in (*said.include, *said.also) if all(_has(need, fact, said, sense) for need in noted)
        )
        return replace(said, common=tuple(common) if noted else ())
    outfit = next((need for need in reversed(state.needs) if need.outfit), None)
    if outfit is None or said.outfit or not _is_worn(said, vocabulary):
        return said
    common = (
        fact
        for fact, values in outfit.include.items()
        if not {*values}.isdisjoint(sense.held(fact, said.type_fact, said.type_values))
    )
    return replace(said, of_outfit=True, common=tuple(common))


def _has(need: Need, fact: str, said: Utterance, sense: ShopSense) -> bool:
    """Whether the kind of a need has one of the values that are said of a fact."""
    values = {*said.include.get(fact, ()), *said.also.get(fact, ())}
    return not values.isdisjoint(sense.held(fact, need.type_fact, need.type_values))


def _is_worn(said: Utterance, vocabulary: Vocabulary) -> bool:
    return said.type_fact == "category" and set(said.type_values) <= set(_kinds((*_WORN, *_ADDED), vocabulary))


def _kinds(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The store's categories that these words name."""
    senses = (vocabulary.sense(word) for word in words)
    return tuple(
        dict.fromkeys(v for s in senses if s is not None and s.is_type and s.fact == "category" for v in s.values)
    )
