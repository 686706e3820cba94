from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from tests.agent.small_store import items, small_shop, small_understanding


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> RuleUnderstanding:
    """Understands messages about a store whose boots have names of their own."""
    home: Path = tmp_path_factory.mktemp("named")
    stocked = tuple(
        replace(item, title=f"Halvard {item.title}") if item.item_id in ("BO0", "DR0") else item for item in items()
    )
    return small_understanding(small_shop(home, stocked))


@pytest.mark.parametrize("text", ["no Halvard boots", "boots, but no halvard boots please", "I hate Halvard boots"])
def test_a_name_before_a_kind_is_refused_and_not_the_kind(text: str, named: RuleUnderstanding) -> None:
    said = named.understand(text, DialogueState())
    assert (said.type_values, said.exclude, said.exclude_words) == (("Boots",), {}, ("halvard",))


def test_so_it_is_of_kinds_that_an_or_joins(named: RuleUnderstanding) -> None:
    said = named.understand("no Halvard boots or dresses", DialogueState())
    assert ({*said.type_values}, said.exclude_words) == ({"Boots", "Dresses"}, ("halvard",))


@pytest.mark.parametrize("text", ["no boots", "no glittery boots", "no Halvard and no boots"])
def test_a_kind_that_no_known_word_describes_stays_refused(text: str, named: RuleUnderstanding) -> None:
    said = named.understand(text, DialogueState())
    assert (said.type_values, said.exclude["category"]) == ((), ("Boots",))
