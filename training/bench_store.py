"""How to search vectors under a filter, measured: ``python -m training.bench_store``.

Fills an embedded Chroma with seeded vectors in clusters (as a catalog's are) and asks for the ten nearest items under
no filter, a wide and a narrow one, in each way that Chroma offers and by the exact scan that Mercer uses. Besides
milliseconds it counts the answers that are right: the ten that a full sort of the allowed items gives.

This module does not know real items; the figures are in docs/RESULTS.md.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.facts import FactTable
from store.item_vectors import Vectors, best
from store.schemas import Constraints, Item
from store.vector_index import VectorIndex, connect, item_metadata

DIM = 640
CLUSTERS = 300
QUERIES = 60
K = 10
OVERFETCH = 20  # times K
KINDS, COLORS, PRICES = 20, 12, 500
FILTERS = {
    "none": Constraints(),
    "wide (80%)": Constraints(price_max=0.8 * PRICES - 1),
    "narrow (0.4%)": Constraints(include={"category": ("Kind 3",), "color": ("Color 5",)}),
}
WHERE: dict[str, dict[str, Any] | None] = {
    "none": None,
    "wide (80%)": {"price_now": {"$lte": 0.8 * PRICES - 1}},
    "narrow (0.4%)": {"$and": [{"category": "Kind 3"}, {"color": "Color 5"}]},
}


@dataclass(frozen=True, slots=True)
class Timing:
    """One way under one filter."""

    p50_ms: float
    p95_ms: float
    right: float  # share of the true ten that came back


def synthetic_items(n: int) -> list[Item]:
    """Items whose kind, colour and price are independent of their vectors, which is the hard case for HNSW."""
    rng = np.random.default_rng(0)
    kinds, colors, prices = (rng.integers(0, high, n) for high in (KINDS, COLORS, PRICES))
    return [
        Item(
            f"p{i}",
            f"Item {i} of kind {kinds[i]}",
            price=float(prices[i]),
            product_type=f"All > Kind {kinds[i]}",
            attributes={"color": (f"Color {colors[i]}",)},
        )
        for i in range(n)
    ]


def clustered(n: int, seed: int) -> Vectors:
    """Unit vectors around common centres, (n, DIM)."""
    centres = np.random.default_rng(0).normal(size=(CLUSTERS, DIM))
    rng = np.random.default_rng(seed)
    rows = centres[rng.integers(0, CLUSTERS, n)] + 0.7 * rng.normal(size=(n, DIM))
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def measure(search: Callable[[Vectors], Sequence[str]], queries: Vectors, truth: Sequence[Sequence[str]]) -> Timing:
    """Milliseconds and correctness of one way."""
    search(queries[0])
    seconds, right = [], 0
    for query, expected in zip(queries, truth, strict=True):
        started = time.perf_counter()
        found = search(query)
        seconds.append(time.perf_counter() - started)
        right += len(set(found) & set(expected))
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    return Timing(float(p50), float(p95), right / sum(map(len, truth)))


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=44_000)
    n = parser.parse_args(argv).items
    items, rows, queries = synthetic_items(n), clustered(n, 1), clustered(QUERIES, 2)
    with tempfile.TemporaryDirectory() as folder:
        client = connect(Path(folder), None)
        index = VectorIndex.create(client, "bench", "1", "text", "random", "0")
        started = time.perf_counter()
        index.add([item.item_id for item in items], rows, [item_metadata(item) for item in items])
        print(f"filling Chroma with {n:,} items: {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        facts = FactTable(items)
        print(f"building the fact table: {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        vectors = index.read(facts.item_ids)
        print(f"reading the vectors: {time.perf_counter() - started:.1f} s\n")
        collection = client.get_collection("bench.1.text", embedding_function=None)
        print("| filter | way | p50 ms | p95 ms | right |\n|---|---|---:|---:|---:|")
        for name, constraints in FILTERS.items():
            allowed = facts.allowed(constraints)
            truth = [[facts.item_ids[i] for i in best(np.where(allowed, rows @ q, -np.inf), K)] for q in queries]
            for way, search in _ways(collection, vectors, facts, constraints, WHERE[name]).items():
                timing = measure(search, queries, truth)
                print(f"| {name} | {way} | {timing.p50_ms:.1f} | {timing.p95_ms:.1f} | {timing.right:.3f} |")


def _ways(
    collection: Any, vectors: Any, facts: FactTable, constraints: Constraints, where: dict[str, Any] | None
) -> dict[str, Callable[[Vectors], Sequence[str]]]:
    """Each way to search under one filter; each works out the filter anew, as a query must."""

    def ask(query: Vectors, k: int, **more: Any) -> list[str]:
        found: list[str] = collection.query(query_embeddings=query[None], n_results=k, include=[], **more)["ids"][0]
        return found

    def mask() -> NDArray[np.bool_]:
        return facts.allowed(constraints)

    def overfetch(query: Vectors) -> list[str]:
        allowed = mask()
        return [i for i in ask(query, K * OVERFETCH) if allowed[facts.positions([i])[0]]][:K]

    def by_ids(query: Vectors) -> list[str]:
        return ask(query, K, ids=[facts.item_ids[i] for i in np.flatnonzero(mask())])

    def scan(query: Vectors) -> list[str]:
        return [item_id for item_id, _ in vectors.search(query, K, mask())]

    exact = {"exact scan (Mercer)": scan}
    if where is None:
        return {"Chroma query": lambda query: ask(query, K), **exact}
    return {
        "Chroma where": lambda query: ask(query, K, where=where),
        f"Chroma, {OVERFETCH} times too many, then filter": overfetch,
        "Chroma query(ids=[...])": by_ids,
        **exact,
    }


if __name__ == "__main__":
    main()
