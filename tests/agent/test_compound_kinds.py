from __future__ import annotations

import pytest

from agent.state import DialogueState
from agent.understanding import RuleUnderstanding

ALL = ("City Bikes", "Mountain Bikes", "Electric Bikes")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("an e-bike", ("Electric Bikes",)),
        ("e-bikes", ("Electric Bikes",)),
        ("ebikes please", ("Electric Bikes",)),
        ("a mountain e-bike", ("Electric Bikes",)),
        ("a mountain bike", ("Mountain Bikes",)),
        ("a bike", ALL),
        ("a push-bike", ALL),
    ],
)
def test_the_type_that_titles_call_so_is_meant(
    text: str, kinds: tuple[str, ...], in_hardware: RuleUnderstanding
) -> None:
    assert in_hardware.understand(text, DialogueState()).type_values == kinds


def test_refusing_a_compound_refuses_no_other_type(in_hardware: RuleUnderstanding) -> None:
    assert in_hardware.understand("no e-bikes", DialogueState()).exclude == {"category": ("Electric Bikes",)}
