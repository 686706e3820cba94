from __future__ import annotations

import pytest

from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.small_store import talk

CARDS = DialogueState(cards=("DR0", "DR1", "DR2"))  # red, blue, navy


@pytest.mark.parametrize(
    ("text", "liked", "rejected"),
    [
        ("I like the first, the second is ugly", ("DR0",), ("DR1",)),
        ("I hate the first, love the second", ("DR1",), ("DR0",)),
        ("the first is nice, but I hate the third", (), ("DR2",)),
        ("I like the first and the third, not the second", ("DR0", "DR2"), ("DR1",)),
        ("I love the red one but the blue one is hideous", ("DR0",), ("DR1",)),
        ("the second looks awful. I'll take the third", ("DR2",), ("DR1",)),
        ("I like the first better than the second, but not the third", ("DR0",), ("DR2",)),
    ],
)
def test_each_card_has_its_own_verdict(
    text: str, liked: tuple[str, ...], rejected: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    heard = understanding.understand(text, CARDS)
    assert (heard.intent, heard.liked, heard.rejected) == (Intent.REJECT, liked, rejected)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I like the first and the second", Intent.LIKE),
        ("love 1, not 2", Intent.LIKE),
        ("not the first or the second", Intent.REJECT),
        ("the first is nice", Intent.DETAILS),
        ("I like the second, but it is too short", Intent.MORE_LIKE),
        ("I like the second, don't like that colour", Intent.MORE_LIKE),
        ("the first is nice, is the second nicer?", Intent.DETAILS),
        ("compare the first and the second, not the third", Intent.COMPARE),
        ("I like the first better than the second", Intent.LIKE),
        ("I don't like leather, the first is nice", Intent.MORE_LIKE),
        ("something like the first but not the colour", Intent.MORE_LIKE),
    ],
)
def test_one_verdict_is_read_as_before(text: str, intent: Intent, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, CARDS).intent is intent


def test_what_is_praised_is_told_to_be_saved_and_what_is_blamed_leaves_the_table(agent: ShoppingAgent) -> None:
    shown, judged = talk(agent, "dresses", "I like the first, the second is ugly")
    first, second, *_ = shown.state.cards
    assert judged.text.startswith("Saved: ")
    assert judged.state.liked == (first,)
    assert second not in judged.state.cards
