from __future__ import annotations

import pytest

from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Values
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    ("messages", "kinds", "wanted"),
    [
        (("fish tanks", "do you have one with bowl?"), ("Fish Tanks",), {"shape": ("bowl",)}),
        (("fish tanks", "I'd like bowl"), ("Fish Tanks",), {"shape": ("bowl",)}),
        (("a fish tank with a bowl",), ("Fish Tanks",), {"shape": ("bowl",)}),
        (("fish tanks", "a bowl please"), ("Food Bowls",), {}),
        (("fish tanks", "and bowls?"), ("Food Bowls",), {}),
        (("fish tanks", "do you have a bowl?"), ("Food Bowls",), {}),
        (("workbenches", "bowl please"), ("Food Bowls",), {}),
        (("bowl",), ("Food Bowls",), {}),
        (("workbenches", "railed"), ("Workbenches",), {"edge": ("railed edge",)}),
        (("fish tanks", "railed"), ("Rails",), {}),
        (("workbenches", "rails"), ("Rails",), {}),
    ],
)
def test_a_kind_may_only_tell_what_the_things_in_hand_are_like(
    messages: tuple[str, ...], kinds: tuple[str, ...], wanted: Values, in_hardware: RuleUnderstanding
) -> None:
    state = DialogueState()
    for message in messages:
        state = fold(state, in_hardware.understand(message, state))
    assert (state.need.type_values, state.need.include) == (kinds, wanted)


def test_the_plural_of_a_kind_refuses_no_measure_of_another_thing(in_hardware: RuleUnderstanding) -> None:
    said = in_hardware.understand("no shorts", DialogueState())
    assert said.exclude == {"category": ("Shorts",)}


def test_an_adjective_that_a_text_says_names_no_thing(in_hardware: RuleUnderstanding) -> None:
    assert in_hardware.understand("scratchless please", DialogueState()).unknown_type == ""
    assert in_hardware.understand("scratches please", DialogueState()).unknown_type == "scratches"


def test_gear_for_what_the_shop_knows_is_no_missing_thing(talk: Talk) -> None:
    assert talk("do you have party gear").need.unknown_type == ""
    assert talk("do you have gear").need.unknown_type == "gear"
