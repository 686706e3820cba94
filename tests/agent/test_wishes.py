from __future__ import annotations

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
    for text in ("boots or sneakers", "boots to go with my dress and coat", "a red and blue dress"):
        assert understanding.understand(text, DialogueState()).then == (), text
