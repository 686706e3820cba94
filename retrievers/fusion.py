"""Many rankings into one: by rank (reciprocal rank fusion; Cormack, Clarke and Büttcher 2009, SIGIR) or by score.

Scores of different retrievers are not comparable. Ranks are, and so are scores once each retriever's own are
stretched to 0..1 (min-max). Knows rankings and weights, nothing else.
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


def reciprocal_rank_fusion(rankings: Sequence[Sequence[Candidate]], weights: Mapping[str, float]) -> list[FusedItem]:
    """Sum of weight / (K + rank) over the rankings that hold an item, best first; ties by item id.

    ``weights`` are by source; a source without one weighs 1.
    """
    return _summed(rankings, [[1 / (K + rank) for rank, _ in enumerate(r, start=1)] for r in rankings], weights)


def min_max_fusion(
    rankings: Sequence[Sequence[Candidate]], weights: Mapping[str, float], floors: Mapping[str, float] | None = None
) -> list[FusedItem]:
    """Sum of weight * score, each ranking's scores stretched to 0..1 over its candidates; an absent item has 0 there.

    ``weights`` as above, ties too. ``floors`` are the scores of absent items where a source has one; they become 0
    in place of its lowest candidate's. Where all scores of a ranking are equal they all count 1.
    """
    known = floors or {}
    gains = [_stretched([c.score for c in r], known.get(r[0].source) if r else None) for r in rankings]
    return _summed(rankings, gains, weights)


def _summed(
    rankings: Sequence[Sequence[Candidate]], gains: Sequence[Sequence[float]], weights: Mapping[str, float]
) -> list[FusedItem]:
    scores: dict[str, float] = {}
    ranks: dict[str, list[tuple[int, str]]] = {}
    for ranking, gained in zip(rankings, gains, strict=True):
        for rank, (candidate, gain) in enumerate(zip(ranking, gained, strict=True), start=1):
            weighted = weights.get(candidate.source, 1.0) * gain
            scores[candidate.item_id] = scores.get(candidate.item_id, 0.0) + weighted
            ranks.setdefault(candidate.item_id, []).append((rank, candidate.source))
    order = sorted(scores, key=lambda item_id: (-scores[item_id], item_id))
    return [FusedItem(i, scores[i], tuple(source for _, source in sorted(ranks[i]))) for i in order]


def _stretched(scores: Sequence[float], floor: float | None) -> list[float]:
    if not scores:
        return []
    low, high = min(scores) if floor is None else floor, max(scores)
    return [(score - low) / (high - low) if high > low else 1.0 for score in scores]
