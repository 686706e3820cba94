"""What there is to choose from: "what brands do you have?", answered by the records of all that fits."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.grammar import many
from agent.shop import Shop
from agent.state import DialogueState
from agent.values import without_key
from agent.wording import listing, quiet, things
from store.schemas import Constraints

MOST = 12  # values that are listed
MOST_KINDS = 4  # of what there is by a brand


def choices(shop: Shop, state: DialogueState, fact: str) -> list[str]:
    """The values of a fact among what fits the request, those of most items first; what was asked of it is let go."""
    wanted = replace(state.constraints, include=without_key(state.constraints.include, fact))
    mask = shop.facts.allowed(wanted)
    if not mask.any():  # nothing fits: of the kind as such
        mask = shop.facts.allowed(Constraints(include={state.need.type_fact: state.need.type_values}))
    counts, name = shop.facts.facets(fact, mask), {"color": "colour"}.get(fact, fact.replace("_", " "))
    kind = things(state) if state.needs and state.need.has_wish else "products"
    if not counts:
        return [f"None of the records of {kind} tells the {name}."]
    values = [value if fact in ("brand", "size") else quiet(value) for value in counts]
    if all(value.isdigit() for value in values):
        values.sort(key=int)
    told = [*values[:MOST], *([f"{len(values) - MOST} more"] if len(values) > MOST else [])]
    number, where = int(mask.sum()), "that fit" if shop.facts.allowed(wanted).any() else "here"
    fitting = f"The {number} {kind} {where} have" if number > 1 else f"Of {kind} one fits; it has"
    return [f"{fitting} {len(values)} {_counted(name, len(values))}: {listing(told)}."]


def of_brand(shop: Shop, brand: str) -> list[str]:
    """What there is of a brand, those kinds first of which there is most, and that no record tells who it is."""
    mask = shop.facts.allowed(Constraints(include={"brand": (brand,)}))
    number, kinds = int(mask.sum()), [many(quiet(kind)) for kind in shop.facts.facets("category", mask)]
    told = f", {'among them ' if len(kinds) > MOST_KINDS else ''}{listing(kinds[:MOST_KINDS])}" if kinds else ""
    products = "one product" if number == 1 else f"{number} products"
    return [
        f"This store has {products} by {brand}{told if number > 1 else ''}.",
        "The records do not tell who that is.",
    ]


def _counted(name: str, count: int) -> str:
    if count == 1 or name.endswith("s"):
        return name
    return re.sub(r"(?<=[^aeiou])y$", "ie", name) + "s"
