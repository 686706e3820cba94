"""Where an item stands among others: cheapest, best rated, cheaper than, the first, the only one.

Compares what clauses say of items with the records of those on the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from agent.clauses import Clause, Thing
from agent.grounds import Grounds
from store.schemas import Item

Value = Callable[[Item], float | None]
Spoken = tuple[Clause, Sequence[Thing]]  # a clause and what it speaks of


def _price(item: Item) -> float | None:
    return item.price_now


def _rating(item: Item) -> float | None:
    return item.rating


# Superlatives: what is measured, and whether least or most of it.
_EXTREMES: tuple[tuple[re.Pattern[str], Value, Callable[[Sequence[float]], float]], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), value, extreme)
    for pattern, value, extreme in (
        (r"cheapest|lowest(?![- ]rat)|least expensive|costs? (?:the )?least|most affordable|best price", _price, min),
        (r"most expensive|dearest|priciest|highest(?![- ]rat)|costs? (?:the )?most", _price, max),
        (r"(?:best|highest|top)[- ]rat(?:ed|ing)|most (?:popular|loved|liked)", _rating, max),
        (r"(?:lowest|worst)[- ]rat(?:ed|ing)", _rating, min),
    )
)
# Comparatives: what is measured, and 1 for more of it, -1 for less.
_MORE: tuple[tuple[re.Pattern[str], Value, int], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), value, sign)
    for pattern, value, sign in (
        (r"cheaper|less expensive|costs? less|(?:spend|pay)(?:ing)? less|lower price|more affordable", _price, -1),
        (r"more expensive|pricier|dearer|costs? more|(?:spend|pay)(?:ing)? more|higher price", _price, 1),
        (r"(?:better|higher)[- ]rat(?:ed|ing)|rated (?:better|higher)", _rating, 1),
        (r"(?:worse|lower)[- ]rat(?:ed|ing)|rated (?:worse|lower)", _rating, -1),
    )
)
_OTHERS = re.compile(r"\bof the (?:others|rest)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:of all|in the (?:whole )?(?:store|shop)|we have|i have|anywhere|overall)\b", re.IGNORECASE)
_FIRST = re.compile(r"\bfirst comes?\b|\b(?:first|top) (?:pick|choice)\b", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:nothing|none|no)\b", re.IGNORECASE)
_THAN_NAME = re.compile(r"\bthan\s+(?:the\s+)?#", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:compared (?:to|with)|unlike|next to|beside|against)\b", re.IGNORECASE)
_IT = re.compile(r"^\W*(?:it|this|that|they|these)\b", re.IGNORECASE)


def misplaced(said: Sequence[Spoken], given: Grounds, named: Sequence[Thing]) -> Iterator[str]:
    """What a sentence says wrongly of places among the items on the table.

    ``said`` are its clauses with the things that they speak of, ``named`` those that were named in sentences before.
    """
    for at, (clause, things) in enumerate(said):
        named = (*named, *(thing for before, spoken in said[at - 1 : at] if before.names for thing in spoken))
        yield from _extremes(clause, things, given, named)
        following = said[at + 1] if at + 1 < len(said) else None
        if things:
            yield from _comparatives(clause, things, following, given, named)
        first = _FIRST.search(clause.text)
        if first and things and given.items and not any(given.items[0] in thing for thing in things):
            yield first[0]


def _extremes(clause: Clause, things: Sequence[Thing], given: Grounds, named: Sequence[Thing]) -> Iterator[str]:
    if clause.text.rstrip().endswith("?"):
        return
    for pattern, value, extreme in _EXTREMES:
        match = pattern.search(clause.text)
        if not match:
            continue
        pool = _others(given.items, named) if _OTHERS.search(clause.text) else given.items
        values = [v for v in map(value, pool) if v is not None]
        beyond = _WHOLE.search(clause.text) and not given.all_shown
        if beyond or not values or not _are(things, value, extreme(values)):
            yield match[0]


def _are(things: Sequence[Thing], value: Value, best: float) -> bool:
    """Whether all things have that value; of nothing in particular it is not so."""
    return bool(things) and all(any(value(item) == best for item in thing) for thing in things)


def _others(table: Sequence[Item], named: Sequence[Thing]) -> Sequence[Item]:
    """The items but those that were named, or where none was, all but the first."""
    rest = [item for item in table if not any(item is thing[0] for thing in named)]
    return rest if named and rest else table[1:]


def _comparatives(
    clause: Clause, things: Sequence[Thing], following: Spoken | None, given: Grounds, named: Sequence[Thing]
) -> Iterator[str]:
    subject: Sequence[Thing] = things
    other: Sequence[Thing] = [thing for thing in named if thing not in things][-1:]
    than_named = bool(_THAN_NAME.search(clause.text))
    if following and following[0].names and following[0].text.lstrip().lower().startswith("than"):
        other = following[1]
    elif than_named and _IT.search(clause.text):
        subject, other = named[-1:], things
    elif len(things) > 1 and _COMPARED.search(clause.text):  # "next to the X, the Y is cheaper"
        subject, other = things[-1:], things[:-1]
    for pattern, value, sign in _MORE:
        match = pattern.search(clause.text)
        if not match:
            continue
        if than_named and _NOTHING.search(clause.text):  # where things only come near, others may lie on the table
            true = not given.met or not any(_beats((item,), things, value, sign) for item in given.items)
        else:
            true = all(_beats(thing, other or [given.items], value, sign) for thing in subject)
        if not true:
            yield match[0]


def _beats(thing: Thing, others: Sequence[Thing], value: Value, sign: int) -> bool:
    """Whether an item of that name has more, or less, than one of the others."""
    own = [v for v in map(value, thing) if v is not None]
    against = [v for other in others for v in map(value, other) if v is not None]
    return any((mine - other) * sign > 0 for mine in own for other in against)
