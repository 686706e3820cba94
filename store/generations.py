"""A store's folder: generations of its catalog side by side, and the one small file that says which is current.

A new generation is built beside the current one and becomes current by one rename onto ``current.json``,
so a reader sees the old catalog or the new one, never a mixture, and an import that dies changes nothing. The
generation before the current one is kept for readers that still have it open; older ones are swept away.
Knows no items and no vectors.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from store.errors import StoreError, StoreNotFound, StoreUnavailable

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ANEW = "move it away and import the catalog again"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")


def home_folder() -> Path:
    """Where stores and models lie: ``MERCER_HOME`` in the environment, else the user's data folder."""
    return Path(os.environ.get("MERCER_HOME") or platformdirs.user_data_dir("mercer")).expanduser().absolute()


@dataclass(frozen=True, slots=True)
class Pointer:
    """What ``current.json`` holds about the current generation."""

    generation: str  # "1", "2", ...
    fingerprint: str  # of all items in their order
    items: int
    photos: int
    encoder_name: str
    encoder_fingerprint: str
    imported_at: str  # ISO 8601, UTC
    source: str


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """What disk and SQLite raise, as one ``StoreUnavailable`` that names the path."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            raise StoreUnavailable(f"{path} is damaged ({error}); {_ANEW}") from error
        raise StoreUnavailable(f"{path}: {error}; is the disk full, or another program using it?") from error
    except OSError as error:
        raise StoreUnavailable(f"{path}: {error.strerror or error}; check free space and permissions") from error


def store_name(text: str) -> str:
    """A name for a store out of any text: "My Shop.csv" gives "my-shop-csv"."""
    return re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-_")[:40].strip("-_") or "store"


def list_stores(home: Path) -> list[str]:
    """Names of the stores that can be opened, in alphabetical order."""
    return sorted(path.parent.name for path in (home / "stores").glob("*/current.json"))


class StoreFolder:
    """The folder ``home/stores/NAME``."""

    def __init__(self, home: Path, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise StoreError(
                f"Store name {name!r}: use lower-case letters, digits, - and _, "
                f"at most 40, for example {store_name(name)!r}"
            )
        self.home = home
        self.name = name
        self.path = home / "stores" / name

    def pointer(self) -> Pointer | None:
        """The current generation; None before the first import.

        Raises
        ------
        StoreUnavailable
            The file cannot be read.
        """
        path = self.path / "current.json"
        try:
            with disk_errors(path):
                return Pointer(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise StoreUnavailable(f"{path} is damaged; {_ANEW}") from error
        except StoreUnavailable:
            if path.exists():
                raise
            return None

    def require(self) -> Pointer:
        """The current generation.

        Raises
        ------
        StoreNotFound
            There is no such store; the message lists those that exist.
        """
        pointer = self.pointer()
        if pointer is None:
            known = ", ".join(list_stores(self.home)) or "none yet"
            raise StoreNotFound(
                f"No store {self.name!r}; stores: {known}. Make one with: python app.py import SOURCE"
            )
        return pointer

    def catalog_path(self, generation: str) -> Path:
        """The item database of a generation."""
        return self.path / f"catalog-{generation}.db"

    def generations(self) -> list[str]:
        """Every generation on disk, oldest first, whether whole or not."""
        found = [
            match[1]
            for path in self.path.glob("catalog-*.db")
            if (match := re.fullmatch(r"catalog-(\d+)\.db", path.name))
        ]
        return sorted(found, key=int)

    def next_generation(self) -> str:
        """A number above that of every generation on disk."""
        pointer = self.pointer()
        return str(max([0, *map(int, self.generations()), int(pointer.generation) if pointer else 0]) + 1)

    def to_sweep(self) -> list[str]:
        """Generations that no reader needs: all but the current one and the whole one before it."""
        pointer = self.pointer()
        if pointer is None:
            return self.generations()
        before = [g for g in self.generations() if int(g) < int(pointer.generation)]
        return [g for g in self.generations() if g != pointer.generation and g not in before[-1:]]

    def remove(self, generation: str) -> None:
        """Delete the item database of a generation."""
        path = self.catalog_path(generation)
        with disk_errors(path):
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
                path.with_name(name).unlink(missing_ok=True)

    def swap(self, pointer: Pointer) -> None:
        """Make a finished generation the current one, at once and durably."""
        path = self.path / "current.json"
        partial = path.with_suffix(".part")
        with disk_errors(path):
            with partial.open("w", encoding="utf-8") as file:
                json.dump(asdict(pointer), file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)

    @contextlib.contextmanager
    def locked(self, work: str = "import") -> Iterator[None]:
        """Keep other imports, or other work of one name, out of this store; the lock falls with the process.

        Raises
        ------
        StoreUnavailable
            Such work on this store is running already.
        """
        with disk_errors(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / f"{work}.lock", timeout=0)
            try:
                lock.acquire()
            except Timeout as error:
                raise StoreUnavailable(f"Another {work} is running on store {self.name!r}; wait for it") from error
        try:
            yield
        finally:
            lock.release()
