"""Turns about a thing that the store does not carry, and what is talked about after them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.shopping_agent import ShoppingAgent
from store.schemas import Item
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop, talk


def test_after_a_thing_that_is_not_carried_the_talk_is_about_what_was_wanted_before(agent: ShoppingAgent) -> None:
    dresses, lacking, red = talk(agent, "blue dresses", "do you have lipstick", "in red then")
    assert (dresses.outcome, lacking.outcome, red.outcome) == ("found", "not_carried", "found")
    assert "lipstick" in lacking.text
    assert red.state.constraints.include == {"color": ("Red",), "category": ("Dresses",)}


def test_what_the_store_has_is_told_where_a_thing_is_not_carried(agent: ShoppingAgent) -> None:
    (lacking,) = talk(agent, "a piano")
    assert lacking.text.endswith("The departments here are apparel, footwear, home and kitchen.")


def test_a_first_wish_that_is_not_carried_does_not_stand_in_the_way(agent: ShoppingAgent) -> None:
    lacking, tablets, party = talk(agent, "a blue piano", "tablets then", "something for a party")
    assert (lacking.outcome, tablets.outcome, party.outcome) == ("not_carried", "not_carried", "found")
    assert "tablets" in tablets.text
    assert party.state.constraints.include == {"occasion": ("Party",)}


@pytest.mark.parametrize(
    ("text", "outcome", "cards"),
    [
        ("resistance bands", "found", {"R0", "R1"}),
        ("resistance bands under 5", "nothing_in_range", {"R0", "R1"}),
    ],
)
def test_what_only_some_titles_end_on_is_all_that_counts(
    text: str, outcome: str, cards: set[str], transcripts: Transcripts, tmp_path: Path
) -> None:
    band = Item("R0", "Band", description="Band, band, band.", price=16.0, product_type="Gear > Training")
    band = replace(band, attributes={"color": ("Black",)})
    bands = (band, replace(band, item_id="R1"))
    agent = small_agent(small_shop(tmp_path, (*items(), *bands)), transcripts, tmp_path)
    (end,) = talk(agent, text)
    assert (end.outcome, set(end.state.cards)) == (outcome, cards)
