"""The vectors of a store's items, kept in Chroma: one collection per store, generation and kind.

A generation is one import of a catalog: a new one is filled beside the old one, so a failed import leaves the old
vectors whole. Each collection records the encoder that made its vectors, and vectors of another encoder are refused.
The same code serves an embedded Chroma (a folder) and a Chroma server (an address).

Search does not go through Chroma: ``VectorIndex.read`` brings the vectors into memory once, when a store is opened,
and ``store/item_vectors.py`` scans them; measured in docs/RESULTS.md, "Filtered search".

This module does not know what a vector means or who searches it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from store.errors import StoreUnavailable, VectorMismatch
from store.generations import Pointer
from store.item_vectors import ItemVectors, Vectors
from store.schemas import Item, VectorKind

Metadata = dict[str, Any]  # str, int, float, bool or a list of one of these, see item_metadata

KINDS: tuple[VectorKind, ...] = ("text", "image")
BATCH = 1000  # rows per call; a server takes them as JSON, about 8 MB
UNIT_TOLERANCE = 1e-3
PHOTO_SEPARATOR = "|"  # an image row is "item_id|n", n the photo's position; the last bar counts


def connect(home: Path, url: str | None) -> ClientAPI:
    """A Chroma client: the folder ``home/chroma``, or the server at ``url`` ("http://host:8000").

    Raises
    ------
    StoreUnavailable
        The folder cannot be written, or no server answers there.
    """
    settings = Settings(anonymized_telemetry=False)  # Chroma writes into it: one object per client
    if not url:
        folder = home / "chroma"
        with _translated(f"folder {folder}; check that it can be written and that the disk has room"):
            folder.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(str(folder), settings=settings)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https"):
        raise StoreUnavailable(f"MERCER_CHROMA_URL={url!r} is no address; write it like http://127.0.0.1:8000")
    with _translated(f"server {url}; start it with `chroma run`, or unset MERCER_CHROMA_URL"):
        ssl = parts.scheme == "https"
        return chromadb.HttpClient(host, port or (443 if ssl else 8000), ssl=ssl, settings=settings)


def item_metadata(item: Item) -> Metadata:
    """The facts of an item as Chroma metadata; several values become a list, facts without a value are left out."""
    facts: Metadata = {"availability": item.availability}
    for name, value in (("brand", item.brand), ("category", item.category), ("product_type", item.product_type)):
        if value:
            facts[name] = value
    if item.price_now is not None:
        facts["price_now"] = item.price_now
    for name, values in item.attributes.items():
        key = name.replace(":", "_")  # Chroma keeps "chroma:..." to itself
        if key and key not in facts and values:
            facts[key] = values[0] if len(values) == 1 else list(values)
    return facts


def delete_generation(client: ClientAPI, store: str, generation: str) -> None:
    """Remove both collections of a generation; what is not there is left alone."""
    for kind in KINDS:
        with _translated(f"vectors of store {store!r}"), suppress(NotFoundError):
            client.delete_collection(_collection_name(store, generation, kind))


class VectorIndex:
    """The collection of one store, generation and kind. ``dim`` is 0 until the first vector is added."""

    def __init__(self, client: ClientAPI, collection: Collection) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(
        cls,
        client: ClientAPI,
        store: str,
        generation: str,
        kind: VectorKind,
        encoder_name: str,
        encoder_fingerprint: str,
        catalog_fingerprint: str = "",
    ) -> Self:
        """An empty collection; one of the same name (left by an import that stopped) is replaced."""
        name = _collection_name(store, generation, kind)
        metadata = {
            "store": store,
            "generation": generation,
            "kind": kind,
            "encoder_name": encoder_name,
            "encoder_fingerprint": encoder_fingerprint,
            "catalog_fingerprint": catalog_fingerprint,
            "dim": 0,
        }
        with _translated(f"vectors of store {store!r}"):
            with suppress(NotFoundError):
                client.delete_collection(name)
            collection = client.create_collection(
                name, embedding_function=None, metadata=metadata, configuration={"hnsw": {"space": "cosine"}}
            )
        return cls(client, collection)

    @classmethod
    def open(
        cls,
        client: ClientAPI,
        store: str,
        generation: str,
        kind: VectorKind,
        encoder_name: str,
        encoder_fingerprint: str,
        catalog_fingerprint: str = "",
    ) -> Self:
        """The existing collection, if this very encoder filled it.

        Raises
        ------
        VectorMismatch
            There is none, or another encoder or catalog made it; the message has the command that rebuilds it.
        """
        rebuild = f"rebuild with: python app.py import SOURCE --store {store}"
        try:
            with _translated(f"vectors of store {store!r}"):
                collection = client.get_collection(_collection_name(store, generation, kind), embedding_function=None)
        except NotFoundError as error:
            raise VectorMismatch(f"Store {store!r} has no {kind} vectors", rebuild) from error
        recorded = collection.metadata or {}
        wanted = {"encoder_name": encoder_name, "encoder_fingerprint": encoder_fingerprint}
        if catalog_fingerprint:
            wanted["catalog_fingerprint"] = catalog_fingerprint
        for key, value in wanted.items():
            if recorded.get(key) != value:
                found = f"{key.replace('_', ' ')} {recorded.get(key)!r}, not {value!r}"
                raise VectorMismatch(f"The {kind} vectors of store {store!r} have {found}", rebuild)
        return cls(client, collection)

    @property
    def dim(self) -> int:
        """Length of a vector; 0 while the collection is empty."""
        return int(self._metadata.get("dim", 0))

    @property
    def count(self) -> int:
        """Number of rows."""
        with _translated("vectors"):
            return self._collection.count()

    def add(self, ids: Sequence[str], vectors: Vectors, metadatas: Sequence[Metadata]) -> None:
        """Store rows, replacing those with the same id; all are checked before any is written.

        Parameters
        ----------
        ids
            The item id for a text row; ``f"{item_id}|{n}"`` for the n-th photo.
        vectors
            (len(ids), dim), unit length.
        metadatas
            See ``item_metadata``; one per row.

        Raises
        ------
        ValueError
            A vector is not finite, not of unit length or of another dimension than the rows before.
        """
        if not len(ids):
            return
        rows = _checked(ids, vectors, self.dim)
        with _translated("vectors; is the disk full or the folder read-only?"):
            if not self.dim:
                self._collection.modify(metadata={**self._metadata, "dim": rows.shape[1]})
            for start in range(0, len(ids), self._batch):
                part = slice(start, start + self._batch)
                self._collection.upsert(ids=list(ids[part]), embeddings=rows[part], metadatas=list(metadatas[part]))

    def get(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of these rows, (dim,) each; unknown ids are left out."""
        found: dict[str, Vectors] = {}
        for start in range(0, len(ids), self._batch):
            with _translated("vectors"):
                answer = self._collection.get(ids=list(ids[start : start + self._batch]), include=["embeddings"])
            found.update(zip(answer["ids"], np.asarray(answer["embeddings"], dtype=np.float32), strict=True))
        return found

    def read(self, item_ids: Sequence[str]) -> ItemVectors:
        """All vectors of these items, aligned with them; rows of other items are left out."""
        position = {item_id: i for i, item_id in enumerate(item_ids)}
        owners: list[int] = []
        parts: list[Vectors] = [np.empty((0, self.dim), dtype=np.float32)]
        for row_ids, vectors in self._pages():
            known = [position.get(self._owner(row_id), -1) for row_id in row_ids]
            keep = np.asarray(known) >= 0
            owners.extend(owner for owner in known if owner >= 0)
            parts.append(vectors[keep])
        owned = np.asarray(owners, dtype=np.intp)
        order = np.argsort(owned, kind="stable")
        return ItemVectors(tuple(item_ids), np.concatenate(parts)[order], owned[order])

    def _pages(self) -> Iterator[tuple[list[str], Vectors]]:
        for offset in range(0, self.count, self._batch):
            with _translated("vectors"):
                answer = self._collection.get(limit=self._batch, offset=offset, include=["embeddings"])
            yield answer["ids"], np.asarray(answer["embeddings"], dtype=np.float32)

    def _owner(self, row_id: str) -> str:
        return row_id.rpartition(PHOTO_SEPARATOR)[0] if self._metadata["kind"] == "image" else row_id

    @property
    def _metadata(self) -> Mapping[str, Any]:
        return self._collection.metadata or {}

    @property
    def _batch(self) -> int:
        return min(BATCH, self._client.get_max_batch_size())


