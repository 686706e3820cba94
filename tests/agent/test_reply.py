from __future__ import annotations

import pytest

from agent.shopping_agent import ShoppingAgent
from tests.agent.test_shopping_agent import agent, talk, transcripts

__all__ = ["agent", "transcripts"]


@pytest.mark.parametrize("pointed", ["both of the first two", "the first two", "the first and the third"])
def test_two_cards_of_which_nothing_is_asked_stand_side_by_side(agent: ShoppingAgent, pointed: str) -> None:
    _, told = talk(agent, "dresses", pointed)
    assert told.text.count("$") > 1
    assert "The lowest price is that of" in told.text


def test_many_cards_of_which_nothing_is_asked_are_told_by_their_prices(agent: ShoppingAgent) -> None:
    _, told = talk(agent, "dresses", "tell me about all of them")
    assert told.text
    assert told.text != "The records do not tell that."
