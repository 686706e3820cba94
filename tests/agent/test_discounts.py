from __future__ import annotations

from pathlib import Path

import pytest

from agent.chips import act_on, chips
from agent.discounts import asks_for_biggest, asks_for_discount, reduced_by
from agent.intents import read_intent, read_order
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Order
from agent.wording import request
from store.schemas import Act, ActKind
from store.transcripts import Transcripts
from tests.agent.conftest import Talk
from tests.agent.small_store import small_agent
from tests.agent.small_store import talk as converse


def test_a_share_that_is_off_is_no_amount_of_what_the_shop_measures_in_percent(in_pantry: RuleUnderstanding) -> None:
    said = in_pantry.understand("wine at least 20% off", DialogueState())
    assert (said.reduced_by, said.unanswered, said.include) == (0.2, (), {})
    assert in_pantry.understand("wine with 13% alcohol", DialogueState()).include


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("at least 30% off", 0.3),
        ("dresses with 20 percent discount or more", 0.2),
        ("anything half price?", 0.5),
        ("reduced by more than 15% off", 0.15),
        ("reduced by more than 10%", 0.1),
        ("anything 20% less, please", 0.2),
        ("by 40% or more", 0.4),
        ("any with a discount?", 0.0),
        ("dresses at a discount", 0.0),
    ],
)
def test_what_is_reduced_is_asked_for(text: str, share: float, talk: Talk, understanding: RuleUnderstanding) -> None:
    heard = understanding.understand(text, talk("dresses"))
    assert (heard.intent, heard.on_sale, heard.reduced_by) == (Intent.SEARCH, True, share)
    assert (heard.price_min, heard.price_max, heard.text, heard.unanswered) == (None, None, "", ())


@pytest.mark.parametrize(
    "text",
    [
        "sort by biggest discount",
        "the most reduced first",
        "show me the best deals",
        "which has the biggest discount?",
    ],
)
def test_what_is_reduced_most_comes_first(text: str) -> None:
    assert read_order(text) is Order.MOST_REDUCED
    assert read_intent(text) is Intent.SEARCH


@pytest.mark.parametrize(
    "text",
    [
        "30% wool",
        "at least 30 litres",
        "a 50 cm half round table",
        "price under 30",
        "off-white boots",
        "100% cotton",
        "jam with 30% less sugar",
        "something for half the price",
    ],
)
def test_other_shares_and_halves_ask_for_no_discount(text: str) -> None:
    assert not asks_for_discount(text)
    assert reduced_by(text) == 0
    assert not asks_for_biggest(text)


@pytest.mark.parametrize(
    "text",
    [
        "do you have a discount code",
        "can I get a discount?",
        "is there a student discount?",
        "any discount for students?",
        "give me 20% off",
        "can I have a discount if I buy two?",
    ],
)
def test_a_discount_for_somebody_is_the_shops_affair(text: str) -> None:
    assert read_intent(text) is Intent.SHOP_POLICY


def test_only_what_is_reduced_enough_is_shown(agent: ShoppingAgent) -> None:
    some, none, biggest = converse(agent, "dresses at least 20% off", "at least 30% off", "forget that, dresses")[:3]
    assert some.state.cards == ("DR0",)  # 15, was 20
    assert "at least 20% off" in some.text
    assert none.outcome == "nothing_in_range"
    assert biggest.state.need.reduced_by == 0.3


def test_the_most_reduced_comes_first(agent: ShoppingAgent) -> None:
    (sorted_,) = converse(agent, "dresses, biggest discount first")
    assert sorted_.state.cards[0] == "DR0"


def test_a_discount_goes_with_its_chip(talk: Talk) -> None:
    state = talk("dresses at least 20% off", cards=())
    assert ("on_sale", "at least 20% off") in [(chip.key, chip.label) for chip in chips(state, "USD")]
    assert request(state, "USD") == "dresses at least 20% off"
    dropped = act_on(state, Act(ActKind.DROP, "on_sale")).constraints
    assert (dropped.on_sale, dropped.reduced_by) == (False, 0.0)


def test_a_share_of_the_price_is_no_amount_of_anything(in_pantry: RuleUnderstanding) -> None:
    said = in_pantry.understand("a wine at least 30% off", DialogueState())
    assert (said.reduced_by, said.unanswered, said.measured) == (0.3, (), {})


def test_which_is_reduced_most_is_answered_of_that_card(agent: ShoppingAgent) -> None:
    *_, told = converse(agent, "dresses, dearest first, four please", "which one has the biggest discount?")
    assert "(was $20)" in told.text


def test_what_is_on_sale_is_found_without_a_kind(agent: ShoppingAgent) -> None:
    answer = converse(agent, "what is on sale?")[-1]
    assert answer.outcome == "found"
    cards = [agent.card(item_id).item for item_id in answer.state.cards]
    assert cards
    assert all(item.sale_price is not None for item in cards)


def test_a_store_without_a_sale_says_so(pantry_shop: Shop, transcripts: Transcripts, tmp_path: Path) -> None:
    everything, pasta = converse(small_agent(pantry_shop, transcripts, tmp_path), "what is on sale?", "reduced pasta")
    assert everything.text == pasta.text == "Nothing in this store is on sale at the moment."


@pytest.mark.parametrize("asked", ["is anything on sale?", "do you have pasta at half price?", "any discount?"])
def test_where_nothing_is_on_sale_the_talk_goes_on_without(
    asked: str, pantry_shop: Shop, transcripts: Transcripts, tmp_path: Path
) -> None:
    pantry_agent = small_agent(pantry_shop, transcripts, tmp_path)
    _, told, pasta = converse(pantry_agent, "pasta please", asked, "then any pasta you have")
    assert told.text == "Nothing in this store is on sale at the moment."
    assert pasta.outcome == "found"
    assert not pasta.state.constraints.on_sale


def test_a_store_with_a_sale_says_what_of_a_kind_is_not(agent: ShoppingAgent) -> None:
    assert "Nothing in this store" not in converse(agent, "navy boots on sale")[0].text
