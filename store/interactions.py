"""What shoppers of one store did: events kept in SQLite, and the same as numbers that a model is fitted to.

Every import adds the events that are not there yet, so a log can be brought in piece by piece and the same file
twice. Events are kept by item id: a catalog that comes anew does not touch them. Knows no file formats and no models.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from store.sqlite_file import SqliteFile

FILE = "interactions.db"
_COLUMNS = "user_id, item_id, seconds, event"


@dataclass(frozen=True, slots=True)
class Event:
    """One shopper, one item, one moment (seconds since 1970, UTC); ``event`` is "view", "cart", ... or ""."""

    user_id: str
    item_id: str
    seconds: float
    event: str = ""


@dataclass(frozen=True, slots=True)
class Visits:
    """Events in order of time: ``users`` and ``items`` are numbers from 0, both (events,).

    ``user_ids`` has the id of each user's number; it is empty where nobody asks for ids.
    """

    users: NDArray[np.int64]
    items: NDArray[np.int64]  # positions in the catalog
    user_ids: tuple[str, ...] = ()

    def among(self, positions: NDArray[np.int64]) -> Visits:
        """The events about the items at these ascending positions, numbered by their place among them."""
        kept = np.isin(self.items, positions)
        return Visits(self.users[kept], np.searchsorted(positions, self.items[kept]), self.user_ids)

    def once(self) -> Visits:
        """Of each user and item only the first event."""
        _, first = np.unique(np.stack([self.users, self.items]), axis=1, return_index=True)
        first.sort()
        return Visits(self.users[first], self.items[first], self.user_ids)


def visits_of(events: Iterable[Event], item_ids: Sequence[str]) -> Visits:
    """Events as numbers; those about other items are left out, those of one moment stay in their order."""
    positions = {item_id: at for at, item_id in enumerate(item_ids)}
    kept = sorted((event for event in events if event.item_id in positions), key=lambda event: event.seconds)
    users: dict[str, int] = {}
    numbers = [users.setdefault(event.user_id, len(users)) for event in kept]
    items = [positions[event.item_id] for event in kept]
    return Visits(np.array(numbers, dtype=np.int64), np.array(items, dtype=np.int64), tuple(users))


class InteractionLog:
    """All events of one store, in its folder.

    Raises
    ------
    StoreUnavailable
        The file cannot be read or written; see ``SqliteFile``.
    """

    def __init__(self, folder: Path) -> None:
        self._file = SqliteFile(folder / FILE)
        with self._file.writing() as db:
            db.execute("""
                CREATE TABLE IF NOT EXISTS events (
                    number INTEGER PRIMARY KEY,           -- keeps the order of files
                    user_id TEXT NOT NULL,
                    item_id TEXT NOT NULL,
                    seconds REAL NOT NULL,                -- since 1970, UTC
                    event TEXT NOT NULL,                  -- '' where the file names none
                    UNIQUE (user_id, item_id, seconds, event)
                ) STRICT
            """)

    def add(self, events: Sequence[Event]) -> int:
        """Keep those that are new, all or none; returns how many."""
        rows = [(event.user_id, event.item_id, event.seconds, event.event) for event in events]
        with self._file.writing() as db:
            before = db.conn.total_changes
            db.conn.executemany(f"INSERT OR IGNORE INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?)", rows)
            return int(db.conn.total_changes - before)

    def events(self) -> list[Event]:
        """Everything kept, oldest first; events of one moment in the order in which they came."""
        with self._file.reading() as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM events ORDER BY seconds, number").fetchall()
        return [Event(*row) for row in rows]

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def visits_in(folder: Path, item_ids: Sequence[str]) -> Visits:
    """Everything kept of the store in a folder, as numbers; see ``visits_of``."""
    log = InteractionLog(folder)
    try:
        return visits_of(log.events(), item_ids)
    finally:
        log.close()


def fingerprint_of(events: Iterable[Event]) -> str:
    """A hash of events in their order."""
    digest = hashlib.sha256()
    for event in events:
        digest.update(f"{event.user_id}\t{event.item_id}\t{event.seconds!r}\t{event.event}\n".encode())
    return digest.hexdigest()[:16]
