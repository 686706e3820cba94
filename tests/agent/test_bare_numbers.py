from __future__ import annotations

import re
from dataclasses import replace

import pytest

from agent.bare_numbers import BareNumbers
from agent.measures import Measures
from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.conftest import Talk

SIZES = ("32", "34", "36")
NUMBERS = BareNumbers(Measures({"capacity": {"2-person": 3, "4-person": 3}}, frozenset()), lambda *_: SIZES)
TABLE = tuple("abcdef")


def written(text: str, need: Need, cards: tuple[str, ...] = TABLE) -> str:
    return NUMBERS.written_out(text, DialogueState((need,), 0, cards=cards))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("raise it to 3500", "under 3500"),
        ("can you lower my budget to 700?", "under 700"),
        ("make it 3500", "under 3500"),
        ("make it ₹3,500 please", "under ₹3,500"),
        ("still 500", "under 500"),
        ("300", "under 300"),
        ("ok, what about 900?", "under 900"),
        ("with the same budget", "under 1000.00"),
        ("keep the budget", "under 1000.00"),
        ("boots, same price range", "boots, under 1000.00"),
        ("3", "3"),
        ("what about 3", "what about 3"),
        ("make it 3", "make it 3"),
        ("make it two", "make it two"),
        ("raise it to three hundred", "under 300"),
        ("make it 3 pieces", "make it 3 pieces"),
        ("300 boots", "300 boots"),
    ],
)
def test_a_bare_number_is_the_budget_in_force(text: str, meant: str) -> None:
    assert written(text, Need(price_max=1000)) == meant


def test_a_budget_stays_of_its_kind() -> None:
    assert written("make it 60", Need(price_min=40, price_max=60)) == "around 60"
    assert written("make it 60", Need(price_min=40)) == "over 60"
    assert written("same budget", Need(price_min=40, price_max=90)) == "between 40.00 and 90.00"
    assert written("the same budget", Need()) == "the same budget"


def test_a_number_answers_the_question_for_a_budget() -> None:
    assert written("300", Need(questions=("budget",))) == "under 300"
    assert written("300", Need()) == "300"
    assert written("3", Need(questions=("budget",))) == "3"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("make that 34", "size 34"),
        ("what about 34?", "size 34"),
        ("34", "size 34"),
        ("what about 400?", "under 400"),
        ("raise it to 34", "under 34"),
        ("what about 4?", "a tent for 4-person"),
    ],
)
def test_the_nearest_of_what_was_said_is_meant(text: str, meant: str) -> None:
    measured = {"capacity": ("a tent for 2-person",)}
    include = {"size": ("32",), "capacity": ("2-person",)}
    need = Need("category", ("Trousers",), include=include, price_max=500, measured=measured)
    assert written(text, need) == meant


def test_a_size_is_one_where_nothing_else_was_in_question() -> None:
    trousers = Need("category", ("Trousers",))
    assert written("make that 34", trousers) == "size 34"
    assert written("make that 34", replace(trousers, questions=("budget",))) == "size 34"
    assert written("make that 35", trousers) == "make that 35"
    assert written("make that 34", Need("category", ("Trousers",), price_max=40)) == "under 34"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("34", "size 34"),
        ("and 36 please", "size 36"),
        ("make it 34", "under 34"),
        ("35", "under 35"),
        ("$34", "under $34"),
    ],
)
def test_a_first_size_is_one_far_from_the_budget_in_force(text: str, meant: str) -> None:
    need = Need("category", ("Trousers",), price_max=150)
    assert written(text, need) == meant
    assert written("34", replace(need, price_max=40)) == "under 34"


@pytest.mark.parametrize(("text", "meant"), [("98765", "98765"), ("1200", "under 1200"), ("$98765", "under $98765")])
def test_a_number_far_beyond_the_budget_in_force_is_none(text: str, meant: str) -> None:
    assert written(text, Need(price_max=150)) == meant
    assert written("raise it to 98765", Need(price_max=150)) == "under 98765"


def test_a_budget_is_changed_by_a_bare_number(talk: Talk) -> None:
    need = talk("dresses under 60", "raise it to 80").need
    assert (need.price_max, need.text) == (80, "")
    state = talk("dresses under 60", "boots with the same budget")
    assert (state.need.type_values, state.need.price_max) == (("Boots",), 60)


def test_the_same_budget_shows_what_there_is(understanding: RuleUnderstanding, talk: Talk) -> None:
    said = understanding.understand("with the same budget", talk("dresses under 60"))
    assert (said.intent, said.price_max, said.unanswered) == (Intent.SEARCH, 60, ())


@pytest.mark.parametrize("text", ["34 please", "36", "ok, 32 then"])
def test_the_sizes_that_were_asked_for_are_answered_with_one(text: str) -> None:
    trousers, number = Need("category", ("Trousers",), price_max=40), re.sub(r"\D", "", text)
    asked = DialogueState((trousers,), 0, cards=TABLE, asked=("size",))
    assert NUMBERS.written_out(text, asked) == f"size {number}"
    assert NUMBERS.written_out(text, replace(asked, asked=("price",))) == f"under {number}"
    assert NUMBERS.written_out("35 please", asked) == "under 35"  # there is no such size
    assert NUMBERS.written_out("$34 please", asked) == "under $34"
    assert NUMBERS.written_out("raise it to 34", asked) == "under 34"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("I wear a 34", "size 34"),
        ("I'm a 32", "size 32"),
        ("i take 36 please", "size 36"),
        ("I'm 34", "I'm 34"),
        ("I need 34 of them", "I need 34 of them"),
        ("I wear a 35", "I wear a 35"),
        ("I take 3", "I take 3"),
    ],
)
def test_what_somebody_wears_is_a_size_of_the_kind_in_hand(text: str, meant: str) -> None:
    assert written(text, Need("category", ("Trousers",), price_max=40)) == meant


def test_a_question_for_sizes_is_kept_for_one_turn(talk: Talk) -> None:
    assert talk("a silk dress", "what sizes do they come in?").asked == ("size",)
    assert talk("a silk dress", "what sizes do they come in?", "thanks").asked == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("I'm between 32 and 34", "size 32 or 34"),
        ("something between 32 and 36 please", "something size 32 or 36 please"),
        ("between 32 and 34 dollars", "between 32 and 34 dollars"),
        ("between $32 and $34", "between $32 and $34"),
        ("a price between 32 and 34", "a price between 32 and 34"),
        ("between 32 and 90", "between 32 and 90"),
    ],
)
def test_between_two_sizes_of_the_kind_in_hand_is_one_of_them(text: str, meant: str) -> None:
    trousers = Need("category", ("Trousers",))
    assert written(text, trousers) == meant
    asked = replace(trousers, questions=("budget",))
    assert written(text, asked) == text
    assert written(text, Need()) == text


def test_a_new_bound_replaces_an_around_whole(talk: Talk) -> None:
    least = talk("dresses around 60", "at least 70 then").need
    assert (least.price_min, least.price_max) == (70, None)
    most = talk("dresses around 60", "under 65").need
    assert (most.price_min, most.price_max) == (None, 65)
    both = talk("dresses between 30 and 90", "at least 70 then").need
    assert (both.price_min, both.price_max) == (70, 90)
