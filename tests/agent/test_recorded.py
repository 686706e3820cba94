from __future__ import annotations

from agent.recorded import with_unrecorded
from agent.shop import Shop
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding


def test_a_fact_kept_for_other_kinds_only_ranks(shop: Shop, understanding: RuleUnderstanding) -> None:
    said = with_unrecorded(understanding.understand("boots with a hood", DialogueState()), DialogueState(), shop)
    state = fold(DialogueState(), said)
    assert said.unrecorded == ("hood",)
    assert "hood" in state.need.include
    assert "hood" not in state.constraints.include


def test_a_recorded_fact_stays_hard_even_when_nothing_passes(shop: Shop, understanding: RuleUnderstanding) -> None:
    said = with_unrecorded(understanding.understand("a brass dress", DialogueState()), DialogueState(), shop)
    assert said.unrecorded == ()
    assert fold(DialogueState(), said).constraints.include["material"] == ("Brass",)


def test_another_kind_brings_the_fact_back(shop: Shop, understanding: RuleUnderstanding) -> None:
    state = fold(DialogueState(), understanding.understand("a mug for my husband", DialogueState()))
    said = with_unrecorded(understanding.understand("a jacket", state), state, shop)
    assert fold(state, said).constraints.include["gender"] == ("Men",)
