from __future__ import annotations

from dataclasses import replace

import pytest

from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.conftest import Talk
from tests.agent.small_store import talk as converse

FIRST, NOW = ("DR1", "DR2", "DR3"), ("BO2", "BO1", "BO3")  # blue, navy, black; navy, blue, black


@pytest.fixture
def state(understanding: RuleUnderstanding, talk: Talk) -> DialogueState:
    """Dresses under 80 were shown first, then cheap ones, boots lie on the table."""
    state = talk("dresses under 80", cards=FIRST)
    state = state.with_cards(("DR4", "DR0", "DR2"))
    boots = talk("boots", cards=NOW)
    return DialogueState((*state.needs, *boots.needs), 1, cards=NOW)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("the dress you showed me first again please", "DR1"),
        ("the blue one you showed first", "DR1"),
        ("show me the navy one you had shown me at the very beginning", "DR2"),
        ("the first dress you showed me", "DR1"),
        ("what was the price of the dress you showed me first?", "DR1"),
        ("the boot you showed first", "BO2"),
        ("the blue one you showed before", "BO1"),
        ("the dress again, second one", "DR0"),
        ("back to the dresses, the third one", "DR2"),
        ("what is the second dress made of?", "DR0"),
    ],
)
def test_a_card_of_an_earlier_table_is_meant(
    text: str, item: str, state: DialogueState, understanding: RuleUnderstanding
) -> None:
    heard = understanding.understand(text, state)
    assert (heard.intent, heard.references) == (Intent.DETAILS, (item,))


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("the second one", ("BO1",)),
        ("the second boot", ("BO1",)),
        ("the blue one", ("BO1",)),
        ("what about the last one you mentioned?", ("BO3",)),
        ("dresses to go with the second one", ()),
        ("a second dress", ()),
        ("the boots you showed me are nice", ()),
    ],
)
def test_the_table_that_lies_there_is_meant(
    text: str, references: tuple[str, ...], state: DialogueState, understanding: RuleUnderstanding
) -> None:
    heard = understanding.understand(text, state)
    assert heard.references == references
    assert fold(state, heard).cards == NOW


def test_a_whole_table_comes_back_with_its_conditions(agent: ShoppingAgent) -> None:
    first, _, back = converse(agent, "dresses under 60", "and boots", "the ones you showed me at the very beginning")
    assert (back.state.focus, back.state.cards) == (0, first.state.cards)
    assert back.state.need.price_max == 60


def test_a_card_comes_back_with_its_wish(agent: ShoppingAgent) -> None:
    first, _, back, asked, cheaper = converse(
        agent, "dresses under 60", "and boots", "the dress again, second one", "is it silk?", "cheaper"
    )
    second = first.state.cards[1]
    assert (back.state.focus, back.state.talked_about) == (0, second)
    assert asked.state.talked_about == second
    assert cheaper.state.need.type_values == ("Dresses",)


@pytest.mark.parametrize("text", ["ok go back", "go back please", "the ones before", "show me the previous ones"])
def test_back_is_the_wish_before_with_all_that_was_said(
    text: str, state: DialogueState, understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, state)
    assert (said.intent, said.type_values) == (Intent.SEARCH, ("Dresses",))
    assert fold(state, said).need.price_max == 80.0
    alone = DialogueState(state.needs[1:], 0, cards=NOW)
    assert understanding.understand(text, alone).type_values == ()


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("what did the dress cost again?", "DR4"),
        ("how much was that dress", "DR4"),
        ("how much is the red dress?", "DR0"),
    ],
)
def test_what_lay_there_before_is_asked_for_its_price(
    text: str, item: str, state: DialogueState, understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, state)
    assert (said.intent, said.references) == (Intent.DETAILS, (item,))


def test_of_what_lay_there_before_the_saved_one_is_asked_for(
    state: DialogueState, understanding: RuleUnderstanding
) -> None:
    saved = replace(state, liked=("DR2",))
    assert understanding.understand("what did the dress cost again?", saved).references == ("DR2",)


def test_the_price_of_what_never_lay_there_is_looked_for(
    state: DialogueState, understanding: RuleUnderstanding
) -> None:
    assert understanding.understand("how much is the mug?", state).references == ()
