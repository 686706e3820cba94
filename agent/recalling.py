"""What the conversation holds so far, told back: the list, the wish in hand, the wishes before it, lasting refusals.

Knows the state in words and the saved items, no search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.item_replies import total
from agent.state import DialogueState
from agent.utterance import Recap, Utterance
from agent.wording import listing, refusals, refused, refused_as, request, standing_after, things
from store.schemas import Item

_NOT_LISTED = "That is not on your list, so nothing was taken off it."
MOST_EARLIER = 4  # wishes before the one in hand, the latest of them

_NO_BUDGET = "You have named no budget so far."


def recalled(said: Utterance, state: DialogueState, liked: Sequence[Item], currency: str | None) -> list[str]:
    """The reply to "what did I like so far?", "what have I told you?" or, of one refused value, "is merino ok?".

    The list comes first where it was asked for or holds anything; that it is empty is told only to who asked.
    """
    if said.include:
        return [sentence for fact, values in said.include.items() for sentence in _stays_out(state, fact, values)]
    if said.recap is Recap.REFUSED:
        return _ruled_out(state)
    told = [_looking(state, currency), *_before(state, currency), *_whom(state), *_always(state)]
    need = state.need
    if said.recap is Recap.BUDGET and need.price_max is None and need.price_min is None:
        return [_NO_BUDGET, *told]
    missed = [_NOT_LISTED] if liked and said.recap is Recap.TAKEN_OFF and not said.unliked else []
    asked = said.recap in (Recap.LIST, Recap.TAKEN_OFF)
    return [*missed, _listed(liked), *told] if liked or asked else told


def still_out(said: Utterance, state: DialogueState) -> str:
    """That what is wished was refused for good and stays out of what is shown, "" where nothing wished was.

    "A black dress" of somebody who never buys black.
    """
    never = state.never
    refused = {fact: tuple(v for v in values if v in never.get(fact, ())) for fact, values in said.include.items()}
    return "".join(
        f"{told} " for fact, values in refused.items() if values for told in _stays_out(state, fact, values)
    )


def _listed(liked: Sequence[Item]) -> str:
    if not liked:
        return "Your list is still empty."
    cost, unpriced = total(liked)
    costs = f", {'together ' if len(liked) - unpriced > 1 else ''}{cost}" if cost else ""
    costs += f", and {unpriced} without a price" if cost and unpriced else ""
    return f"On your list: {listing([f'the {item.name}' for item in liked])}{costs}."


def _looking(state: DialogueState, currency: str | None) -> str:
    if not (state.needs and state.need.has_wish):
        return "Nothing is being looked for at the moment."
    return f"We are looking at {request(_without_lasting(state), currency)}."


def _before(state: DialogueState, currency: str | None) -> list[str]:
    """The earlier wishes, the latest first, each as it was said: whom today's is for is not told of them."""
    own = replace(_without_lasting(state), recipient={})
    others = [place for place, need in enumerate(state.needs) if place != state.focus and need.has_wish]
    told = dict.fromkeys(request(replace(own, focus=place), currency) for place in reversed(others))
    return [f"Before that: {'; '.join([*told][:MOST_EARLIER])}."] if told else []


def _ruled_out(state: DialogueState) -> list[str]:
    """What is refused of each thing, the latest first, and what is always left out."""
    own = _without_lasting(state)
    places = sorted(range(len(state.needs)), key=lambda place: (place == state.focus, place), reverse=True)
    wishes = [replace(own, focus=place) for place in places]
    told = [f"Of {things(wish)} I leave out: {listing(words)}." for wish in wishes if (words := refused(wish))]
    return [*dict.fromkeys(told), *_always(state)] or ["Nothing is ruled out so far."]


def _stays_out(state: DialogueState, fact: str, values: Sequence[str]) -> list[str]:
    """That values stay refused, the words that refused them, and what takes that back."""
    asked = listing(_named(fact, values))
    by = listing(refused_as(_lasting(state), fact, values))
    whole = f"You ruled out {by} for good"
    whole += "" if asked == by else f", and {asked} is left out with it"
    return [f"{whole}.", f"To see {asked} after all, say “{asked} is fine”."]


def _named(fact: str, values: Sequence[str]) -> list[str]:
    return [*values[:3]] if fact == "brand" else refusals(fact, values)


def _whom(state: DialogueState) -> list[str]:
    """Whom things are for, where no wish in hand tells it."""
    if state.needs and state.need.has_wish:
        return []
    whom = [standing_after(fact, values) for fact, values in state.recipient.items()]
    return [f"It is to be {listing(whom)}."] if whom else []


def _always(state: DialogueState) -> list[str]:
    words = refused(_lasting(state))
    return [f"Always left out: {listing(words)}."] if words else []


def _lasting(state: DialogueState) -> DialogueState:
    return DialogueState(
        never=state.never, never_phrases=state.never_phrases, never_words=state.never_words, recipient=state.recipient
    )


def _without_lasting(state: DialogueState) -> DialogueState:
    return replace(state, never={}, never_phrases={}, never_words=())
