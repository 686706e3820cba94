"""Replies composed from the records: what was found, what stands out, what to say next.

The default voice of Mercer and the fallback of every other. Each function returns sentences in which every
name, price and attribute is taken from an item or from what the shopper said; ``agent/fact_check.py`` checks
them all the same. Wording varies with ``Voice`` so that a conversation does not repeat itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.highlights import BUDGET, Highlights
from agent.item_replies import closed, made_of, offered, price_of, stock_note, verb
from agent.shopping_words import RECIPIENTS
from agent.state import DialogueState
from agent.vocabulary import is_colour
from agent.wording import ANYTHING, counted, fact_called, fact_words, listing, request, standing_after
from agent.words import stem
from retrievers.base import Retrieval
from store.schemas import Item

STYLES = 6  # so that choices among two and among three wordings meet in all ways


@dataclass(frozen=True, slots=True)
class Voice:
    """Chooses among wordings: always the same for one turn, others for the turn after it."""

    conversation: str
    turn: int

    @property
    def style(self) -> int:
        """A number below ``STYLES`` that decides every choice of a turn."""
        return (zlib.crc32(self.conversation.encode()) + self.turn) % STYLES

    def pick(self, *wordings: str) -> str:
        """One of the wordings."""
        return wordings[self.style % len(wordings)]


def found(voice: Voice, told: Highlights) -> list[str]:
    """The reply to a search that found matches."""
    return [_opening(voice, told), _highlight(voice, told.first), *_contrast(voice, told), *_question(voice, told)]


def nearest(voice: Voice, state: DialogueState, answer: Retrieval, currency: str | None) -> list[str]:
    """The reply when nothing satisfies everything: says so first, then offers the nearest as such."""
    items = [r.item for r in answer.recommendations]
    wanted = request(state, currency)
    sentences = [
        voice.pick(
            f"Nothing here is all of that: {wanted}.",
            f"I looked for {wanted} and found none.",
            f"None of the items meets every condition: {wanted}.",
        )
    ]
    if not items:
        return [*sentences, "Take one of the conditions away and I will look again."]
    sentences.append(f"These come nearest; they differ in {_missed(answer)}.")
    sentences.append(_highlight(voice, items[0]))
    return sentences


def no_cheaper(state: DialogueState, items: Sequence[Item], relative: str, anchor: Item | None) -> list[str]:
    """The reply when nothing lies on the other side of the cards' prices."""
    first = anchor or items[0]
    need = replace(state.need, price_max=None) if relative == "cheaper" else replace(state.need, price_min=None)
    wanted, price = request(state.with_need(need), first.currency), price_of(first)
    if relative == "cheaper":
        if anchor is not None:
            dear = f"which {verb(first, 'costs')} {price}"
            return [f"Nothing among the {wanted} is cheaper than the {first.name}, {dear}."]
        return [f"Nothing cheaper among the {wanted}: the lowest price is {price}, for the {first.name}."]
    return [f"Nothing above that among the {wanted}: the highest price is {price}, for the {first.name}."]


def _missed(answer: Retrieval) -> str:
    names = [_RELAXED.get(name) or fact_called(name).removesuffix(" general") for name in answer.relaxed]
    return listing(names) or "some point"


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
    return [first, f"The departments here are {listing([name.lower() for name in carried])}."] if carried else [first]


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


def unlike_photo(voice: Voice, items: Sequence[Item]) -> list[str]:
    """The reply when nothing in the store resembles the photo: says so, and labels the cards as the nearest."""
    first = voice.pick(
        "Nothing here really resembles your photo; these are only the nearest.",
        "I see nothing in this store that looks like your photo. The nearest are below.",
        "Your photo shows something that I cannot find here; what follows merely comes nearest.",
    )
    return [first, "Tell me in words what it is, and I will look for that."] if items else [first]


def not_alike() -> list[str]:
    """That no card resembles the photo, where words told what kind of thing to look for."""
    return ["None of these really resembles your photo."]


def unrecorded(
    switches: Sequence[str], facts: Sequence[str], said: bool, words: Sequence[str], kind: str
) -> list[str]:
    """What no record can answer: wanted facts that are not kept for such things, words that none of them says.

    ``switches`` are what things are or are not ("waterproof"); ``said`` tells that texts of cards speak of the facts.
    """
    told = []
    if switches:
        told.append(f"None of the records of {kind} says whether they are {listing(list(switches), 'or')}.")
    if facts := [fact for fact in facts if fact not in switches]:
        wanted = listing([counted(fact) for fact in facts], "or")
        how = "; I went by their texts" if said else ", so that only ranks"
        told.append(f"None of the {kind} that match is marked for {wanted}{how}.")
    if words := [word for word in words if word not in switches]:
        quoted = listing([f"“{word}”" for word in words], "or")
        told.append(f"None of these records mentions {quoted}, so I could not go by it.")
    return told


def not_as_liked(preferred: Sequence[str]) -> list[str]:
    """That no card has what would merely have been liked."""
    return [f"None of these meets your preference for {listing(list(preferred), 'or')}."] if preferred else []


def not_fitting(kinds: Sequence[str]) -> list[str]:
    """That no card is of the kinds that would go best with what it shall go with."""
    return [f"There are no {listing([kind.lower() for kind in kinds], 'or')} among these."] if kinds else []


def noted(others: Sequence[str]) -> list[str]:
    """What else was wanted in the same breath, and how to get to it."""
    return [f"I have noted {listing(list(others))} too: say “now {others[0]}” when you are ready."] if others else []


