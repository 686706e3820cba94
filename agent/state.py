"""The dialogue state: what the conversation has established, as a pure fold over understood turns.

A conversation is about one or more needs ("boots", then "a coat"). Every constraint belongs to the need it
was said about, so a budget for shoes does not leak to the coat; whom the things are for and standing dislikes
("I never wear wool") belong to the shopper. Later words win. Knows no store, no model and no prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from agent.need import Need, need_from_json, with_facts, with_picture, with_type
from agent.utterance import Intent, Order, Utterance, Values
from agent.values import difference, in_force, set_fields, tuples, union, unique, without, without_key, without_same
from store.schemas import Constraints

__all__ = ["DialogueState", "Need", "drop", "fold"]

MAX_TEXT_WORDS = 24


@dataclass(frozen=True, slots=True)
class DialogueState:
    """Everything established so far; ``focus`` is the place in ``needs`` that the talk is about, -1 for none."""

    needs: tuple[Need, ...] = ()
    focus: int = -1
    recipient: Values = field(default_factory=dict)
    never: Values = field(default_factory=dict)
    never_phrases: Values = field(default_factory=dict)
    never_words: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    talked_about: str = ""
    compared: tuple[str, ...] = ()  # the items of the last comparison, as long as it is what the talk is about
    asked: tuple[str, ...] = ()  # the facts that this turn's question was about
    currency: str | None = None  # what the shopper named, which may not be the store's
    turns: int = 0

    @property
    def need(self) -> Need:
        """The need in focus; an empty one before anything was asked for."""
        return self.needs[self.focus] if self.needs else Need()

    @property
    def constraints(self) -> Constraints:
        """The hard conditions of the need in focus, with what holds for the shopper as a whole."""
        need = self.need
        wanted = {**self.recipient, **need.include}
        include = {fact: tuple(values) for fact, values in wanted.items() if fact not in need.unrecorded}
        if need.type_values:
            include[need.type_fact] = need.type_values
        return Constraints(
            include=include,
            exclude=union(self.never, need.exclude),
            exclude_words=unique((*self.never_words, *need.exclude_words, *self.refused_phrases)),
            exclude_items=need.rejected,
            price_min=need.price_min,
            price_max=need.price_max,
            in_stock=need.in_stock,
            on_sale=need.on_sale,
            reduced_by=need.reduced_by,
        )

    @property
    def refused_phrases(self) -> dict[str, tuple[str, ...]]:
        """The phrases that are refused wherever a record says them, each with the values that it excludes."""
        phrases = union(self.never_phrases, self.need.exclude_phrases)
        return {phrase: phrases[phrase] for phrase in in_force(phrases, union(self.never, self.need.exclude))}

    def with_need(self, need: Need) -> DialogueState:
        """The same state with the need in focus replaced."""
        if not self.needs:
            return replace(self, needs=(need,), focus=0)
        return replace(self, needs=(*self.needs[: self.focus], need, *self.needs[self.focus + 1 :]))

    def with_cards(self, item_ids: Iterable[str]) -> DialogueState:
        """After an answer: these cards are on the table, and shown for the need in focus."""
        cards = tuple(item_ids)
        if not cards:
            return self
        need = replace(self.need, shown=unique((*self.need.shown, *cards)), table=cards)
        return replace(self.with_need(need), cards=cards, talked_about="", compared=())

    def with_question(self, fact: str) -> DialogueState:
        """After a reply that asked about a fact; "" for none."""
        return self.with_need(replace(self.need, questions=unique((*self.need.questions, fact)))) if fact else self

    def to_json(self) -> dict[str, Any]:
        """JSON types only, empty fields left out; ``from_json`` gives the same state back."""
        data = set_fields(self)
        data["needs"] = [set_fields(need) for need in self.needs]
        data["constraints"] = self.constraints.to_json()
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DialogueState:
        """The inverse of ``to_json``; unknown fields (of other versions) are ignored."""
        known = tuples({f.name: data[f.name] for f in fields(cls) if f.name in data})
        known["needs"] = tuple(need_from_json(need) for need in data.get("needs", ()))
        return cls(**known)


def fold(state: DialogueState, said: Utterance) -> DialogueState:
    """The state after one more understood turn; pure. What the answer adds, such as its cards, is not in it."""
    if said.intent is Intent.RESET:
        return DialogueState(liked=state.liked, turns=state.turns + 1)
    unwanted = {f: v for f, v in state.recipient.items() if said.recipient and f not in said.recipient}
    if unwanted and state.needs:  # for somebody else now
        state = state.with_need(replace(state.need, include=without_same(state.need.include, unwanted)))
    state = replace(
        state,
        turns=state.turns + 1,
        asked=said.asked,
        recipient=without_same({**state.recipient, **said.recipient}, unwanted),
        liked=without(unique((*state.liked, *said.liked)), said.unliked),
        currency=said.currency or state.currency,
    )
    pointing = (Intent.DETAILS, Intent.COMPARE, Intent.ADVICE, Intent.WHY, Intent.SUM, Intent.LIKE)
    if said.intent in pointing[:-1] and said.return_to and not set(said.references) <= {*state.cards}:
        state = _back_at(state, said.references[0])
    if said.intent is Intent.DETAILS and len(said.references) > 1:  # asked of all, none of them is in hand
        return state
    if said.intent in pointing and (said.references or said.liked):
        side_by_side = said.intent is Intent.COMPARE and len(said.references) < len(state.cards)
        compared = said.references if side_by_side else state.compared
        return replace(state, talked_about=(*said.references, *said.liked)[0], compared=compared)
    if f"text:{state.need.unknown_type}" in said.dropped and len(state.needs) > 1:  # back to what was there before
        needs = state.needs[: state.focus] + state.needs[state.focus :][1:]
        state = replace(state, needs=needs, focus=len(needs) - 1)
    state = _without_closed(state, said)
    if said.rejected:
        state = state.with_need(replace(state.need, rejected=unique((*state.need.rejected, *said.rejected))))
    if said.intent in (Intent.SEARCH, Intent.MORE_LIKE, Intent.SOMETHING_ELSE, Intent.REJECT):
        earlier = _returned_to(state, said)
        if earlier is not None:  # its facts hold already, whatever is recorded of the things spoken of in between
            state = replace(state, focus=earlier)
            said = replace(said, include={}, unrecorded=(), unanswered=())
        state = _apply(_focus(state, said), said)
        state = _with_noted(state, said)
    place = state.focus
    for other in said.then:  # noted as needs of their own; the talk stays with the first
        state = _apply(_focus(state, other), other)
        state = replace(state.with_need(replace(state.need, noted=not state.need.shown)), focus=place)
    return state


def drop(state: DialogueState, key: str) -> DialogueState:
    """The state without one constraint; ``key`` is a chip's key (see ``agent/chips.py``)."""
    kind, _, rest = key.partition(":")
    need = state.need
    if kind == "recipient":
        state = replace(state, recipient=without_key(state.recipient, rest))
        kind = "include"
    if kind == "never":
        return replace(state, never=without_key(state.never, rest), never_words=without(state.never_words, (rest,)))
    if kind == "include":
        need = replace(need, include=without_key(need.include, rest), changed=without(need.changed, (rest,)))
    if kind in ("include", "prefer"):
        need = replace(need, preferred=without_key(need.preferred, rest))
    elif kind == "exclude":
        need = replace(need, exclude=without_key(need.exclude, rest))
    elif kind == "word":
        need = replace(need, exclude_words=without(need.exclude_words, (rest,)))
    elif kind == "text" and rest:
        need = replace(need, text=" ".join(without(need.text.split(), (rest,))))
    elif kind in _CLEARED:
        bounds = (need.price_min, need.price_max)
        need = replace(need, **_CLEARED[kind])
        need = need if bounds == (need.price_min, need.price_max) else replace(need, lifted=bounds)
    return state.with_need(need)


