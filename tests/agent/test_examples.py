"""First messages fit the store."""

from __future__ import annotations

from pathlib import Path

from agent.examples import DEMO_EXAMPLES, examples_of
from tests.agent.small_store import small_shop


def test_a_store_of_its_own_asks_for_what_it_has(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    assert [example.text for example in examples_of(shop, "demo")] == ["Show me your apparel"]
    assert [example.text for example in examples_of(shop, shop.catalog.name)] == list(DEMO_EXAMPLES)
