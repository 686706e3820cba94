"""What can be bought goes before what is sold out, where nothing else tells the two apart.

A sold-out item is still an answer ("do you have ...?"), so it is neither left out nor moved behind what fits less: it
trades places with an item that is as good. Knows ranked items, no query.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrievers.fusion import FusedItem
from retrievers.item_text import item_text
from store.catalog import Catalog
from store.schemas import Item

NEAR = 0.07  # of the spread over the best: in the demo store, items that read alike are about so far apart
LED_BY = 6  # one of so many is the first pick
WIDTH = 48  # so many of the best make the spread


def buyable_first(found: Sequence[FusedItem], catalog: Catalog) -> list[FusedItem]:
    """The same candidates, best first; a sold-out one trades places with the first behind it that is as good.

    As good is the same style, where it reads the same (sizes do), and whatever comes right behind with nearly the
    same score.
    """
    ranked = [(catalog.get(candidate.item_id), candidate) for candidate in found]
    scores = [candidate.score for candidate in found[:WIDTH]]
    margin = NEAR * (max(scores) - min(scores)) if scores else 0.0
    for place, (item, candidate) in enumerate(ranked):
        if item.sold_out:
            other = _equal(item, candidate.score, ranked[place + 1 :], margin)
            if other is not None:
                ranked[place], ranked[place + 1 + other] = ranked[place + 1 + other], ranked[place]
    return [candidate for _, candidate in ranked]


def buyable_pick(found: Sequence[FusedItem], catalog: Catalog, said: Sequence[float]) -> list[FusedItem]:
    """The same candidates; a sold-out one does not lead where one of the next can be bought and says as much.

    ``said`` is, for each, how much of what was asked its record says. What was asked for by name keeps its place.
    """
    ranked = list(found)
    if not ranked or not catalog.get(ranked[0].item_id).sold_out:
        return ranked
    for place in range(1, min(LED_BY, len(ranked))):
        if said[place] >= said[0] and not catalog.get(ranked[place].item_id).sold_out:
            return [ranked[place], *ranked[:place], *ranked[place + 1 :]]
    return ranked


def _equal(item: Item, score: float, behind: Sequence[tuple[Item, FusedItem]], margin: float) -> int | None:
    """Which of the candidates behind a sold-out item is as good and can be bought."""
    tied = True
    for place, (other, candidate) in enumerate(behind):
        tied = tied and abs(score - candidate.score) <= margin
        if not other.sold_out and (tied or _reads_the_same(item, other)):
            return place
    return None


def _reads_the_same(item: Item, other: Item) -> bool:
    same_style = bool(item.item_group_id) and item.item_group_id == other.item_group_id
    return same_style and item_text(item) == item_text(other)
