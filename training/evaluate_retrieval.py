"""Measure the retrievers on anybody's catalog, queries and judgements: ``python app.py evaluate retrieval``.

A catalog given as a file is imported into a store of its own, kept apart from the user's stores and found again by
its content, so a second run only searches. Every system answers the same queries over the same items.

This module does not know how a store is filled or how a system ranks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from retrievers.base import Candidate, EncodedQuery, Encoder, Query, Retriever
from retrievers.hybrid import HybridRetriever, open_hybrid
from retrievers.indexing import import_catalog
from retrievers.photos import open_photo
from retrievers.query_encoder import QueryEncoder
from store.catalog import Catalog
from store.errors import SourceError, StoreNotFound, VectorMismatch
from store.facts import FactTable
from store.generations import list_stores
from store.importer.stage import ImportOptions
from store.vector_index import connect
from training.beir import BenchQuery, read_qrels, read_queries
from training.metrics import MEASURES, ranking_metrics

SYSTEMS = ("bm25", "dense-text", "dense-image", "hybrid-rrf")
DEPTH = 100  # items ranked for each query
HASHED_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Bench:
    """A store opened for measuring: what encodes a query, and every system by name."""

    facts: FactTable
    queries: QueryEncoder
    systems: dict[str, Retriever]

    def search(self, system: str, query: Query) -> list[Candidate]:
        """What a shopper's query goes through: its mask, its vectors if the system needs them, the search."""
        allowed = self.facts.allowed(query.constraints)
        if system == "bm25":
            encoded = EncodedQuery(query, allowed, None, None)
        else:
            encoded = self.queries.encode(query, allowed)
        return self.systems[system].retrieve(encoded, DEPTH)


def evaluate(
    catalog: str,
    queries: Path,
    qrels: Path,
    systems: Sequence[str],
    home: Path,
    encoder: Encoder,
    chroma_url: str | None = None,
    progress: bool = True,
) -> dict[str, Any]:
    """Metrics and times of each system: ``{"n": judged queries, "systems": {NAME: {...}}}``.

    Parameters
    ----------
    catalog
        A file or folder to import, or the name of a store.
    systems
        Some of ``SYSTEMS``.

    Raises
    ------
    SourceError
        A file cannot be read, no such system, or no query is judged.
    StoreError
        The store cannot be opened.
    """
    unknown = [name for name in systems if name not in SYSTEMS]
    if unknown or not systems:
        raise SourceError(f"No system {', '.join(unknown) or 'given'}; systems: {', '.join(SYSTEMS)}")
    grades = read_qrels(qrels)
    judged = [query for query in read_queries(queries) if query.query_id in grades]
    if not judged:
        raise SourceError(f"No query of {queries} has a judgement in {qrels}")
    bench = open_bench(catalog, home, encoder, chroma_url, progress)
    grades = {query.query_id: grades[query.query_id] for query in judged}
    asked = [(query.query_id, _query(query)) for query in judged]
    results = {}
    for name in systems:
        rankings, seconds = {}, []
        for query_id, query in tqdm(asked, desc=name, disable=not progress):
            started = time.perf_counter()
            found = bench.search(name, query)
            seconds.append(time.perf_counter() - started)
            rankings[query_id] = [candidate.item_id for candidate in found]
        p50, p95 = (round(float(value) * 1000, 2) for value in np.percentile(seconds, [50, 95]))
        results[name] = ranking_metrics(grades, rankings) | {"ms_p50": p50, "ms_p95": p95}
    return {"n": len(judged), "systems": results}


def open_bench(catalog: str, home: Path, encoder: Encoder, chroma_url: str | None, progress: bool) -> Bench:
    """Open a store by name, or import a source into a store of its own below ``home/evaluation``."""
    source = Path(catalog)
    if source.exists():
        home = home / "evaluation"
        name = f"eval-{_content(source)}"
    elif catalog in list_stores(home):
        name = catalog
    else:
        raise SourceError(f"{catalog!r} is no file and no store; stores: {', '.join(list_stores(home)) or 'none'}")
    client = connect(home, chroma_url)

    def opened() -> Bench:
        found = Catalog.open(home, name)
        facts = FactTable(found.items)
        hybrid = open_hybrid(found, facts, client, encoder, home / "stores" / name)
        return Bench(facts, QueryEncoder(encoder, facts), _systems(hybrid))

    try:
        return opened()
    except (StoreNotFound, VectorMismatch):
        if not source.exists():
            raise
    import_catalog(source, name, ImportOptions(), home, client, encoder, progress)
    return opened()


def main(argv: Sequence[str], home: Path, load: Callable[[], Encoder], chroma_url: str | None = None) -> int:
    """Command line; ``load`` gives the encoder once the arguments are known to be good."""
    parser = argparse.ArgumentParser(prog="python app.py evaluate retrieval", description="Measure the retrievers.")
    parser.add_argument("--catalog", required=True, help="file or folder to import, or name of a store")
    parser.add_argument("--queries", required=True, type=Path, help="JSON lines: _id, text, image (optional path)")
    parser.add_argument("--qrels", required=True, type=Path, help="TSV: query id, item id, grade")
    parser.add_argument("--systems", default=",".join(SYSTEMS), help="comma-separated, default: %(default)s")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args(argv)
    names = [name.strip() for name in args.systems.split(",") if name.strip()]
    result = evaluate(args.catalog, args.queries, args.qrels, names, home, load(), chroma_url, not args.json)
    print(json.dumps(result) if args.json else _table(result))
    return 0


def _systems(hybrid: HybridRetriever) -> dict[str, Retriever]:
    found: tuple[Retriever, ...] = (hybrid.lexical, hybrid.text, hybrid.image, hybrid)
    return {retriever.name: retriever for retriever in found}


def _query(query: BenchQuery) -> Query:
    return Query(query.text, open_photo(query.image_path) if query.image_path else None)


def _content(source: Path) -> str:
    """A hash of a file's bytes, or of the names, sizes and times of a folder's files."""
    digest = hashlib.sha256()
    if source.is_dir():
        for path in sorted(path for path in source.rglob("*") if path.is_file()):
            stat = path.stat()
            digest.update(f"{path.relative_to(source)}\n{stat.st_size}\n{stat.st_mtime_ns}\n".encode())
    else:
        with source.open("rb") as file:
            while part := file.read(HASHED_AT_ONCE):
                digest.update(part)
    return digest.hexdigest()[:16]


def _table(result: dict[str, Any]) -> str:
    columns = [*MEASURES, "ms_p50", "ms_p95"]
    rows = [f"{result['n']} queries", f"{'':12}" + "".join(f"{column:>11}" for column in columns)]
    for name, values in result["systems"].items():
        rows.append(f"{name:12}" + "".join(f"{values[column]:>11.3f}" for column in columns))
    return "\n".join(rows)
