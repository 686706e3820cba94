from __future__ import annotations

from dataclasses import replace

import pytest

from agent.prices import read_prices
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("under 60", None, 60),
        ("I have 200 for a tent, a bag and a lantern", None, 200),
        ("200 altogether for a coat and boots", None, 200),
        ("30 in all sizes", None, None),
        ("we could spend 300 on a sofa", None, 300),
        ("I'd spend 75 to 90", 75, 90),
        ("do I have to pay 50 for shipping?", None, None),
        ("I have 42", None, None),
        ("I have 3 for my kids", None, None),
        ("dresses, over 100 is too much", None, 100),
        ("anything above 90 is out", None, 90),
        ("anything under 30 is too cheap", 30, None),
        ("dresses, 50ish", 40, 60),
        ("50 or so", 40, 60),
        ("not more than 80 or so", None, 80),
        ("in size 42ish", None, None),
        ("boots, no lower than 50", 50, None),
        ("at the most 90", None, 90),
        ("bags for 49,99", None, 49.99),
        ("with more than 20 reviews", None, None),
        ("something for newlyweds, 50 to 80", 50, 80),
        ("trousers 32-34", None, None),
        ("for ages 10-14", None, None),
        ("200 is my absolute limit", None, 200),
        ("what about 300?", None, 300),
        ("about 50", 40, 60),
        ("below $60 please", None, 60),
        ("under forty five dollars", None, 45),
        ("I have twenty-five dollars", None, 25),
        ("under twelve dollars", None, 12),
        ("at most five euros", None, 5),
        ("$59.90 is too much", None, 59.89),
        ("$20 is way too cheap", 20.01, None),
        ("is 60 too much?", None, None),
        ("anything above 90 is out of my budget", None, 90),
        ("no scarves, over 40 is too much", None, 40),
        ("below 15 is too cheap", 15, None),
        ("exactly 59.90", 59.9, 59.9),
        ("I can stretch to 120", None, 120),
        ("I can go to 4 shops", None, None),
        ("under a hundred and fifty", None, 150),
        ("between a hundred and two hundred", 100, 200),
        ("no more than two", None, None),
        ("no more than 150, no less than 80", 80, 150),
        ("with more than one pocket", None, None),
        ("black, unless they cost more than 90", None, 90),
        ("the blue ones unless it's over 60", None, 60),
        ("between 40 and 80", 40, 80),
        ("$40-$80", 40, 80),
        ("around 50", 40, 60),
        ("my budget is 1,200", None, 1200),
        ("under 1.299,00 €", None, 1299),
        ("no more than 45.50 euros", None, 45.5),
        ("60 or less", None, 60),
        ("at least 20 and at most 35", 20, 35),
        ("not over 70", None, 70),
        ("I can't spend more than eighty dollars", None, 80),
        ("it must not cost more than 30", None, 30),
        ("it shouldn't be over $30", None, 30),
        ("I won't go above 60", None, 60),
        ("max 2k", None, 2000),
        ("I've got $100", None, 100),
        ("over 100", 100, None),
        ("nothing over 75 please", None, 75),
        ("none more expensive than $200", None, 200),
        ("nothing under 30, I want quality", 30, None),
        ("I wouldn't want to pay more than 800", None, 800),
        ("I really would not like to spend more than 2500 rupees", None, 2500),
        ("I'd rather not spend more than 800", None, 800),
        ("I don't wish to spend over 800", None, 800),
        ("not looking to spend more than 800", None, 800),
        ("can't go above 800", None, 800),
        ("I don’t think anything beyond $80 is for me", None, 80),
        ("it must not exceed 300", None, 300),
        ("no dresses over 60", None, 60),
        ("don't show me anything above 60", None, 60),
        ("I won't go below 60", 60, None),
        ("don't you have anything over 60?", 60, None),
        ("I don't mind paying over 60", None, None),
        ("I wouldn't mind paying more than 2500", None, None),
        ("I have no problem spending more than 60", None, None),
        ("I'm willing to pay more than 60", None, None),
        ("no need to stay under 3000", None, None),
        ("it doesn't have to be below 3000", None, None),
        ("would you pay more than 1500 for this?", None, None),
        ("do people really spend over 1500 on that?", None, None),
        ("not under 1000", 1000, None),
        ("not below 1000 please", 1000, None),
        ("handbags not under 1000", 1000, None),
        ("why not under 1000", None, 1000),
        ("what can I get for 2000", None, 2000),
        ("can I buy a handbag for 2000?", None, 2000),
        ("can I buy a tent for 4?", None, None),
        ("get something for 30 guests", None, None),
        ("what do you have for €15", None, 15),
        ("6000 total for 3 bags", None, 6000),
        ("3 total", None, None),
        ("I would never pay 3000 for a bag", None, 3000),
        ("I don't want to spend 3000", None, 3000),
        ("not red, over 60", 60, None),
        ("no leather but over 60", 60, None),
        ("no hood and more than 60", 60, None),
        ("don't you have anything under 60?", None, 60),
        ("hide the ones over 60", None, 60),
        ("hide the red ones and anything over 60", None, 60),
        ("exclude leather and everything above 60", None, 60),
        ("hide the red ones and show me some over 60", 60, None),
        ("exclude anything over 100", None, 100),
        ("remove everything above 90", None, 90),
        ("get rid of anything over 60", None, 60),
        ("hide anything under 20", 20, None),
        ("filter out everything that costs less than 40", 40, None),
        ("exclude red, over 60", 60, None),
        ("hide nothing, but under 60", None, 60),
        ("I have about 30 dollars", None, 30),
        ("I've only got around 30", None, 30),
        ("do you have about 30 dollar dresses", 24, 36),
        ("around 30", 24, 36),
        ("up to around 30 euros", None, 30),
        ("no more than roughly $45", None, 45),
        ("a vase for about 70 at most", None, 70),
        ("under approx. 60", None, 60),
        ("more than about 50", 40, 60),
        ("a budget of around 50", 40, 60),
        ("no limit of 40", None, 40),
    ],
)
def test_bounds_are_read(text: str, low: float | None, high: float | None) -> None:
    bound = read_prices(text)
    assert (bound.minimum, bound.maximum) == (low, high)


