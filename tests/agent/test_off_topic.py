from __future__ import annotations

import pytest

from agent.off_topic import without_off_topic
from agent.shopping_agent import ShoppingAgent
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.small_store import talk
from tests.agent.test_understanding import said


@pytest.mark.parametrize(
    "text",
    [
        "whats the weather in paris",
        "who won the match last night?",
        "tell me a joke about boots",
        "hi, what time is it",
        "what's 17 + 4",
        "please translate this to german",
    ],
)
def test_what_no_shop_answers_is_off_topic(text: str, understanding: RuleUnderstanding) -> None:
    asked = said(understanding, text)
    assert (asked.intent, asked.text, asked.type_values) == (Intent.OFF_TOPIC, "", ())


@pytest.mark.parametrize(
    "text",
    ["who makes it", "who is the second one for", "is it rain proof", "for my sister who is a nurse", "a joke mug"],
)
def test_questions_about_things_are_not(text: str) -> None:
    assert without_off_topic(text) == text


def test_a_wish_beside_it_is_looked_for(understanding: RuleUnderstanding) -> None:
    wish = said(understanding, "what's the weather in oslo? and do you have boots")
    assert (wish.intent, wish.type_values, wish.text) == (Intent.SEARCH, ("Boots",), "")


def test_the_reply_says_what_can_be_asked_and_keeps_the_search(agent: ShoppingAgent) -> None:
    fresh, asked, aside = talk(agent, "who won the match?", "silk dresses", "tell me a joke about cats")
    assert "apparel" in fresh.text
    assert "dresses" in aside.text
    assert (aside.outcome, aside.state.need, aside.state.cards) == ("answered", asked.state.need, asked.state.cards)