def complaint(wanted: str, has_wish: bool) -> list[str]:
    """The reply to "that is not what I asked for": what is in force, so that it can be put right."""
    if not has_wish:
        return ["I am sorry about that.", "Tell me what you are looking for, and I will start afresh."]
    return [
        f"I am sorry. What I have noted is: {wanted}.",
        "Tell me which part of it is wrong, and I will change it.",
    ]


def needs_a_wish(voice: Voice, noted: Sequence[str], examples: Sequence[str], types: Sequence[str]) -> list[str]:
    """The question when there is nothing to search by; what was ruled out so far is confirmed.

    ``noted`` is that as it stands behind "nothing".
    """
    question = voice.pick("What are you looking for?", "What can I find for you?", "Tell me what you are after.")
    hint = f"For example: “{examples[0]}”." if examples else ""
    carried = having(types) if types else ""
    confirmed = f"Noted: nothing {listing(noted, 'or')}." if noted else ""
    return [sentence for sentence in (confirmed, question, carried, hint) if sentence]


def having(names: Sequence[str]) -> str:
    """The sentence on what a store has; departments in the singular are names: no store "has desk and sofa"."""
    if any(name.lower().endswith("s") or stem(name) in RECIPIENTS for name in names):
        return f"This store has {listing(_carried(names))}."
    return f"The departments here are {listing([name.lower() for name in names])}."


def _carried(names: Sequence[str]) -> list[str]:
    """What departments have; those that are called by people have things for them."""
    people = [name.lower() for name in names if stem(name) in RECIPIENTS]
    others = [name.lower() for name in names if stem(name) not in RECIPIENTS]
    return [*([f"things for {listing(people)}"] if people else []), *others]


def _opening(voice: Voice, told: Highlights) -> str:
    wanted, matches, shown = told.wanted, told.matches, told.shown
    if matches == 1:
        return voice.pick(f"I have exactly one match for {wanted}.", f"One match for {wanted}.")
    if matches <= shown and ", " in wanted:  # "5 poles, preferably with cork grip match" can be misread
        return voice.pick(
            f"I have {matches} {wanted}; all of them are below.", f"I have {matches} {wanted}, all of them below."
        )
    if matches <= shown:
        return voice.pick(
            f"I have {matches} {wanted}, all of them below.",
            f"{matches} {wanted} match, and here they are.",
            f"{matches} {wanted} match, all shown below.",
        )
    near = f", the ones closest to your {told.near}" if told.near else ""
    if wanted == ANYTHING:  # how much a store has says nothing of what was asked for
        return voice.pick(f"I would start with these {shown}{near}.", f"Here are {shown} to start with{near}.")
    return voice.pick(
        f"I found {matches} {wanted}; these {shown} come first{near}.",
        f"I would start with these {shown} of {matches} {wanted}{near}.",
        f"Here are {shown} of {matches} {wanted}{near}.",
    )


def pick_changed(state: DialogueState, items: Sequence[Item], style: Sequence[Item]) -> list[str]:
    """Whether the very style that was picked exists with the change, or only others do.

    ``style`` are all items of it, the picked one first. Nothing where no record tells, or where something else keeps
    them off the table.
    """
    changed = {fact: state.need.include[fact][:1] for fact in state.need.changed if fact in state.need.include}
    changes = [f"in {fact_words(f, v[0])}" if is_colour(f) else standing_after(f, v) for f, v in changed.items()]
    if not changes or not style[0].item_group_id or set(changed) & set(state.need.unrecorded):
        return []
    there = {item.item_id for item in style if all(set(item.values(f)) & set(state.need.include[f]) for f in changed)}
    if items and items[0].item_id in there:
        return [f"Yes, the style you picked exists {listing(changes)}: it comes first."]
    return [] if there else [f"The style you picked does not exist {listing(changes)}."]


def _highlight(voice: Voice, item: Item) -> str:
    facts, name = made_of(item, 1), closed(item.name)
    made = f"{name.removesuffix(',')}, {' and '.join(facts)}," if facts else name
    price = price_of(item)
    first = f"First {verb(item, 'comes')} the {offered(item, 'at')}{stock_note(item)}."
    if item.price_now is None:
        return first
    return voice.pick(
        f"The {made} {verb(item, 'is')} {price}{stock_note(item)}.",
        first,
        f"My first pick is the {made} for {price}{stock_note(item)}.",
    )


def _contrast(voice: Voice, told: Highlights) -> list[str]:
    """One more item that stands out among the cards: by price, or by rating."""
    if cheapest := told.cheapest:
        name, price = closed(cheapest.name), price_of(cheapest)
        less = f"If you would rather spend less, the {name} {verb(cheapest, 'is')} {price}."
        if told.matches > told.shown:  # a cheaper one may be among those that are not shown
            return [less]
        return [voice.pick(less, f"The lowest price is {price}, for the {cheapest.name}.")]
    if told.rated:
        return [f"Best rated of the others is the {told.rated.name}, with {told.rated.values('rating')[0]}."]
    return []


def _question(voice: Voice, told: Highlights) -> list[str]:
    if not told.ask:
        return []
    if told.ask == BUDGET:
        return [voice.pick("Is there a price you would like to stay under?", "Do you have a budget in mind?")]
    choices = listing(told.choices, "or")
    return [voice.pick(f"Any preference for {told.ask}: {choices}?", f"Which {told.ask} would you like: {choices}?")]


def currency_note(named: str | None, currency: str | None) -> list[str]:
    """That an amount was read in the store's currency, where the shopper ``named`` another in this turn."""
    if named and currency and named != currency:
        return [f"Prices in this store are in {currency}, so I took your amount as {currency}."]
    return []
