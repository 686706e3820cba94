"""Both fusions against hand-computed values."""

import pytest

from retrievers.base import Candidate
from retrievers.fusion import min_max_fusion, reciprocal_rank_fusion


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
    assert min_max_fusion([[], []], {}) == []


def scored(source: str, **scores: float) -> list[Candidate]:
    return [Candidate(item_id, score, source) for item_id, score in scores.items()]


def test_min_max_by_hand() -> None:
    fused = min_max_fusion([scored("a", x=9.0, y=6.0, z=5.0), scored("b", y=0.8, w=0.4)], {"b": 0.5})
    assert [item.item_id for item in fused] == ["x", "y", "w", "z"]
    assert [item.score for item in fused] == pytest.approx([1, 0.25 + 0.5, 0, 0])
    assert fused[1].sources == ("b", "a")


def test_min_max_knows_no_units() -> None:
    large = min_max_fusion([scored("a", x=900.0, y=600.0), scored("b", y=0.8, x=0.4)], {"b": 0.5})
    small = min_max_fusion([scored("a", x=0.9, y=0.6), scored("b", y=0.8, x=0.4)], {"b": 0.5})
    assert [(i.item_id, i.score) for i in large] == [(i.item_id, pytest.approx(i.score)) for i in small]


def test_a_floor_stands_in_for_the_lowest_candidate() -> None:
    fused = min_max_fusion([scored("a", x=8.0, y=4.0)], {}, {"a": 0.0})
    assert [(item.item_id, item.score) for item in fused] == [("x", 1), ("y", 0.5)]


def test_min_max_of_equal_scores() -> None:
    assert [item.score for item in min_max_fusion([scored("a", x=3.0, y=3.0)], {})] == [1, 1]
