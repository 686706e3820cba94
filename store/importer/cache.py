"""What an import need not do twice: vectors by content, and pictures by address.

One SQLite file per store, apart from its generations. A vector is kept under the encoder's fingerprint and a hash
of what was encoded, so an import that was killed goes on where it stopped and an unchanged item is never encoded
again, whichever generation it was in. Losing the file costs time, never data.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from store.generations import disk_errors

Vectors = NDArray[np.float32]
_PAGE = 500


class ImportCache:
    """Vectors and fetched pictures of one store; for one thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "import-cache.db"
        with disk_errors(self._path):
            self._db = Database(sqlite3.connect(self._path, timeout=10))
            self._db.enable_wal()
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.table("vectors").create({"key": str, "vector": bytes}, pk="key", if_not_exists=True)
            self._db.table("fetched").create({"url": str, "picture": str}, pk="url", if_not_exists=True)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The known ones of these, (dim,) each."""
        found: dict[str, Vectors] = {}
        with disk_errors(self._path):
            for start in range(0, len(keys), _PAGE):
                page = keys[start : start + _PAGE]
                marks = ",".join("?" * len(page))
                for row in self._db.query(f"select key, vector from vectors where key in ({marks})", page):
                    found[row["key"]] = np.frombuffer(row["vector"], dtype=np.float32)
        return found

    def put_vectors(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors; durable when this returns."""
        rows = [{"key": key, "vector": vector.astype(np.float32).tobytes()} for key, vector in vectors.items()]
        with disk_errors(self._path):
            self._db.table("vectors").upsert_all(rows, pk="key")

    def keep_only_vectors(self, keys: Iterable[str]) -> None:
        """Forget every other vector."""
        with disk_errors(self._path), self._db.atomic():
            self._db.execute("create temp table if not exists wanted(key text primary key)")
            self._db.execute("delete from wanted")
            self._db.conn.executemany("insert or ignore into wanted values (?)", ((key,) for key in keys))
            self._db.execute("delete from vectors where key not in (select key from wanted)")

    def picture_of(self, url: str) -> str | None:
        """The picture that was fetched from an address, if any."""
        with disk_errors(self._path):
            return next(
                (row["picture"] for row in self._db.query("select picture from fetched where url = ?", [url])), None
            )

    def put_fetched(self, pictures: Mapping[str, str]) -> None:
        """Remember what was fetched, by address."""
        if not pictures:
            return
        with disk_errors(self._path):
            self._db.table("fetched").upsert_all([{"url": u, "picture": p} for u, p in pictures.items()], pk="url")
