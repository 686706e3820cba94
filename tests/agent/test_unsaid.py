"""A store whose records hold nothing but titles of marketplaces and prices."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, Need
from agent.unsaid import as_recorded
from store.schemas import Item
from store.transcripts import Transcripts
from tests.agent.small_store import small_agent, small_shop, talk

TITLES = {
    "Dayling 2031 Planner Weekly (8.5x11, Sand)": 19.0,
    "Undated Planner Notepad - Tear Off Planning Pad": 14.0,
    "Ledgerwood Ruled Notebook, 100 Sheets": 9.0,
    "Inkling Ballpoint Pens | Smooth Notebook Pens": 6.0,
}
MORE = ", for Home Office School and Desk, Large Print, Thick Paper, Sturdy Rings, Elastic Band, Gift Box, 4 Pack"


@pytest.fixture
def agent(tmp_path: Path, transcripts: Transcripts) -> ShoppingAgent:
    items = tuple(
        Item(item_id=f"P{n}", title=title + MORE, price=price, currency="USD")
        for n, (title, price) in enumerate(TITLES.items())
    )
    return small_agent(small_shop(tmp_path, items), transcripts, tmp_path)


def test_a_reply_says_names_and_the_fact_check_knows_them(agent: ShoppingAgent) -> None:
    turns = talk(agent, "planners", "the first one", "compare 1 and 2", "save the cheaper one")
    found, opened, compared, saved = (turn.text for turn in turns)
    assert "the Undated Planner Notepad" in found.replace("The", "the")
    assert opened == "The Undated Planner Notepad costs $14."
    assert compared.startswith("The Undated Planner Notepad costs $14. The Dayling 2031 Planner Weekly costs $19.")
    assert saved == "Saved: the Undated Planner Notepad is on your list."


def test_things_are_pieces_where_not_every_card_says_what_they_are() -> None:
    pens, notebook = (Item(item_id=title, title=title) for title in ("Inkling Pens", "Ruled Notebook"))
    state = DialogueState().with_need(Need(unknown_type="ruled notebook"))
    assert as_recorded(state, [notebook]).need.unknown_type == "ruled notebook"
    assert as_recorded(state, [notebook, pens]).need.unknown_type == ""


@pytest.mark.parametrize(
    ("asked", "things"),
    [("a leather planner", "2 planners"), ("planners", "2 planners"), ("ballpoint notebooks", "ballpoint notebooks")],
)
def test_things_are_called_what_all_cards_say(agent: ShoppingAgent, asked: str, things: str) -> None:
    (told,) = talk(agent, asked)
    assert things in told.text
    assert "leather planner" not in told.text
