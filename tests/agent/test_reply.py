from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.shopping_agent import ShoppingAgent
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop
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


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("are they dishwasher safe?", "“dishwasher safe”"), ("are these crease-proof?", "“crease-proof”")],
)
def test_what_is_asked_of_all_is_quoted_as_a_whole(agent: ShoppingAgent, text: str, quoted: str) -> None:
    _, told = talk(agent, "mugs", text)
    assert quoted in told.text


def test_several_things_under_one_title_are_on_the_list(transcripts: Transcripts, tmp_path: Path) -> None:
    stocked = tuple(replace(item, title=f"{item.brand} earbuds") for item in items())
    _, told = talk(small_agent(small_shop(tmp_path, stocked), transcripts, tmp_path), "mugs", "save the first one")
    assert told.text.endswith("earbuds are on your list.")


def test_where_nothing_is_cheaper_the_lowest_price_is_that_of_what_was_asked_for(agent: ShoppingAgent) -> None:
    mugs, other = talk(agent, "mugs between 30 and 70", "anything cheaper but not the cheapest")
    assert len(mugs.state.cards) == 3
    assert "Nothing cheaper among the mugs from $30: the lowest price is $35" in other.text


def test_no_reply_says_the_article_of_a_title_twice(tmp_path: Path, transcripts: Transcripts) -> None:
    named = tuple(replace(item, title=f"The {item.title}") for item in items())
    for turn in talk(
        small_agent(small_shop(tmp_path, named), transcripts, tmp_path), "mugs", "the first one", "why?"
    ):
        assert "the the " not in turn.text.lower()
        assert turn.text


def test_a_title_with_inches_is_named_and_asked_about(transcripts: Transcripts, tmp_path: Path) -> None:
    stocked = tuple(
        replace(item, title=f'Norvik 27" {item.title}', attributes={**item.attributes, "hdmi": ("yes",)})
        for item in items()
    )
    found, told = talk(
        small_agent(small_shop(tmp_path, stocked), transcripts, tmp_path), "mugs", "does the first have hdmi?"
    )
    assert 'Norvik 27"' in found.text
    assert told.text.startswith('Yes: the record of the Norvik 27" ')
