"""The metrics against hand-computed values, and how missing rankings count."""

import math

import numpy as np
import pytest

from training.metrics import bootstrap_interval, ranking_metrics

QRELS = {"q1": {"a": 1, "b": 2}, "q2": {"c": 1}}


def test_by_hand() -> None:
    found = ranking_metrics(QRELS, {"q1": ["x", "a", "b"], "q2": ["c"]})
    assert found["mrr"] == pytest.approx((1 / 2 + 1) / 2)
    assert found["recall@1"] == 0.5
    assert found["p@10"] == pytest.approx((0.2 + 0.1) / 2)
    gain = 1 / math.log2(3) + 2 / math.log2(4)
    ideal = 2 / math.log2(2) + 1 / math.log2(3)
    assert found["ndcg@10"] == pytest.approx((gain / ideal + 1) / 2, abs=1e-4)


def test_a_perfect_ranking_is_one() -> None:
    found = ranking_metrics(QRELS, {"q1": ["b", "a"], "q2": ["c"]})
    assert (found["mrr"], found["ndcg@1"], found["ndcg@10"], found["recall@10"]) == (1, 1, 1, 1)
    assert found["ci95"]["mrr"] == [1.0, 1.0]


def test_a_query_without_a_ranking_counts_and_an_unjudged_one_does_not() -> None:
    found = ranking_metrics(QRELS, {"q1": ["b", "a"], "q3": ["z"]})
    assert found["recall@10"] == 0.5


def test_the_interval_holds_the_mean_and_narrows_with_more_queries() -> None:
    few, many = (np.array([0.0, 1.0] * n) for n in (10, 1000))
    low, high = bootstrap_interval(few)
    assert low < 0.5 < high
    assert bootstrap_interval(many)[1] - bootstrap_interval(many)[0] < (high - low) / 5
