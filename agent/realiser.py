"""Replies composed from the records: what was found, what stands out, what to say next.

The default voice of Mercer and the fallback of every other. Each function returns sentences in which every
name, price and attribute is taken from an item or from what the shopper said; ``agent/fact_check.py`` checks
them all the same. Wording varies with ``Voice`` so that a conversation does not repeat itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agent.state import DialogueState
from agent.wording import fact_words, listing, money, quiet, request
from retrievers.base import Retrieval
from store.schemas import Item

MAX_QUESTION_VALUES = 4
# Facts worth asking about when many items match, the most deciding first.
ASKABLE = ("occasion", "length", "sleeve", "material", "style", "heel", "pattern", "fit", "usage", "season")
_COMPARED = ("material", "pattern", "length", "sleeve", "neckline", "fit", "heel", "closure", "season", "occasion")


@dataclass(frozen=True, slots=True)
class Voice:
    """Chooses among wordings, the same choice for the same conversation and turn."""

    seed: str

    def pick(self, *wordings: str) -> str:
        """One of the wordings, spread evenly over turns."""
        digest = hashlib.blake2s(f"{self.seed}|{wordings[0]}".encode()).digest()
        return wordings[digest[0] % len(wordings)]


@dataclass(frozen=True, slots=True)
class Facets:
    """What the matches differ in: fact -> value -> number of matches; used for one closing question."""

    counts: Mapping[str, Mapping[str, int]]


def found(voice: Voice, state: DialogueState, answer: Retrieval, facets: Facets, anchor: Item | None) -> list[str]:
    """The reply to a search that found matches."""
    items = [r.item for r in answer.recommendations]
    currency, wanted = items[0].currency, request(state, items[0].currency)
    sentences = _pick_changed(state, items, anchor)
    sentences.append(_opening(voice, state, len(items), answer.matches, wanted))
    sentences.append(_highlight(voice, items[0]))
    sentences += _contrast(voice, items)
    question = _question(voice, state, answer.matches, facets)
    if question:
        sentences.append(question)
    sentences += _currency_note(state, currency)
    return sentences


def nearest(voice: Voice, state: DialogueState, answer: Retrieval) -> list[str]:
    """The reply when nothing satisfies everything: says so first, then offers the nearest as such."""
    items = [r.item for r in answer.recommendations]
    currency = items[0].currency if items else state.currency
    wanted = request(state, currency)
    sentences = [
        voice.pick(
            f"Nothing here is all of that: {wanted}.",
            f"I looked for {wanted} and found none.",
            f"None of the items fits every condition: {wanted}.",
        )
    ]
    if not items:
        return [*sentences, "Take one of the conditions away and I will look again."]
    sentences.append(f"These come nearest; they differ in {_missed(answer)}.")
    sentences.append(_highlight(voice, items[0]))
    return sentences


def no_cheaper(state: DialogueState, items: Sequence[Item], relative: str) -> list[str]:
    """The reply when nothing lies on the other side of the cards' prices."""
    first, any_price = items[0], state.with_need(replace(state.need, price_min=None, price_max=None))
    wanted, price = request(any_price, first.currency), _price(first)
    if relative == "cheaper":
        return [f"Nothing cheaper among the {wanted}: the lowest price is {price}, for the {first.title}."]
    return [f"Nothing above that among the {wanted}: the highest price is {price}, for the {first.title}."]


def _missed(answer: Retrieval) -> str:
    return listing([_RELAXED.get(name, name.replace("_", " ")) for name in answer.relaxed]) or "some point"


_RELAXED = {
    "price_max": "price", "price_min": "price", "color": "colour", "category": "type", "product_type": "type",
    "in_stock": "stock",
}  # fmt: skip


def not_carried(voice: Voice, wanted: str, carried: Sequence[str]) -> list[str]:
    """The reply when the store has nothing of that kind; names what it does have."""
    first = voice.pick(
        f"This store does not carry {wanted}.",
        f"We don't have {wanted} here.",
        f"I looked, but {wanted} are not something this store sells.",
    )
    return [first, f"What it does have: {listing([name.lower() for name in carried])}."] if carried else [first]


