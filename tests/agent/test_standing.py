from __future__ import annotations

import pytest

from agent.state import fold
from agent.understanding import RuleUnderstanding
from tests.agent.conftest import Talk

NORDHAVN = {"brand": ("Nordhavn",)}


@pytest.mark.parametrize("text", ["hide everything by Nordhavn", "nothing from Nordhavn please", "no Nordhavn"])
def test_a_brand_refused_without_a_thing_is_refused_for_all_things(text: str, talk: Talk) -> None:
    state = talk("mugs", text, "boots", cards=())
    assert (state.need.type_values, state.never) == (("Boots",), NORDHAVN)
    assert state.constraints.exclude == NORDHAVN


@pytest.mark.parametrize("text", ["mugs not by Nordhavn", "another brand than Nordhavn", "nothing in red"])
def test_what_is_said_of_a_thing_stays_with_it(text: str, talk: Talk) -> None:
    state = talk("mugs", text, "boots", cards=())
    assert (state.never, state.constraints.exclude) == ({}, {})


@pytest.mark.parametrize("text", ["Nordhavn is fine after all", "Nordhavn boots", "show me some by Nordhavn"])
def test_who_names_the_brand_again_has_come_round_to_it(
    text: str, talk: Talk, understanding: RuleUnderstanding
) -> None:
    state = talk("boots", "no Nordhavn", cards=())
    assert fold(state, understanding.understand(text, state)).constraints.exclude == {}
