"""Measure the retrievers on anybody's catalog, queries and judgements: ``python app.py evaluate retrieval``.

This module does not know how a store is opened or how a system ranks.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from retrievers.base import Encoder, Query
from retrievers.photos import open_photo
from store.errors import SourceError
from training.beir import BenchQuery, read_qrels, read_queries
from training.bench import Bench, bench_arguments, checked, open_store, open_systems
from training.measuring import peak_memory_mb, summary, table


def evaluate(
    catalog: str,
    queries: Path,
    qrels: Path,
    systems: Sequence[str],
    home: Path,
    encoder: Encoder,
    chroma_url: str | None = None,
    progress: bool = True,
    judged_only: bool = False,
) -> dict[str, Any]:
    """Metrics and times of each system: ``{"n": judged queries, "systems": {NAME: {...}}, "peak_memory_mb"}``.

    Parameters
    ----------
    catalog
        A file or folder to import, or the name of a store.
    systems
        Some of ``training.bench.SYSTEMS``.
    judged_only
        Rank only the items that a query has judgements for, as rerankers are measured.

    Raises
    ------
    SourceError
        A file cannot be read, no such system, or no query is judged.
    StoreError
        The store cannot be opened.
    """
    checked(systems)
    grades = read_qrels(qrels)
    judged = [query for query in read_queries(queries) if query.query_id in grades]
    if not judged:
        raise SourceError(f"No query of {queries} has a judgement in {qrels}")
    store = open_store(catalog, home, encoder, chroma_url, progress)
    bench = Bench(store, open_systems(store, systems))
    answers = {
        query.query_id: bench.ask(_query(query), grades[query.query_id] if judged_only else None)
        for query in tqdm(judged, desc="queries", disable=not progress)
    }
    grades = {query_id: grades[query_id] for query_id in answers}
    found = {name: summary(grades, {q: answers[q][name] for q in answers}) for name in systems}
    return {"n": len(judged), "systems": found, "peak_memory_mb": peak_memory_mb()}


def main(argv: Sequence[str], home: Path, load: Callable[[], Encoder], chroma_url: str | None = None) -> int:
    """Command line; ``load`` gives the encoder once the arguments are known to be good."""
    parser = argparse.ArgumentParser(prog="python app.py evaluate retrieval", description="Measure the retrievers.")
    bench_arguments(parser)
    parser.add_argument("--queries", required=True, type=Path, help="JSON lines: _id, text, image (optional path)")
    parser.add_argument("--qrels", required=True, type=Path, help="TSV: query id, item id, grade")
    parser.add_argument("--judged-only", action="store_true", help="rank only the judged items of each query")
    args = parser.parse_args(argv)
    names = checked(args.systems)
    result = evaluate(
        args.catalog, args.queries, args.qrels, names, home, load(), chroma_url, not args.json, args.judged_only
    )
    rows = [*result["systems"].items()]
    print(json.dumps(result) if args.json else table(f"{result['n']} queries", rows))
    return 0


def _query(query: BenchQuery) -> Query:
    return Query(query.text, open_photo(query.image_path) if query.image_path else None)
