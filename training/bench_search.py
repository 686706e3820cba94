"""What a search costs as a catalog grows, by system: ``python -m training.bench_search --home HOME --store NAME``.

Catalogs of several sizes are made from one real store: its first items, and beyond its size copies of them whose
vectors are moved a little. The generator is not trained: its layers, its codes and the trie of the items are those of
a trained one, and so is its time, while what it finds means nothing. Times are from an encoded query to a ranking;
encoding does not depend on the catalog and has a line of its own.

This module does not know what a good answer is.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from retrievers.base import EncodedQuery
from retrievers.dense import DenseRetriever
from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.evaluators import EVALUATORS
from retrievers.full import FullRetriever
from retrievers.generative import GenerativeRetriever, Model, Reranking, TrainedOn, id_hashes
from retrievers.generator import Generator
from retrievers.hybrid import HybridRetriever
from retrievers.lexical import LexicalRetriever, build
from retrievers.minilm import WordPieces
from retrievers.query_encoder import QueryEncoder
from retrievers.rqvae import fit
from store.catalog import Catalog
from store.facts import FactTable
from store.generations import StoreFolder
from store.item_vectors import ItemVectors
from store.weights import MINILM, fetch
from training.bench import DEPTH, PLAIN, TRAINED, OpenStore, open_store
from training.id_shape import LEVELS, book_size
from training.made_up_queries import MadeUpQueries
from training.simulated_dialogues import Simulator
from training.timing import peak_memory_mb, percentiles
from training.train_store import features_of

SIZES = (1_000, 10_000, 44_000)
JITTER = 0.3  # length of what is added to a copy's vector: its cosine with the original is about .96
QUANTISER_EPOCHS = 3
WARM_UP = 5  # queries before the clock counts


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one size: milliseconds by what was timed, and the memory that the process ever held until then.

    Beside the clock stands the time that processors worked: on a machine that others use it is the steadier figure.
    """

    clock: dict[str, dict[str, float]]  # system or stage of one -> ``ms_p50`` and ``ms_p95``
    processor: dict[str, float]  # system -> median
    peak_mb: int


def resized(store: OpenStore, home: Path, n: int) -> OpenStore:
    """A store of the first ``n`` items, or of all and enough copies of them."""
    originals = store.catalog.items
    picks = np.arange(n) % len(originals)
    items = tuple(
        replace(originals[pick], item_id=f"{originals[pick].item_id}{'+' * (at // len(originals))}")
        for at, pick in enumerate(picks)
    )
    facts, folder = FactTable(items), StoreFolder(home, store.catalog.name)
    text, image = (_resized(of.vectors, picks, facts) for of in (store.hybrid.text, store.hybrid.image))
    hybrid = HybridRetriever(
        DenseRetriever("text", text), DenseRetriever("image", image), LexicalRetriever(facts, build(items))
    )
    catalog, queries = Catalog(folder, folder.require(), items), QueryEncoder(store.encoder, facts)
    return replace(store, catalog=catalog, facts=facts, queries=queries, hybrid=hybrid)


def _resized(vectors: ItemVectors, picks: np.ndarray, facts: FactTable) -> ItemVectors:
    first, end = np.searchsorted(vectors.owners, [picks, picks + 1])
    owners = np.repeat(np.arange(len(picks)), end - first)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(end - first) - (end - first), end - first)
    rows = vectors.vectors[np.repeat(first, end - first) + within]
    copies = owners >= len(vectors.item_ids)
    noise = np.random.default_rng(0).standard_normal((int(copies.sum()), rows.shape[1]), dtype=np.float32)
    rows[copies] += JITTER / np.sqrt(rows.shape[1]) * noise
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return ItemVectors(facts.item_ids, rows, owners)


