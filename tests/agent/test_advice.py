from __future__ import annotations

from dataclasses import replace

import pytest

from agent.advice import best_first, explained
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.small_store import talk

CARDS = DialogueState(cards=("DR0", "DR1", "DR2"))  # 15 (on sale), 35, 50; rated 3.5, 3.7, 3.9


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("which one would you take?", "DR2"),
        ("what do you recommend", "DR2"),
        ("help me choose", "DR2"),
        ("which of the first two would you pick?", "DR1"),
        ("which of these would you buy for a party?", "DR2"),
        ("which would you buy in silk?", "DR1"),
    ],
)
def test_advice_is_for_a_card_that_can_be_had_and_is_rated_best(
    text: str, first: str, understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, CARDS)
    assert (said.intent, said.references[0]) == (Intent.ADVICE, first)
    assert set(said.references) <= set(CARDS.cards)


def test_what_is_sold_out_is_not_advised(shop: Shop) -> None:
    sold_out = shop.catalog.get("DR5")  # rated best of all dresses
    assert best_first([shop.catalog.get("DR0"), sold_out], (), CARDS)[-1] is sold_out


@pytest.mark.parametrize("text", ["why these?", "why?", "why are you showing me these", "ok but why the second one"])
def test_questions_for_reasons_are_about_the_cards(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, CARDS)
    assert said.intent is Intent.WHY
    assert said.references == (("DR1",) if "second" in text else CARDS.cards)


def test_why_not_a_card_weighs_it_against_the_pick_and_refuses_nothing(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("and why not the third?", CARDS)
    assert (said.intent, said.references, said.rejected) == (Intent.COMPARE, ("DR0", "DR2"), ())
    said = understanding.understand("why not the third one?", replace(CARDS, talked_about="DR2"))
    assert (said.intent, said.references) == (Intent.WHY, ("DR2",))
    assert understanding.understand("not the third", CARDS).rejected == ("DR2",)


def test_what_cards_have_in_common_is_asked_of_no_record(agent: ShoppingAgent) -> None:
    *_, asked = talk(agent, "silk dresses", "compare the first two", "and what do they have in common?")
    assert "mentions" not in asked.text
    assert asked.text.count("They share") == 1


def test_advice_before_anything_was_shown_asks_for_a_wish(understanding: RuleUnderstanding) -> None:
    assert understanding.understand("what would you recommend?", DialogueState()).intent is Intent.BROWSE
    assert understanding.understand("what boots would you recommend?", DialogueState()).type_values == ("Boots",)
    assert understanding.understand("what boots would you recommend?", CARDS).intent is Intent.SEARCH


def test_a_choice_says_what_speaks_for_it_and_where_it_misses(agent: ShoppingAgent) -> None:
    found, chosen, reasons = talk(agent, "a green dress under 70", "which one would you take?", "why?")
    assert found.outcome == "nothing_in_range"
    assert chosen.state.cards == found.state.cards
    taken = chosen.state.talked_about
    assert "green, is above your $70" in chosen.text
    assert "green dresses under $70" in reasons.text
    assert reasons.state.talked_about == taken


def test_reasons_shared_by_all_are_told_once(agent: ShoppingAgent) -> None:
    _, reasons = talk(agent, "mugs under 60, no glass", "why these?")
    assert reasons.text.count("within $60") == 1
    assert "All of them" in reasons.text


def test_advice_says_when_no_record_tells_what_it_was_asked_for(agent: ShoppingAgent) -> None:
    _, told, unknown = talk(agent, "dresses", "which would you buy for a party?", "which would you buy for a gala?")
    assert "“party”" in told.text
    assert "None of these records mentions “gala”" in unknown.text


def test_what_was_compared_stays_in_hand_after_advice(agent: ShoppingAgent) -> None:
    *_, compared, advised, again = talk(
        agent, "dresses", "compare the first and the third", "which would you take?", "how do they differ?"
    )
    assert set(advised.state.compared) == set(again.state.compared) == set(compared.state.compared)


def test_whom_a_department_is_for_is_not_missed(shop: Shop) -> None:
    state = DialogueState((Need("category", ("Dresses",), include={"product_type": ("Apparel",)}),), 0)
    assert "not marked" not in " ".join(explained([shop.catalog.get("DR0")], state, "USD"))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("is the second any worse?", ("DR1", "DR0")),
        ("what makes 3 more expensive?", ("DR2", "DR0")),
        ("why is the first so much cheaper", ("DR0", "DR1")),
        ("is the second really better?", ("DR1", "DR0")),
    ],
)
def test_one_card_is_weighed_against_another(
    text: str, pair: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, DialogueState(cards=("DR0", "DR1", "DR2")))
    assert (said.intent, said.references) == (Intent.COMPARE, pair)


@pytest.mark.parametrize(
    "text", ["is the second red?", "something better than the second", "the second, but cheaper"]
)
def test_other_words_about_a_card_weigh_nothing(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState(cards=("DR0", "DR1", "DR2"))).intent is not Intent.COMPARE


@pytest.mark.parametrize("text", ["compare it with the third", "how is that one compared to the third?"])
def test_the_one_spoken_of_is_compared_with_another(text: str, understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1", "DR2"), talked_about="DR1")
    said = understanding.understand(text, state)
    assert (said.intent, set(said.references)) == (Intent.COMPARE, {"DR1", "DR2"})


def test_who_asks_what_to_avoid_is_told_of_no_choice(agent: ShoppingAgent) -> None:
    *_, told = talk(agent, "dresses", "which one should I avoid?")
    assert told.text.startswith("If any, I would leave out the ")
    assert "out of stock" in told.text


@pytest.mark.parametrize("text", ["compare the first two", "is the second one waterproof?"])
def test_nothing_is_searched_where_cards_are_asked_about_before_any(
    text: str, understanding: RuleUnderstanding
) -> None:
    assert understanding.understand(text, DialogueState()).intent is Intent.UNCLEAR
