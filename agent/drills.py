"""Turns made up from a store's records, with what the realiser says to them: what a model learns replies from.

Drawn from the items that are named, so that nobody is measured on items that they learned from. Nothing is searched:
the answer to a need is drawn from the items that satisfy it.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from agent.briefs import ASK, COMPARE, EXPLAIN, RECOMMEND, Brief
from agent.highlights import ASKABLE
from agent.realiser import STYLES, Voice
from agent.reply import Answered, Reply, compose
from agent.request import CARDS
from agent.shop import Shop
from agent.state import DialogueState, Need
from agent.utterance import Intent, Utterance
from retrievers.base import Outcome, Recommendation, Retrieval
from store.schemas import Item

SHARES = {RECOMMEND: 0.55, EXPLAIN: 0.2, COMPARE: 0.18, ASK: 0.07}
FEW = 0.3  # of the turns that find matches have no more than fit on the page, however many items there are
RARE = 0.1  # of the items that a training reads of are told as sold out, and as many without a price
FACTS = ("color", *ASKABLE)


@dataclass(frozen=True, slots=True)
class Drill:
    """A turn with the realiser's reply and the brief that belongs to it."""

    turn: Answered
    reply: Reply
    brief: Brief

    def to_json(self, store: str) -> dict[str, Any]:
        """What a training reads: the task, the parts of the message, and the reply."""
        content = self.brief.messages()[-1].content
        reply = " ".join(self.reply.middle)
        return {"store": store, "task": self.brief.task, "message": content, "reply": reply}


def write_drills(
    shop: Shop, items: Sequence[Item], examples: Sequence[str], count: int, seed: int, file: Path
) -> None:
    """Write so many drills about some items of a shop as JSON lines; the arguments are those of ``Drills``."""
    drills = Drills(shop, items, examples, seed, RARE)
    with file.open("w", encoding="utf-8") as lines:
        for drill in drills.draw(count):
            lines.write(json.dumps(drill.to_json(shop.catalog.name)) + "\n")


class Drills:
    """Draws turns about some items of a shop; ``examples`` as in ``compose``.

    So many of the items as ``rare`` says are told as if they were sold out, and as many as if they had no price:
    few records are so, and a model that has hardly met one makes up what is not there.
    """

    def __init__(
        self, shop: Shop, items: Sequence[Item], examples: Sequence[str], seed: int, rare: float = 0.0
    ) -> None:
        self._rare = rare
        self._shop, self._items, self._examples = shop, items, examples
        self._among = {item.item_id for item in items}
        self._draw = random.Random(seed)

    def draw(self, count: int) -> Iterator[Drill]:
        """So many turns, of all tasks in their shares."""
        made = {RECOMMEND: self._found, EXPLAIN: self._opened, COMPARE: self._compared, ASK: self._empty}
        drawn = 0
        while drawn < count:
            turn = made[self._draw.choices(list(SHARES), list(SHARES.values()))[0]]()
            voice = Voice("", self._draw.randrange(STYLES))
            reply = compose(turn, self._shop, voice, self._examples)
            if reply.brief and reply.middle:
                drawn += 1
                yield Drill(turn, reply, reply.brief)

    def _found(self) -> Answered:
        wish = self._draw.choice(self._items)
        state = DialogueState((self._need(wish),), 0)
        allowed = self._shop.facts.allowed(state.constraints)
        matches = [
            item
            for item, fits in zip(self._shop.catalog.items, allowed, strict=True)
            if fits and item.item_id in self._among
        ]
        if self._draw.random() < FEW:
            matches = self._draw.sample(matches, min(len(matches), self._draw.randint(1, CARDS)))
        shown = self._draw.sample(matches, min(len(matches), CARDS))
        told = [self._as_if(item, priced=state.need.price_max is not None) for item in shown]
        found = tuple(Recommendation(item, rank, 1.0, ()) for rank, item in enumerate(told, start=1))
        outcome = Outcome.FOUND if found else Outcome.NOTHING_IN_RANGE
        # As in the program: all matches are shown where they fit on the page.
        count = int(allowed.sum()) if len(matches) > CARDS else len(matches)
        return Answered("", Utterance(Intent.SEARCH), state, Retrieval(outcome, found, count))

    def _need(self, wish: Item) -> Need:
        """A need that the wished item satisfies."""
        draw, kind = self._draw, wish.category
        need = Need("category", (kind,), kind.lower()) if kind else Need(text=wish.title)
        said = [fact for fact in FACTS if wish.values(fact)]
        include = {
            fact: wish.values(fact)[:1] for fact in draw.sample(said, min(len(said), draw.choice((0, 0, 1, 1, 2))))
        }
        other = draw.choice(self._items)
        free = [fact for fact in FACTS if fact not in include and set(other.values(fact)) - set(wish.values(fact))]
        refused = draw.sample(free, min(len(free), draw.choice((0, 0, 0, 1))))
        exclude = {fact: tuple(v for v in other.values(fact) if v not in wish.values(fact))[:1] for fact in refused}
        budget = None
        if wish.price_now and draw.random() < 0.35:
            step = 10 ** max(0, math.floor(math.log10(wish.price_now)) - 1) * 5
            budget = float(math.ceil(wish.price_now * draw.uniform(1, 1.5) / step) * step)
        photo = "photo" if draw.random() < 0.15 else ""
        return replace(need, include=include, exclude=exclude, price_max=budget, photo=photo)

    def _opened(self) -> Answered:
        return Answered(
            "", Utterance(Intent.DETAILS), DialogueState(), opened=(self._as_if(self._draw.choice(self._items)),)
        )

    def _compared(self) -> Answered:
        first = self._draw.choice(self._items)
        alike = [item for item in self._items if item.category == first.category and item is not first]
        others = self._draw.sample(alike, min(len(alike), self._draw.choice((1, 1, 2))))
        opened = tuple(map(self._as_if, (first, *others)))
        return Answered("", Utterance(Intent.COMPARE), DialogueState(), opened=opened)

    def _as_if(self, item: Item, priced: bool = False) -> Item:
        """An item, rarely without a price (never where it has to be ``priced``) or sold out."""
        if not self._rare:
            return item
        if not priced and self._draw.random() < self._rare:
            item = replace(item, price=None, sale_price=None)
        return replace(item, availability="out_of_stock") if self._draw.random() < self._rare else item

    def _empty(self) -> Answered:
        refused = {}
        if self._draw.random() < 0.6:
            item = self._draw.choice(self._items)
            facts = [fact for fact in FACTS if item.values(fact)]
            refused = {fact: item.values(fact)[:1] for fact in self._draw.sample(facts, min(len(facts), 1))}
        state = DialogueState((Need(exclude=refused),), 0)
        return Answered("", Utterance(Intent.SEARCH), state, Retrieval(Outcome.NEED_CLARIFICATION))
