"""Two thousand simulated shoppers of the demo store: views, carts and purchases. Synthetic, by these rules.

``RULES`` holds the rules in words; ``shoppers_readme`` puts them into the demo store's README. Everything is
drawn from one seeded generator, so the same catalog gives the same bytes. The probabilities are the constants
below and those of ``shopper_tastes``. Nothing here was fitted to real shoppers: the log shows whether a method
can find structure that is there, not how people shop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal

import numpy as np

from training.demo_store.catalog import Product
from training.demo_store.shopper_tastes import Shelves, Taste, Weights

Event = Literal["view", "cart", "purchase"]

SEED = 77
SHOPPERS = 2000
FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 365
COLUMNS = ("user_id", "session_id", "timestamp", "item_id", "event")
SESSIONS = (1, 1, 2, 2, 2, 3, 3, 4, 5)
STAY = 0.82  # chance of one more view
MOST_VIEWS = 14
RESTART, TO_COMPLEMENT = 0.14, 0.08
COMPLEMENT_AFTER_CART, COMPLEMENT_NEXT_SESSION = 0.4, 0.4
CART = 0.075
TOO_DEAR = (1.0, 0.5, 0.2)  # product in the wished third of prices or below, one above, two above
SALE, SALE_FOR_BARGAIN_HUNTERS = 1.6, 2.4
WELL_RATED, ILL_RATED = 1.4, 0.5  # from 4.5 stars; under 4.0 stars
LIKED = 1.3
PURCHASE, PURCHASE_ON_SALE = 0.42, 0.55

RULES = (
    "Each shopper likes one to three departments, three colour families, one price level (cheapest, middle or "
    "dearest third of a type), three occasions, a brand in each liked department, and either plain or patterned "
    "things; one colour family is disliked. Clothes are looked at for one gender.",
    f"A shopper has one to five sessions on different days of {FIRST_DAY.year}. Products that are out of season "
    "on that day are looked at less.",
    "Some products are more popular than others, whatever the taste.",
    "A session is a walk: each next view is drawn by liking times similarity to the last view (same style family, "
    "then same type, then same department; same colour family, brand, price level, occasion and pattern add to "
    f"it). {RESTART:.0%} of the steps start afresh from liking alone; {TO_COMPLEMENT:.0%} go to a complementary "
    "type (tent to sleeping bag, dress to pumps). No product is viewed twice in a session.",
    f"A view leads to the cart with a chance of {CART:.1%}, times {TOO_DEAR[1]} for one price level above the "
    f"shopper's (two levels: {TOO_DEAR[2]}), times {SALE} on sale ({SALE_FOR_BARGAIN_HUNTERS} for shoppers of the "
    f"cheapest level), times {WELL_RATED} from 4.5 stars, times {ILL_RATED} under 4 stars, times {LIKED} in a liked "
    "colour. Products out of stock are viewed, but never put into the cart.",
    f"After a cart, the next view is of a complementary type with a chance of {COMPLEMENT_AFTER_CART:.0%}.",
    f"At the end of the session each product in the cart is bought with a chance of {PURCHASE:.0%} "
    f"({PURCHASE_ON_SALE:.0%} on sale). What was bought is not put into the cart again, and the next session "
    f"begins with a complement of it with a chance of {COMPLEMENT_NEXT_SESSION:.0%}.",
)


@dataclass(frozen=True, slots=True)
class Interaction:
    """One line of the log. ``timestamp`` is ISO 8601 in UTC."""

    user_id: str
    session_id: str
    timestamp: str
    item_id: str
    event: Event


@dataclass(slots=True)
class _Shopper:
    user_id: str
    taste: Taste
    liking: Weights  # (n,)
    bought: set[int] = field(default_factory=set)
    last_bought: int | None = None


def simulate(products: Sequence[Product], shoppers: int = SHOPPERS) -> tuple[Interaction, ...]:
    """The whole log in order of time."""
    walk = _Walk(Shelves(products), Random(SEED))
    log = [line for number in range(1, shoppers + 1) for line in walk.shopper(f"U{number:04d}")]
    return tuple(sorted(log, key=lambda line: (line.timestamp, line.user_id)))


def write_interactions(path: Path, products: Sequence[Product]) -> None:
    """Write the log as CSV."""
    lines = [",".join(COLUMNS)]
    lines += [",".join((i.user_id, i.session_id, i.timestamp, i.item_id, i.event)) for i in simulate(products)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def shoppers_readme() -> str:
    """The section of the demo store's README on ``interactions.csv``."""
    rules = "\n".join(f"{number}. {rule}" for number, rule in enumerate(RULES, 1))
    columns = ", ".join(f"`{name}`" for name in COLUMNS)
    return f"""## Shoppers: simulated

`interactions.csv` is the log of {SHOPPERS:,} shoppers who do not exist. Columns: {columns}.
An event is `view`, `cart` or `purchase`, times are UTC, lines are in order of time. The rules
(`training/demo_store/shoppers.py`, seed {SEED}):

{rules}

No rule was fitted to real people. Use the log to check that a method finds structure that is there, not to
learn how people shop.
"""


