"""A question about several cards at once, answered from all their records: "are they waterproof?".

Cards are told by their place on the table, since six titles in a row nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from agent.asserted import asserts
from agent.item_replies import OUT_OF_STOCK, price_of, record_text, sentence_with
from agent.number_words import NUMBER_WORDS, ORDINALS
from agent.values import NO, YES
from agent.wording import listing, quiet
from agent.words import stems
from store.schemas import Item

_NUMBERS = tuple(NUMBER_WORDS)


def of_all(cards: Mapping[int, Item], facts: Sequence[str], words: Sequence[str]) -> list[str]:
    """What the records of some cards say of some facts, and whether they mention some words.

    ``cards`` are two to twelve items by their place on the table, from 0.
    """
    return [*(_fact(cards, fact) for fact in facts), *(_word(cards, word) for word in words)]


def _fact(cards: Mapping[int, Item], fact: str) -> str:
    if fact == "price":
        return f"In this order they cost {listing([price_of(item) for item in cards.values()])}."
    name = fact.replace("_", " ")
    found: dict[str, list[int]] = {}
    for place, item in cards.items():
        found.setdefault(_told(item, fact), []).append(place)
    unknown = found.pop("", [])
    if not found:
        return f"{_none(cards)} says anything about {name}."
    if not unknown and len(found) == 1:
        return f"The same for {_all(cards)}: {name} {next(iter(found))}."
    told = "; ".join(f"{value} ({_places(places)})" for value, places in found.items())
    return f"{name.capitalize()}: {told}{f'; not on record: {_places(unknown)}' if unknown else ''}."


def _told(item: Item, fact: str) -> str:
    if fact == "availability":
        return "in stock" if item.availability == "in_stock" else OUT_OF_STOCK
    values = item.values(fact)
    if values and {value.lower() for value in values} <= YES | NO:
        return "yes" if {value.lower() for value in values} <= YES else "no"
    return listing([value if fact in ("size", "brand") else quiet(value) for value in values])


def _word(cards: Mapping[int, Item], word: str) -> str:
    held = [place for place, item in cards.items() if set(stems(word)) <= set(stems(record_text(item)))]
    if any(not asserts(record_text(cards[place]), word) for place in held):  # a "not suitable" is no yes
        return " ".join(_quoted(cards, held, word))
    if len(held) == len(cards):
        return f"Yes: {_all(cards)} records mention “{word}”."
    if not held:
        return f"{_none(cards)} mentions “{word}”, so I cannot tell."
    return f"Of these, {_places(held)} {'has' if len(held) == 1 else 'have'} “{word}” on record, and no other."


def _quoted(cards: Mapping[int, Item], held: Sequence[int], word: str) -> list[str]:
    """What the records of some cards say with a word, each sentence once."""
    said: dict[str, list[int]] = {}
    for place in held:
        said.setdefault(sentence_with(cards[place], word), []).append(place)
    silent = [place for place in cards if place not in held]
    told = [f"Of {_places(places)} the record says: “{sentence}”" for sentence, places in said.items()]
    return [*told, f"{_places(silent)[:1].upper()}{_places(silent)[1:]}: nothing on record."] if silent else told


def some_mention(held: Sequence[int], word: str) -> str:
    """That of the cards only those at some places, counted from 0, mention a word."""
    return f"Of these, only {_places(held)} {'has' if len(held) == 1 else 'have'} “{word}” on record."


def _all(cards: Mapping[int, Item]) -> str:
    return "both" if len(cards) == 2 else f"all {_NUMBERS[len(cards) - 1]}"


def _none(cards: Mapping[int, Item]) -> str:
    return "Neither of these records" if len(cards) == 2 else f"None of these {_NUMBERS[len(cards) - 1]} records"


def _places(places: Iterable[int]) -> str:
    return listing([f"the {ORDINALS[place]}" for place in places])