_CLEARED: dict[str, dict[str, Any]] = {
    "type": {"type_fact": "", "type_values": (), "type_words": "", "unknown_type": ""},
    "price_min": {"price_min": None},
    "price_max": {"price_max": None},
    "price": {"price_min": None, "price_max": None},
    "in_stock": {"in_stock": False},
    "on_sale": {"on_sale": False, "reduced_by": 0.0},
    "order": {"order": Order.BEST, "furthest": ""},
    "photo": {"photo": ""},
    "anchor": {"anchor": ""},
    "text": {"text": ""},
}


def _returned_to(state: DialogueState, said: Utterance) -> int | None:
    """The earlier need that "back to the tights" means where tights are no kind of this store but a fact."""
    if not said.return_to or said.type_values or said.unknown_type:
        return None
    for place in reversed(range(len(state.needs))):
        held = state.needs[place].include
        if place != state.focus and any(
            set(values) & set(held.get(fact, ())) for fact, values in said.include.items()
        ):
            return place
    return None


def _without_closed(state: DialogueState, said: Utterance) -> DialogueState:
    """Without the needs that are given up ("need:Belts"); from one in focus the talk goes back to the latest left."""
    gone = {key.removeprefix("need:") for key in said.dropped if key.startswith("need:")}
    kept = [place for place, need in enumerate(state.needs) if gone.isdisjoint(need.type_values)]
    if len(kept) == len(state.needs):
        return state
    focus = kept.index(state.focus) if state.focus in kept else len(kept) - 1
    return replace(state, needs=tuple(state.needs[place] for place in kept), focus=focus)


def _back_at(state: DialogueState, item_id: str) -> DialogueState:
    """At the table of the latest need that showed an item."""
    places = [place for place, need in enumerate(state.needs) if item_id in need.shown]
    return replace(state, focus=places[-1], cards=state.needs[places[-1]].table) if places else state