class _Walk:
    """Draws shoppers, their sessions and their events, one after the other."""

    def __init__(self, shelves: Shelves, rng: Random) -> None:
        self._shelves = shelves
        self._rng = rng
        count = len(shelves.products)
        ranks = np.array(rng.sample(range(count), count), dtype=np.float64)
        self._popularity: Weights = 1.0 / (1.0 + ranks / (0.2 * count))  # (n,)
        self._seasons = {name: shelves.in_season(name) for name in ("Winter", "Spring", "Summer", "Autumn")}

    def shopper(self, user_id: str) -> Iterator[Interaction]:
        """All events of one new shopper in order of time."""
        taste = self._shelves.draw_taste(self._rng)
        shopper = _Shopper(user_id, taste, self._shelves.liking(taste) * self._popularity)
        days = sorted(self._rng.sample(range(DAYS), self._rng.choice(SESSIONS)))
        for number, day in enumerate(days, 1):
            start = FIRST_DAY + timedelta(days=day, hours=self._rng.randint(7, 22), seconds=self._rng.randrange(3600))
            for seconds, row, event in self._session(shopper, _season(start)):
                stamp = (start + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
                yield Interaction(user_id, f"{user_id}-{number}", stamp, self._shelves.products[row].item_id, event)

    def _session(self, shopper: _Shopper, season: str) -> Iterator[tuple[int, int, Event]]:
        """Seconds since the start, product row and event."""
        base = shopper.liking * self._seasons[season]
        cart: list[int] = []
        seconds = 0
        row = self._first(shopper, base)
        for _ in range(MOST_VIEWS):
            base[row] = 0.0  # not viewed again
            yield seconds, row, "view"
            seconds += self._rng.randint(5, 90)
            carted = self._puts_into_cart(shopper, row)
            if carted:
                cart.append(row)
                yield seconds, row, "cart"
                seconds += self._rng.randint(3, 30)
            if self._rng.random() >= STAY:
                break
            row = self._next(row, base, COMPLEMENT_AFTER_CART if carted else TO_COMPLEMENT)
        yield from self._checkout(shopper, cart, seconds)

    def _first(self, shopper: _Shopper, base: Weights) -> int:
        bought, shopper.last_bought = shopper.last_bought, None
        if bought is not None and self._rng.random() < COMPLEMENT_NEXT_SESSION:
            return self._complement(bought, base)
        return self._draw(base)

    def _next(self, row: int, base: Weights, to_complement: float) -> int:
        chance = self._rng.random()
        if chance < to_complement:
            return self._complement(row, base)
        if chance < to_complement + RESTART:
            return self._draw(base)
        return self._draw(base * self._shelves.similarity[row])

    def _complement(self, row: int, base: Weights) -> int:
        """A product that goes with the given one; of any type where none is known."""
        fitting = base * self._shelves.complements(row)
        return self._draw(fitting if fitting.any() else base)

    def _puts_into_cart(self, shopper: _Shopper, row: int) -> bool:
        product, taste = self._shelves.products[row], shopper.taste
        chance = CART * TOO_DEAR[max(0, self._shelves.levels[row] - taste.price_level)]
        if product.sale_price is not None:
            chance *= SALE_FOR_BARGAIN_HUNTERS if taste.price_level == 0 else SALE
        if product.rating >= 4.5:
            chance *= WELL_RATED
        elif product.rating < 4.0:
            chance *= ILL_RATED
        if product.facts.color.family in taste.colors:
            chance *= LIKED
        wanted = self._rng.random() < chance
        return wanted and product.stock > 0 and row not in shopper.bought

    def _checkout(self, shopper: _Shopper, cart: Sequence[int], seconds: int) -> Iterator[tuple[int, int, Event]]:
        seconds += self._rng.randint(20, 120)
        for row in cart:
            on_sale = self._shelves.products[row].sale_price is not None
            if self._rng.random() < (PURCHASE_ON_SALE if on_sale else PURCHASE):
                shopper.bought.add(row)
                shopper.last_bought = row
                yield seconds, row, "purchase"

    def _draw(self, weights: Weights) -> int:
        sums = np.cumsum(weights)
        return int(np.searchsorted(sums, self._rng.random() * sums[-1], side="right"))


def _season(day: datetime) -> str:
    return ("Winter", "Spring", "Summer", "Autumn")[day.month % 12 // 3]
