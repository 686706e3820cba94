"""Events are kept once, in order of time, and become numbers over a catalog."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from store.errors import StoreUnavailable
from store.interactions import FILE, Event, InteractionLog, Visits, fingerprint_of, visits_of

EVENTS = [Event("u2", "b", 5.0, "view"), Event("u1", "a", 1.5), Event("u1", "b", 5.0), Event("u1", "x", 3.0)]


def test_what_is_there_is_not_added_again(tmp_path: Path) -> None:
    log = InteractionLog(tmp_path)
    assert log.add(EVENTS) == 4
    assert log.add([*EVENTS, Event("u1", "a", 1.5, "cart")]) == 1
    log.close()
    again = InteractionLog(tmp_path)
    assert again.add([]) == 0
    assert [event.seconds for event in again.events()] == [1.5, 1.5, 3.0, 5.0, 5.0]
    assert again.events()[3:] == [EVENTS[0], EVENTS[2]]  # one moment: as they came
    again.close()


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database, but long enough to be taken for one" * 40)
    with pytest.raises(StoreUnavailable, match=r"interactions\.db is damaged or not a database"):
        InteractionLog(tmp_path)


def test_visits_are_numbers_in_order_of_time_without_other_items() -> None:
    found = visits_of(EVENTS, ("b", "a"))
    assert found.user_ids == ("u1", "u2")
    assert (found.users.tolist(), found.items.tolist()) == ([0, 1, 0], [1, 0, 0])


def test_visits_among_some_items_are_numbered_by_them() -> None:
    found = Visits(np.array([0, 0, 1]), np.array([5, 2, 9]), ("u", "v")).among(np.array([2, 9]))
    assert (found.users.tolist(), found.items.tolist(), found.user_ids) == ([0, 1], [0, 1], ("u", "v"))


def test_once_keeps_the_first_of_each_user_and_item() -> None:
    found = Visits(np.array([1, 0, 1, 1]), np.array([7, 7, 2, 7])).once()
    assert (found.users.tolist(), found.items.tolist()) == ([1, 0, 1], [7, 7, 2])


def test_a_fingerprint_changes_with_every_event() -> None:
    first = fingerprint_of(EVENTS)
    assert first == fingerprint_of(list(EVENTS))
    assert fingerprint_of(EVENTS[:-1]) != first != fingerprint_of(EVENTS[::-1])
