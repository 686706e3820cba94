from __future__ import annotations

import pytest

from agent.brand_questions import brand_asked_for
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from tests.agent.small_store import talk


@pytest.mark.parametrize(
    ("text", "brand"),
    [
        ("who is Marlow?", "Marlow"),
        ("and who's nordhavn again?", "Nordhavn"),
        ("who is the president?", ""),
        ("who is it by?", ""),
        ("who is Marlow for?", ""),
    ],
)
def test_who_a_brand_is_may_be_asked(text: str, brand: str, shop: Shop) -> None:
    assert brand_asked_for(text, shop.vocabulary) == brand


def test_what_there_is_of_it_is_told_and_the_search_goes_on(agent: ShoppingAgent) -> None:
    before, asked = talk(agent, "red dresses", "who is Nordhavn?")
    assert "This store has 18 products by Nordhavn" in asked.text
    assert "do not tell who" in asked.text
    assert (asked.state.need, asked.state.cards) == (before.state.need, before.state.cards)