def untrained(store: OpenStore) -> GenerativeRetriever:
    """A generator as training would make it for this store, before its first batch; every evaluator counts."""
    features, ids = features_of(store), store.facts.item_ids
    size, dim = book_size(len(ids)), features.text.shape[1]
    quantiser = fit(features.joint, LEVELS, size, QUANTISER_EPOCHS)
    about = TrainedOn(store.catalog.name, store.encoder.fingerprint, dim, LEVELS, size)
    reranking = Reranking(dict.fromkeys(EVALUATORS, 1.0))
    model = Model(about, quantiser, Generator(dim, LEVELS, size), id_hashes(ids), reranking)
    return GenerativeRetriever(model, ids, features, WordPieces(fetch(MINILM, store.models)))


def cost(store: OpenStore, queries: Sequence[EncodedQuery]) -> Cost:
    """Ask every system every query."""
    generative = untrained(store)
    systems = {name: make(store) for name, make in PLAIN.items()}
    systems |= {name: make(store, generative) for name, make in TRAINED.items()}
    clock, processor, stages = (defaultdict[str, list[float]](list) for _ in range(3))
    everything = np.ones(len(store.facts), dtype=np.bool_)
    for number, asked in enumerate(queries):
        query = replace(asked, allowed=everything)
        for name, system in systems.items():
            began, worked = time.perf_counter(), time.process_time()
            if isinstance(system, FullRetriever):
                taken = system.search(query, DEPTH).timings_ms
            else:
                taken = {}
                system.retrieve(query, DEPTH)
            if number >= WARM_UP:
                clock[name].append(time.perf_counter() - began)
                processor[name].append((time.process_time() - worked) * 1000)
                for stage, ms in taken.items():
                    stages[f"{name}: {stage}"].append(ms / 1000)
    figures = {name: percentiles(found) for name, found in (clock | stages).items()}
    return Cost(figures, {name: float(np.median(ms)) for name, ms in processor.items()}, peak_memory_mb())


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="items, smallest first")
    parser.add_argument("--queries", type=int, default=100)
    args = parser.parse_args(argv)
    encoder = load_encoder(EMBEDDED, args.home / "models")
    source = open_store(args.store, args.home, encoder, None, progress=False)
    queries, encoding = _queries(source, min(args.sizes), args.queries + WARM_UP)
    print(f"encoding the query: {encoding['ms_p50']} / {encoding['ms_p95']} ms")
    costs = {}
    for size in args.sizes:
        costs[size] = cost(resized(source, args.home, size), queries)
        print(f"{size:,} items measured at load {os.getloadavg()[0]:.1f}", flush=True)
    print(_table(costs))


def _queries(store: OpenStore, among: int, count: int) -> tuple[list[EncodedQuery], dict[str, float]]:
    """Simulated dialogues about the items that every size has, and what encoding one takes."""
    few = resized(store, store.folder.parent.parent, among)
    simulator = Simulator(few.catalog.items, features_of(few), 0)
    asking = MadeUpQueries(few)
    targets = np.random.default_rng(0).integers(0, among, count).tolist()
    found, seconds = [], []
    for target in targets:
        dialogue = simulator.dialogue(target)
        began = time.perf_counter()
        found.append(asking.shop(dialogue))
        seconds.append(time.perf_counter() - began)
    return found, percentiles(seconds[WARM_UP:])


def _table(costs: dict[int, Cost]) -> str:
    heads = " | ".join(f"{size:,} items" for size in costs)
    lines = [f"| ms by the clock p50 / p95; of processors p50 | {heads} |", "| --- |" + " ---: |" * len(costs)]
    for name in next(iter(costs.values())).clock:
        lines.append(f"| {name} | {' | '.join(_cell(cost, name) for cost in costs.values())} |")
    peaks = " | ".join(f"{cost.peak_mb:,} MiB" for cost in costs.values())
    return "\n".join([*lines, f"| peak memory until then | {peaks} |"])


def _cell(cost: Cost, name: str) -> str:
    found = f"{cost.clock[name]['ms_p50']:.1f} / {cost.clock[name]['ms_p95']:.1f}"
    return f"{found}; {cost.processor[name]:.1f}" if name in cost.processor else found


if __name__ == "__main__":
    main()
