"""How well "like this but in C" finds the other colourway: ``python -m training.bench_composed --store NAME``.

Pairs of items that are one product in two colours come as TSV (two item ids a line). The first one's photo asks for
the second one's colour, and the second one is looked for among the items of that colour, by photo vectors alone.
Pairs are split in two halves by a hash of the first id: one to choose settings on, one to report.

This module does not know how a photo is moved; see ``retrievers/query_encoder.py``.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.query_encoder import QueryEncoder
from store.catalog import Catalog
from store.facts import FactTable
from store.item_vectors import ItemVectors
from store.schemas import Constraints
from store.vector_index import VectorIndex, connect

FACT = "color"


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions of the item whose photo asks and of the one that is looked for, and the colour that is asked for."""

    photo: int
    wanted: int
    color: str


def read_pairs(path: Path, catalog: Catalog, vectors: ItemVectors) -> list[Pair]:
    """The pairs of a file whose items are both in the store, have photos and one colour each, not the same."""
    position = {item.item_id: i for i, item in enumerate(catalog.items) if len(item.values(FACT)) == 1}
    pictured = set(vectors.owners.tolist())
    pairs = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t"):
            found = [position[item_id] for item_id in row[:2] if position.get(item_id) in pictured]
            if len(found) == 2:
                colors = [catalog.items[i].values(FACT)[0] for i in found]
                if colors[0].lower() != colors[1].lower():
                    pairs.append(Pair(found[0], found[1], colors[1]))
    return pairs


def ranks(
    pairs: Sequence[Pair], facts: FactTable, vectors: ItemVectors, queries: QueryEncoder | None
) -> NDArray[np.int64]:
    """The rank of each pair's wanted item, from 1, (len(pairs),); by the photo as it is where ``queries`` is None."""
    found = []
    for pair in pairs:
        color = {FACT: (pair.color,)}
        allowed = facts.allowed(Constraints(include=color))
        allowed[pair.photo] = False
        photo = vectors.vectors[np.searchsorted(vectors.owners, pair.photo)]
        scores = vectors.scores(photo if queries is None else queries.moved(photo, color), allowed)
        found.append(1 + int((scores > scores[pair.wanted]).sum()))
    return np.array(found, dtype=np.int64)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="folder with models and stores (MERCER_HOME)")
    parser.add_argument("--store", required=True)
    parser.add_argument("--pairs", type=Path, required=True, help="TSV: two item ids a line")
    args = parser.parse_args(argv)
    encoder = load_encoder(EMBEDDED, args.home / "models")
    catalog = Catalog.open(args.home, args.store)
    facts = FactTable(catalog.items)
    made_by = (encoder.name, encoder.fingerprint, catalog.fingerprint)
    index = VectorIndex.open(connect(args.home, None), catalog.name, catalog.generation, "image", *made_by)
    vectors = index.read(facts.item_ids)
    pairs = read_pairs(args.pairs, catalog, vectors)
    halves = [[p for p in pairs if _half(catalog.items[p.photo].item_id) == half] for half in (0, 1)]
    print("| half | pairs | query vector | MRR | R@1 | R@10 |\n|---|---:|---|---:|---:|---:|")
    for half, chosen in zip(("choosing", "reporting"), halves, strict=True):
        for name, queries in (("photo", None), ("moved photo", QueryEncoder(encoder, facts))):
            found = ranks(chosen, facts, vectors, queries)
            if found.size:
                values = [(1 / found).mean(), (found == 1).mean(), (found <= 10).mean()]
                print(f"| {half} | {found.size} | {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |")


def _half(item_id: str) -> int:
    return hashlib.sha256(item_id.encode()).digest()[0] % 2


if __name__ == "__main__":
    main()
