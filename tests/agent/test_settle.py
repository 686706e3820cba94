from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.state import DialogueState, Need, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding

CARDS = DialogueState(cards=("DR0", "DR1", "DR2"))  # 15 (on sale), 35, 50; rated 3.5, 3.7, 3.9


@pytest.mark.parametrize(
    ("text", "item", "asked"),
    [
        ("which of them is the cheapest?", "DR0", ("price",)),
        ("which one is more expensive?", "DR2", ("price",)),
        ("which has the best reviews?", "DR2", ("rating",)),
        ("which one has better ratings?", "DR2", ("rating",)),
        ("the cheaper of the last two is nice, what is it made of?", "DR1", ("material",)),
    ],
)
def test_which_asks_for_one_card(
    text: str, item: str, asked: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    said = understanding.understand(text, CARDS)
    assert (said.intent, said.asked) == (Intent.DETAILS, asked)
    assert said.references[0] == item


@pytest.mark.parametrize(
    "text", ["is it crease-proof?", "does the first one have embroidery?", "can it be ironed cold?"]
)
def test_questions_without_a_fact_keep_their_words(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, CARDS)
    assert said.intent is Intent.DETAILS
    assert said.asked or said.asked_words


def test_how_heavy_names_a_fact_that_no_record_has(understanding: RuleUnderstanding) -> None:
    assert understanding.understand("how heavy is the second?", CARDS).asked == ("weight",)
    assert understanding.understand("how tall is the second?", CARDS).asked == ("height",)


@pytest.mark.parametrize("corrected", ["no, I meant a jacket", "I had a jacket in mind"])
def test_a_correction_keeps_what_was_said(talk: Talk, corrected: str) -> None:
    state = talk("a red dress under 70", corrected, cards=())
    assert state.need.type_values == ("Jackets",)
    assert (state.need.include, state.need.price_max) == ({"color": ("Red",)}, 70)
    assert len(state.needs) == 1


def test_another_thing_in_mind_is_no_correction(talk: Talk) -> None:
    assert len(talk("a red dress under 70", "and I also had a jacket in mind", cards=()).needs) == 2


@pytest.mark.parametrize(
    "text", ["that is not what I asked for", "why are you showing me boots?", "this bot is useless"]
)
def test_complaints_change_nothing(text: str, talk: Talk) -> None:
    before, after = talk("a silk dress"), talk("a silk dress", text)
    assert after.need.include == before.need.include
    assert after.need.type_values == before.need.type_values


def test_none_of_equal_prices_is_the_cheaper_one(understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR1", "JA1"))  # 35 both
    heard = understanding.understand("which one is cheaper?", state)
    assert (heard.intent, heard.references) == (Intent.COMPARE, ("DR1", "JA1"))


def test_what_is_compared_is_what_they_are(understanding: RuleUnderstanding) -> None:
    state = fold(CARDS, understanding.understand("compare the first and the third", CARDS))
    for text, found in (
        ("how do they differ?", ("DR0", "DR2")),
        ("which one is more expensive?", ("DR2",)),
    ):
        assert understanding.understand(text, state).references == found
    assert understanding.understand("how do they differ?", state.with_cards(CARDS.cards)).references == CARDS.cards


def test_a_card_that_is_not_there_cannot_be_compared(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("what's the difference between number 1 and number 5", CARDS)
    assert said.intent is Intent.NO_SUCH_CARD


def test_whether_it_is_in_stock_asks_about_the_item_in_hand(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("do you have it in stock?", replace(CARDS, talked_about="DR1"))
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("DR1",), ("availability",))


@pytest.mark.parametrize(
    "text", ["is the second one sold out?", "is the second one out of stock?", "is the second unavailable?"]
)
def test_whether_it_is_sold_out_asks_for_the_stock(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, CARDS)
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("DR1",), ("availability",))


@pytest.mark.parametrize("text", ["the second but in a larger size", "do you have that one in a bigger size?"])
def test_another_size_asks_which_there_are(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, replace(CARDS, talked_about="DR1"))
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("DR1",), ("size",))


def test_going_back_to_a_card_asks_for_all_of_it(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("go back to the first one", CARDS)
    assert (said.intent, said.references, said.asked, said.asked_words) == (Intent.DETAILS, ("DR0",), (), ())


@pytest.mark.parametrize(
    ("text", "liked", "unanswered"),
    [
        ("the third is nice but too bulky", (), ("bulky",)),
        ("I like the third but it's too bulky", ("DR2",), ("bulky",)),
        ("I love the third, but in red", ("DR2",), ()),
        ("like the third but in red", (), ()),
    ],
)
def test_praise_with_a_complaint_looks_for_others_like_it(
    text: str, liked: tuple[str, ...], unanswered: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    heard = understanding.understand(text, CARDS)
    assert (heard.intent, heard.references, heard.liked) == (Intent.MORE_LIKE, ("DR2",), liked)
    assert heard.unanswered == unanswered


def test_praise_alone_is_praise(understanding: RuleUnderstanding) -> None:
    assert understanding.understand("I like the third", CARDS).intent is Intent.LIKE
    assert understanding.understand("save the third for my wife", CARDS).intent is Intent.LIKE
    assert understanding.understand("is the third too bulky?", CARDS).intent is Intent.DETAILS


def test_another_kind_beside_an_item_is_looked_for(understanding: RuleUnderstanding) -> None:
    heard = understanding.understand("the second one is pretty, any matching boots?", CARDS)
    assert (heard.intent, heard.type_values, heard.preferred) == (Intent.SEARCH, ("Boots",), {"color": ("Blue",)})
    same = understanding.understand("the second one, but a silk dress", CARDS)
    assert (same.intent, same.references) == (Intent.MORE_LIKE, ("DR1",))


def test_in_another_colour_asks_for_the_others_of_its_style(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("show me the second one in another colour", CARDS)
    assert (said.intent, said.references, said.include) == (Intent.MORE_LIKE, ("DR1",), {"color": ("Green",)})
    asked = understanding.understand("does the second come in other colours?", CARDS)
    assert (asked.intent, asked.include) == (Intent.DETAILS, {})


def test_whether_it_comes_in_a_size_is_told_and_no_condition(talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand("does it come in size L?", CARDS)
    assert (said.intent, said.asked) == (Intent.DETAILS, ("size",))
    assert "size" not in talk("a silk dress", "does it come in size L?").need.include


def test_one_is_saved_and_another_kind_looked_for(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("save the second one. and boots too", CARDS)
    assert (said.intent, said.liked, said.type_values) == (Intent.SEARCH, ("DR1",), ("Boots",))
    assert understanding.understand("save that dress", CARDS).intent is Intent.LIKE


def test_what_somebody_has_already_is_left_out_while_any_kind_would_do(understanding: RuleUnderstanding) -> None:
    open_wish = DialogueState().with_need(Need(include={"occasion": ("Party",)}))
    assert understanding.understand("he already has boots", open_wish).exclude == {"category": ("Boots",)}
    asked = understanding.understand("a dress please, I already have boots", open_wish)
    assert (asked.type_values, asked.exclude) == (("Dresses",), {})


def test_without_is_fine_gives_up_what_was_wanted_last(talk: Talk) -> None:
    state = talk("a red jacket", "only with hood", "ok without is fine too")
    assert state.need.include == {"color": ("Red",)}


def test_a_word_that_is_not_among_many_values_is_looked_for_in_the_text(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("is it silk?", CARDS)
    assert (said.intent, said.asked) == (Intent.DETAILS, ("material",))
    assert understanding.understand("I am 1.80, what size should I take?", CARDS).asked == ("size",)


def test_who_has_enough_of_a_thing_looks_for_none(talk: Talk) -> None:
    assert talk("a red dress", "they have enough mugs").need.type_values == ("Dresses",)


@pytest.mark.parametrize("text", ["do they need ironing?", "do any of these shrink in the wash?"])
def test_care_is_asked_of_all(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, CARDS)
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, CARDS.cards, ("care",))


def test_that_one_opens_what_was_spoken_of(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("that one", replace(CARDS, talked_about="DR1"))
    assert (said.intent, said.references) == (Intent.DETAILS, ("DR1",))


def test_a_word_of_values_that_only_other_kinds_have_is_not_answered(tmp_path: Path) -> None:
    mugs = [item for item in items() if "mug" in item.title]
    dresses = [
        replace(i, attributes={**i.attributes, "strap": ("thin strap",)}) for i in items() if "dress" in i.title
    ]
    understanding = small_understanding(small_shop(tmp_path, (*mugs, *dresses)))
    state = fold(DialogueState(), understanding.understand("red mugs", DialogueState()))
    said = understanding.understand("thin ones", state)
    assert (said.include, said.unanswered) == ({}, ("thin",))


def test_a_size_that_no_record_has_is_answered_with_those_there_are(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("does it come in XXL?", replace(CARDS, talked_about="DR1"))
    assert (said.intent, said.references, said.asked, said.include) == (Intent.DETAILS, ("DR1",), ("size",), {})


def test_a_look_that_only_another_kind_has_on_record_does_not_rule_out(tmp_path: Path) -> None:
    bags = [replace(i, attributes={**i.attributes, "shape": ("classic",)}) for i in items() if "dress" in i.title]
    mugs = [replace(i, attributes={**i.attributes, "shape": ("round",)}) for i in items() if "mug" in i.title]
    understanding = small_understanding(small_shop(tmp_path, (*bags, *mugs)))
    said = understanding.understand("a classic mug", DialogueState())
    assert (said.include, said.unanswered) == ({}, ("classic",))
    assert understanding.understand("a classic dress", DialogueState()).include == {"shape": ("classic",)}


def test_the_list_is_shortened_by_its_own_places(understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1", "DR2"), liked=("DR2", "DR0"))
    for text, left in (
        ("remove the first from my list", ("DR0",)),
        ("delete the last one from my favourites", ("DR2",)),
        ("take everything off my list", ()),
        ("remove the dresses from my list", ()),
        ("remove the boots from my list", ("DR2", "DR0")),
    ):
        said = understanding.understand(text, state)
        assert said.intent is Intent.RECALL
        assert fold(state, said).liked == left


def test_a_card_is_taken_off_the_list_by_its_place_on_the_table(understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1", "DR2"), liked=("DR1",))
    assert understanding.understand("remove the second from my list", state).unliked == ("DR1",)
    empty = understanding.understand("remove the second from my list", replace(state, liked=()))
    assert (empty.intent, empty.unliked, empty.rejected) == (Intent.RECALL, (), ())


@pytest.mark.parametrize("text", ["save the first and show me more", "keep the first. what is on my list?"])
def test_saving_beside_another_wish(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("dresses", cards=("DR0", "DR1"))
    said = understanding.understand(text, state)
    assert said.intent in (Intent.SOMETHING_ELSE, Intent.RECALL)
    assert said.liked == ("DR0",)
    assert "save" not in said.text


def test_sizes_of_a_card_are_told_of_it(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("what sizes are there for the second?", CARDS)
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("DR1",), ("size",))


def test_back_to_the_photo_gives_up_its_changes(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("a red dress")
    state = state.with_need(replace(state.need, photo="p.jpg", changed=("color",)))
    said = understanding.understand("go back to the photo", state)
    assert (said.intent, said.dropped) == (Intent.MORE_LIKE, ("color",))
    assert fold(state, said).need.include == {}


@pytest.mark.parametrize("text", ["a jacket instead", "make it a jacket", "actually make that a jacket"])
def test_a_kind_in_place_of_another_keeps_the_rest(text: str, talk: Talk) -> None:
    state = talk("a red dress under 70, no silk", text, cards=())
    assert state.need.type_values == ("Jackets",)
    assert (state.need.include, state.need.price_max) == ({"color": ("Red",)}, 70)
    assert state.need.exclude == {"material": ("Silk",)}


def test_a_size_that_the_new_kind_never_has_goes(talk: Talk) -> None:
    assert talk("a dress in size M", "boots instead", cards=()).need.include == {}


def test_what_would_merely_do_is_heard(talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand("I don't mind silk", talk("dresses"))
    assert (said.intent, said.include, said.also) == (Intent.PAUSE, {}, {})


def test_the_cheapest_of_those_is_one_of_what_was_compared(understanding: RuleUnderstanding) -> None:
    state = fold(CARDS, understanding.understand("compare the second and the third", CARDS))
    for text in ("cheapest of those", "the cheapest of them"):
        said = understanding.understand(text, state)
        assert (said.intent, said.references) == (Intent.DETAILS, ("DR1",))
    for text in ("the cheaper one please", "save the cheaper one", "save the less expensive one"):
        assert understanding.understand(text, state).references == ("DR1",), text
    assert understanding.understand("I'd take the pricier one", state).references == ("DR2",)
    assert understanding.understand("cheapest of those", CARDS).references == ("DR0",)
    assert understanding.understand("cheapest dresses", state).references == ()


def test_cheaper_is_cheaper_than_its_own_kind(understanding: RuleUnderstanding, talk: Talk) -> None:
    state = talk("dresses", cards=("DR2", "DR3"))  # 50, 65
    boots = talk("boots", cards=("BO0", "BO1"))  # 15, 35
    state = DialogueState((*state.needs, *boots.needs), 1, cards=boots.cards, talked_about="BO1")
    assert understanding.understand("and cheaper dresses", state).price_max == 49.99
    assert understanding.understand("cheaper", state).price_max == 34.99
    assert understanding.understand("cheaper boots", state).price_max == 34.99
    assert understanding.understand("cheaper mugs", state).price_max is None
    tight = state.with_need(replace(state.need, price_max=30))  # of boots
    assert understanding.understand("and cheaper dresses", tight).price_max == 49.99
    assert understanding.understand("cheaper boots", tight).price_max == 30


def test_the_rest_is_no_word_to_look_for(understanding: RuleUnderstanding, talk: Talk) -> None:
    said = understanding.understand("show me the rest", talk("dresses"))
    assert (said.intent, said.text, said.unanswered) == (Intent.SOMETHING_ELSE, "", ())


@pytest.mark.parametrize("text", ["second one - why?", "the first, why?"])
def test_why_may_stand_behind_the_card(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, CARDS)
    assert (said.intent, len(said.references)) == (Intent.WHY, 1)


@pytest.mark.parametrize("text", ["is it in stock in M?", "is the first one available in size M?"])
def test_who_asks_for_a_size_in_stock_is_told_of_both(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, DialogueState(cards=("DR0", "DR1")))
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("DR0",), ("availability", "size"))


def test_who_asks_for_a_size_alone_is_told_of_sizes(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("does it come in size M?", DialogueState(cards=("DR0", "DR1")))
    assert said.asked == ("size",)
