"""What a reply to matches tells, before it has words: how many there are, what stands out, what to ask.

Whoever finds the words, the realiser or a language model, is given these and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.state import DialogueState
from agent.wording import quiet, request
from retrievers.base import Retrieval
from store.schemas import Item

MAX_CHOICES = 4
MANY = 12  # matches from which on a question helps
# Facts worth asking about when many items match, the most deciding first.
ASKABLE = ("occasion", "length", "sleeve", "material", "style", "heel", "pattern", "fit", "usage", "season")
BUDGET = "budget"
SAVING = 0.05  # share of the first one's price from which on a cheaper one is worth telling


@dataclass(frozen=True, slots=True)
class Facets:
    """What the matches differ in: fact -> value -> number of matches; used for one closing question.

    Of matches that are not ``priced`` none has a price on record.
    """

    counts: Mapping[str, Mapping[str, int]]
    priced: bool = True


@dataclass(frozen=True, slots=True)
class Highlights:
    """What to tell of matches.

    ``wanted`` is the request as a noun phrase; ``near`` what the cards are closest to, if the search began with
    something; ``cheapest`` costs less than all others, and than ``first`` by ``SAVING`` at least; ``rated`` is the
    best rated of the others. One question is asked about a fact, with ``choices``, or about the budget, or none
    for "".
    """

    wanted: str
    matches: int
    shown: int
    near: str
    first: Item
    cheapest: Item | None = None
    rated: Item | None = None
    ask: str = ""
    choices: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that are spoken of."""
        return tuple(item for item in (self.first, self.cheapest, self.rated) if item)


def all_unlike(answer: Retrieval) -> bool:
    """Whether no card resembles the shopper's photo."""
    return {r.item.item_id for r in answer.recommendations} <= answer.unlike


def highlights(state: DialogueState, answer: Retrieval, facets: Facets) -> Highlights:
    """What to tell of an answer that has matches."""
    items = [r.item for r in answer.recommendations]
    photo = state.need.photo and state.need.type_fact not in state.need.changed and not all_unlike(answer)
    near = "pick" if state.need.anchor else "photo" if photo else ""
    cheapest = _cheapest(items)
    rated = None if cheapest else _best_rated(items[1:])
    ask, choices = _question(state, answer.matches, facets)
    wanted = request(state, items[0].currency)
    return Highlights(wanted, answer.matches, len(items), near, items[0], cheapest, rated, ask, choices)


def _cheapest(items: Sequence[Item]) -> Item | None:
    rest = [item for item in items[1:] if item.price_now is not None]
    first = items[0].price_now
    cheapest = min(rest, key=lambda item: item.price_now or 0, default=None)
    worth = cheapest is not None and first is not None and (cheapest.price_now or 0) <= (1 - SAVING) * first
    return cheapest if worth else None


def rates(items: Sequence[Item]) -> dict[str, float]:
    """The ratings of items by their ids; none where they tell nothing.

    The best of equals is no news, and some shops mark what they like with a 1.
    """
    found = {item.item_id: item.rating for item in items if item.rating is not None}
    return found if len(set(found.values())) > 1 and max(found.values()) > 1 else {}


def _best_rated(items: Sequence[Item]) -> Item | None:
    rated = rates(items)
    return max((item for item in items if item.item_id in rated), key=lambda i: rated[i.item_id], default=None)


def _question(state: DialogueState, matches: int, facets: Facets) -> tuple[str, tuple[str, ...]]:
    """What would narrow many matches, never something that was said or asked before."""
    said = {*state.need.include, *state.need.preferred, *state.need.exclude, *state.recipient, *state.need.questions}
    if matches < MANY or len(state.need.shown) > 6:
        return "", ()
    for fact in ASKABLE:
        values = [v for v, n in facets.counts.get(fact, {}).items() if matches * 0.1 <= n <= matches * 0.8]
        if fact not in said and 2 <= len(values) <= 2 * MAX_CHOICES:
            return fact.replace("_", " "), tuple(quiet(value) for value in values[:MAX_CHOICES])
    return (BUDGET, ()) if facets.priced and state.need.price_max is None and BUDGET not in said else ("", ())
