"""What fits into the time is learned from answers; after a failure nobody is asked for a while."""

from __future__ import annotations

import logging

import pytest

from retrievers import pace
from retrievers.errors import LanguageModelUnavailable
from retrievers.pace import Pace


def test_more_is_affordable_when_answers_come_faster_and_less_when_slower() -> None:
    found = Pace(0.1)
    assert found.affordable(1.05) == 6
    for _ in range(20):
        found.took(10, 0.2)
    assert 27 <= found.affordable(1.0) <= 30
    found.took(1, 1.0)
    assert found.affordable(1.0) < 6


@pytest.mark.parametrize("left", [0.0, -1.0, 0.05])
def test_without_time_nothing_is_asked(left: float) -> None:
    assert Pace(0.1).affordable(left) == 0


def test_a_failure_is_told_and_rests(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    found = Pace(0.1)
    with caplog.at_level(logging.WARNING):
        found.failed(LanguageModelUnavailable("the server is gone"), 6, 0.001)
    assert "the server is gone" in caplog.text
    assert found.affordable(10.0) == 0
    now = pace.time.monotonic()
    monkeypatch.setattr(pace.time, "monotonic", lambda: now + pace.REST_S + 1)
    assert found.affordable(10.0) == 60


def test_waiting_in_vain_plans_less_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Pace(0.1)
    planned = found.affordable(1.0)
    found.failed(LanguageModelUnavailable("too slow"), planned, 1.0)
    now = pace.time.monotonic()
    monkeypatch.setattr(pace.time, "monotonic", lambda: now + pace.REST_S + 1)
    assert 0 < found.affordable(1.0) < planned
