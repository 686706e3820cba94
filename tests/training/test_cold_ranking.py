"""Cold items stay out of the training, figures agree with counts by hand, and content finds what hashing cannot."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from training import cold_ranking
from training.cold_ranking import FEATURES, MEASURES, Data, Ranker, Rows, as_text, compare, measured, unrolled


def test_sequences_are_unrolled_once_and_without_cold_items() -> None:
    cold = np.array([False, False, False, True])
    records = [
        {"user_id": "u", "history": [0, 3, 1], "target": 2},
        {"user_id": "u", "history": [0, 3], "target": 1},
        {"user_id": "v", "history": [3], "target": 1},
        {"user_id": "w", "history": [1], "target": 3},
    ]
    found = unrolled(records, cold)
    assert found.target.tolist() == [1, 2]
    assert found.history[:, :3].tolist() == [[0, -1, -1], [0, 1, -1]]


def test_the_newest_of_a_long_history_are_kept() -> None:
    assert Rows.of([(list(range(15)), 20)]).history.tolist() == [list(range(5, 15))]


class ByNumber(nn.Module):
    """Scores an item by its number."""

    def forward(self, history: Tensor, candidates: Tensor) -> Tensor:
        return candidates.float().expand(len(history), -1)


def test_figures_agree_with_counts_by_hand() -> None:
    cold = np.zeros(101, dtype=bool)
    cold[[90, 95, 100]] = True
    test = Rows.of([([1], 100), ([1], 95), ([1], 0)])
    data = Data(np.zeros((101, 2), dtype=np.float32), cold, test, test)
    found = measured(ByNumber(), data)  # type: ignore[arg-type]
    assert list(found) == list(MEASURES)
    np.testing.assert_allclose(found["AUC"], [1, 0.95, 0])
    assert found["R@50"].tolist() == [1, 1, 0]
    np.testing.assert_allclose(found["cold AUC among cold"], [1, 0.5])


def test_content_ranks_cold_items_of_a_taste_and_hashing_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cold_ranking, "SEEDS", (0,))
    rng = np.random.default_rng(0)
    kind = np.arange(200) % 4  # everyone stays with one kind of items
    vectors = (np.eye(8)[kind] + 0.1 * rng.standard_normal((200, 8))).astype(np.float32)
    cold = np.arange(200) >= 160
    warm = [np.flatnonzero((kind == k) & ~cold) for k in range(4)]
    train = Rows.of([([*rng.choice(warm[k], 3)], int(rng.choice(warm[k]))) for k in range(4) for _ in range(150)])
    test = Rows.of([([*rng.choice(warm[item % 4], 3)], item) for item in range(160, 200)])
    found = compare(Data(vectors, cold, train, test), 200)
    assert tuple(found) == FEATURES
    among = {name: values["cold AUC among cold"].mean() for name, values in found.items()}
    assert among["content vectors"] > 0.8
    assert among["hashed n-grams"] > 0.6
    assert among["hashed item ids"] < 0.65
    assert "pieces have" in as_text(found)


def test_padding_of_a_history_counts_for_nothing() -> None:
    model = Ranker(nn.Embedding(5, cold_ranking.WIDTH))
    short = model(torch.tensor([[2, -1, -1]]), torch.arange(5))
    torch.testing.assert_close(short, model(torch.tensor([[2]]), torch.arange(5)))
