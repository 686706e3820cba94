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
from training.bench import Bench, OpenStore, bench_arguments, open_store, open_systems
from training.dialogues import ReaderOf
from training.measuring import peak_memory_mb, summary, table
from training.train_store import preparation


def evaluate(
    catalog: str,
    queries: Path,
    qrels: Path,
    systems: Sequence[str] | None,
    home: Path,
    encoder: Encoder,
    chroma_url: str | None = None,
    progress: bool = True,
    judged_only: bool = False,
    prepare: Callable[[OpenStore], None] = lambda _: None,
) -> dict[str, Any]:
    """Metrics and times of each system: ``{"n": judged queries, "systems": {NAME: {...}}, "peak_memory_mb"}``.

    Parameters
    ----------
    catalog
        A file or folder to import, or the name of a store.
    systems
        Some of ``training.bench.SYSTEMS``; None for all that the store can run.
    prepare
        Called on the open store before the systems are made.
    judged_only
        Rank only the items that a query has judgements for, as rerankers are measured.

    Raises
    ------
    SourceError
        A file cannot be read, no such system, or no query is judged.
    StoreError
        The store cannot be opened.
    """
    grades = read_qrels(qrels)
    judged = [query for query in read_queries(queries) if query.query_id in grades]
    if not judged:
        raise SourceError(f"No query of {queries} has a judgement in {qrels}")
    store = open_store(catalog, home, encoder, chroma_url, progress)
    prepare(store)
    opened = open_systems(store, systems)
    bench = Bench(store, opened)
    answers = {
        query.query_id: bench.ask(_query(query), grades[query.query_id] if judged_only else None)
        for query in tqdm(judged, desc="queries", disable=not progress)
    }
    grades = {query_id: grades[query_id] for query_id in answers}
    found = {name: summary(grades, {q: answers[q][name] for q in answers}) for name in opened}
    return {"n": len(judged), "systems": found, "peak_memory_mb": peak_memory_mb()}


def main(
    argv: Sequence[str],
    home: Path,
    load: Callable[[], Encoder],
    chroma_url: str | None,
    reader_of: ReaderOf,
) -> int:
    """Command line; ``load`` gives the encoder once the arguments are known to be good."""
    parser = argparse.ArgumentParser(prog="python app.py evaluate retrieval", description="Measure the retrievers.")
    bench_arguments(parser)
    parser.add_argument("--queries", required=True, type=Path, help="JSON lines: _id, text, image (optional path)")
    parser.add_argument("--qrels", required=True, type=Path, help="TSV: query id, item id, grade")
    parser.add_argument("--judged-only", action="store_true", help="rank only the judged items of each query")
    args = parser.parse_args(argv)
    encoder = load()
    result = evaluate(
        args.catalog,
        args.queries,
        args.qrels,
        args.systems,
        home,
        encoder,
        chroma_url,
        not args.json,
        args.judged_only,
        preparation(args, home, encoder, chroma_url, reader_of),
    )
    rows = [*result["systems"].items()]
    print(json.dumps(result) if args.json else table(f"{result['n']} queries", rows))
    return 0


def _query(query: BenchQuery) -> Query:
    return Query(query.text, open_photo(query.image_path) if query.image_path else None)
