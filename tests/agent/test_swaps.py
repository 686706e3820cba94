from __future__ import annotations

import pytest

from agent.state import DialogueState
from agent.swaps import as_instead
from agent.understanding import RuleUnderstanding
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("swap the boots for some sneakers", "some sneakers instead of the boots"),
        ("can you replace the lamp with a mug please?", "a mug instead of the lamp please?"),
        ("replace red with navy", "navy instead of red"),
        ("swap it for a mug", "swap it for a mug"),
        ("replace the second one with a mug", "replace the second one with a mug"),
        ("swap the boots for something else", "swap the boots for something else"),
        ("boots for a swap party", "boots for a swap party"),
    ],
)
def test_what_is_swapped_is_wished_instead(text: str, meant: str) -> None:
    assert as_instead(text) == meant


def test_a_swap_gives_up_the_old_kind_and_the_old_value(talk: Talk) -> None:
    assert talk("boots", "swap the boots for sneakers").need.type_values == ("Sneakers",)
    need = talk("mugs in red", "swap red for green").need
    assert (need.include, need.exclude["color"][0]) == ({"color": ("Green",)}, "Red")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("not dresses, boots", {}),
        ("boots, without dresses", {}),
        ("boots, no dresses and nothing red", {"color": ("Red",)}),
        ("shoes, no boots", {"category": ("Boots",)}),  # which are shoes
        ("something red, no dresses", {"category": ("Dresses",)}),  # which would be wanted
    ],
)
def test_a_kind_refused_where_another_is_wanted_leaves_nothing_to_refuse(
    text: str, refused: dict[str, tuple[str, ...]], understanding: RuleUnderstanding
) -> None:
    assert understanding.understand(text, DialogueState()).exclude == refused


def test_a_kind_refused_for_good_stays_refused(understanding: RuleUnderstanding) -> None:
    assert understanding.understand("boots, I never wear dresses", DialogueState()).exclude["category"] == (
        "Dresses",
    )
