from __future__ import annotations

import pytest

from agent.holding import holds
from agent.words import tokenise


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("a rack to hold two bikes", True),
        ("could you hold the blue one", True),
        ("hold it until friday", True),
        ("a bag that can hold a laptop", True),
        ("hold the logo", False),
        ("jeans, hold the rips please", False),
        ("hold the rips. Show me jeans for my first job", False),
    ],
)
def test_a_hold_keeps_a_thing_or_leaves_it_out(text: str, keeps: bool) -> None:
    tokens = tokenise(text)
    assert any(holds(tokens, at) for at in range(len(tokens))) is keeps