def _focus(state: DialogueState, said: Utterance) -> DialogueState:
    """Turn to the need that was spoken of: an earlier one of this type, the current one, or a new one."""
    wanted, current = set(said.type_values), state.need
    if not (said.type_values or said.unknown_type):
        if said.unnamed and current.shown:
            return replace(state, needs=(*state.needs, Need()), focus=len(state.needs))
        return state if state.needs else replace(state, needs=(Need(),), focus=0)
    if said.references and said.references[0] in current.shown:
        return state  # "the second one, but cheaper" goes on with what was said so far
    if _is_within(said.type_values, current.type_values) and (not current.outfit or said.outfit):
        return state  # the same, or narrower: "shoes" then "sneakers"
    places = [*reversed(range(len(state.needs)))]
    kinds = [set(state.needs[place].type_values) for place in places]
    same = [place for place, kind in zip(places, kinds, strict=True) if wanted and wanted == kind]
    same += [place for place in places if said.unknown_type and said.unknown_type == state.needs[place].unknown_type]
    overlapping = [place for place, kind in zip(places, kinds, strict=True) if said.return_to and wanted & kind]
    if same or overlapping:  # "the bag" may be the handbag of before
        return replace(state, focus=(*same, *overlapping)[0])
    if said.correction and current.type_values and not said.another:
        return state.with_need(replace(current, shown=(), anchor="", text=""))  # all else was meant for this thing
    typed = current.type_values or current.unknown_type or current.photo or current.anchor
    if state.needs and not typed and not (said.another and current.shown):
        return state  # what was said before had no type yet: "something red" then "a dress"
    return replace(state, needs=(*state.needs, _begun(state, said)), focus=len(state.needs))


def _is_within(wanted: tuple[str, ...], current: tuple[str, ...]) -> bool:
    """Whether kinds are all of those in hand, or fewer of which the first one is: "boots", rain boots among them."""
    return bool(wanted) and ({*wanted} <= {*current} or (len(wanted) < len(current) and wanted[0] in current))


def _begun(state: DialogueState, said: Utterance) -> Need:
    """A need of its own; of what is added to an outfit all is wanted and refused that was of the outfit."""
    outfit = next((need for need in reversed(state.needs) if need.outfit), None)
    if outfit is None or not said.of_outfit:
        return Need()
    return Need(
        include={fact: values for fact, values in outfit.include.items() if fact in said.common},
        exclude=without_key(outfit.exclude, said.type_fact),
        exclude_phrases=outfit.exclude_phrases,
        exclude_words=outfit.exclude_words,
        price_min=outfit.price_min,
        price_max=outfit.price_max,
        in_stock=outfit.in_stock,
        on_sale=outfit.on_sale,
    )


def _with_noted(state: DialogueState, said: Utterance) -> DialogueState:
    """What names no thing and no card is said of the noted ones too, until one of them is named."""
    if said.type_values or said.unknown_type or said.unnamed:
        return replace(state, needs=tuple(replace(need, noted=False) for need in state.needs))
    if said.references or said.relative_price or said.photo:
        return state
    for place, need in enumerate(state.needs):
        if need.noted and place != state.focus:
            noted = _apply(replace(state, focus=place), _of_all(said, need.type_fact))
            state = replace(noted, focus=state.focus)
    return state


def _of_all(said: Utterance, type_fact: str) -> Utterance:
    """What an utterance says of all things that were named in one breath."""
    return replace(
        said,
        include={fact: values for fact, values in said.include.items() if fact in said.common},
        also={fact: values for fact, values in said.also.items() if fact in said.common},
        exclude=without_key(said.exclude, type_fact),
        text="",
        order=Order.BEST,
        furthest="",
        unrecorded=(),
    )


def _apply(state: DialogueState, said: Utterance) -> DialogueState:
    state = replace(state, never=difference(state.never, said.allow))
    said = replace(  # who is allergic to wool and asks for merino has to be told; see ``of_never`` in refusals.py
        said, include=difference(said.include, state.never), preferred=difference(said.preferred, state.never)
    )
    need = with_type(state.need, said)
    need = with_picture(need, said)
    for name in said.dropped:
        key = name if name in _CLEARED or ":" in name else f"include:{name}"
        need = drop(DialogueState((need,), 0), key).need
        need = replace(need, exclude=without_key(need.exclude, name), preferred=without_key(need.preferred, name))
    need = replace(with_facts(need, said), unrecorded=said.unrecorded)
    low, high = said.price_range((need.price_min, need.price_max))
    need = replace(need, price_min=low, price_max=high, companion=said.companion or need.companion)
    text = " ".join(unique(f"{need.text} {said.text}".split())[-MAX_TEXT_WORDS:])
    order = need.order if said.order is Order.BEST else said.order
    need = replace(need, text=text, order=order, furthest=said.furthest or need.furthest)
    need = replace(need, in_stock=need.in_stock or said.in_stock, on_sale=need.on_sale or said.on_sale)
    need = replace(need, reduced_by=said.reduced_by or need.reduced_by)
    state = state.with_need(need)
    if said.lasting:
        state = replace(
            state,
            never=union(state.never, said.exclude),
            never_phrases=union(state.never_phrases, said.exclude_phrases),
            never_words=unique((*state.never_words, *said.exclude_words)),
        )
    return state
