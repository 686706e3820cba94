from __future__ import annotations

import pytest

from agent.asked_recaps import with_recap
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Recap, Utterance
from tests.agent.small_store import talk


@pytest.mark.parametrize(
    ("text", "recap"),
    [
        ("what am I looking for again?", Recap.EVERYTHING),
        ("what have I saved so far?", Recap.LIST),
        ("show me my wishlist", Recap.LIST),
        ("what did I rule out?", Recap.REFUSED),
        ("did you leave out wool?", Recap.REFUSED),
        ("take the lamp off my list", Recap.TAKEN_OFF),
        ("please scratch that from my favourites", Recap.TAKEN_OFF),
    ],
)
def test_what_is_told_back_is_what_was_asked_for(text: str, recap: Recap) -> None:
    assert with_recap(text, Utterance(intent=Intent.RECALL)).recap is recap


def test_what_asks_for_no_recap_stays_as_it_is() -> None:
    said = Utterance(intent=Intent.LIKE, liked=("MU0",))
    assert with_recap("I like it, what did I save?", said) == said


@pytest.mark.parametrize(
    ("text", "recap"),
    [("what's on my list", Recap.LIST), ("remove both from my list", Recap.TAKEN_OFF)],
)
def test_who_reads_a_message_settles_what_it_wants_told_back(
    understanding: RuleUnderstanding, text: str, recap: Recap
) -> None:
    said = understanding.understand(text, DialogueState(cards=("MU0", "MU1"), liked=("MU0", "MU1")))
    assert (said.intent, said.recap) == (Intent.RECALL, recap)


def test_an_empty_list_is_told_to_who_asks_for_it_or_takes_something_off(agent: ShoppingAgent) -> None:
    _, asked, off, recap = talk(
        agent, "mugs", "what have I saved?", "take the first one out of my trolley", "what am I looking for?"
    )
    assert asked.text.startswith("Your list is still empty.")
    assert off.text.startswith("Your list is still empty.")
    assert "list" not in recap.text
