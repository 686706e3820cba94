from __future__ import annotations

import pytest

from agent.own_traits import plain_traits
from agent.vocabulary import Vocabulary

SHOP = Vocabulary(
    {
        "oily skin": {"yes": 2},
        "acne-prone skin": {"yes": 1},
        "sole": {"thick": 1, "thin": 2},
        "category": {"Dry bags": 2, "Serum": 4},
    }
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("my skin is very oily", "my oily skin"),
        ("a serum, her skin gets oily", "a serum, her oily skin"),
        ("my skin is too oily, what helps?", "my oily skin, what helps?"),
        ("my skin is acne-prone", "my acne-prone skin"),
        ("my skin is not oily", "my skin is not oily"),
        ("my skin is sore", "my skin is sore"),
        ("the skin is oily", "the skin is oily"),
        ("my bags are dry", "my bags are dry"),
    ],
)
def test_what_one_tells_of_oneself_is_a_value(text: str, plain: str) -> None:
    assert plain_traits(text, SHOP) == plain
