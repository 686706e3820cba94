"""Swap attacks on replies: in a true sentence one price, rating, value or title becomes that of another item.

What is false is worked out here from the items alone, by code that the fact check does not share: only swaps that
make a sentence untrue of its item are yielded.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.drills import Drill
from agent.fact_check import Checker
from agent.wording import money, quiet
from store.schemas import Item

FACTS = ("color", "material", "pattern", "size", "care", "length", "sleeve", "neckline", "fit", "heel", "closure")
AWAY = 3  # items that are not on the table, from which values are taken too


@dataclass(frozen=True)
class Swap:
    """A false sentence: what kind of thing was swapped, in the place of which true sentence."""

    kind: str
    true: str
    false: str


def attack(drill: Drill, checker: Checker, away: Sequence[Item], rng: random.Random) -> Iterator[tuple[Swap, bool]]:
    """Every swap in a reply's own sentences, and whether it is caught where the sentences before were true."""
    for sentence in drill.reply.sentences:
        for swap in swaps(drill, sentence, away, rng):
            yield swap, bool(copy.copy(checker).check(swap.false))
        assert not checker.check(sentence), sentence


def swaps(drill: Drill, sentence: str, away: Sequence[Item], rng: random.Random) -> Iterator[Swap]:
    """False neighbours of one sentence."""
    table = list(drill.turn.items)
    others = rng.sample(away, min(AWAY, len(away)))
    named = sorted((i for i in table if i.title in sentence), key=lambda i: -len(i.title))
    colourways = [item for items in drill.reply.grounds.colourways.values() for item in items]
    for kind, false in _all(sentence, named, table, others, drill.turn.opened, colourways):
        if false != sentence:
            yield Swap(kind, sentence, false)


def _all(
    sentence: str,
    named: list[Item],
    table: list[Item],
    others: list[Item],
    opened: Sequence[Item],
    colourways: list[Item],
) -> Iterator[tuple[str, str]]:
    if named:
        item = named[0]
        yield from _titles(sentence, item, table, others)
        same = [other for other in table if other.title == item.title]
        yield from _prices(sentence, same, [*table, *others])
        yield from _ratings(sentence, same, [*table, *others])
        yield from _values(sentence, same, [*table, *others])
    elif " against " in sentence:
        yield from _sides(sentence, opened, [*opened, *others])
    elif len(opened) == 1:
        yield from _ratings(sentence, opened, others)
        style = [*opened, *colourways] if " in " in sentence else opened
        yield from _values(sentence, style, others)
    elif opened and sentence.startswith("They share"):
        yield from _values(sentence, opened[:1], others)
    elif not opened:
        yield from _counts(sentence)


def _titles(sentence: str, item: Item, table: list[Item], others: list[Item]) -> Iterator[tuple[str, str]]:
    known = {other.title.lower() for other in table}
    prices = {other.title: {o.price_now for o in table if o.title == other.title} for other in table}
    own = item.price_now
    told = money(own, item.currency) in sentence.replace(item.title, "")
    for other in table:
        if told and own not in prices[other.title]:
            yield "title on the table", sentence.replace(item.title, other.title)
        if "lowest price is that of" in sentence and (other.price_now or 0) > (own or 0):
            yield "cheapest", sentence.replace(item.title, other.title)
    for other in others:
        if other.title.lower() not in known:
            yield "title away", sentence.replace(item.title, other.title)
    for other in [*table, *others]:
        for mixed in _mixed(item.title, other.title):
            if not any(mixed.lower() in title or title in mixed.lower() for title in known):
                yield "title mixed", sentence.replace(item.title, mixed)


def _mixed(one: str, other: str) -> Iterator[str]:
    """The begin of one title with the end of another, and one with one word of the other."""
    left, right = one.split(), other.split()
    half = max(1, len(left) // 2)
    yield " ".join([*left[:half], *right[half:]])
    if len(left) == len(right):
        for at, (a, b) in enumerate(zip(left, right, strict=True)):
            if a != b:
                yield " ".join([*left[:at], b, *left[at + 1 :]])
    if ", " in one and ", " in other:
        yield f"{one.rsplit(', ', 1)[0]}, {other.rsplit(', ', 1)[1]}"


def _prices(sentence: str, same: list[Item], others: list[Item]) -> Iterator[tuple[str, str]]:
    item = same[0]
    for role, own in (("price", item.price_now), ("was", item.price if item.sale_price is not None else None)):
        written = money(own, item.currency)
        held = {other.price_now if role == "price" else other.price for other in same}
        for amount in {o.price_now for o in others} | {o.price for o in others}:
            if own is None or amount is None or amount in held:
                continue
            pattern = re.escape(written) if role == "price" else rf"(?<=was ){re.escape(written)}"
            yield role, re.sub(rf"{pattern}(?![.,]?\d)", money(amount, item.currency), sentence, count=1)


def _ratings(sentence: str, same: Sequence[Item], others: Sequence[Item]) -> Iterator[tuple[str, str]]:
    for fact in ("rating", "rating_count"):
        held = {value for item in same for value in item.values(fact)}
        for own in held:
            for value in {v for o in others for v in o.values(fact)} - held:
                before = r"(?:rated |with )" if fact == "rating" else "by "
                yield fact, re.sub(rf"({before}){re.escape(own)}(?![\d])", rf"\g<1>{value}", sentence, count=1)


def _values(sentence: str, same: Sequence[Item], others: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """Values outside of the title, replaced by values that no colourway nor any other word of the record has."""
    titles = [item.title for item in same]
    start = max((sentence.find(title) + len(title) for title in titles if title in sentence), default=0)
    for fact in FACTS:
        for own in {value for item in same for value in item.values(fact)}:
            for value in {v for o in others for v in o.values(fact)}:
                if any(_says(item, fact, value) for item in same):
                    continue
                pattern = re.compile(rf"(?<![\w-]){re.escape(own)}(?![\w-])", re.IGNORECASE)
                yield fact, sentence[:start] + pattern.sub(quiet(value), sentence[start:], count=1)


def _sides(sentence: str, opened: Sequence[Item], others: Sequence[Item]) -> Iterator[tuple[str, str]]:
    label, _, told = sentence.rstrip(".").partition(": ")
    parts = told.split(" against ")
    fact = {"colour": "color"}.get(label.lower(), label.lower().replace(" ", "_"))
    for at, item in enumerate(opened[: len(parts)]):
        for other in others:
            value = ", ".join(other.values(fact)).lower()
            if value and not all(_says(item, fact, v) for v in other.values(fact)):
                changed = " against ".join([*parts[:at], value, *parts[at + 1 :]])
                yield "side by side", f"{label}: {changed}."


def _counts(sentence: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"(?<![\w$€£₹.,])\d+(?= |$|,|\.)", sentence.split(" under ")[0]):
        if re.search(r"(?:found|out of|of|these|Here are|I have|^) ?$", sentence[: match.start()], re.IGNORECASE):
            changed = str(int(match[0]) + 1)
            yield "count", sentence[: match.start()] + changed + sentence[match.end() :]


def _says(item: Item, fact: str, value: str) -> bool:
    """Whether all words of a value stand in the item's own values of the fact, or in its title."""
    kin = [v for name, vs in item.attributes.items() if fact == "color" and "colo" in name for v in vs]
    own = " ".join((*item.values(fact), *kin, item.title)).lower()
    return set(re.findall(r"\w+", value.lower())) <= set(re.findall(r"\w+", own))
