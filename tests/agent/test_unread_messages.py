from __future__ import annotations

import pytest

from agent.intent_examples import FILE
from agent.utterance import Intent
from tests.agent.unread_messages import Tally, read_messages, tallied

MESSAGES = [
    (Intent.THANK, "much obliged"),
    (Intent.CHAT, "how was the weekend"),
    (Intent.WHY, "how come"),
    (Intent.SEARCH, "my hands get cold"),
    (Intent.DETAILS, "does it wobble"),
]
READ = {
    "much obliged": (Intent.THANK, 0.9),
    "how was the weekend": (Intent.PAUSE, 0.6),
    "how come": (Intent.SEARCH, 1.0),
    "my hands get cold": (Intent.SEARCH, 0.9),
    "does it wobble": (Intent.COMPLAIN, 0.5),
}


@pytest.mark.parametrize(
    ("share", "tally"),
    [(0.95, Tally(3, 0, 0, 2, 0)), (0.6, Tally(3, 1, 1, 2, 0)), (0.5, Tally(3, 1, 1, 2, 1))],
)
def test_what_is_read_is_counted_by_what_was_meant(share: float, tally: Tally) -> None:
    assert tallied(MESSAGES, READ.__getitem__, share) == tally


def test_the_messages_are_none_of_the_examples() -> None:
    known = set(FILE.read_text(encoding="utf-8").lower().splitlines())
    messages = read_messages()
    assert {Intent.SEARCH, Intent.DETAILS, Intent.THANK} < {intent for intent, _ in messages}
    assert known.isdisjoint(text.lower() for _, text in messages)
