"""First messages that work in a store, for a page that has nothing on it yet.

They are made of the store's own kinds, values and prices, and each is read by the rules that read a shopper: one that
would not find just what it says, or too little of it, is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from agent.grammar import plural
from agent.shop import Shop
from agent.shopping_agent import Example, Understanding
from agent.shopping_words import BASIC_COLOURS, COLOUR_FAMILY
from agent.state import DialogueState, Need, fold
from agent.utterance import Order
from agent.wording import request
from store.schemas import Item

DEMO_EXAMPLES = (
    "A linen dress for a summer wedding, under 90",
    "Blue sneakers, no leather",
    "A warm light for my reading corner",
    "What do you have for a rainy hike?",
)
KINDS = 12  # of these, those with most items, the examples are made
VALUES = 4  # of one fact, tried for one example
PHOTOS = 2
FOUND = 2  # fewer items in stock than these show little
_VALUED = ("color", "material", "pattern", "brand")  # facts whose values read well beside the name of any kind
_COLOURS = BASIC_COLOURS | COLOUR_FAMILY.keys()  # no "mixed" or "multicoloured"


def examples_of(shop: Shop, demo: str, understanding: Understanding) -> tuple[Example, ...]:
    """Messages for a shop, some with one of its own pictures; the store called ``demo`` has texts of its own."""
    kinds = sorted(shop.kinds()[:KINDS], key=lambda kind: not plural(kind))  # "Fiction" is counted by nobody
    maker = _Maker(shop, understanding)
    own = shop.catalog.name == demo
    worded = map(Example, DEMO_EXAMPLES) if own else maker.worded(kinds)
    return (*worded, *maker.pictured(kinds))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes first messages in the words of a shop."""

    shop: Shop
    understanding: Understanding

    def worded(self, kinds: Sequence[str]) -> list[Example]:
        """A value with a budget, a refused value, an order and a budget alone, each of another kind."""
        found: list[Example] = []
        left = list(kinds)
        for candidates in (self._valued, self._refusing, self._cheapest, self._bounded):
            for kind in left:
                if example := next((e for need in candidates(kind) if (e := self._checked(need))), None):
                    found.append(example)
                    left.remove(kind)
                    break
        return found

    def pictured(self, kinds: Sequence[str]) -> list[Example]:
        """Photos of kinds, the last first, each to be had in another colour."""
        found: dict[str, Example] = {}
        items = [item for kind in kinds for item in self._of(kind) if self.shop.image(item)]
        for item in {item.category: item for item in reversed(items)}.values():  # the first of each kind
            if len(found) < PHOTOS and (example := self._recoloured(item)):
                found.setdefault(example.text, example)
        return list(found.values())

    def _recoloured(self, item: Item) -> Example | None:
        colours = [c for c in self._values("color", item.category) if c.split()[-1].lower() in _COLOURS]
        for colour in colours:
            text, photo = f"Something like this, but in {colour.lower()}", self.shop.image(item)
            need = replace(_of_kind(item.category), include={"color": (colour,)})
            if colour not in item.values("color") and self._works(text, need, photo):
                return Example(text, photo)
        return None

    def _valued(self, kind: str) -> Iterator[Need]:
        for fact in _VALUED:
            for value in self._values(fact, kind):
                need = replace(_of_kind(kind), include={fact: (value,)})
                yield replace(need, price_max=self._budget(need))

    def _refusing(self, kind: str) -> Iterator[Need]:
        for fact in _VALUED:
            for value in self._values(fact, kind):
                yield replace(_of_kind(kind), exclude={fact: (value,)})

    def _cheapest(self, kind: str) -> Iterator[Need]:
        yield replace(_of_kind(kind), order=Order.CHEAPEST)

    def _bounded(self, kind: str) -> Iterator[Need]:
        yield replace(_of_kind(kind), price_max=self._budget(_of_kind(kind)))

    def _checked(self, need: Need) -> Example | None:
        wanted = request(DialogueState((need,), 0), self.shop.currency)
        text = f"The cheapest {wanted}" if need.order is Order.CHEAPEST else f"Show me {wanted}"
        return Example(text) if self._works(text, need) else None

    def _works(self, text: str, need: Need, photo: str = "") -> bool:
        """Whether the text is read as the need, which enough items in stock meet."""
        read = fold(DialogueState(), self.understanding.understand(text, DialogueState(), photo))
        wanted = DialogueState((need,), 0).constraints
        found, meant = (self.shop.facts.allowed(constraints) for constraints in (read.constraints, wanted))
        in_stock = self.shop.facts.allowed(replace(wanted, in_stock=True))
        same = np.array_equal(found, meant) and read.need.order is need.order and not read.need.unknown_type
        return bool(same and in_stock.sum() >= FOUND)

    def _values(self, fact: str, kind: str) -> list[str]:
        """The most frequent values of a fact among a kind, where it tells the kind's items apart."""
        held = self.shop.held(fact, "category", (kind,))
        return list(held[:VALUES]) if len(held) > 1 else []

    def _of(self, kind: str) -> list[Item]:
        return [item for item in self.shop.catalog.items if item.category == kind and not item.sold_out]

    def _budget(self, need: Need) -> float | None:
        """What about half of what is wanted costs at most, as a round amount; None where prices are unknown."""
        wanted = replace(DialogueState((need,), 0).constraints, in_stock=True)
        prices = self.shop.facts.prices(self.shop.facts.allowed(wanted))
        if not len(prices):
            return None
        middle = float(prices[len(prices) // 2])
        step = 10.0 ** math.floor(math.log10(middle)) / 2
        return math.ceil(middle / step) * step


def _of_kind(kind: str) -> Need:
    return Need(type_fact="category", type_values=(kind,), type_words=kind.lower())
