from __future__ import annotations

from dataclasses import replace

import pytest

from agent.intents import read_intent
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, Need
from agent.sums import summed
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.small_store import items, talk

MUGS = Need("category", ("Mugs",), table=("MU0", "MU1", "MU2"))
DRESSES = Need("category", ("Dresses",), table=("DR1", "DR2"))
STATE = DialogueState((DRESSES, MUGS), 1, cards=MUGS.table)
IN_HAND = replace(STATE, talked_about="MU1")


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("two of the first and one of the second, how much?", ("MU0", "MU0", "MU1")),
        ("I need 6, what would the third cost in total?", ("MU2",) * 6),
        ("I need 4 mugs, how much is the third?", ("MU2",) * 4),
        ("ok that one x2, total?", ("MU1", "MU1")),
        ("how much for 3 of them", ("MU1",) * 3),
        ("how much are two?", ("MU1",) * 2),
        ("and what would four cost?", ("MU1",) * 4),
        ("what's the total of the first and the third?", ("MU0", "MU2")),
        ("how much are 1 and 3 together?", ("MU0", "MU2")),
        ("what's the total of the first dress and the second mug?", ("DR1", "MU1")),
        ("how much for all three?", ("MU0", "MU1", "MU2")),
        ("how much would it be for both?", ("MU0", "MU1")),
        ("how much is the dress and the mug together?", ("DR1", "MU1")),
        ("what would the mugs and the dress cost altogether", ("MU1", "DR1")),
        ("how much so far if I take the first of each?", ("DR1", "MU0")),
    ],
)
def test_cards_are_added_up(text: str, references: tuple[str, ...], understanding: RuleUnderstanding) -> None:
    heard = understanding.understand(text, IN_HAND)
    assert (heard.intent, heard.references, heard.liked) == (Intent.SUM, references, ())


def test_of_each_kind_the_saved_one_is_added_up(understanding: RuleUnderstanding) -> None:
    heard = understanding.understand("the dress and the mug in total, how much?", replace(STATE, liked=("DR2",)))
    assert heard.references == ("DR2", "MU0")


@pytest.mark.parametrize(
    "text",
    [
        "how much is the dress and the boots together?",  # of boots nothing was shown
        "how much are the first and the second?",
        "how much is the third?",
        "how much is one?",
        "how much is 3?",
        "what's the price of the second one",
        "mugs under 20 in total",
        "I need 2 pockets, how much is the third?",
        "how much does one of the second cost",
        "do the first and the second go together?",
        "two of the first please",
        "what is everything together?",
        "which one costs more, the first or the second?",
        "3 mugs under 60 in total",
    ],
)
def test_other_questions_ask_for_no_sum(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, IN_HAND).intent is not Intent.SUM


@pytest.mark.parametrize(
    "text",
    [
        "total?",
        "what's everything together?",
        "how much all of it",
        "how much is everything I saved",
        "everything I've liked so far, what would it cost?",
        "ok, the grand total please",
    ],
)
def test_the_list_is_added_up(text: str) -> None:
    assert read_intent(text) is Intent.RECALL


@pytest.mark.parametrize("text", ["total eclipse lamps", "everything I have seen is ugly", "how much is all leather"])
def test_other_totals_ask_for_no_list(text: str) -> None:
    assert read_intent(text) is not Intent.RECALL


def test_a_sum_is_told_with_its_parts() -> None:
    first, second = items()[1:3]
    assert summed([first, first, second]) == (
        "$120 together: 2 × the Silk dress, blue, at $35 and the Cotton dress, navy, at $50."
    )
    unpriced = summed([first, replace(second, price=None)])
    assert unpriced.startswith("I cannot add up the Silk dress, blue, at $35 and the Cotton dress, navy, at a price")


def test_what_is_taken_beside_is_saved_and_added_up(agent: ShoppingAgent) -> None:
    shown, both, listed = talk(
        agent, "mugs", "I'll take the first and the second, what's the total?", "and everything together?"
    )
    assert both.state.liked == shown.state.cards[:2]
    assert "Saved: " in both.text
    total = sum(agent.card(item_id).item.price_now or 0 for item_id in shown.state.cards[:2])
    assert f"${total:g} together" in both.text
    assert f"together ${total:g}" in listed.text


@pytest.mark.parametrize("text", ["is the total below 300?", "so will my list be under 100?", "is my total over 50?"])
def test_whether_the_total_keeps_a_limit_is_no_limit(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, replace(STATE, liked=("MU0",)))
    assert (said.intent, said.price_max, said.price_min) == (Intent.RECALL, None, None)
    assert understanding.understand("mugs, is a total below 30 possible?", STATE).price_max == 30.0
