"""What the titles of a store call its things: "bank" of "Power bank 10000 mAh", "dress" of "Silk dress with belt".

Knows English word order and units, no store's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.measure_words import UNITS
from agent.shopping_words import BASIC_COLOURS, COLOUR_FAMILY
from agent.words import Token, stem, stems, tokenise
from store.schemas import Item

# Behind these words a title tells what is in a thing, whom it is for or what it looks like, and names no other thing.
_ADDS = frozenset(("with", "without", "for", "in", "by", "from", "on", "to", "at", "as"))
_JOINS = frozenset(("and", "or", "of"))  # before these a noun phrase ends; other everyday words stand within one
_HOLDS = frozenset(("set", "pair", "pack", "box"))  # before "of": a "pack of three" is no pack
_COLOURS = frozenset(map(stem, (*BASIC_COLOURS, *COLOUR_FAMILY)))
NAMING = 0.25  # share of items whose title says a word of their kind from which on kinds are names of things


def title_heads(titles: Iterable[str]) -> frozenset[str]:
    """Stems of the words that the noun phrases of titles end on: what the things are, not what they are like."""
    return frozenset(head for title in titles for head in _heads(title))


def kinds_name_things(items: Sequence[Item]) -> bool:
    """Whether the product types are called as the things are: "Dresses", and not the "Crime" of a book shop.

    >>> kinds_name_things([Item("1", "Silk dress", product_type="Dresses")])
    True
    >>> kinds_name_things([Item("1", "The Salt Road", product_type="Crime")])
    False
    """
    said = [bool({*stems(item.category)} & {*stems(item.title)}) for item in items if item.product_type]
    return bool(said) and sum(said) >= NAMING * len(said)


def _heads(title: str) -> list[str]:
    """
    >>> _heads("Power bank 10000 mAh"), _heads("Berlin 1929"), _heads("Ceiling fan in white"), _heads("Set of mugs")
    (['bank'], ['berlin'], ['fan'], ['mug'])
    """
    heads, part, adds = [], list[Token](), False
    for token in (*tokenise(title), None):
        sign = token is None or not (token.text[0].isalnum())
        if token is not None and not sign and token.text not in _ADDS | _JOINS:
            part.append(token)
            continue
        holds = token is not None and token.text == "of" and bool(part) and part[-1].text in _HOLDS
        named = _without_numbers(part)
        if named and not (holds or adds) and named[-1].stem not in _COLOURS:
            heads.append(named[-1].stem)
        adds = not sign and (adds or (token is not None and token.text in _ADDS))
        part = []
    return heads


def _without_numbers(part: Sequence[Token]) -> Sequence[Token]:
    """A noun phrase less the numbers and quantities behind it: "Power bank" of "Power bank 10000 mAh"."""
    while part:
        measured = len(part) > 1 and part[-2].text[0].isdigit() and (part[-1].text in UNITS or part[-1].stem in UNITS)
        if not (part[-1].text[0].isdigit() or measured):
            break
        part = part[: -2 if measured else -1]
    return part
