"""The bounds of the price that a message sets: in numbers, as "cheaper" than the cards, or those given up before.

Knows the cards and the need in hand; how numbers are written is read before (``agent/prices.py``).
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from agent.amounts import CENT
from agent.bare_numbers import is_around
from agent.counts import read_pieces
from agent.intents import CHEAPER, DEARER
from agent.reading import Reading, inside
from agent.shop_sense import ShopSense
from agent.state import DialogueState
from agent.utterance import Order, Utterance

_LIMIT = r"(?:budget|(?:price )?(?:limit|cap|range|filter))"
# "Put the budget back", "restore my price limit", "with the old budget again".
_AS_BEFORE = re.compile(
    rf"\b(?:put|bring|set|switch|turn|take|add|apply)\b[^.,;!?]*\b{_LIMIT} (?:back|again)\b(?! (?:to|at) \d)|"
    rf"\b(?:put|bring|set|switch|turn|take) back (?:the|my|that|our) {_LIMIT}\b|"
    rf"\b(?:restore|reinstate|back to|return to) (?:the|my|that|our) (?:\w+ )?{_LIMIT}\b|"
    rf"\b(?:the|my|our) (?:old|former|first|original|previous|earlier) {_LIMIT}(?: again)?\W*$",
    re.IGNORECASE,
)


class PriceBounds:
    """Reads bounds of prices in one store."""

    def __init__(self, sense: ShopSense) -> None:
        self._sense = sense

    def read(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """The utterance with the bounds that the message sets."""
        low, high, relative = reading.prices.minimum, reading.prices.maximum, ""
        if not self._sense.priced:  # a bound would leave nothing
            bound = low is not None or high is not None
            return replace(said, unanswered=(*said.unanswered, "price")) if bound else said
        if _only_ranks(reading):
            return replace(said, order=Order.CHEAPEST, currency=reading.prices.currency)
        if (low, high) == (None, None) and _AS_BEFORE.search(reading.text):
            low, high = state.need.lifted or (None, None)
        outside = reading.outside_references()
        pointed = [ref.item_id for ref in reading.strong] or self._of_kind(said, state)
        pieces = read_pieces(reading.text)
        if high is not None and pieces > 1:  # each at most its share
            high = math.floor(high / pieces * 100) / 100
        prices = [p for p in (self._sense.get_item(item_id).price_now for item_id in pointed) if p is not None]
        if prices and high is None and CHEAPER.search(outside):
            high = round(min(prices) - CENT, 2)
            here = not said.type_values or bool({*said.type_values} & {*state.need.type_values})
            high = min(high, state.need.price_max) if here and state.need.price_max is not None else high
            relative = "cheaper"
        elif prices and low is None and DEARER.search(outside):
            low, relative = round(max(prices) + CENT, 2), "dearer"
        if (low, high) != (None, None) and is_around(state.need.price_min, state.need.price_max):
            gone = [name for name, bound in (("price_min", low), ("price_max", high)) if bound is None]
            said = replace(said, dropped=(*said.dropped, *gone))
        return replace(said, price_min=low, price_max=high, relative_price=relative, currency=reading.prices.currency)

    def _of_kind(self, said: Utterance, state: DialogueState) -> list[str]:
        """The cards that "cheaper" compares with: of the kind that is named, where one is, "and cheaper shoes"."""
        wanted = set(said.type_values)
        for ids in ((state.talked_about,), state.cards, *(need.table for need in reversed(state.needs))):
            cards = [self._sense.get_item(item_id) for item_id in ids if item_id]
            fitting = [item.item_id for item in cards if not wanted or wanted & item.levels]
            if fitting:
                return fitting
        return []


def _only_ranks(reading: Reading) -> bool:
    """ "Price is no issue, but under 100 would be nice": what costs less comes first, and nothing is left out."""
    named = any(inside(start, reading.soft) for start, _ in reading.prices.spans)
    return named and reading.prices.minimum is None and "price" in reading.given_up.names
