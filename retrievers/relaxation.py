"""When nothing satisfies the constraints: which of them to let go first, so that the nearest items can be shown.

Fewer is better; among equally many the order is fixed: price, stock, then the facts as the shopper gave them. The
kind of thing (category, product type) and exclusions are never let go. Knows no items.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from store.schemas import Constraints

KIND = ("category", "product_type")  # facts that say what a thing is
MOST_FACTS = 6  # with more, the last ones are let go together: 64 masks cost less than 20 ms


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Constraints without those named in ``names`` ("price_max", "color", ...)."""

    constraints: Constraints
    names: tuple[str, ...]


def relaxations(constraints: Constraints) -> Iterator[Relaxed]:
    """Every way to let constraints go, the gentlest first."""
    soft = _soft(constraints)
    for count in range(1, len(soft) + 1):
        for names in combinations(soft, count):
            yield Relaxed(_without(constraints, names), names)


def _soft(constraints: Constraints) -> list[str]:
    bounds = [name for name in ("price_max", "price_min") if getattr(constraints, name) is not None]
    stock = ["in_stock"] if constraints.in_stock else []
    facts = [name for name in constraints.include if name not in KIND]
    return [*bounds, *stock, *facts][:MOST_FACTS]


def _without(constraints: Constraints, names: tuple[str, ...]) -> Constraints:
    return replace(
        constraints,
        include={name: values for name, values in constraints.include.items() if name not in names},
        price_min=None if "price_min" in names else constraints.price_min,
        price_max=None if "price_max" in names else constraints.price_max,
        in_stock=constraints.in_stock and "in_stock" not in names,
    )
