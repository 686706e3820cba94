from __future__ import annotations

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Order
from tests.agent.conftest import Talk


@pytest.mark.parametrize("text", ["nail polish", "nail polish in the same colour", "do you have nail polish?"])
def test_a_thing_that_no_type_covers_is_named(text: str, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState()).unknown_type == "nail polish"


@pytest.mark.parametrize("text", ["anything of brand Zorro?", "show me your bestsellers", "the popular ones"])
def test_brands_and_what_sells_best_name_no_thing(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, talk("dresses"))
    assert (said.unknown_type, said.type_values) == ("", ())


def test_what_sells_best_comes_as_what_is_rated_best(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("bestsellers?", DialogueState())
    assert (said.order, said.text) == (Order.TOP_RATED, "bestsellers")


@pytest.mark.parametrize(
    ("text", "saved"),
    [("two of them please", "DR1"), ("ok take it", "DR1"), ("great, get both", "")],
)
def test_what_is_taken_is_the_thing_in_hand(text: str, saved: str, understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1", "DR2"), talked_about="DR1")
    said = understanding.understand(text, state)
    assert said.intent is Intent.LIKE
    assert said.liked == ((saved,) if saved else ("DR0", "DR1"))
    assert fold(state, said).liked == said.liked


def test_again_shows_the_same_search(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("red dresses")
    assert understanding.understand("actually show me the others again", state).intent is Intent.SEARCH
    assert understanding.understand("show me that again", DialogueState()).intent is Intent.UNCLEAR


def test_for_a_table_is_where_it_shall_stand(talk: Talk, understanding: RuleUnderstanding) -> None:
    assert talk("a mug", "for my table lamp").need.type_values == ("Mugs",)
    assert talk("for my boots", cards=()).need.type_values == ("Boots",)


def test_a_long_first_message_names_what_it_begins_with(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("a laptop for university, light, with a good battery please", DialogueState())
    assert said.unknown_type == "laptop"
    said = understanding.understand("my sister likes gardening and cooking and all of that stuff", DialogueState())
    assert said.unknown_type == ""


def test_a_thing_that_no_text_names_is_a_need_of_its_own(talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("dresses", cards=("DR0", "DR1"))
    assert understanding.understand("a surfboard", state).unknown_type == "surfboard"
    for text in ("a foldable one", "a bit fancier", "a little bigger"):
        assert understanding.understand(text, state).unknown_type == ""


@pytest.mark.parametrize("text", ["any silk inside?", "anything left?"])
def test_parts_and_places_are_no_things(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, talk("dresses", cards=("DR0", "DR1"))).unknown_type == ""


def test_of_a_kind_and_a_narrower_one_the_narrower_is_wanted(talk: Talk) -> None:
    assert talk("evening shoes, sneakers, in red or black").need.type_values == ("Sneakers",)
    assert set(talk("shoes or sneakers").need.type_values) > {"Sneakers"}
