"""Features of items: rows within the table, pieces that join what is often seen and lose no code."""

from __future__ import annotations

import numpy as np
import torch

from training.ranking_features import ContentFeature, TableFeature, hashed_ids, hashed_ngrams, pieces

CODES = np.random.default_rng(0).integers(0, 6, (200, 4))


def test_an_item_is_the_sum_of_its_rows() -> None:
    feature = TableFeature(np.array([[1, 2], [2, 0]]), 2, 5)
    first, second = feature(torch.tensor([0, 1]))
    torch.testing.assert_close(second, feature.table.weight[2])
    torch.testing.assert_close(first, feature.table.weight[1] + feature.table.weight[2])


def test_content_is_mapped_by_item() -> None:
    vectors = np.eye(3, dtype=np.float32)
    feature = ContentFeature(vectors, 4)
    assert feature(torch.zeros(2, 5, dtype=torch.long)).shape == (2, 5, 4)


def test_rows_are_within_the_table() -> None:
    for rows in (hashed_ids(200, 50), hashed_ngrams(CODES, 50)):
        assert rows.min() >= 1
        assert rows.max() <= 50
        assert len(np.unique(rows)) > 40


def test_items_that_share_codes_share_ngrams_and_a_level_counts() -> None:
    one, other, moved = hashed_ngrams(np.array([[1, 2, 3], [1, 2, 5], [2, 1, 5]]), 100_000).tolist()
    assert len(set(one) & set(other)) == 3  # 1, 2 and 1-2
    assert len(set(other) & set(moved)) == 1  # 5


def test_codes_often_seen_together_are_joined_and_none_is_lost() -> None:
    visited = np.concatenate([np.full(500, 7), np.arange(0, 100)])
    rows = pieces(CODES, visited, 60)
    assert (rows[7] > 0).sum() < (rows[100:] > 0).sum(1).mean() - 1
    assert rows.max() <= 60
    assert (rows[:, 0] > 0).all()
    same = {}
    for codes, row in zip(map(tuple, CODES.tolist()), map(tuple, rows.tolist()), strict=True):
        assert same.setdefault(row, codes) == codes  # pieces tell apart what codes tell apart
