"""Kinds by what a hyphen or a letter before their name makes of it: "e-bikes" of a shop that has all sorts of bikes.

Which type is called so its titles tell. Knows no store by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent.reading import Reading
from agent.vocabulary import Mention, Sense

Held = Callable[[str, str, tuple[str, ...]], tuple[str, ...]]  # values of a fact, by a type fact and its values
Called = Callable[[str], tuple[str, ...]]  # the types of things whose titles say a name word for word


def with_compounds(reading: Reading, called: Called, held: Held) -> Reading:
    """The reading with kinds that such a compound names as the types that titles call so."""
    return replace(
        reading, mentions=tuple(_by_compound(reading, mention, called, held) for mention in reading.mentions)
    )


def _by_compound(reading: Reading, mention: Mention, called: Called, held: Held) -> Mention:
    before = reading.tokens[mention.start - 1] if mention.start and mention.sense.is_type else None
    if before is None or mention.start - 1 in reading.mentioned:
        return mention
    letter = len(before.text) == 1 and before.text.isalpha() and before.text not in ("a", "i")
    if not (letter or reading.text[before.end : reading.tokens[mention.start].start] == "-"):
        return mention
    named = " ".join(token.text for token in reading.tokens[mention.start - 1 : mention.end])
    own = held("category", mention.sense.fact, mention.sense.values)
    values = tuple(kind for kind in called(named) if kind in own)
    return replace(mention, sense=Sense("category", values, values), start=mention.start - 1) if values else mention