def _collection_name(store: str, generation: str, kind: VectorKind) -> str:
    return f"{store}.{generation}.{kind}"


def _checked(ids: Sequence[str], vectors: Vectors, dim: int) -> Vectors:
    rows = np.asarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or len(rows) != len(ids) or (dim and rows.shape[1] != dim):
        raise ValueError(f"Vectors of shape {rows.shape} do not fit {len(ids)} ids of dimension {dim or 'any'}")
    lengths = np.linalg.norm(rows, axis=1)
    wrong = np.flatnonzero(~(np.abs(lengths - 1) <= UNIT_TOLERANCE))  # NaN fails the comparison too
    if wrong.size:
        raise ValueError(f"The vector of {ids[wrong[0]]!r} has length {lengths[wrong[0]]}, not 1")
    return rows


@contextmanager
def _translated(what: str) -> Iterator[None]:
    """Chroma's, the network's and the disk's errors as ``StoreUnavailable``; a missing collection passes through."""
    try:
        yield
    except NotFoundError:
        raise
    except (ChromaError, httpx.HTTPError, OSError) as error:
        raise StoreUnavailable(f"Chroma cannot use the {what} ({error})") from error
    except ValueError as error:  # how the HTTP client reports that nobody answers
        if "connect to a Chroma server" not in str(error):
            raise
        raise StoreUnavailable(f"Chroma cannot use the {what} ({error})") from error


def check_vectors(client: ClientAPI, store: str, pointer: Pointer) -> None:
    """Raise ``VectorMismatch`` where the vectors of a store's current generation cannot be searched."""
    made_by = pointer.encoder_name, pointer.encoder_fingerprint
    for kind in KINDS:
        VectorIndex.open(client, store, pointer.generation, kind, *made_by, pointer.fingerprint)
