"""Who visited what is read in order of time, and what is wrong with a file is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from store.errors import SourceError
from training.interactions import Visits, read_visits

IDS = ("a", "b", "c")


def written(folder: Path, text: str) -> Path:
    (folder / "visits.csv").write_text(text, encoding="utf-8")
    return folder / "visits.csv"


def test_events_are_in_order_of_time(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "user_id,event,timestamp,item_id\nu1,view,2025-01-02T00:00:00Z,b\nu2,view,2025-01-01,c\nu1,cart,1735689599,a\n",
    )
    found = read_visits(path, IDS)
    assert found.items.tolist() == [0, 2, 1]
    assert found.users[0] == found.users[2] != found.users[1]


def test_unknown_items_are_counted_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "user_id,item_id,timestamp\nu1,a,1\nu1,x,2\nu2,x,3\nu2,y,3\n")
    assert read_visits(path, IDS).items.tolist() == [0]
    assert "3 events about 2 unknown items left out: x, y" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("user_id,item_id\nu1,a\n", "no column timestamp"),
        ("", "no column user_id, item_id, timestamp"),
        ("user_id,item_id,timestamp\n", "no event about an item"),
        ("user_id,item_id,timestamp\nu1,x,1\n", "no event about an item"),
        ("user_id,item_id,timestamp\nu1,a,1\nu1,b,soon\n", "line 3: timestamp 'soon'"),
        ("user_id,item_id,timestamp\nu1,a\n", "line 2: timestamp ''"),
    ],
)
def test_a_file_that_is_of_no_use_is_refused(text: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=named):
        read_visits(written(tmp_path, text), IDS)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv"):
        read_visits(tmp_path / "none.csv", IDS)


def test_visits_among_some_items_are_numbered_by_them() -> None:
    found = Visits(np.array([0, 0, 1]), np.array([5, 2, 9])).among(np.array([2, 9]))
    assert (found.users.tolist(), found.items.tolist()) == ([0, 1], [0, 1])
