from __future__ import annotations

import pytest

from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from tests.agent.conftest import Talk


def test_two_wishes_are_two_needs_and_each_keeps_its_own_conditions(talk: Talk) -> None:
    state = talk("a linen dress under 80 and some black boots under 60", cards=())
    assert state.need.type_values == ("Dresses",)
    assert (state.need.price_max, state.need.include) == (80, {"material": ("Linen",)})
    assert state.needs[1].type_values == ("Boots",)
    assert (state.needs[1].price_max, state.needs[1].include) == (60, {"color": ("Black",)})


def test_the_noted_wish_is_taken_up_later(talk: Talk) -> None:
    state = talk("a jacket for my brother and matching sneakers", "now the sneakers", cards=())
    assert (state.focus, state.need.type_values) == (1, ("Sneakers",))
    assert state.recipient == {"gender": ("Men",)}


def test_alternatives_and_what_it_goes_with_stay_one_wish(understanding: RuleUnderstanding) -> None:
    for text in (
        "boots or sneakers",
        "a dress, maybe boots",
        "boots to go with my dress and coat",
        "a red and blue dress",
    ):
        assert understanding.understand(text, DialogueState()).then == (), text


@pytest.mark.parametrize(
    "text", ["a dress and boots, no red, she hates leather", "no red, no leather: a dress and boots"]
)
def test_what_is_refused_around_all_wishes_is_refused_of_each(talk: Talk, text: str) -> None:
    state = talk(text, cards=())
    assert [need.type_values for need in state.needs] == [("Dresses",), ("Boots",)]
    for need in state.needs:
        assert need.exclude["color"] == ("Red",)
        assert "Leather" in need.exclude["material"]


def test_what_is_refused_beside_one_thing_is_refused_of_that_alone(talk: Talk) -> None:
    dress, boots = talk("a dress, no red, and boots without leather", cards=()).needs
    assert dress.exclude == {"color": ("Red",)}
    assert [*boots.exclude] == ["material"]


def test_a_size_that_the_last_thing_cannot_have_is_meant_of_the_one_that_can(talk: Talk) -> None:
    jacket, lamp = talk("a jacket and a table lamp, black, in size M", cards=()).needs
    assert jacket.include == {"size": ("M",)}
    assert lamp.include == {"color": ("Black",)}
    jacket, dress = talk("a jacket and a dress in size M", cards=()).needs
    assert (jacket.include, dress.include) == ({}, {"size": ("M",)})


def test_a_comma_between_two_things_cuts_as_and_does(talk: Talk) -> None:
    needs = talk("a navy jacket under 50, black boots and a glass mug, no Marlow", cards=()).needs
    assert [(need.type_values, need.include, need.price_max) for need in needs] == [
        (("Jackets",), {"color": ("Navy",)}, 50),
        (("Boots",), {"color": ("Black",)}, None),
        (("Mugs",), {"material": ("Glass",)}, None),
    ]
    assert {need.exclude["brand"] for need in needs} == {("Marlow",)}
    assert len(talk("need jacket, boots, mugs", cards=()).needs) == 3


@pytest.mark.parametrize(
    "text", ["a jacket, a dress or boots", "boots, my dress is red", "boots, sneakers, or a dress"]
)
def test_a_comma_that_lists_alternatives_or_begins_what_is_owned_does_not(
    understanding: RuleUnderstanding, text: str
) -> None:
    assert understanding.understand(text, DialogueState()).then == ()


@pytest.mark.parametrize(
    ("before", "back", "kinds"),
    [
        ("red leather boots", "the shoes, not by Marlow", ("Boots",)),
        ("red leather shoes", "the red boots, not by Marlow", ("Boots",)),
        ("red leather boots", "the boots, not by Marlow", ("Boots",)),
    ],
)
def test_the_thing_of_before_is_found_by_a_broader_or_a_narrower_name(
    before: str, back: str, kinds: tuple[str, ...], talk: Talk
) -> None:
    state = talk(before, "a dress", back, cards=())
    assert (len(state.needs), state.focus, state.need.type_values) == (2, 0, kinds)
    assert state.need.include["color"] == ("Red",)
    assert state.need.exclude["brand"] == ("Marlow",)


def test_who_does_not_say_the_thing_wants_a_new_one(talk: Talk) -> None:
    for asked in ("blue shoes", "the cheapest shoes"):
        state = talk("red boots", "a dress", asked, cards=())
        assert (len(state.needs), state.need.include.get("color")) == (3, ("Blue",) if "blue" in asked else None)
    state = talk("red boots", "a dress", "the blue mugs", cards=())
    assert state.need.include == {"color": ("Blue",)}


