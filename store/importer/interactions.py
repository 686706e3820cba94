"""Who did what with which item, out of a CSV or TSV file: good rows become events, each bad one a finding.

Columns are ``user_id``, ``item_id``, ``timestamp`` and, where there is one, ``event``; others are passed over. Knows
no database and nothing of what is learned from events.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from store.errors import SourceError
from store.importer.detect import detect
from store.importer.normalise import shortened
from store.importer.readers import Row, read_table, table_header
from store.importer.report import Finding, Tally
from store.importer.text import clean, identifier
from store.interactions import Event

NEEDED = ("user_id", "item_id", "timestamp")
SHOWN = 3  # findings in an error


class _Bad(Exception):
    """Why a row is no event: the column, its value, the reason."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = value


def read_events(path: Path, item_ids: Sequence[str], now: float, tally: Tally) -> list[Event]:
    """The events of a file that are about these items and not after ``now`` (seconds since 1970), in its order.

    Every other row is told to the tally: an unknown item, a moment that is none or in the future, a field that is
    missing, a row that is there twice.

    Raises
    ------
    SourceError
        The file cannot be read, lacks a column, or has not one usable row.
    """
    file = detect(path)
    if file.kind != "table":
        raise SourceError(f"{path}: this is {file.kind}; write CSV or TSV with the columns {', '.join(NEEDED)}")
    header = table_header(file)
    if missing := [name for name in NEEDED if name not in header]:
        raise SourceError(
            f"{path}: no column {', '.join(missing)}; interactions need {', '.join(NEEDED)} (columns: {_few(header)})"
        )
    known = frozenset(item_ids)
    events: dict[Event, int] = {}  # with the line of each
    for row in read_table(file):
        tally.rows_read += row.rows
        try:
            event = _event(row, known, now)
            if event in events:
                raise _Bad("row", "", f"the same as line {events[event]}, which is kept")
        except _Bad as bad:
            item_id = shortened(_field(row, "item_id"))
            tally.reject(Finding(row.file, row.line, item_id, bad.column, shortened(bad.value), str(bad)))
        else:
            events[event] = row.line
    if not events:
        found = "; ".join(map(str, tally.rejections[:SHOWN])) or "it has no rows"
        example = next(iter(item_ids), "")
        raise SourceError(
            f"{path}: not one row can be used, nothing was changed ({found}); "
            f"item_id must be an id of the store such as {example!r}, timestamp ISO 8601 or seconds since 1970"
        )
    return list(events)


def _event(row: Row, item_ids: Collection[str], now: float) -> Event:
    if row.problem:
        raise _Bad("row", "", row.problem)
    user_id, item_id, moment = (_field(row, name) for name in NEEDED)
    for name, value in zip(NEEDED, (user_id, item_id, moment), strict=True):
        if not value:
            raise _Bad(name, "", "is missing")
    if item_id not in item_ids:
        raise _Bad("item_id", item_id, "is no item of the store")
    seconds = _seconds(moment)
    if seconds > now:
        raise _Bad("timestamp", moment, "is in the future (a number counts seconds since 1970)")
    return Event(user_id, item_id, seconds, _field(row, "event").lower())


def _field(row: Row, name: str) -> str:
    value = row.values.get(name)
    if isinstance(value, list):  # the column is there twice
        value = value[0]
    return clean(value) if name == "event" else identifier(value)


def _seconds(text: str) -> float:
    try:
        if text.replace(".", "", 1).isdigit():
            return float(text)
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError) as error:
        raise _Bad("timestamp", text, "is neither ISO 8601 nor seconds") from error


def _few(names: list[str]) -> str:
    return ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
