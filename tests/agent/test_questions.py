"""What is asked of the cards names facts to look up; elsewhere the same words are wishes."""

from __future__ import annotations

import pytest

from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    "text",
    [
        "does the second have linen in it?",
        "is it silk",
        "I wonder whether the first one is linen",
        "the first one is linen, right?",
        "are you sure it has no silk?",
        "can you tell me if it is linen",
        "any silk in the first?",
    ],
)
def test_questions_about_cards_are_no_wishes(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("dresses", cards=("DR0", "DR1", "DR2"))
    said = understanding.understand(text, state)
    assert said.intent is Intent.DETAILS
    assert said.asked == ("material",) or said.asked_words in (("linen",), ("silk",))


@pytest.mark.parametrize("text", ["do you have it in linen?", "something in linen instead", "it must be linen"])
def test_wishes_stay_wishes(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, talk("dresses", cards=("DR0", "DR1", "DR2")))
    assert said.intent in (Intent.SEARCH, Intent.MORE_LIKE)
    assert said.include == {"material": ("Linen",)}


@pytest.mark.parametrize("text", ["how to wash this?", "washing instructions?", "how should I clean it"])
def test_care_is_asked_in_many_ways(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, talk("dresses", cards=("DR0", "DR1")))
    assert (said.intent, said.asked) == (Intent.DETAILS, ("care",))


def test_what_about_a_fact_is_no_return(talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand("what about the material of the first?", talk("dresses", cards=("DR0", "DR1")))
    assert said.asked == ("material",)
