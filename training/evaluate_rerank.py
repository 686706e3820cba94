"""What test-time reranking buys for its milliseconds: ``python app.py evaluate rerank``.

One set of queries, ranked with nothing to spend, with ever larger budgets, and with ever larger pools of candidates;
with ``--model`` a language model judges too, and writes keywords, so each row is one point of the curve of quality
against time. Each evaluator's cost is measured beside what it is worth: the spread of log s' that it makes.

This module does not know how a store is opened, how a system ranks or which model is asked.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from retrievers.base import EncodedQuery, Encoder, Query
from retrievers.evaluators import EVALUATORS
from retrievers.full import FullRetriever, Pool
from retrievers.generative import GenerativeRetriever
from retrievers.judge import FITS, JudgePanel
from retrievers.pipeline import full_over
from retrievers.reranker import BUDGET_MS, Reranker, Spending
from store.errors import SourceError
from training.beir import Qrels, judged_arguments, read_qrels, read_queries
from training.bench import Answer, Bench, OpenStore, catalog_arguments, open_generator, open_store, options_of
from training.curve_plot import Series, draw
from training.dialogues import Reader, ReaderOf, first_message, words_of_now
from training.measuring import summary
from training.timing import percentiles

BUDGETS_MS = (0.0, 0.025, 0.05, 0.1, 0.2, 0.4, BUDGET_MS)
POOLS = (10, 25, 50, 200)  # besides the usual one
MODEL_BUDGETS_MS = (500.0, 1000.0, 2000.0, 4000.0, 8000.0)
POOL = 100
KEYWORDS_S = 10.0
PLOTTED = ("mrr", "ndcg@10")


@dataclass(frozen=True, slots=True)
class Point:
    """One way to rank: how many candidates, for how many milliseconds, and with what help."""

    curve: str  # "budget", "pool", "keywords" or "judge"
    pool: int = POOL
    budget_ms: float = BUDGET_MS

    @property
    def name(self) -> str:
        """As it stands in tables."""
        return f"{self.curve}: {self.pool} candidates, {self.budget_ms:g} ms"


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one point found for one query, the time that reranking took of it, and whether a model had judged."""

    answer: Answer
    rerank_s: float
    judged: bool


class Curve:
    """Asks the points of the curve over one store."""

    def __init__(self, store: OpenStore, generative: GenerativeRetriever, model: Spending | None) -> None:
        self._store = store
        self._full: FullRetriever = full_over(generative, store.hybrid, store.facts)
        self._reranking = generative.reranking
        self._model = model
        self._panel = JudgePanel(model.judge, store.catalog.items) if model and model.judge else None
        self._encoder = Bench(store, {}).encoder
        self.spreads: dict[str, list[float]] = {name: [] for name in self._reranking.powers}
        self.seconds: dict[str, list[float]] = {name: [] for name in self._reranking.powers}

    def points(self) -> list[Point]:
        """All that can be measured with this store and this model."""
        points = [Point("budget", budget_ms=budget) for budget in BUDGETS_MS]
        points += [Point("pool", pool=pool) for pool in POOLS]
        if self._model and self._model.widening:
            points.append(Point("keywords"))
        if self._panel:
            points += [Point("judge", budget_ms=budget) for budget in MODEL_BUDGETS_MS]
        return points

    def ask(self, query: Query) -> dict[Point, Ranked]:
        """Every point's answer to one query; each finds its candidates anew, else the later ones meet warm caches."""
        allowed = self._store.facts.allowed(query.constraints)
        began = time.perf_counter()
        encoded = self._encoder.encode(query, allowed)
        encode_s = time.perf_counter() - began
        self._weigh(self._pooled(encoded, POOL, widened=False)[0])
        found = {}
        for point in self.points():
            pool, seconds = self._pooled(encoded, point.pool, point.curve == "keywords")
            found[point] = self._ranked(pool, point, encode_s + seconds)
        return found

    def _pooled(self, query: EncodedQuery, size: int, widened: bool) -> tuple[Pool, float]:
        """Candidates, and the seconds that finding them took."""
        began = time.perf_counter()
        pool = self._full.pool(self._widened(query) if widened else query, size, {})
        return pool, time.perf_counter() - began

    def _ranked(self, pool: Pool, point: Point, seconds: float) -> Ranked:
        panel = self._panel if point.curve == "judge" else None
        fitted = self._reranking
        reranker = Reranker(fitted.powers, fitted.sharpness, point.budget_ms, panel, fitted.words_trust)
        began = time.perf_counter()
        weighed = reranker.rerank(pool.evidence, pool.log_scores)
        rerank_s = time.perf_counter() - began
        ids = tuple(self._store.facts.item_ids[at] for at in pool.positions[weighed.order])
        return Ranked(Answer(ids, seconds + rerank_s), rerank_s, FITS in weighed.verdicts)

    def _widened(self, query: EncodedQuery) -> EncodedQuery:
        """The query with keywords beside its words."""
        if self._model is None or self._model.widening is None or query.text_vector is None:
            return query
        text = self._model.widening.widened(query.query.text, KEYWORDS_S)
        return replace(query, text_vector=self._store.queries.text_vector(text))

    def _weigh(self, pool: Pool) -> None:
        for name, power in self._reranking.powers.items():
            began = time.perf_counter()
            verdict = EVALUATORS[name](pool.evidence)
            self.seconds[name].append(time.perf_counter() - began)
            self.spreads[name].append(power * float(verdict.std()))

    def evaluators(self) -> list[dict[str, Any]]:
        """What each evaluator is worth and costs, best value for its time first."""
        rows = []
        for name, power in self._reranking.powers.items():
            worth, ms = float(np.mean(self.spreads[name])), float(np.median(self.seconds[name])) * 1000
            rows.append({"name": name, "power": power, "worth": round(worth, 3), "ms": round(ms, 3)})
        return sorted(rows, key=lambda row: -row["worth"] / max(row["ms"], 1e-6))


