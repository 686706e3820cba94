"""Learn how much each evaluator of test-time reranking counts, from dialogues whose end is known.

Listwise: among the candidates of a dialogue the wanted item shall have the largest share of softmax(log s'), with
log s' as in ``retrievers/reranker.py``. All powers stay at or above 0, so no evaluator is ever turned against itself,
and a small penalty keeps useless ones at 0. The powers are listed by value for time, so that a budget that runs out
has bought the most: the spread of log s' that an evaluator makes among candidates, by the milliseconds it takes here.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from retrievers.base import EncodedQuery
from retrievers.evaluators import EVALUATORS
from retrievers.full import FullRetriever
from retrievers.generative import Reranking

STEPS = 400
LEARNING_RATE = 0.05
PENALTY = 2e-3
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Judged:
    """One dialogue's candidates: verdicts (candidates, evaluators), base scores, and the place of the wanted item.

    ``seconds`` (evaluators,) are what the verdicts took.
    """

    verdicts: NDArray[np.float32]
    log_scores: NDArray[np.float32]
    wanted: int
    seconds: NDArray[np.float64]


def judged(full: FullRetriever, query: EncodedQuery, target: int) -> Judged | None:
    """The candidates of a query with their verdicts; None where the wanted item is not among them."""
    pool = full.pool(query, DEPTH, {})
    at = np.flatnonzero(pool.positions == target)
    if not at.size:
        return None
    verdicts, marks = [], [time.perf_counter()]
    for evaluate in EVALUATORS.values():
        verdicts.append(evaluate(pool.evidence))
        marks.append(time.perf_counter())
    return Judged(np.stack(verdicts, 1), pool.log_scores, int(at[0]), np.diff(marks))


def fit_powers(lists: Sequence[Judged], held: bool) -> Reranking:
    """The powers that put the wanted items first; all 0 where there is nothing to learn from.

    ``held`` tells that people held the dialogues, see ``Reranking``.
    """
    if not lists:
        return Reranking(dict.fromkeys(EVALUATORS, 0.0), 1.0, held)
    verdicts, bases, padding, wanted = _padded(lists)
    raw = torch.zeros(len(EVALUATORS), requires_grad=True)
    log_sharpness = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.Adam([raw, log_sharpness], LEARNING_RATE)
    for _ in range(STEPS):
        powers = torch.nn.functional.softplus(raw)
        scores = (log_sharpness.exp() * bases + (verdicts - 1) @ powers).masked_fill(padding, -torch.inf)
        loss = torch.nn.functional.cross_entropy(scores, wanted) + PENALTY * powers.sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    powers = torch.nn.functional.softplus(raw.detach())
    worth = (verdicts.std(1, correction=0).mean(0) * powers).numpy() / np.median([each.seconds for each in lists], 0)
    order = np.argsort(-worth, kind="stable")
    names = list(EVALUATORS)
    fitted = {names[at]: round(float(powers[at]), 3) for at in order}
    return Reranking(fitted, round(log_sharpness.exp().item(), 3), held)


def _padded(lists: Sequence[Judged]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """(lists, most, evaluators), (lists, most), (lists, most) True where there is no candidate, (lists,)."""
    most = max(len(each.log_scores) for each in lists)
    verdicts = torch.zeros(len(lists), most, len(EVALUATORS))
    bases = torch.zeros(len(lists), most)
    padding = torch.ones(len(lists), most, dtype=torch.bool)
    for row, each in enumerate(lists):
        verdicts[row, : len(each.log_scores)] = torch.from_numpy(each.verdicts)
        bases[row, : len(each.log_scores)] = torch.from_numpy(each.log_scores)
        padding[row, : len(each.log_scores)] = False
    return verdicts, bases, padding, torch.tensor([each.wanted for each in lists])
