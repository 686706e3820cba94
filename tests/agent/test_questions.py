"""What is asked of the cards names facts to look up; elsewhere the same words are wishes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding


@pytest.mark.parametrize(
    "text",
    [
        "does the second have linen in it?",
        "is it silk",
        "I wonder whether the first one is linen",
        "the first one is linen, right?",
        "are you sure it has no silk?",
        "can you tell me if it is linen",
        "any silk in the first?",
    ],
)
def test_questions_about_cards_are_no_wishes(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    state = talk("dresses", cards=("DR0", "DR1", "DR2"))
    said = understanding.understand(text, state)
    assert said.intent is Intent.DETAILS
    assert said.asked == ("material",) or said.asked_words in (("linen",), ("silk",))


@pytest.mark.parametrize("text", ["do you have it in linen?", "something in linen instead", "it must be linen"])
def test_wishes_stay_wishes(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, talk("dresses", cards=("DR0", "DR1", "DR2")))
    assert said.intent in (Intent.SEARCH, Intent.MORE_LIKE)
    assert said.include == {"material": ("Linen",)}


@pytest.mark.parametrize("text", ["how to wash this?", "washing instructions?", "how should I clean it"])
def test_care_is_asked_in_many_ways(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, talk("dresses", cards=("DR0", "DR1")))
    assert (said.intent, said.asked) == (Intent.DETAILS, ("care",))


def test_what_about_a_fact_is_no_return(talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand("what about the material of the first?", talk("dresses", cards=("DR0", "DR1")))
    assert said.asked == ("material",)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("and the price?", "price"),
        ("what about the brand?", "brand"),
        ("its material?", "material"),
        ("which occasion is it for?", "occasion"),
        ("size?", "size"),
    ],
)
def test_a_message_that_but_names_a_fact_asks_for_it(
    text: str, fact: str, talk: Talk, understanding: RuleUnderstanding
) -> None:
    state = replace(talk("dresses", cards=("DR0", "DR1", "DR2")), talked_about="DR1")
    said = understanding.understand(text, state)
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("DR1",), (fact,))


def test_where_no_card_is_in_hand_it_is_asked_of_all(talk: Talk, understanding: RuleUnderstanding) -> None:
    said = understanding.understand("the material?", talk("dresses", cards=("DR0", "DR1", "DR2")))
    assert (said.intent, said.references, said.asked) == (Intent.DETAILS, ("DR0", "DR1", "DR2"), ("material",))


@pytest.mark.parametrize("text", ["what about blue?", "and the boots?", "a different material"])
def test_other_things_of_that_shape_are_wishes(text: str, talk: Talk, understanding: RuleUnderstanding) -> None:
    state = replace(talk("dresses", cards=("DR0", "DR1", "DR2")), talked_about="DR1")
    assert understanding.understand(text, state).intent is not Intent.DETAILS


WINES = DialogueState(cards=("P0", "P1", "P2"))
SHELVES = DialogueState(cards=("P8", "P9"))


@pytest.mark.parametrize(
    ("text", "state", "asked"),
    [
        ("which of these are vegan?", WINES, ("vegan",)),
        ("which one is vegan?", WINES, ("vegan",)),
        ("how much alcohol do they have?", WINES, ("alcohol_percent",)),
        ("how old are they?", WINES, ("vintage",)),
        ("which need assembly?", SHELVES, ("assembly_required",)),
        ("how deep are they?", SHELVES, ("depth",)),
        ("when can you deliver them?", SHELVES, ("delivery_time",)),
        ("what is their delivery time?", SHELVES, ("delivery_time",)),
    ],
)
def test_a_fact_is_asked_of_all_cards_by_other_words_than_the_shops(
    text: str, state: DialogueState, asked: tuple[str, ...], in_pantry: RuleUnderstanding
) -> None:
    said = in_pantry.understand(text, state)
    assert (said.intent, said.asked, said.references) == (Intent.DETAILS, asked, state.cards)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("which is better for hiking?", Intent.COMPARE),
        ("which one would you take?", Intent.ADVICE),
        ("which boots are vegan?", Intent.SEARCH),
        ("which shelves need no assembly?", Intent.SEARCH),
        ("do you deliver to Spain?", Intent.SHOP_POLICY),
        ("how do I return them?", Intent.SHOP_POLICY),
    ],
)
def test_what_compares_or_asks_of_the_shop_stays_so(text: str, intent: Intent, in_pantry: RuleUnderstanding) -> None:
    assert in_pantry.understand(text, WINES).intent is intent


def test_a_thing_of_the_cards_is_asked_about_by_name(in_pantry: RuleUnderstanding) -> None:
    said = in_pantry.understand("does the second shelf need assembly?", SHELVES)
    assert (said.intent, said.asked, said.references) == (Intent.DETAILS, ("assembly_required",), ("P9",))


def test_one_of_many_values_is_answered_by_itself(tmp_path: Path) -> None:
    bags = [
        replace(i, attributes={**i.attributes, "features": ("Waterproof", "Hooded", "Padded", "Lightweight")})
        for i in items()
        if "jacket" in i.title
    ]
    understanding = small_understanding(small_shop(tmp_path, tuple(bags)))
    said = understanding.understand("is the first one waterproof?", DialogueState(cards=("JA1", "JA2")))
    assert (said.intent, said.asked, said.asked_words) == (Intent.DETAILS, (), ("waterproof",))
    assert understanding.understand("what features does it have?", DialogueState(cards=("JA1",))).asked == (
        "features",
    )


def test_back_to_a_card_asks_for_no_back(tmp_path: Path) -> None:
    backed = [replace(i, attributes={**i.attributes, "back": ("open",)}) for i in items() if "dress" in i.title]
    understanding = small_understanding(small_shop(tmp_path, tuple(backed)))
    state = DialogueState(cards=("DR0", "DR1"))
    assert understanding.understand("back to the second one", state).asked == ()
    assert understanding.understand("what is the back of the second one?", state).asked == ("back",)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how long does delivery take?", ("delivery_time",)),
        ("how long is the second?", ("height",)),
    ],
)
def test_how_long_something_takes_is_no_length(
    text: str, asked: tuple[str, ...], in_pantry: RuleUnderstanding
) -> None:
    assert in_pantry.understand(text, SHELVES).asked == asked


def test_and_the_second_asks_the_same_again(understanding: RuleUnderstanding) -> None:
    asked = DialogueState(cards=("DR0", "DR1", "DR2"), asked=("price",))
    for text in ("and the second?", "what about the second one?"):
        assert understanding.understand(text, asked).asked == ("price",)
        assert understanding.understand(text, replace(asked, asked=())).asked == ()
    assert understanding.understand("and what is the second made of?", asked).asked == ("material",)


def test_what_is_safe_for_pets_is_told_of_them(tmp_path: Path) -> None:
    ferns = [replace(i, attributes={**i.attributes, "pet_safe": ("No",)}) for i in items() if "mug" in i.title]
    understanding = small_understanding(small_shop(tmp_path, tuple(ferns)))
    state = DialogueState(cards=("MU0", "MU1"), talked_about="MU0")
    assert understanding.understand("is it safe for cats?", state).asked == ("pet_safe",)
    assert understanding.understand("is it safe for the dishwasher?", state).asked != ("pet_safe",)


def test_which_of_two_is_one_of_those_compared(understanding: RuleUnderstanding) -> None:
    state = DialogueState(cards=("DR0", "DR1", "DR2", "DR3"), compared=("DR2", "DR1"), talked_about="DR2")
    said = understanding.understand("which of the two is cheaper", state)
    assert (said.intent, said.references, said.price_max) == (Intent.DETAILS, ("DR1",), None)


def test_a_number_takes_the_place_of_one_in_a_value(tmp_path: Path) -> None:
    fits = ("13-inch laptop", "15-inch laptop")
    bags = [
        replace(i, attributes={**i.attributes, "laptop": (fits[n % 2],)})
        for n, i in enumerate(i for i in items() if "mug" in i.title)
    ]
    rules = small_understanding(small_shop(tmp_path, tuple(bags)))
    state = fold(DialogueState(), rules.understand("a mug for my 15 inch laptop", DialogueState()))
    again = rules.understand("the same but for a 13 inch", state.with_cards(("MU1",)))
    assert (again.include["laptop"], again.unanswered) == (("13-inch laptop",), ())


def test_not_sold_out_is_in_stock(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("dresses, not sold out ones", DialogueState())
    assert (said.in_stock, said.text, said.exclude_words) == (True, "", ())
    assert not understanding.understand("is it sold out?", DialogueState(cards=("DR0",))).in_stock


@pytest.mark.parametrize("text", ["does it fold?", "can it be folded?", "can I fold it?", "is it foldable?"])
def test_what_one_can_do_with_a_thing_is_the_fact_that_tells_it(text: str, in_hardware: RuleUnderstanding) -> None:
    state = fold(DialogueState(), in_hardware.understand("workbenches", DialogueState()))
    said = in_hardware.understand(text, state.with_cards(("W0", "W1")))
    assert (said.intent, said.asked, said.asked_words) == (Intent.DETAILS, ("foldable",), ())


def test_what_no_record_tells_stays_the_word_that_was_asked(in_hardware: RuleUnderstanding) -> None:
    state = fold(DialogueState(), in_hardware.understand("workbenches", DialogueState()))
    assert in_hardware.understand("does it rotate?", state.with_cards(("W0",))).asked_words == ("rotate",)


def test_what_only_a_text_says_is_looked_up_as_the_text_says_it(tmp_path: Path) -> None:
    mugs = tuple(replace(item, description="A stackable mug.") for item in items() if item.item_id.startswith("MU"))
    understanding = small_understanding(small_shop(tmp_path, mugs))
    state = fold(DialogueState(), understanding.understand("mugs", DialogueState())).with_cards(("MU0", "MU1"))
    assert understanding.understand("does it stack?", state).asked_words == ("stackable",)
