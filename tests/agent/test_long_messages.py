"""However long a message is, it is read at once, and what was left unread is told."""

from __future__ import annotations

import time

import pytest

from agent.events import Finished
from agent.long_messages import MOST, readable, unread_notice
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from store.schemas import UserTurn

AT_ONCE = 4.0  # seconds; reading some of these took minutes


@pytest.mark.parametrize(
    "phrase",
    [
        "red dress ",
        "not too long ",
        "no red, ",
        "silk would be nice ",
        "the second one is too ",
        "or else ",
        " ",
        "<b>",
    ],
)
def test_a_long_message_is_read_at_once(phrase: str, understanding: RuleUnderstanding) -> None:
    begun = time.perf_counter()
    understanding.understand(phrase * 20_000, DialogueState())
    assert time.perf_counter() - begun < AT_ONCE


def test_what_is_read_has_no_markup_and_ends_at_a_word() -> None:
    assert readable("<p>red <b>mugs</b></p>").split() == ["red", "mugs"]
    assert readable("a dress under 60") == "a dress under 60"
    long = readable("dresses " * 1000)
    assert long.endswith("dresses")
    assert MOST - len("dresses ") <= len(long) <= MOST
    assert readable(long) == long


@pytest.mark.parametrize("text", ["a red dress", "a red dress " * 100 + " " * MOST, "<b>" * MOST + "a red dress"])
def test_nothing_is_told_of_a_message_that_is_read_in_full(text: str) -> None:
    assert unread_notice(text) == ""


def test_the_shopper_is_told_what_was_read(agent: ShoppingAgent) -> None:
    session_id, state = agent.start("cli")
    sent = "a red dress please. " + "thank you kindly " * 200 + "and no silk"
    *_, last = agent.respond(session_id, state, UserTurn(sent))
    assert isinstance(last, Finished)
    assert last.text.startswith("Your message is very long: I read its first 2,000 characters, up to “")
    assert last.state.constraints.exclude == {}
    kept = agent.restore(session_id).turns[0].stored.turn
    assert (kept.user.text, kept.reply) == (sent, last.text)
