"""Reciprocal rank fusion against a hand-computed value."""

import pytest

from retrievers.base import Candidate
from retrievers.fusion import reciprocal_rank_fusion


def ranking(source: str, *item_ids: str) -> list[Candidate]:
    return [Candidate(item_id, 0.0, source) for item_id in item_ids]


def test_scores_by_hand() -> None:
    fused = reciprocal_rank_fusion([ranking("a", "x", "y"), ranking("b", "y", "z")], {"b": 0.5})
    assert [item.item_id for item in fused] == ["y", "x", "z"]
    assert [item.score for item in fused] == pytest.approx([1 / 62 + 0.5 / 61, 1 / 61, 0.5 / 62])
    assert [item.sources for item in fused] == [("b", "a"), ("a",), ("b",)]


def test_one_ranking_keeps_its_order() -> None:
    assert [item.item_id for item in reciprocal_rank_fusion([ranking("a", "c", "b", "a")], {})] == ["c", "b", "a"]


def test_ties_go_by_item_id() -> None:
    fused = reciprocal_rank_fusion([ranking("a", "x", "y"), ranking("b", "y", "x")], {})
    assert [item.item_id for item in fused] == ["x", "y"]


def test_nothing() -> None:
    assert reciprocal_rank_fusion([[], []], {}) == []
