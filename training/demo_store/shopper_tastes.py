"""What simulated shoppers like, and how alike two products are: the weights that ``shoppers`` draws from.

A taste is a plain value; ``Shelves`` turns it into one weight per product. Weights are only ever multiplied and
added, never passed through a logarithm or a power, so that every machine draws the same shoppers. Knows nothing
of sessions, carts or time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from training.demo_store.catalog import Product
from training.demo_store.complements import COMPLEMENTS

Weights = npt.NDArray[np.float64]

LIKED_COLOR, DISLIKED_COLOR = 3.0, 0.25
LIKED_BRAND, LIKED_OCCASION, LIKED_LOOK = 2.0, 1.8, 1.6
OTHER_DEPARTMENT, OTHER_GENDER, OTHER_SEASON = 0.08, 0.03, 0.4
PRICE_STEPS = (3.0, 1.0, 0.25)  # product in the wished third of its type's prices, one away, two away
SAME_FAMILY, SAME_TYPE, SAME_DEPARTMENT, UNRELATED = 12.0, 8.0, 1.0, 0.02
SAME_COLOR, SAME_BRAND, SAME_PRICE, SAME_OCCASION, SAME_PATTERN = 2.0, 1.3, 1.5, 1.3, 1.3


@dataclass(frozen=True, slots=True)
class Taste:
    """What one shopper likes. ``price_level``: 0 cheapest third of a type, 1 middle, 2 dearest."""

    departments: tuple[str, ...]
    colors: tuple[str, ...]  # colour families
    disliked_color: str
    price_level: int
    occasions: tuple[str, ...]
    brands: tuple[str, ...]
    patterned: bool
    gender: str  # of the clothes this shopper looks at


class Shelves:
    """The catalog as arrays: one row per product, in catalog order."""

    def __init__(self, products: Sequence[Product]) -> None:
        self.products = tuple(products)
        self.departments = tuple(dict.fromkeys(p.kind.department for p in products))
        self.color_families = tuple(dict.fromkeys(p.facts.color.family for p in products))
        self.occasions = tuple(dict.fromkeys(o for p in products for o in p.occasions))
        self.brands = {
            name: tuple(dict.fromkeys(p.brand for p in products if p.kind.department == name))
            for name in self.departments
        }
        self.levels = _price_levels(self.products)  # (n,)

    def draw_taste(self, rng: Random) -> Taste:
        """A new shopper's latent tastes, each drawn on its own."""
        favourites = tuple(rng.sample(self.departments, min(rng.choice((1, 2, 2, 3)), len(self.departments))))
        liked = rng.sample(self.color_families, min(4, len(self.color_families)))
        return Taste(
            departments=favourites,
            colors=tuple(liked[:3]),
            disliked_color=liked[-1],
            price_level=rng.choice((0, 0, 1, 1, 1, 2)),
            occasions=tuple(rng.sample(self.occasions, min(3, len(self.occasions)))),
            brands=tuple(rng.choice(self.brands[name]) for name in favourites),
            patterned=rng.random() < 0.4,
            gender=rng.choice(("female", "male")),
        )

    def liking(self, taste: Taste) -> Weights:
        """How much a shopper is drawn to each product, before any product was viewed."""  # (n,)
        facts = self._facts
        liked_color, disliked_color = _one_of(facts["color"], taste.colors), facts["color"] == taste.disliked_color
        distance = np.abs(np.array(self.levels) - taste.price_level)  # (n,)
        out: Weights = np.where(_one_of(facts["department"], taste.departments), 1.0, OTHER_DEPARTMENT)
        out *= np.where(liked_color, LIKED_COLOR, np.where(disliked_color, DISLIKED_COLOR, 1.0))
        out *= np.array(PRICE_STEPS)[distance]
        out *= np.where(_one_of(facts["brand"], taste.brands), LIKED_BRAND, 1.0)
        out *= np.where(_one_of(facts["occasion"], taste.occasions), LIKED_OCCASION, 1.0)
        out *= np.where((facts["pattern"] != "Solid") == taste.patterned, LIKED_LOOK, 1.0)
        out *= np.where(_one_of(facts["gender"], (taste.gender, "unisex")), 1.0, OTHER_GENDER)
        return out

    def in_season(self, season: str) -> Weights:
        """1 for products worn or used in a season, less for the others."""  # (n,)
        return np.array([1.0 if season in p.seasons else OTHER_SEASON for p in self.products])

    def complements(self, row: int) -> npt.NDArray[np.bool_]:
        """Which products are of a type that goes with the given product."""  # (n,)
        return _one_of(self._facts["type"], COMPLEMENTS.get(self.products[row].kind.plural, ()))

    @cached_property
    def similarity(self) -> Weights:
        """How strongly a view of the row product leads to the column product; none to itself."""  # (n, n)
        facts = self._facts
        family, kind, department = (_equal(facts[name]) for name in ("family", "type", "department"))
        near = np.where(kind, SAME_TYPE, np.where(department, SAME_DEPARTMENT, UNRELATED))
        out: Weights = np.where(family, SAME_FAMILY, near)
        for values, factor in (
            (facts["color"], SAME_COLOR),
            (facts["brand"], SAME_BRAND),
            (np.array(self.levels), SAME_PRICE),
            (facts["occasion"], SAME_OCCASION),
            (facts["pattern"], SAME_PATTERN),
        ):
            out *= np.where(_equal(values), factor, 1.0)
        np.fill_diagonal(out, 0.0)
        return out

    @cached_property
    def _facts(self) -> dict[str, npt.NDArray[np.str_]]:
        """One column of values per fact, each of shape (n,)."""
        rows = [
            {
                "department": p.kind.department,
                "type": p.kind.plural,
                "family": p.family,
                "color": p.facts.color.family,
                "brand": p.brand,
                "occasion": p.occasions[0],
                "pattern": p.facts.pattern,
                "gender": p.facts.gender,
            }
            for p in self.products
        ]
        return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _one_of(values: npt.NDArray[np.str_], wanted: Sequence[str]) -> npt.NDArray[np.bool_]:
    return np.isin(values, list(wanted))


def _equal(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Whether row and column have the same value."""  # (n, n)
    codes = np.unique(values, return_inverse=True)[1]
    return np.equal.outer(codes, codes)


def _price_levels(products: Sequence[Product]) -> tuple[int, ...]:
    """For each product the third of its type's prices that it is in: 0, 1 or 2."""
    prices: dict[str, list[float]] = {}
    for product in products:
        prices.setdefault(product.kind.plural, []).append(product.price)
    ranked = {plural: sorted(values) for plural, values in prices.items()}
    return tuple(min(2, 3 * ranked[p.kind.plural].index(p.price) // len(ranked[p.kind.plural])) for p in products)
