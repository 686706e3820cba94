"""Who visited which item, in order: a CSV file with ``user_id``, ``item_id`` and ``timestamp``.

Timestamps are ISO 8601 or seconds; further columns are passed over. Knows no store and no quantiser.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from store.errors import SourceError

COLUMNS = ("user_id", "item_id", "timestamp")
NAMED = 5  # unknown items that a warning names


@dataclass(frozen=True, slots=True)
class Visits:
    """Events in order of time: ``users`` and ``items`` are numbers from 0, both (events,)."""

    users: NDArray[np.int64]
    items: NDArray[np.int64]  # positions in the catalog

    def among(self, positions: NDArray[np.int64]) -> Visits:
        """The events about the items at these ascending positions, numbered by their place among them."""
        kept = np.isin(self.items, positions)
        return Visits(self.users[kept], np.searchsorted(positions, self.items[kept]))


def read_visits(path: Path, item_ids: Sequence[str]) -> Visits:
    """The events of a file that are about these items; others are counted and named on standard error.

    Raises
    ------
    SourceError
        The file cannot be read, lacks a column, has a timestamp that is none, or not one event about these items.
    """
    positions = {item_id: at for at, item_id in enumerate(item_ids)}
    users: dict[str, int] = {}
    events, unknown = [], []
    for user, item, seconds in _rows(path):
        if item in positions:
            events.append((seconds, users.setdefault(user, len(users)), positions[item]))
        else:
            unknown.append(item)
    if unknown:
        few = list(dict.fromkeys(unknown))
        some = ", ".join(few[:NAMED]) + (", ..." if len(few) > NAMED else "")
        print(f"{path}: {len(unknown)} events about {len(few)} unknown items left out: {some}", file=sys.stderr)
    if not events:
        raise SourceError(f"{path} has no event about an item of the store; item_id must be the store's item ids")
    events.sort(key=lambda event: event[0])  # stable: events of one moment stay in the order of the file
    return Visits(np.array([user for _, user, _ in events]), np.array([item for _, _, item in events]))


def _rows(path: Path) -> list[tuple[str, str, float]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise SourceError(f"{path} has no column {', '.join(missing)}; it needs {', '.join(COLUMNS)}")
            return [
                (row["user_id"], row["item_id"], _seconds(row["timestamp"], path, reader.line_num)) for row in reader
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{path} cannot be read: {error}") from error


def _seconds(text: str | None, path: Path, line: int) -> float:
    text = (text or "").strip()
    try:
        if text.replace(".", "", 1).isdigit():
            return float(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SourceError(f"{path}, line {line}: timestamp {text!r} is neither ISO 8601 nor seconds") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