def evaluate(
    store: OpenStore,
    queries: Path,
    qrels: Path,
    reader: Reader = words_of_now,
    model: Spending | None = None,
    progress: bool = True,
) -> dict[str, Any]:
    """``{"n", "points": [{"curve", "pool", "budget_ms", "judged", "rerank_ms_p50", METRICS}], "evaluators": [...]}``.

    Raises
    ------
    SourceError
        A file cannot be read, no query is judged, or the store has no generator.
    """
    grades = read_qrels(qrels)
    judged = [query for query in read_queries(queries) if query.query_id in grades]
    if not judged:
        raise SourceError(f"No query of {queries} has a judgement in {qrels}")
    curve = Curve(store, open_generator(store), model)
    found = {
        query.query_id: curve.ask(first_message(query, reader))
        for query in tqdm(judged, desc="queries", disable=not progress)
    }
    grades = {query_id: grades[query_id] for query_id in found}
    points = [_row(point, grades, {q: each[point] for q, each in found.items()}) for point in curve.points()]
    return {"n": len(judged), "points": points, "evaluators": curve.evaluators()}


def _row(point: Point, grades: Qrels, found: dict[str, Ranked]) -> dict[str, Any]:
    figures = summary(grades, {query_id: ranked.answer for query_id, ranked in found.items()})
    rerank = percentiles(ranked.rerank_s for ranked in found.values())
    judged = sum(ranked.judged for ranked in found.values()) / len(found)
    about = {
        "name": point.name,
        "judged": round(judged, 3),
        "curve": point.curve,
        "pool": point.pool,
        "budget_ms": point.budget_ms,
    }
    return about | {"rerank_ms_p50": rerank["ms_p50"], "rerank_ms_p95": rerank["ms_p95"]} | figures


def main(
    argv: Sequence[str],
    home: Path,
    load: Callable[[], Encoder],
    chroma_url: str | None,
    reader_of: ReaderOf,
    model_of: Callable[[], Spending],
) -> int:
    """Command line; ``load`` gives the encoder and ``model_of`` the model once the arguments are good."""
    parser = argparse.ArgumentParser(prog="python app.py evaluate rerank", description="What reranking buys.")
    catalog_arguments(parser)
    judged_arguments(parser)
    parser.add_argument("--model", action="store_true", help="measure the language model at MERCER_LLM_BASE_URL too")
    parser.add_argument("--svg", type=Path, help="draw the curve to this file")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    args = parser.parse_args(argv)
    options = options_of(args)
    model = model_of() if args.model else None
    store = open_store(args.catalog, home, load(), chroma_url, not args.json, options)
    result = evaluate(store, args.queries, args.qrels, reader_of(store), model, not args.json)
    if args.svg:
        args.svg.write_text(
            draw(f"{result['n']} queries, {args.catalog}", _series(result["points"]), PLOTTED), "utf-8"
        )
    print(json.dumps(result) if args.json else "\n".join(_tables(result)))
    return 0


def _series(rows: Sequence[dict[str, Any]]) -> list[Series]:
    curves = dict.fromkeys(row["curve"] for row in rows)
    return [Series(curve, [(r["rerank_ms_p50"], r) for r in rows if r["curve"] == curve]) for curve in curves]


def _tables(result: dict[str, Any]) -> Iterator[str]:
    yield f"{result['n']} queries"
    heads = f"{'mrr':>8}{'ndcg@10':>9}{'recall@10':>11}{'rerank ms p50':>15}{'p95':>9}{'all ms p50':>12}{'judged':>8}"
    yield f"{'':38}{heads}"
    for row in result["points"]:
        yield (
            f"{row['name']:38}{row['mrr']:>8.3f}{row['ndcg@10']:>9.3f}{row['recall@10']:>11.3f}"
            f"{row['rerank_ms_p50']:>15.2f}{row['rerank_ms_p95']:>9.2f}{row['ms_p50']:>12.1f}{row['judged']:>8.2f}"
        )
    yield f"\n{'evaluator':18}{'power':>8}{'worth':>8}{'ms':>8}{'worth/ms':>10}"
    for row in result["evaluators"]:
        per_ms = row["worth"] / max(row["ms"], 1e-6)
        yield f"{row['name']:18}{row['power']:>8.2f}{row['worth']:>8.3f}{row['ms']:>8.3f}{per_ms:>10.2f}"
