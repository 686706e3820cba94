"""Answers of systems into figures: metrics, times, memory, and the table that people read.

Knows answers and judgements, no store and no system.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from training.beir import Qrels
from training.bench import Answer
from training.metrics import MEASURES, ranking_metrics

COLUMNS = (*MEASURES, "ms_p50", "ms_p95")


def summary(qrels: Qrels, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Metrics with intervals over the queries of ``qrels``, and the milliseconds that 50% and 95% of them took."""
    rankings = {query: answers[query].item_ids for query in qrels}
    return ranking_metrics(qrels, rankings) | percentiles(answers[query].seconds for query in qrels)


def percentiles(seconds: Iterable[float]) -> dict[str, float]:
    """``ms_p50`` and ``ms_p95``, in milliseconds."""
    p50, p95 = np.percentile([*seconds], [50, 95]) * 1000
    return {"ms_p50": round(float(p50), 2), "ms_p95": round(float(p95), 2)}


def peak_memory_mb() -> int:
    """The most memory that this process ever held resident, in MiB."""
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(kibibytes // (1024 * 1024 if sys.platform == "darwin" else 1024))


def table(title: str, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A title, a heading, and one line for each named row of figures."""
    width = max([12, *(len(name) for name, _ in rows)])
    lines = [title, f"{'':{width}}" + "".join(f"{column:>11}" for column in COLUMNS)]
    lines += [f"{name:{width}}" + "".join(f"{values[c]:>11.3f}" for c in COLUMNS) for name, values in rows]
    return "\n".join(lines)