@pytest.mark.parametrize(
    "text",
    ["forget the mugs", "she has enough mugs", "I already have a mug", "no mugs after all", "no mugs any more"],
)
def test_a_kind_that_is_given_up_closes_its_need_and_the_one_before_is_in_hand(text: str, talk: Talk) -> None:
    for before in (("red dresses", "mugs"), ("red dresses", "mugs", "red dresses")):
        state = talk(*before, text, cards=())
        assert [need.type_values for need in state.needs] == [("Dresses",)], before
        assert (state.focus, state.need.include, state.constraints.exclude) == (0, {"color": ("Red",)}, {})


def test_what_is_given_up_beside_a_wish_or_a_property_closes_nothing_else(talk: Talk) -> None:
    state = talk("red dresses", "mugs", "no mugs after all, no silk", cards=())
    assert state.need.exclude == {"material": ("Silk",)}
    state = talk("red dresses", "mugs", "she has enough mugs, a jacket for her", cards=())
    assert [need.type_values for need in state.needs] == [("Dresses",), ("Jackets",)]
    assert state.focus == 1
    assert len(talk("red dresses", "mugs", "forget the red mugs", cards=()).needs) == 2
    assert talk("red dresses", "forget the dress").needs[0].type_values == ()


@pytest.mark.parametrize(
    "text", ["also something for work", "great, and also something for work", "I also need something for work"]
)
def test_something_more_for_a_purpose_is_a_thing_of_its_own(text: str, talk: Talk) -> None:
    state = talk("a red dress", text)
    assert [need.type_values for need in state.needs] == [("Dresses",), ()]
    assert state.need.include == {"occasion": ("Work",)}


@pytest.mark.parametrize("text", ["something for work", "and for work", "also for work please"])
def test_a_purpose_alone_is_said_of_the_thing_in_hand(text: str, talk: Talk) -> None:
    state = talk("a red dress", text)
    assert (len(state.needs), state.need.type_values) == (1, ("Dresses",))


def test_what_is_said_before_a_sentence_ends_is_of_what_it_names(talk: Talk) -> None:
    dress, boots = talk("a blue dress, please no silk. Boots under 60", cards=()).needs
    assert (dress.exclude["material"], boots.exclude) == (("Silk",), {})
    assert boots.price_max == 60.0


@pytest.mark.parametrize(
    "text", ["a blue dress, please no silk. Boots I have already", "a dress, no silk, boots I already have"]
)
def test_what_somebody_has_already_is_not_noted(text: str, talk: Talk) -> None:
    state = talk(text, cards=())
    assert [need.type_values for need in state.needs] == [("Dresses",)]
    assert state.need.exclude["material"] == ("Silk",)


def test_like_what_somebody_has_is_looked_for(talk: Talk) -> None:
    assert talk("something like the boots I already have", cards=()).need.type_values == ("Boots",)


@pytest.mark.parametrize("text", ["leave out the boots", "no boots", "drop the boots"])
def test_what_was_only_noted_is_given_up_by_its_refusal(text: str, talk: Talk) -> None:
    state = talk("a dress, boots and a table lamp", text)
    assert [need.type_values for need in state.needs] == [("Dresses",), ("Table Lamps",)]
    assert state.constraints.exclude == {}


def test_what_was_not_noted_is_refused(talk: Talk) -> None:
    assert talk("something red", "no boots").constraints.exclude == {"category": ("Boots",)}


@pytest.mark.parametrize("text", ["drop the jacket", "forget the jacket", "leave out the jacket"])
def test_a_piece_of_an_outfit_is_left_out_of_it(text: str, talk: Talk) -> None:
    state = talk("an outfit for a party", text)
    assert state.need.outfit
    assert state.constraints.exclude == {"category": ("Jackets",)}


@pytest.mark.parametrize("text", ["gift under 50 for a guitarist", "now I need a birthday present for my dad"])
def test_a_gift_for_somebody_is_another_wish(text: str, talk: Talk) -> None:
    state = talk("a red dress under 90", text)
    assert len(state.needs) == 2
    assert state.need.include.get("color") is None


@pytest.mark.parametrize(
    "text", ["it's a gift for my sister", "as a gift for her", "a present under 50", "gift wrapped for 5"]
)
def test_what_a_thing_is_given_as_is_no_other_wish(text: str, talk: Talk) -> None:
    assert len(talk("a red dress under 90", text).needs) == 1