def nothing_else(voice: Voice, state: DialogueState, answer: Retrieval, currency: str | None) -> list[str]:
    """The reply when every match has been shown already; the nearest others come labelled."""
    wanted = request(state, currency)
    first = voice.pick(
        f"You have now seen all the {wanted} that I have.",
        f"That was everything: there are no further {wanted}.",
    )
    if not answer.recommendations:
        return [first, "Take one of the conditions away and I will find you more."]
    return [first, f"The nearest others differ in {_missed(answer)}."]


def details(voice: Voice, item: Item, asked: Sequence[str], colourways: Sequence[Item]) -> list[str]:
    """Facts of one item; what was asked for comes first, and a fact that the record lacks is said to be missing."""
    answers = [_answer(item, fact, colourways) for fact in asked]
    if answers:
        return answers
    sentences = [f"{_the(item)} costs {_price(item)}{_stock(item)}."]
    made = [quiet(v) for fact in ("material", "pattern") for v in item.values(fact)[:2]]
    if made:
        sentences.append(f"It is {listing(made)}.")
    if len(item.values("size")) > 1:
        sentences.append(f"Sizes: {', '.join(item.values('size'))}.")
    care = item.values("care")
    if care:
        sentences.append(f"Care: {listing([quiet(v) for v in care])}.")
    rating = item.values("rating")
    if rating:
        count = item.values("rating_count")
        sentences.append(f"It is rated {rating[0]}{f' by {count[0]} shoppers' if count else ''}.")
    if len(colourways) > 1:
        sentences.append(f"It comes in {_colours(colourways)}.")
    return sentences


def comparison(items: Sequence[Item]) -> list[str]:
    """How two or three items differ: price first, then the facts in which they are not the same."""
    sentences = [f"{_the(item)} costs {_price(item)}." for item in items]
    priced = [item for item in items if item.price_now is not None]
    if len(priced) == len(items) and len({item.price_now for item in items}) > 1:
        cheapest = min(priced, key=lambda item: item.price_now or 0)
        sentences.append(f"The lowest price is that of the {cheapest.title}.")
    for fact in ("color", *_COMPARED, "rating"):
        values = [", ".join(item.values(fact)).lower() for item in items]
        if all(values) and len(set(values)) > 1:
            name = {"color": "Colour"}.get(fact, fact.replace("_", " ").capitalize())
            sentences.append(f"{name}: {' against '.join(values)}.")
    same = [fact for fact in _COMPARED if items[0].values(fact) and len({item.values(fact) for item in items}) == 1]
    if same:
        shared = listing([f"{fact} ({', '.join(items[0].values(fact)).lower()})" for fact in same[:3]])
        sentences.append(f"They share {shared}.")
    return sentences


def needs_a_wish(voice: Voice, noted: Sequence[str], examples: Sequence[str], types: Sequence[str]) -> list[str]:
    """The question when there is nothing to search by; what was ruled out so far is confirmed."""
    question = voice.pick("What are you looking for?", "What can I find for you?", "Tell me what you are after.")
    hint = f"For example: “{examples[0]}”." if examples else ""
    carried = f"This store has {listing([name.lower() for name in types])}." if types else ""
    confirmed = f"Noted: nothing with {listing(noted, 'or')}." if noted else ""
    return [sentence for sentence in (confirmed, question, carried, hint) if sentence]


def _opening(voice: Voice, state: DialogueState, shown: int, matches: int, wanted: str) -> str:
    if matches == 1:
        return voice.pick(f"I have exactly one match for {wanted}.", f"One match for {wanted}.")
    if matches <= shown:
        return voice.pick(
            f"I have {matches} {wanted}, all of them below.",
            f"{matches} {wanted} fit, and here they are.",
            f"{matches} {wanted} match, all shown below.",
        )
    near = ", the ones closest to your photo" if state.need.photo else ""
    near = ", the ones closest to your pick" if state.need.anchor else near
    return voice.pick(
        f"I found {matches} {wanted}; these {shown} come first{near}.",
        f"Out of {matches} {wanted} I would start with these {shown}{near}.",
        f"Here are {shown} of {matches} {wanted}{near}.",
    )


