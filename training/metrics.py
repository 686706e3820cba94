"""Ranking metrics with bootstrap intervals; the metrics themselves are ir-measures' (MacAvaney et al. 2022).

Knows rankings and grades, no retriever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, P, R, nDCG
from numpy.typing import NDArray

from training.beir import Qrels

MEASURES = {
    "mrr": RR,
    "ndcg@1": nDCG @ 1,
    "ndcg@10": nDCG @ 10,
    "recall@1": R @ 1,
    "recall@2": R @ 2,
    "recall@10": R @ 10,
    "recall@50": R @ 50,
    "p@10": P @ 10,
}
RESAMPLES = 1000
SEED = 0


def ranking_metrics(
    qrels: Qrels, rankings: Mapping[str, Sequence[str]], measures: Mapping[str, Any] = MEASURES
) -> dict[str, Any]:
    """Mean of each measure over the judged queries, with ``ci95``: {measure: [low, high]}.

    A judged query without a ranking counts as 0; rankings of unjudged queries are left out. The interval is the
    percentile bootstrap over queries (seed 0, 1,000 resamples).
    """
    values = values_by_query(qrels, rankings, measures)
    means: dict[str, Any] = {name: round(float(v.mean()), 4) if v.size else 0.0 for name, v in values.items()}
    return means | {"ci95": {name: bootstrap_interval(v) for name, v in values.items()}}


def values_by_query(
    qrels: Qrels, rankings: Mapping[str, Sequence[str]], measures: Mapping[str, Any] = MEASURES
) -> dict[str, NDArray[np.float64]]:
    """Each measure of each judged query, (queries,) in the order of their ids; without a ranking it counts as 0."""
    run = {q: {item_id: float(-rank) for rank, item_id in enumerate(rankings.get(q, ()))} for q in qrels}
    found = sorted(ir_measures.iter_calc(list(measures.values()), qrels, run), key=lambda metric: metric.query_id)
    return {name: np.array([m.value for m in found if m.measure == of]) for name, of in measures.items()}


def bootstrap_interval(values: NDArray[np.float64]) -> list[float]:
    """The 95% percentile interval of the mean, [low, high]."""
    if not values.size:
        return [0.0, 0.0]
    picks = np.random.default_rng(SEED).integers(0, values.size, (RESAMPLES, values.size))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return [round(float(low), 4), round(float(high), 4)]


def with_interval(figures: Mapping[str, Any], measure: str) -> str:
    """A figure of ``ranking_metrics`` as a table shows it: "0.157 (0.141 to 0.173)"."""
    low, high = figures["ci95"][measure]
    return f"{figures[measure]:.3f} ({low:.3f} to {high:.3f})"
