"""Test-time reranking: candidates weighed against the intent as it stands, s' = s * w with w in (0, 1].

TTR (arXiv:2508.18132) multiplies a generated item's score by how well it fits the inferred intent; the paper shows
the product in a figure and gives no formula for w. Ours is a product of the evaluators' verdicts e in [0, 1], each to
a power that was learned: with a >= 0,

    log s' = log s + sum over evaluators of a (e - 1).

With all a = 0, w is 1 and the order is the base order. log s is scaled by how much the generator is to be trusted.
Quality is bought with time: evaluators are asked in the order of the powers, which is that of value per millisecond
(``training/fit_reranker.py``), until a budget in milliseconds is spent, and a language model judges as many of the
best candidates as the rest of it pays for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrievers.evaluators import EVALUATORS, Evidence
from retrievers.judge import FITS, LETTERS, POWERS, VOTES, JudgePanel, TimedJudge
from retrievers.widening import Widening

BUDGET_MS = 100.0  # far more than all cheap evaluators together take


@dataclass(frozen=True, slots=True)
class Spending:
    """What test time may spend on a query: milliseconds for reranking and as many for keywords, and whom to ask."""

    budget_ms: float = BUDGET_MS
    judge: TimedJudge | None = None
    widening: Widening | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates after reranking.

    ``order`` is a permutation of the candidates' places, best first; ``scores`` are log s' in the order given in;
    ``verdicts`` the numbers of each evaluator that was asked.
    """

    order: NDArray[np.int64]
    scores: NDArray[np.float32]
    verdicts: Mapping[str, NDArray[np.float32]]


Judgement = Callable[[Evidence, NDArray[np.int64], float], NDArray[np.float32] | None]


class Reranker:
    """Reranks with learned powers; ``sharpness`` scales the base score against them.

    Where words alone ask, without a photo, only its share of ``words_trust`` counts.
    """

    def __init__(
        self,
        powers: Mapping[str, float],
        sharpness: float = 1.0,
        budget_ms: float = BUDGET_MS,
        panel: JudgePanel | None = None,
        words_trust: float = 1.0,
    ) -> None:
        self.powers = powers
        self._sharpness = sharpness
        self._words_trust = words_trust
        self._budget = budget_ms / 1000
        self._panel = panel

    def rerank(self, evidence: Evidence, log_scores: NDArray[np.float32]) -> Weighed:
        """Weigh candidates; ``log_scores`` (candidates,) are log s. Equal scores keep their order."""
        ends = time.perf_counter() + self._budget
        trust = self._words_trust if evidence.query.image_vector is None else 1.0
        scores = self._sharpness * trust * log_scores
        verdicts = {}
        for name, power in self.powers.items():
            if time.perf_counter() >= ends:
                break
            verdicts[name] = EVALUATORS[name](evidence)
            scores = scores + power * (verdicts[name] - 1)
        order = _best_first(scores)
        for name, judge in self._judges():
            verdict = judge(evidence, order, ends - time.perf_counter())
            if verdict is not None:
                verdicts[name] = verdict
                scores = scores + POWERS[name] * (verdict - 1)
                order = order[_best_first(scores[order])]  # what rounding makes equal keeps the order it had
        return Weighed(order, scores, verdicts)

    def _judges(self) -> Iterator[tuple[str, Judgement]]:
        if self._panel is not None:
            yield FITS, self._panel.fits
            yield LETTERS, self._panel.letters
            yield VOTES, self._panel.votes


def _best_first(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    order: NDArray[np.int64] = np.argsort(-scores, kind="stable")
    return order
