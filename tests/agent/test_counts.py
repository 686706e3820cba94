from __future__ import annotations

import pytest

from agent.counts import MOST, read_count, read_pieces
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.small_store import talk
from tests.agent.test_understanding import said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("give me the two cheapest", 2),
        ("show me just three", 3),
        ("your top 2", 2),
        ("three please", 3),
        ("top 3 mugs under 50", 3),
        ("show me two red dresses", 2),
        ("i want only 2 suggestions", 2),
        ("show me 12", MOST),
        ("show me eleven", 11),
        ("no more than two please", 2),
    ],
)
def test_counts(text: str, number: int) -> None:
    count = read_count(text)
    assert count
    assert count.number == number


@pytest.mark.parametrize(
    "text",
    [
        "I need two mugs",
        "the first two",
        "show me three quarter sleeves",
        "show me two-tone shoes",
        "show me 2 person tents",
        "show me 501 jeans",
        "show me one with a hood",
        "only one pocket",
        "no more than 10",
        "no more than two pockets",
        "just show me one",
    ],
)
def test_numbers_of_other_things_are_no_counts(text: str) -> None:
    assert read_count(text) is None


def test_the_number_is_no_word_to_look_for_and_points_at_no_card(understanding: RuleUnderstanding) -> None:
    for text in ("give me the two cheapest", "show me just three", "your top 2"):
        asked = said(understanding, text)
        assert (asked.intent, asked.references, asked.text) == (Intent.SEARCH, (), "")
    assert said(understanding, "compare the top two").references == ("DR0", "DR1")


def test_as_many_cards_are_shown(agent: ShoppingAgent) -> None:
    _, few, cheapest, others = talk(agent, "dresses", "show me just three", "the two cheapest", "no hood")
    assert len(few.state.cards) == 3
    assert cheapest.state.cards == ("DR0", "DR1")
    assert len(others.state.cards) == 6  # the number was said of that one answer


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("3 gifts under 100 in total", 3),
        ("mugs under 15 in total for three of them", 3),
        ("two mugs and two plates, 60 for everything", 4),
        ("total budget 6000 for 3 bags", 3),
        ("6000 total for 3 bags", 3),
        ("under 100 in total", 1),
        ("3 gifts under 100", 1),
    ],
)
def test_a_total_is_for_so_many_pieces(text: str, pieces: int) -> None:
    assert read_pieces(text) == pieces


def test_of_a_total_each_thing_has_its_share(understanding: RuleUnderstanding) -> None:
    assert said(understanding, "3 mugs under 100 in total").price_max == 33.33


def test_an_end_before_its_number() -> None:
    for text, number in (("the cheapest 3", 3), ("best two please", 2), ("show me the cheapest 4 options", 4)):
        count = read_count(text)
        assert count is not None
        assert count.number == number
    for text in ("the cheapest 2 person tent", "at most 3", "my best 3 dresses", "the best 50 can buy"):
        assert read_count(text) is None


def test_a_set_is_asked_of_the_records(understanding: RuleUnderstanding, agent: ShoppingAgent) -> None:
    state = DialogueState((Need("category", ("Mugs",), "mugs"),), 0, cards=("MU0", "MU1"))
    heard = understanding.understand("do you have a set of 4?", state)
    assert (heard.intent, heard.unanswered) == (Intent.SEARCH, ("set of 4",))
    assert understanding.understand("two of the first, please", state).unanswered == ()
    assert "None of these records mentions “set of 4”" in talk(agent, "mugs", "do you have a set of 4?")[-1].text


def test_so_many_more_are_counted() -> None:
    counts = [
        read_count(text) for text in ("2 more", "ok three more options please", "2 more handles", "2 more euros")
    ]
    assert [count and count.number for count in counts] == [2, 3, None, None]
