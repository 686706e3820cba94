from __future__ import annotations

import pytest

from agent.intents import read_intent
from agent.shopping_agent import ShoppingAgent
from agent.utterance import Intent
from tests.agent.small_store import talk


@pytest.mark.parametrize("asked", ["what have I told you so far?", "what have I asked for so far?"])
def test_earlier_wishes_and_lasting_refusals_are_told_too(agent: ShoppingAgent, asked: str) -> None:
    *_, told = talk(
        agent, "I never wear leather", "silk dresses for women under 60", "and black boots under 90", asked
    )
    assert "We are looking at black boots" in told.text
    assert "under $90" in told.text
    assert "Before that: dresses in silk for women under $60." in told.text
    assert "Always left out: leather." in told.text
    assert told.text.count("leather") == 1
    assert "list" not in told.text


def test_the_list_is_told_unasked_where_it_holds_anything(agent: ShoppingAgent) -> None:
    *_, told = talk(agent, "silk dresses", "save the first one", "what have I told you so far?")
    assert told.text.startswith("On your list: the Silk dress")


def test_before_any_wish_only_what_was_refused_is_recalled(agent: ShoppingAgent) -> None:
    *_, told = talk(agent, "I never wear leather", "what are you avoiding for me?")
    assert told.text == "Nothing is being looked for at the moment. Always left out: leather."


@pytest.mark.parametrize(
    "text",
    ["what are you avoiding for me?", "what do you leave out?", "what am I looking for?"],
)
def test_questions_for_what_is_kept_in_mind(text: str) -> None:
    assert read_intent(text) is Intent.RECALL


def test_what_was_ruled_out_is_told_of_each_thing(agent: ShoppingAgent) -> None:
    *_, told = talk(agent, "I never wear leather", "dresses, no silk", "and black boots", "what did I rule out?")
    assert told.text == "Of dresses I leave out: silk. Always left out: leather."
    *_, none = talk(agent, "a red dress", "what have I ruled out?")
    assert none.text == "Nothing is ruled out so far."


@pytest.mark.parametrize("text", ["what's left of my conditions?", "what are my conditions"])
def test_conditions_are_asked_for(text: str) -> None:
    assert read_intent(text) is Intent.RECALL


def test_what_was_liked_first_is_no_card_of_the_table(agent: ShoppingAgent) -> None:
    liked = talk(agent, "table lamps", "save the second one")[-1].state.liked[0]
    *_, told = talk(
        agent, "table lamps", "save the second one", "dresses", "the one I liked first, what is it made of?"
    )
    assert agent.card(liked).item.title in told.text
    *_, last = talk(
        agent,
        "mugs",
        "save the first one",
        "boots",
        "save the first one",
        "dresses",
        "what does the mug I saved cost?",
    )
    assert "mug" in last.text
    *_, table = talk(agent, "table lamps", "save the second one", "dresses", "I like the first one")
    assert "dress" in table.text


def test_what_is_taken_off_the_list_is_on_it_or_that_is_said(agent: ShoppingAgent) -> None:
    *_, only = talk(
        agent, "mugs", "save the second one", "dresses", "tell me about the first", "remove it from my list"
    )
    assert only.state.liked == ()
    *_, other = talk(agent, "mugs", "save the first two", "the third one", "remove it from my list")
    assert len(other.state.liked) == 2
    assert other.text.startswith("That is not on your list, so nothing was taken off it. On your list: ")
    *_, fitting = talk(agent, "mugs", "save the first two", "tell me about the second", "remove it from my list")
    assert len(fitting.state.liked) == 1
    assert "not on your list" not in fitting.text


def test_a_comparison_with_what_is_not_there_is_not_of_others(agent: ShoppingAgent) -> None:
    *_, told = talk(agent, "mugs under 40", "compare the green and the beige one")
    assert told.text == "None of those on the table is on record as green or beige; which of them do you mean?"


@pytest.mark.parametrize("asked", ["is leather ok for me?", "what about leather", "leather is ok?", "a leather one"])
def test_a_wish_for_what_is_refused_for_good_is_told_and_lifts_nothing(agent: ShoppingAgent, asked: str) -> None:
    _, shown, told, after = talk(agent, "I'm allergic to leather", "jackets", asked, "green ones")
    assert shown.state.cards == told.state.cards
    assert told.text == "You ruled out leather for good. To see leather after all, say “leather is fine”."
    assert after.state.never == shown.state.never
    assert after.state.need.include == {"color": ("Green",)}


def test_what_goes_with_it_is_told_by_its_own_name_and_can_be_taken_back_alone(agent: ShoppingAgent) -> None:
    _, _, told, _, after = talk(
        agent, "I never wear leather", "sneakers", "vegan leather?", "no red", "vegan leather is fine"
    )
    assert told.text.startswith("You ruled out leather for good, and vegan leather is left out with it.")
    assert after.state.never == {"material": ("Leather", "Suede")}


def test_the_rest_of_a_wish_is_looked_for_without_what_is_refused_for_good(agent: ShoppingAgent) -> None:
    *_, told = talk(agent, "I hate leather", "black leather boots")
    assert told.state.constraints.include == {"category": ("Boots",), "color": ("Black",)}
    assert "Leather" in told.state.constraints.exclude["material"]


@pytest.mark.parametrize(
    "asked",
    [
        "was Marlow excluded for the boots too?",
        "did you leave out Marlow?",
        "and is Marlow ruled out for bags and boots",
    ],
)
def test_who_asks_whether_something_is_excluded_wishes_for_none_of_it(agent: ShoppingAgent, asked: str) -> None:
    *_, shown, told = talk(agent, "boots, nothing by Marlow", asked)
    assert told.text == "Of boots I leave out: by Marlow."
    assert told.state.needs == shown.state.needs


def test_who_excludes_something_asks_nothing(agent: ShoppingAgent) -> None:
    *_, told = talk(agent, "boots", "leave out leather", "Marlow is ruled out")
    assert {*told.state.constraints.exclude} == {"material", "brand"}


def test_what_is_wished_against_a_lasting_refusal_is_told_to_stay_out(agent: ShoppingAgent) -> None:
    told = talk(agent, "I never wear red", "a red dress")[-1]
    assert "You ruled out red for good." in told.text
    assert "say “red is fine”" in told.text
    assert told.state.constraints.exclude["color"] == ("Red",)
    assert "ruled out" not in talk(agent, "I never wear red", "a blue dress")[-1].text
    assert "ruled out" not in talk(agent, "I never wear red", "red is fine", "a red dress")[-1].text


@pytest.mark.parametrize("asked", ["what did I say my budget was?", "what's my budget?"])
def test_a_budget_that_was_never_named_is_not_told(agent: ShoppingAgent, asked: str) -> None:
    assert talk(agent, "silk dresses", asked)[-1].text.startswith("You have named no budget so far.")
    assert talk(agent, "silk dresses under 60", asked)[-1].text.startswith(
        "We are looking at dresses in silk under $60."
    )
    assert "budget" not in talk(agent, "silk dresses", "save the first", "what does my list cost?")[-1].text
