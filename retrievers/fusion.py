"""Many rankings into one: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, SIGIR).

Scores of different retrievers are not comparable; their ranks are. Knows ranks and weights, nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrievers.base import Candidate

K = 60  # the paper's constant: how little the very first ranks stand out


@dataclass(frozen=True, slots=True)
class FusedItem:
    """An item with its fused score and the retrievers that proposed it, the one that ranked it best first."""

    item_id: str
    score: float
    sources: tuple[str, ...]


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[Candidate]], weights: Mapping[str, float], k: int = K
) -> list[FusedItem]:
    """Sum of weight / (k + rank) over the rankings that hold an item, best first; ties by item id.

    ``weights`` are by source; a source without one weighs 1.
    """
    scores: dict[str, float] = {}
    ranks: dict[str, list[tuple[int, str]]] = {}
    for ranking in rankings:
        for rank, candidate in enumerate(ranking, start=1):
            gain = weights.get(candidate.source, 1.0) / (k + rank)
            scores[candidate.item_id] = scores.get(candidate.item_id, 0.0) + gain
            ranks.setdefault(candidate.item_id, []).append((rank, candidate.source))
    order = sorted(scores, key=lambda item_id: (-scores[item_id], item_id))
    return [FusedItem(i, scores[i], tuple(source for _, source in sorted(ranks[i]))) for i in order]
