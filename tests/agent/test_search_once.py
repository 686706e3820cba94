from __future__ import annotations

from pathlib import Path

from langchain_core.language_models import GenericFakeChatModel

from agent.planner import ToolRunner
from agent.search_once import search_once
from agent.shop import Shop
from agent.understanding import RuleUnderstanding
from retrievers.base import Outcome
from tests.retrievers.small_shop import picture

RUNNER = ToolRunner(GenericFakeChatModel(messages=iter([])))


def test_a_search_understands_and_filters(shop: Shop, understanding: RuleUnderstanding) -> None:
    found = search_once(shop, understanding, RUNNER, "boots under 60, no suede", None, 3)
    assert found.retrieval.outcome is Outcome.FOUND
    assert 0 < len(found.retrieval.recommendations) <= 3
    for r in found.retrieval.recommendations:
        assert r.item.category == "Boots"
        assert "Suede" not in r.item.values("material")
    assert found.retrieval.timings_ms["understand"] >= 0


def test_what_the_store_lacks_is_not_carried(shop: Shop, understanding: RuleUnderstanding) -> None:
    assert search_once(shop, understanding, RUNNER, "a piano", None, 3).retrieval.outcome is Outcome.NOT_CARRIED


def test_a_photo_alone_is_a_query(shop: Shop, understanding: RuleUnderstanding, tmp_path: Path) -> None:
    picture("green").save(tmp_path / "green.png")
    found = search_once(shop, understanding, RUNNER, "", tmp_path / "green.png", 4)
    assert found.retrieval.recommendations[0].item.values("color") == ("Green",)
