"""What one search saw and did, kept so that it can be shown: request, candidates, verdicts, both orders.

Arrays go by candidate, in the order in which the candidates were proposed. This module knows no retriever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from retrievers.semantic_ids import Codes


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """One search from the request to the final order.

    ``request`` is the standalone request in words. ``base_scores`` are log s where a generator ranks, else fused
    scores; ``scores`` are log s' after reranking. ``verdicts`` has the numbers of each evaluator that was asked, and
    ``powers`` how much each was learned to count. Without a generator ``ids`` is None. ``order`` is that of the
    answer: by ``scores``, unless the candidates were ``rearranged`` afterwards.
    """

    request: str
    item_ids: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]
    base_scores: NDArray[np.float32]  # (candidates,)
    scores: NDArray[np.float32]  # (candidates,)
    order: NDArray[np.int64]  # (candidates,), places of the candidates, best first
    verdicts: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)  # each (candidates,), 0 to 1
    powers: Mapping[str, float] = field(default_factory=dict)
    ids: Codes | None = None  # (candidates, levels + 1), semantic IDs
    beams: int = 0  # so many of the first candidates were written by beam search, best first
    rearranged: bool = False  # what was passed over or sold out, a price or the wish for an order moved some

    @property
    def base_order(self) -> NDArray[np.int64]:
        """Places of the candidates by their base scores, best first: the order for w = 1."""
        return np.argsort(-self.base_scores, kind="stable")

    def led_by(self, item_ids: Sequence[str]) -> Trace:
        """The same search with these candidates first, in their order; the others stay as they were behind them."""
        ranks = {item_id: rank for rank, item_id in enumerate(item_ids)}
        places = np.array([ranks.get(self.item_ids[at], len(ranks)) for at in self.order])
        order = self.order[np.argsort(places, kind="stable")]
        moved = not np.array_equal(order, self.order)
        return replace(self, order=order, rearranged=self.rearranged or moved)
