"""Measure the retrievers on anybody's catalog, queries and judgements: ``python app.py evaluate retrieval``.

This module does not know how a store is opened or how a system ranks.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from retrievers.base import Encoder
from training.beir import BenchQuery, Qrels, judged_arguments, read_judged
from training.bench import Bench, bench_arguments, open_bench, options_of
from training.dialogues import Reader, ReaderOf, first_message, words_of_now
from training.measuring import summary, table
from training.timing import peak_memory_mb
from training.train_store import preparation


def evaluate(
    bench: Bench,
    queries: Sequence[BenchQuery],
    grades: Qrels,
    reader: Reader = words_of_now,
    judged_only: bool = False,
    progress: bool = True,
) -> dict[str, Any]:
    """Metrics and times of each system: ``{"n": queries, "systems": {NAME: {...}}, "peak_memory_mb"}``.

    Parameters
    ----------
    grades
        Of these queries and no others.
    reader
        Understands a query as it does the first message of a dialogue, the same for all systems.
    judged_only
        Rank only the items that a query has judgements for, as rerankers are measured.
    """
    answers = {
        query.query_id: bench.ask(first_message(query, reader), grades[query.query_id] if judged_only else None)
        for query in tqdm(queries, desc="queries", disable=not progress)
    }
    found = {name: summary(grades, {q: answers[q][name] for q in answers}) for name in bench.systems}
    return {"n": len(queries), "systems": found, "peak_memory_mb": peak_memory_mb()}


def main(
    argv: Sequence[str],
    home: Path,
    load: Callable[[], Encoder],
    chroma_url: str | None,
    reader_of: ReaderOf,
) -> int:
    """Command line; ``load`` gives the encoder once the arguments and the files are known to be good."""
    parser = argparse.ArgumentParser(prog="python app.py evaluate retrieval", description="Measure the retrievers.")
    bench_arguments(parser)
    judged_arguments(parser)
    parser.add_argument("--judged-only", action="store_true", help="rank only the judged items of each query")
    args = parser.parse_args(argv)
    queries, grades = read_judged(args.queries, args.qrels)
    prepare = preparation(args, home, chroma_url, reader_of)
    options = options_of(args)
    bench = open_bench(args.catalog, args.systems, home, load, chroma_url, not args.json, prepare, options)
    _tell_missing(grades, bench.store.catalog)
    result = evaluate(bench, queries, grades, reader_of(bench.store), args.judged_only, not args.json)
    rows = [*result["systems"].items()]
    print(json.dumps(result) if args.json else table(f"{result['n']} queries", rows))
    return 0


def _tell_missing(grades: Qrels, here: Container[str]) -> None:
    """Say how many of the items that should be found cannot be, since the catalog does not hold them."""
    wanted = {item_id for found in grades.values() for item_id, grade in found.items() if grade > 0}
    missing = sorted(item_id for item_id in wanted if item_id not in here)
    if missing:
        said = f"{len(missing)} of {len(wanted)} relevant items are not in the catalog ({missing[0]!r}, ...)"
        print(f"{said}; they count as not found", file=sys.stderr)