@pytest.mark.parametrize("text", ["less than the second one", "something for less than the second one"])
def test_less_than_a_card_is_under_its_price(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, DialogueState(cards=("DR1", "DR2", "DR3")))
    assert (said.price_max, said.relative_price) == (49.99, "cheaper")
    liked = understanding.understand("I like it less than the second one", DialogueState(cards=("DR1", "DR2")))
    assert liked.price_max is None


def test_a_denied_bound_takes_no_other_wish_with_it() -> None:
    text = "nothing formal over 60"
    assert read_prices(text).spans == ((text.index("over"), len(text)),)
    assert read_prices("I'd rather not spend over 60").spans == ((len("I'd rather "), 28),)


@pytest.mark.parametrize(
    ("text", "given_up"),
    [
        ("I wouldn't mind paying more than 70", True),
        ("no need to stay under 70", True),
        ("would you pay more than 70 for this?", False),
        ("there is no upper limit", True),
        ("without any limit", True),
        ("we don't have a spending limit", True),
        ("no limited editions", False),
        ("is there no limit to that?", False),
    ],
)
def test_what_is_no_trouble_gives_up_the_upper_bound(
    text: str, given_up: bool, understanding: RuleUnderstanding
) -> None:
    state = DialogueState(cards=("DR0",))
    said = understanding.understand(text, state.with_need(replace(state.need, price_max=50)))
    assert (said.price_min, said.price_max, "price_max" in said.dropped) == (None, None, given_up)


def test_what_is_never_paid_is_no_word_to_leave_out(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("I would never pay 70 for a dress", DialogueState())
    assert (said.price_max, said.exclude_words, said.type_words) == (70, (), "dress")


@pytest.mark.parametrize(
    "text",
    [
        "a 2 person tent",
        "under 30 cm",
        "size 40-42",
        "20 litres",
        "the $49 one",
        "3 items",
        "over 250 pages",
        "at least 80 gsm",
        "above 40 sheets",
        "1984+Emma",
    ],
)
def test_numbers_that_are_no_prices_are_left_alone(text: str) -> None:
    assert read_prices(text).spans == ()


def test_the_currency_is_the_one_that_was_named() -> None:
    assert read_prices("under 50 euros").currency == "EUR"
    assert read_prices("under 50").currency is None


@pytest.mark.parametrize(
    "text", ["sku number 774-333", "sku 1000-192", "part no 20-400", "2 x 12 -40 fir", "1-200-394"]
)
def test_numbers_of_things_are_no_amounts(text: str) -> None:
    assert read_prices(text).spans == ()


def test_a_bare_range_is_one_of_money() -> None:
    assert (read_prices("bags 50-80").minimum, read_prices("bags 50-80").maximum) == (50, 80)
