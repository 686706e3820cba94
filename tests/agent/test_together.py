from __future__ import annotations

from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from tests.agent.conftest import Talk


def test_what_names_no_thing_is_said_of_all_that_were_named_in_one_breath(talk: Talk) -> None:
    state = talk("a dress, jackets and boots", "nothing red", "at most 70 dollars", "now the boots", cards=())
    assert state.need.type_values == ("Boots",)
    assert (state.need.exclude, state.need.price_max) == ({"color": ("Red",)}, 70.0)
    jackets = next(need for need in state.needs if need.type_values == ("Jackets",))
    assert (jackets.exclude, jackets.price_max) == ({"color": ("Red",)}, 70.0)


def test_a_look_is_shared_with_the_things_that_have_it(talk: Talk) -> None:
    boots = talk("a jacket and boots", "in black, with a hood", "now the boots", cards=()).need
    assert boots.include == {"color": ("Black",)}


def test_a_budget_that_is_taken_back_is_taken_back_for_all(talk: Talk) -> None:
    boots = talk("a jacket and boots", "under 70", "price does not matter", "now the boots", cards=()).need
    assert boots.price_max is None


def test_what_names_a_thing_or_a_card_is_said_of_that_alone(talk: Talk) -> None:
    jacket, boots = talk("a jacket and boots", "a jacket under 70", cards=()).needs
    assert (jacket.price_max, boots.price_max) == (70.0, None)
    jacket, boots = talk("a jacket and boots", "like the second one but not blue", cards=("JA0", "JA1")).needs
    assert (jacket.exclude != {}, boots.exclude) == (True, {})
    jacket, boots = talk("a jacket and boots", "something cheaper", cards=("JA1", "JA2")).needs
    assert (jacket.price_max, boots.price_max) == (34.99, None)


def test_once_a_thing_is_turned_to_the_talk_is_about_that(talk: Talk) -> None:
    state = talk("a dress, jackets and boots", "now the boots", "no red", "now the jackets", cards=())
    assert (state.need.type_values, state.need.exclude) == (("Jackets",), {})


def test_an_outfit_is_looked_for_among_all_that_is_worn(understanding: RuleUnderstanding) -> None:
    for text in ("a complete outfit for a party", "I need an outfit, I'm a woman", "a head-to-toe look"):
        said = understanding.understand(text, DialogueState())
        assert said.outfit, text
        assert {"Dresses", "Jackets", "Boots"} <= {*said.type_values}, text
        assert not {"Mugs", "Table Lamps"} & {*said.type_values}, text


def test_an_outfit_with_a_thing_named_is_that_thing(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("a jacket for my hiking outfit", DialogueState())
    assert (said.type_values, said.outfit) == (("Jackets",), False)


def test_what_is_added_to_an_outfit_has_its_budget_refusals_and_looks(talk: Talk) -> None:
    state = talk("an outfit for a party under 90", "nothing red", "boots are missing", cards=())
    assert state.need.type_values == ("Boots",)
    assert (state.need.price_max, state.need.exclude) == (90.0, {"color": ("Red",)})
    state = talk("an outfit for a party under 90", "the jacket at most 60", "and boots too", cards=())
    assert state.need.price_max == 90.0
    jacket = talk("an outfit for a party", "and a jacket", cards=()).need
    assert jacket.include == {"occasion": ("Party",)}


def test_what_is_not_worn_has_nothing_of_the_outfit(talk: Talk) -> None:
    state = talk("an outfit under 90, nothing red", "now I need a table lamp", cards=())
    assert (state.need.type_values, state.need.price_max, state.need.exclude) == (("Table Lamps",), None, {})
