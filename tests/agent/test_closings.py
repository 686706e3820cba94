from __future__ import annotations

import time

import pytest

from agent.closings import closing
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.small_store import talk


@pytest.mark.parametrize(
    "text",
    [
        "super, cheers",
        "wonderful, thanks so much",
        "ok ta",
        "right, thanks for your help then",
        "no problem, thank you",
    ],
)
def test_thanks_behind_a_nod_are_thanks(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState()).intent is Intent.THANK


@pytest.mark.parametrize(
    "text",
    [
        "ok, goodbye then",
        "fine, that's all for today",
        "I'll think it over, bye",
        "well, see ya later",
        "I'm done now",
    ],
)
def test_a_goodbye_is_no_search(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState()).intent is Intent.FAREWELL


@pytest.mark.parametrize(
    "text",
    [
        "great",
        "ok, cheers, and a lamp too",
        "thanks, in blue",
        "yes, that's it",
        "I see",
        "good",
        "is that all?",
        "bye bye lamp",
    ],
)
def test_what_says_more_or_less_closes_nothing(text: str) -> None:
    assert closing(text) is None


def test_a_long_message_is_read_at_once() -> None:
    began = time.perf_counter()
    assert closing("thanks so much " * 400 + "socks") is None
    assert time.perf_counter() - began < 1


def test_after_a_goodbye_the_search_goes_on(agent: ShoppingAgent) -> None:
    asked, left, further = talk(agent, "silk dresses under 60", "alright, bye", "in red?")
    assert left.text.startswith("Until next time!")
    assert (left.state.need, left.state.cards) == (asked.state.need, asked.state.cards)
    assert further.state.need.include["material"] == ("Silk",)
