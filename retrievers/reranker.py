"""Test-time reranking: candidates weighed against the intent as it stands, s' = s * w with w in (0, 1].

TTR (arXiv:2508.18132) multiplies a generated item's score by how well it fits the inferred intent; the paper shows
the product in a figure and gives no formula for w. Ours is a product of the evaluators' verdicts e in [0, 1], each to
a power that was learned: with a >= 0,

    log s' = log s + sum over evaluators of a (e - 1).

With all a = 0, w is 1 and the order is the base order. A budget in milliseconds stops asking evaluators, in their
order, once it is spent.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrievers.evaluators import EVALUATORS, Evidence


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates after reranking.

    ``order`` is a permutation of the candidates' places, best first; ``scores`` are log s' in the order given in;
    ``verdicts`` the numbers of each evaluator that was asked.
    """

    order: NDArray[np.int64]
    scores: NDArray[np.float32]
    verdicts: Mapping[str, NDArray[np.float32]]


class Reranker:
    """Reranks with learned powers; ``sharpness`` scales the base score against them."""

    def __init__(self, powers: Mapping[str, float], sharpness: float = 1.0, budget_ms: float = 100.0) -> None:
        self.powers = powers
        self._sharpness = sharpness
        self._budget = budget_ms / 1000

    def rerank(self, evidence: Evidence, log_scores: NDArray[np.float32]) -> Weighed:
        """Weigh candidates; ``log_scores`` (candidates,) are log s. Equal scores keep their order."""
        ends = time.perf_counter() + self._budget
        scores = self._sharpness * log_scores
        verdicts = {}
        for name, power in self.powers.items():
            if time.perf_counter() > ends:
                break
            verdicts[name] = EVALUATORS[name](evidence)
            scores = scores + power * (verdicts[name] - 1)
        return Weighed(np.argsort(-scores, kind="stable"), scores, verdicts)
