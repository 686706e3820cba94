from __future__ import annotations

import threading
import time

import pytest
from langchain_core.messages import BaseMessage, HumanMessage

from agent.side_by_side import side_by_side

ASKED: list[list[BaseMessage]] = [[HumanMessage(str(n))] for n in range(4)]


def test_answers_come_in_the_order_of_the_questions() -> None:
    together = threading.Barrier(len(ASKED), timeout=5)  # broken unless all wait side by side

    def ask(messages: list[BaseMessage]) -> str:
        together.wait()
        time.sleep(0.02 * (4 - int(messages[0].text)))
        return messages[0].text

    assert side_by_side(ask, ASKED, at_once=4) == ["0", "1", "2", "3"]


def test_after_a_failure_nothing_more_is_asked() -> None:
    heard: list[str] = []

    def ask(messages: list[BaseMessage]) -> str:
        heard.append(messages[0].text)
        raise ValueError(messages[0].text)

    with pytest.raises(ValueError, match="0"):
        side_by_side(ask, ASKED * 20, at_once=1)
    assert len(heard) < len(ASKED) * 20


def test_what_takes_too_long_is_not_waited_for() -> None:
    done = threading.Event()
    with pytest.raises(TimeoutError):
        side_by_side(lambda messages: done.wait(5), ASKED, at_once=4, within_s=0.05)
    done.set()
