"""Good rows of an interactions file become events in its order; every other row is counted and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import SourceError
from store.importer.interactions import read_events
from store.importer.report import Tally
from store.interactions import Event

IDS = ("a", "b", "10")
NOW = 1_767_225_600.0  # 2026-01-01
HEAD = "user_id,item_id,timestamp,event\n"


def written(folder: Path, text: str) -> Path:
    (folder / "log.csv").write_text(text, encoding="utf-8")
    return folder / "log.csv"


def read(folder: Path, text: str) -> tuple[list[Event], Tally]:
    tally = Tally()
    return read_events(written(folder, text), IDS, NOW, tally), tally


def test_moments_are_seconds_or_iso_and_without_a_zone_utc(tmp_path: Path) -> None:
    rows = "u1,a,1735689600,View\nu1,a,2025-01-01T00:00:01,\nu2,b,2025-01-01T02:00:00+02:00,cart\nu2,10.0,5.5,buy\n"
    events, tally = read(tmp_path, HEAD + rows)
    assert events[:3] == [
        Event("u1", "a", 1735689600.0, "view"),
        Event("u1", "a", 1735689601.0, ""),
        Event("u2", "b", 1735689600.0, "cart"),
    ]
    assert (tally.rows_read, tally.rejected) == (4, 1)  # 10.0 is text here and no item


def test_the_event_is_optional_and_other_columns_are_passed_over(tmp_path: Path) -> None:
    events, _ = read(tmp_path, "timestamp;more;item_id;user_id\n5;x;a;u1\n")
    assert events == [Event("u1", "a", 5.0)]


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        ("u1,x,5,", "item_id", "x", "is no item of the store"),
        ("u1,a,2026-01-02,", "timestamp", "2026-01-02", "in the future"),
        ("u1,a,1735689600000,", "timestamp", "1735689600000", "a number counts seconds"),
        ("u1,a,soon,", "timestamp", "soon", "neither ISO 8601 nor seconds"),
        ("u1,a,-5,", "timestamp", "-5", "neither ISO 8601 nor seconds"),
        ("u1,a,nan,", "timestamp", "nan", "neither ISO 8601 nor seconds"),
        (",a,5,", "user_id", "", "is missing"),
        ("u1,,5,", "item_id", "", "is missing"),
        ("u1,a", "timestamp", "", "is missing"),
        ("u1,a,5,view,6", "row", "", "1 more fields than the header"),
        ("u0,a,1,view", "row", "", "the same as line 2, which is kept"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_kept(
    tmp_path: Path, row: str, column: str, value: str, reason: str
) -> None:
    events, tally = read(tmp_path, f"{HEAD}u0,a,1,view\n{row}\nu0,b,2,\n")
    assert [event.item_id for event in events] == ["a", "b"]
    (finding,) = tally.rejections
    assert (finding.file, finding.line, finding.field, finding.value) == ("log.csv", 3, column, value)
    assert reason in finding.reason


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("user_id,item_id\nu1,a\n", r"no column timestamp.*columns: user_id, item_id"),
        ("user_id,item_id,timestamp\n", "it has no rows"),
        (HEAD + "u1,x,1,\n", r"nothing was changed.*id x: 'x', item_id is no item of the store.*such as 'a'"),
        ("", "empty"),
        ('{"user_id": "u1", "item_id": "a", "timestamp": 1}\n', "this is jsonl; write CSV"),
        ("# A page\n\nof prose\n", "no columns found"),
    ],
)
def test_a_file_of_no_use_is_refused_with_the_way_out(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(SourceError, match=named):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv: no such file"):
        read_events(tmp_path / "none.csv", IDS, NOW, Tally())
