"""Where an item stands among others: cheapest, best rated, cheaper than, the first, the only one.

Compares what clauses say of items with the records of those on the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from agent.clauses import Clause, Thing
from agent.prices import amounts
from agent.records import Record
from store.schemas import Item

Value = Callable[[Item], float | None]


def _price(item: Item) -> float | None:
    return item.price_now


def _rating(item: Item) -> float | None:
    return Record(item).rating


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
_IT = re.compile(r"^\W*(?:it|this|that|they|these)\b", re.IGNORECASE)


def misplaced(
    said: Sequence[tuple[Clause, Sequence[Thing]]], table: Sequence[Item], named: Sequence[Thing], all_shown: bool
) -> Iterator[str]:
    """What a sentence says wrongly of places among the items on the ``table``.

    ``said`` are its clauses with the things that they speak of, ``named`` those that were named in sentences before;
    ``all_shown`` tells whether every match is on the table.
    """
    for at, (clause, things) in enumerate(said):
        yield from _extremes(clause, things, table, named, all_shown)
        following = said[at + 1] if at + 1 < len(said) else None
        yield from _comparatives(clause, things, following, table, named)
        first = _FIRST.search(clause.text)
        if first and things and table and not any(table[0] in thing for thing in things):
            yield first[0]


def _extremes(
    clause: Clause, things: Sequence[Thing], table: Sequence[Item], named: Sequence[Thing], all_shown: bool
) -> Iterator[str]:
    if clause.text.rstrip().endswith("?"):
        return
    for pattern, value, extreme in _EXTREMES:
        match = pattern.search(clause.text)
        if not match:
            continue
        pool = _others(table, named) if _OTHERS.search(clause.text) else table
        values = [v for v in map(value, pool) if v is not None]
        whole = _WHOLE.search(clause.text) and not all_shown
        if whole or not values or not _is(extreme(values), value, things, clause.text):
            yield match[0]


def _is(best: float, value: Value, things: Sequence[Thing], text: str) -> bool:
    """Whether all things have that value, or where none is spoken of, the amount that is given is it."""
    if things:
        return all(any(value(item) == best for item in thing) for thing in things)
    return any(abs(amount.value - best) < 0.005 for amount in amounts(text))


def _others(table: Sequence[Item], named: Sequence[Thing]) -> Sequence[Item]:
    """The items but those that were named, or where none was, all but the first."""
    rest = [item for item in table if not any(item is thing[0] for thing in named)]
    return rest if named and rest else table[1:]


def _comparatives(
    clause: Clause,
    things: Sequence[Thing],
    following: tuple[Clause, Sequence[Thing]] | None,
    table: Sequence[Item],
    named: Sequence[Thing],
) -> Iterator[str]:
    for pattern, value, sign in _MORE:
        match = pattern.search(clause.text)
        if not match or not things:
            continue
        subject, other = things, _before(things, named)
        if following and following[0].text.lstrip().lower().startswith("than") and following[0].names:
            other = following[1]
        elif _THAN_NAME.search(clause.text) and _IT.search(clause.text):
            subject, other = named[-1:], things
        elif _THAN_NAME.search(clause.text):  # "nothing is cheaper than the X"
            if _NOTHING.search(clause.text) and any(
                _above(item, thing, value, sign) for item in table for thing in things
            ):
                yield match[0]
            continue
        against = [item for thing in other for item in thing] or table
        if not all(any(_beats(item, against, value, sign) for item in thing) for thing in subject):
            yield match[0]


def _before(things: Sequence[Thing], named: Sequence[Thing]) -> Sequence[Thing]:
    return [thing for thing in named if thing not in things][-1:]


def _beats(item: Item, against: Sequence[Item], value: Value, sign: int) -> bool:
    own = value(item)
    others = [v for v in map(value, against) if v is not None]
    return own is not None and any((own - other) * sign > 0 for other in others)


def _above(item: Item, thing: Thing, value: Value, sign: int) -> bool:
    return all(_beats(item, [named], value, sign) for named in thing)