def _pick_changed(state: DialogueState, items: Sequence[Item], anchor: Item | None) -> list[str]:
    """Whether the very style that was picked exists with the change, or only others do."""
    changes = [
        fact_words(fact, state.need.include[fact][0]) for fact in state.need.changed if fact in state.need.include
    ]
    if anchor is None or not changes or not anchor.item_group_id:
        return []
    if any(item.item_group_id == anchor.item_group_id for item in items):
        return [f"Yes, the style you picked exists {listing(changes)}: it comes first."]
    return [f"The style you picked does not exist {listing(changes)}."]


def _highlight(voice: Voice, item: Item) -> str:
    facts = [quiet(v) for fact in ("material", "pattern") for v in item.values(fact)[:1]]
    made = f", {' and '.join(facts)}," if facts else ""
    price = _price(item)
    return voice.pick(
        f"{_the(item)}{made} is {price}{_stock(item)}.",
        f"First comes the {item.title} at {price}{_stock(item)}.",
        f"My first pick is the {item.title}{made} for {price}{_stock(item)}.",
    )


def _contrast(voice: Voice, items: Sequence[Item]) -> list[str]:
    """One more item that stands out among the cards: by price, or by rating."""
    rest = [item for item in items[1:] if item.price_now is not None]
    first = items[0].price_now
    if rest and first is not None:
        cheapest = min(rest, key=lambda item: item.price_now or 0)
        if (cheapest.price_now or 0) < first:
            name, price = cheapest.title, _price(cheapest)
            return [
                voice.pick(
                    f"If you would rather spend less, the {name} is {price}.", f"The {name} costs least, {price}."
                )
            ]
    rated = [item for item in items[1:] if item.values("rating")]
    if rated:
        best = max(rated, key=lambda item: float(item.values("rating")[0]))
        return [f"Best rated of the others is the {best.title}, with {best.values('rating')[0]}."]
    return []


def _question(voice: Voice, state: DialogueState, matches: int, facets: Facets) -> str:
    """One question that would narrow many matches, never about something that was said."""
    said = {*state.need.include, *state.need.exclude, *state.recipient}
    if matches < 12 or len(state.need.shown) > 6:
        return ""
    for fact in ASKABLE:
        values = [v for v, n in facets.counts.get(fact, {}).items() if matches * 0.1 <= n <= matches * 0.8]
        if fact not in said and 2 <= len(values) <= 2 * MAX_QUESTION_VALUES:
            choices = listing([quiet(v) for v in values[:MAX_QUESTION_VALUES]], "or")
            name = fact.replace("_", " ")
            return voice.pick(f"Any preference for {name}: {choices}?", f"Which {name} would you like: {choices}?")
    if state.need.price_max is None:
        return voice.pick("Is there a price you would like to stay under?", "Do you have a budget in mind?")
    return ""


def _currency_note(state: DialogueState, currency: str | None) -> list[str]:
    if state.currency and currency and state.currency != currency:
        return [f"Prices in this store are in {currency}, so I read your amount as {currency}."]
    return []


def _answer(item: Item, fact: str, colourways: Sequence[Item]) -> str:
    name = fact.replace("_", " ")
    if fact == "price":
        return f"{_the(item)} costs {_price(item)}{_stock(item)}."
    if fact == "availability":
        return f"{_the(item)} is {'in stock' if item.availability == 'in_stock' else 'out of stock'}{_count(item)}."
    if fact == "color" and len(colourways) > 1:
        return f"{_the(item)} comes in {_colours(colourways)}."
    values = item.values(fact)
    if not values:
        return f"The record of the {item.title} says nothing about {name}."
    return f"{_the(item)}: {name} {listing([v if fact in ('size', 'brand') else quiet(v) for v in values])}."


def _colours(colourways: Sequence[Item]) -> str:
    colours = dict.fromkeys(v.lower() for item in colourways for v in item.values("color"))
    return listing(list(colours))


def _the(item: Item) -> str:
    return f"The {item.title}"


def _price(item: Item) -> str:
    if item.sale_price is not None and item.price is not None:
        return f"{money(item.sale_price, item.currency)} (was {money(item.price, item.currency)})"
    return money(item.price, item.currency)


def _stock(item: Item) -> str:
    return "" if item.availability == "in_stock" else ", out of stock at the moment"


def _count(item: Item) -> str:
    stock = item.values("stock")
    return f", {stock[0]} left" if stock and item.availability == "in_stock" else ""
