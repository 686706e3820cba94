"""Answers of systems into figures: metrics, times, memory, and the table that people read.

Knows answers and judgements, no store and no system.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from training.beir import Qrels
from training.bench import Answer
from training.metrics import MEASURES, ranking_metrics
from training.timing import percentiles

COLUMNS = (*MEASURES, "ms_p50", "ms_p95")


def summary(qrels: Qrels, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Metrics with intervals over the queries of ``qrels``, and the milliseconds that 50% and 95% of them took."""
    rankings = {query: answers[query].item_ids for query in qrels}
    return ranking_metrics(qrels, rankings) | percentiles(answers[query].seconds for query in qrels)


def table(title: str, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A title, a heading, and one line for each named row of figures."""
    width = max([12, *(len(name) for name, _ in rows)])
    lines = [title, f"{'':{width}}" + "".join(f"{column:>11}" for column in COLUMNS)]
    lines += [f"{name:{width}}" + "".join(f"{values[c]:>11.3f}" for c in COLUMNS) for name, values in rows]
    return "\n".join(lines)
