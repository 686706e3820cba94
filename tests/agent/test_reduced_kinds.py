from __future__ import annotations

import pytest

from agent.reduced_kinds import with_reduced
from agent.shop import Shop


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("reduced boots", "discounted boots"),
        ("any sale dresses?", "any discounted dresses?"),
        ("show me reduced black leather boots", "show me discounted black leather boots"),
        ("reduced sugar", "reduced sugar"),
        ("a jacket with reduced noise", "a jacket with reduced noise"),
        ("on sale, boots", "on sale, boots"),
        ("is it on sale now", "is it on sale now"),
    ],
)
def test_reduced_is_said_of_kinds(text: str, read: str, shop: Shop) -> None:
    assert with_reduced(text, shop.vocabulary) == read
