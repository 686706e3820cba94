from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.shopping_agent import ShoppingAgent
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop, talk


@pytest.mark.parametrize("words", ["maybe something heirloom", "it should be heirloom"])
def test_cards_that_stay_are_said_to_stay(agent: ShoppingAgent, words: str) -> None:
    first, again = talk(agent, "mugs", words)
    assert set(again.state.cards) == set(first.state.cards)
    assert " same 6" in again.text
    assert "mentions “heirloom”" in again.text
    assert "$" not in again.text


def test_nearest_that_stay_are_said_to_stay(agent: ShoppingAgent) -> None:
    none, again = talk(agent, "mugs under 5", "it should be heirloom")
    assert none.outcome == again.outcome == "nothing_in_range"
    assert "The nearest are the same" in again.text


@pytest.mark.parametrize(
    "words", ["under 200", "in red, blue, navy, black, green or beige", "show me the mugs", "show them again"]
)
def test_a_condition_or_the_kind_is_answered_with_the_list(agent: ShoppingAgent, words: str) -> None:
    *_, told = talk(agent, "mugs", words)
    assert len(told.state.cards) == 6
    assert " same 6" not in told.text
    assert "$" in told.text


def test_a_wish_that_a_record_denies_is_answered_in_its_words(transcripts: Transcripts, tmp_path: Path) -> None:
    stocked = tuple(
        replace(i, description="Light. The lid is not leakproof.") if i.item_id == "MU1" else i for i in items()
    )
    *_, told = talk(small_agent(small_shop(tmp_path, stocked), transcripts, tmp_path), "mugs", "it must be leakproof")
    assert "“The lid is not leakproof.”" in told.text
