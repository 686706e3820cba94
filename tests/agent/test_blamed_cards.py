from __future__ import annotations

import pytest

from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent

_DRESSES = DialogueState(needs=(Need("category", ("Dresses",)),), focus=0, cards=("DR0", "DR1", "DR2"))


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("the last one was too modern", "DR2"),
        ("hmm, the second looks a bit too fancy", "DR1"),
        ("the first is too boxy for my taste", "DR0"),
    ],
)
def test_a_card_that_is_too_much_of_something_goes(text: str, item: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, _DRESSES)
    assert (said.intent, said.rejected) == (Intent.REJECT, (item,))


@pytest.mark.parametrize("text", ["the second is too red", "these are too red"])
def test_a_value_of_which_there_is_too_much_is_none_to_look_for(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, _DRESSES)
    assert "Red" not in said.include.get("color", ())
    assert "Red" in said.exclude["color"]


@pytest.mark.parametrize(
    "text", ["the second is too expensive", "I like the second, but it is too short", "is the second too modern?"]
)
def test_less_of_it_is_wished_or_asked_as_before(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, _DRESSES).intent is not Intent.REJECT


def test_too_that_says_also_refuses_nothing(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("I like blue too, cotton would be nice", _DRESSES)
    assert said.exclude == {}
