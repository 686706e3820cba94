from __future__ import annotations

import pytest

from agent.choices import choices
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.small_store import talk


def test_the_values_of_all_that_fits_are_listed(shop: Shop) -> None:
    dresses = Need("category", ("Dresses",), "dress")
    assert choices(shop, DialogueState((dresses,), 0), "brand") == [
        "The 6 dresses that fit have 2 brands: Marlow and Nordhavn."
    ]
    red = Need("category", ("Dresses",), "dress", include={"color": ("Red",)})
    (colours,) = choices(shop, DialogueState((red,), 0), "color")
    assert colours.startswith("The 6 dresses that fit have 6 colours: ")  # what was asked of it is let go
    assert choices(shop, DialogueState((red,), 0), "brand") == ["Of dresses one fits; it has 1 brand: Marlow."]
    (unknown,) = choices(shop, DialogueState((dresses,), 0), "weight")
    assert unknown == "None of the records of dresses tells the weight."


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("what brands do you have?", "brand"),
        ("which colours are available", "color"),
        ("what fabrics are there?", "material"),
        ("what patterns do you have?", "pattern"),
    ],
)
def test_what_there_is_to_choose_from(text: str, fact: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, DialogueState(cards=("DR0", "DR1")))
    assert (said.intent, said.asked) == (Intent.CHOICES, (fact,))


def test_a_store_is_chosen_by_what_it_records(
    understanding: RuleUnderstanding, in_pantry: RuleUnderstanding, agent: ShoppingAgent
) -> None:
    asked = in_pantry.understand("which vintages do you have?", DialogueState())
    assert (asked.intent, asked.asked) == (Intent.CHOICES, ("vintage",))
    (told,) = talk(agent, "what occasions are there?")
    assert "2 occasions: " in told.text
    for text in ("which vintages do you have?", "which boots do you have?"):
        assert understanding.understand(text, DialogueState()).intent is not Intent.CHOICES


def test_of_a_thing_in_hand_its_own_are_told(understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1"), talked_about="DR1")
    said = understanding.understand("what sizes are there?", state)
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("DR1",), ("size",))
    assert understanding.understand("what brands are there?", state).intent is Intent.CHOICES
    assert understanding.understand("what colours do you have it in?", state).intent is Intent.DETAILS


def test_asked_of_a_kind_they_come_with_its_cards(agent: ShoppingAgent) -> None:
    listed, found = talk(agent, "what brands of dresses do you have?", "what colours are there?")
    assert listed.text.startswith("The 6 dresses that fit have 2 brands: Marlow and Nordhavn. ")
    assert listed.state.cards
    assert found.state.cards == listed.state.cards
    assert found.text.startswith("The 6 dresses that fit have 6 colours: ")


def test_where_nothing_fits_the_kind_as_such_is_told(shop: Shop) -> None:
    none = Need("category", ("Dresses",), "dress", include={"color": ("Red",), "material": ("Silk",)})
    (told,) = choices(shop, DialogueState((none,), 0), "brand")
    assert told == "The 6 dresses here have 2 brands: Marlow and Nordhavn."
