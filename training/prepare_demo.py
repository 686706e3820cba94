"""The demo store, made at the first start and again when its files or the encoder changed: catalog, then shoppers."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from retrievers.base import Encoder
from retrievers.behaviour import FILE
from retrievers.indexing import import_catalog
from store.errors import VectorMismatch
from store.generations import StoreFolder
from store.importer.stage import ImportOptions
from store.vector_index import check_vectors
from training.import_interactions import import_interactions

ASSETS = Path(__file__).resolve().parent.parent / "assets" / "demo"
CATALOG = ASSETS / "catalog.jsonl"
INTERACTIONS = ASSETS / "interactions.csv"


def prepare_demo(name: str, home: Path, client: Any, encoder: Encoder) -> None:
    """Bring in what the store lacks; most starts find nothing to do."""
    if _is_stale(name, home, client, encoder):
        print("Preparing the demo store, once, about a minute or two.", file=sys.stderr, flush=True)
        import_catalog(CATALOG, name, ImportOptions(), home, client, encoder)
        import_interactions(INTERACTIONS, name, home, client)
    elif not (StoreFolder(home, name).path / FILE).exists():
        import_interactions(INTERACTIONS, name, home, client)


def _is_stale(name: str, home: Path, client: Any, encoder: Encoder) -> bool:
    pointer = StoreFolder(home, name).pointer()
    if pointer is None or pointer.encoder_fingerprint != encoder.fingerprint:
        return True
    try:
        check_vectors(client, name, pointer)
    except VectorMismatch:  # a new Chroma server has none of the vectors that another one had
        return True
    return datetime.fromisoformat(pointer.imported_at).timestamp() < CATALOG.stat().st_mtime
