"""The questions that teach a frozen language model to read item tokens (phase 2 of ILM).

Each is answered from records, or from what shoppers took; the wording varies, so that the model reads the tokens and
does not know the question by heart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from retrievers.item_text import telling_facts
from retrievers.soft_tokens import NAME_QUESTION
from store.schemas import Item
from training.frozen_llm import Asked
from training.ilm_material import StoreMaterial

NAME_ASKED = (NAME_QUESTION, "Name this product.", "Which product is this?")
TYPE_ASKED = ("What kind of product is it?", "What type of thing is it?")
COLOUR_ASKED = ("What colour is it?", "Which colour does it have?")
BAND_ASKED = ("Is its price low, middle or high for this shop?", "In which price band is it: low, middle or high?")
DESCRIBE_ASKED = ("Describe it.", "What is it like?")
DIFFER_ASKED = ("How do these two differ?", "What is the difference?")
NAMES_ASKED = ("Name these products.", "What are these called?")
NEXT_ASKED = ("What would this shopper take next?", "Finish the sentence: next this shopper takes")
TOGETHER_ASKED = ("Do these two go together?", "Would one shopper take both?")
BANDS = ("low", "middle", "high")
MOST_DESCRIBED = 4  # facts in a description
LISTED = 3  # items named in one answer
HISTORY = 3  # items of a history

# How often each is asked; names carry most of what there is to know of an item.
SHARES = {
    "name": 0.33,
    "names": 0.09,
    "type": 0.22,
    "colour": 0.1,
    "band": 0.08,
    "describe": 0.12,
    "differ": 0.06,
    "next": 0.05,
    "together": 0.03,
}

Parts = tuple[str | int, ...]


@dataclass(slots=True)
class Drawn:
    """Questions with what their numbers stand for: positions of items, and below zero -1 - the number of a user."""

    asked: list[Asked] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def add(self, about: Sequence[int], question: str, answer: str) -> None:
        """Ask about items or users in this order."""
        numbers = range(len(self.rows), len(self.rows) + len(about))
        between: Parts = tuple(part for number in numbers for part in (number, " "))[:-1]
        self.asked.append(Asked((*between, "\n" + question), answer))
        self.rows += about


class Questions:
    """Draws questions about the items at some positions of a store."""

    def __init__(self, material: StoreMaterial, positions: Sequence[int], seed: int) -> None:
        self._items = material.items
        self._positions = positions
        self._draw = random.Random(seed)
        self._edges = band_edges(material.items)
        known = set(positions)
        self._taken = [
            (user, kept)
            for user, items in enumerate(material.taken)
            if len(kept := [int(at) for at in items if int(at) in known]) > HISTORY
        ]
        ask: dict[str, Callable[[Drawn], None]] = {
            "name": lambda drawn: self._one(drawn, NAME_ASKED, lambda item: item.title),
            "names": self._names,
            "type": lambda drawn: self._one(drawn, TYPE_ASKED, lambda item: item.category),
            "colour": lambda drawn: self._one(drawn, COLOUR_ASKED, colour),
            "band": lambda drawn: self._one(drawn, BAND_ASKED, lambda item: band(item, self._edges)),
            "describe": lambda drawn: self._one(drawn, DESCRIBE_ASKED, description),
            "differ": self._differ,
        }
        if self._taken:
            ask |= {"next": self._next, "together": self._together}
        self._ask = ask

    def draw(self, count: int) -> Drawn:
        """At least ``count`` questions."""
        drawn = Drawn()
        tasks = list(self._ask)
        weights = [SHARES[task] for task in tasks]
        while len(drawn.asked) < count:
            self._ask[self._draw.choices(tasks, weights)[0]](drawn)
        return drawn

    def _one(self, drawn: Drawn, wordings: Sequence[str], answer: Callable[[Item], str]) -> None:
        at = self._draw.choice(self._positions)
        if said := answer(self._items[at]):
            drawn.add([at], self._draw.choice(wordings), said)

    def _names(self, drawn: Drawn) -> None:
        about = self._draw.choices(self._positions, k=LISTED)
        drawn.add(about, self._draw.choice(NAMES_ASKED), "\n".join(self._items[at].title for at in about))

    def _differ(self, drawn: Drawn) -> None:
        one, other = self._draw.choices(self._positions, k=2)
        if said := difference(self._items[one], self._items[other]):
            drawn.add([one, other], self._draw.choice(DIFFER_ASKED), said)

    def _next(self, drawn: Drawn) -> None:
        user, taken = self._draw.choice(self._taken)
        end = self._draw.randrange(HISTORY, len(taken))
        about = [-1 - user] if self._draw.random() < 0.5 else taken[end - HISTORY : end]
        drawn.add(about, self._draw.choice(NEXT_ASKED), self._items[taken[end]].title)

    def _together(self, drawn: Drawn) -> None:
        _, taken = self._draw.choice(self._taken)
        one = self._draw.choice(taken)
        yes = self._draw.random() < 0.5
        other = self._draw.choice(taken if yes else self._positions)
        if self._items[one].category != self._items[other].category and (yes or other not in taken):
            drawn.add([one, other], self._draw.choice(TOGETHER_ASKED), "Yes" if yes else "No")


def band_edges(items: Sequence[Item]) -> tuple[float, float]:
    """The prices that cut a store's items into three equal parts."""
    prices = [item.price_now for item in items if item.price_now is not None]
    low, high = np.quantile(prices, (1 / 3, 2 / 3)) if prices else (0.0, 0.0)
    return float(low), float(high)


def band(item: Item, edges: tuple[float, float]) -> str:
    """Low, middle or high; "" without a price."""
    if item.price_now is None:
        return ""
    return BANDS[int(item.price_now > edges[0]) + int(item.price_now > edges[1])]


def colour(item: Item) -> str:
    """The item's first colour, "" where none is recorded."""
    return next(iter(item.values("color")), "").lower()


def description(item: Item) -> str:
    """Colour, type and a few telling facts as one sentence; "" without facts."""
    facts = [", ".join(values).lower() for values in telling_facts(item).values()][:MOST_DESCRIBED]
    what = f"{colour(item)} {item.category.lower()}".strip()
    return f"{what}: {'; '.join(facts)}." if facts and what else ""


def difference(one: Item, other: Item) -> str:
    """What tells two items apart, by kind, colour and price; "" where nothing does."""
    pairs = [(one.category.lower(), other.category.lower()), (colour(one), colour(other))]
    said = [f"{a} against {b}" for a, b in pairs if a and b and a != b]
    if one.price_now and other.price_now and one.price_now != other.price_now:
        said.append("the first costs " + ("less" if one.price_now < other.price_now else "more"))
    return ", ".join(said)
