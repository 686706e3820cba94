"""The items of one store, as they are on disk and in memory.

Each generation is one SQLite file with a record per item: written once by an import, then only read. Opening
a catalog loads every item, because each turn of a conversation looks at many. Knows no vectors.
"""

from __future__ import annotations

import gc
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import orjson
from sqlite_utils import Database

from store.errors import StoreError, StoreUnavailable
from store.generations import Pointer, StoreFolder, disk_errors
from store.schemas import Item

_FIELDS = ("item_id", "title", "description", "price", "sale_price", "currency", "availability", "brand",
           "product_type", "item_group_id", "link", "image_paths", "attributes")  # fmt: skip


class Catalog:
    """The current generation of a store, in memory.

    Attributes
    ----------
    name, generation, fingerprint
        Which store, which import of it, and a hash of all its items.
    encoder_name, encoder_fingerprint
        Whose vectors this generation has.
    folder
        Of the store: what the paths of pictures are relative to, and where what was trained for it lies.
    items
        Every item, in the order of the source.
    """

    def __init__(self, folder: StoreFolder, pointer: Pointer, items: tuple[Item, ...]) -> None:
        self.name = folder.name
        self.generation = pointer.generation
        self.fingerprint = pointer.fingerprint
        self.encoder_name = pointer.encoder_name
        self.encoder_fingerprint = pointer.encoder_fingerprint
        self.items = items
        self.folder = folder.path
        self._by_id = {item.item_id: item for item in items}

    @classmethod
    def open(cls, home: Path, name: str) -> Self:
        """Load the current generation.

        Raises
        ------
        StoreNotFound
            No store of that name.
        StoreUnavailable
            Its files cannot be read.
        """
        folder = StoreFolder(home, name)
        pointer = folder.require()
        path = folder.catalog_path(pointer.generation)
        if not path.is_file():
            raise StoreUnavailable(f"{path} is missing; import the catalog of store {name!r} again")
        return cls(folder, pointer, read_items(path))

    def get(self, item_id: str) -> Item:
        """The record of an item.

        Raises
        ------
        StoreError
            No such item in this store.
        """
        item = self._by_id.get(item_id)
        if item is None:
            raise StoreError(f"Store {self.name!r} has no item {item_id!r}")
        return item

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._by_id

    def image_path(self, item: Item, n: int = 0) -> Path | None:
        """The n-th picture of an item as an absolute path; None where it has no such picture."""
        if not 0 <= n < len(item.image_paths):
            return None
        path = (self.folder / item.image_paths[n]).resolve()
        return path if path.is_file() else None


class CatalogWriter:
    """A generation while it is built; whole only when an import has swapped it in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = 0
        self._photos = 0
        self._digest = hashlib.sha256()
        with disk_errors(path):
            path.unlink(missing_ok=True)
            self._db = Database(sqlite3.connect(path, timeout=10))
            self._db.table("items").create(
                {"position": int, "item_id": str, "hash": str, "record": str},
                pk="position",
                not_null={"item_id", "record"},
            )
            self._db.table("items").create_index(["item_id"], unique=True)

    @property
    def count(self) -> int:
        """Items so far."""
        return self._count

    @property
    def photos(self) -> int:
        """Pictures of all items so far."""
        return self._photos

    @property
    def fingerprint(self) -> str:
        """A hash of all items so far, in their order."""
        return self._digest.hexdigest()[:16]

    def add(self, items: Iterable[Item]) -> None:
        """Append items; an id that is there already raises StoreUnavailable."""
        rows = []
        for item in items:
            record = _record(item)
            digest = hashlib.sha256(record.encode()).hexdigest()[:16]
            rows.append({"position": self._count, "item_id": item.item_id, "hash": digest, "record": record})
            self._count += 1
            self._photos += len(item.image_paths)
            self._digest.update(digest.encode())
        with disk_errors(self._path):
            self._db.table("items").insert_all(rows)

    def close(self) -> None:
        """Finish writing; everything is on disk when this returns."""
        with disk_errors(self._path):
            self._db.close()


def read_items(path: Path) -> tuple[Item, ...]:
    """Every item of a generation, in order."""
    # Tens of thousands of live objects make each garbage collection slow, and none of them is garbage.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with disk_errors(path):
            db = _read_only(path)
            records = [row[0] for row in db.execute("select record from items order by position")]
            db.close()
        return tuple(_item(record) for record in records)
    finally:
        if collecting:
            gc.enable()


def iterate_items(path: Path, batch: int) -> Iterator[list[Item]]:
    """Items of a generation in batches, for work that must not hold them all."""
    with disk_errors(path):
        db = _read_only(path)
        rows = db.execute("select record from items order by position")
        while page := rows.fetchmany(batch):
            yield [_item(row[0]) for row in page]
        db.close()


def read_hashes(path: Path) -> dict[str, str]:
    """Hash of each item's record by item id; empty where the generation is not there."""
    if not path.is_file():
        return {}
    with disk_errors(path):
        db = _read_only(path)
        found = dict(db.execute("select item_id, hash from items").fetchall())
        db.close()
    return found


def _read_only(path: Path) -> Database:
    return Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10))


def _record(item: Item) -> str:
    """An item as a JSON list in the order of ``_FIELDS``: a third shorter and faster to read than with names."""
    values = [getattr(item, name) for name in _FIELDS[:-2]]
    attributes: Mapping[str, tuple[str, ...]] = item.attributes
    return orjson.dumps([*values, item.image_paths, dict(attributes)]).decode()


def _item(record: str) -> Item:
    row: list[Any] = orjson.loads(record)
    row[-2] = tuple(row[-2])
    row[-1] = {name: tuple(values) for name, values in row[-1].items()}
    return Item(*row)
