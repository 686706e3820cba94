"""Each variant of the comparison learns from the losses that it is named after."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from retrievers.item_inputs import users
from store.interactions import Visits
from tests.retrievers.small_inputs import drawn_inputs, small_encoder
from training.ilm_alignment import Alignment, Batch
from training.ilm_material import MOST_PIECES
from training.leave_one_out import leave_one_out
from training.movielens import Task
from training.movielens_ilm import figures
from training.movielens_variants import chosen_losses


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("it", {"itc", "itm", "itg"}),
        ("it+ii", {"itc", "itm", "itg", "ii"}),
        ("it+ui", {"itc", "itm", "itg", "ui"}),
    ],
)
def test_a_variant_learns_from_the_losses_of_its_name(name: str, wanted: set[str]) -> None:
    items, others = drawn_inputs(4), drawn_inputs(4, seed=1)
    pieces = torch.arange(1, 4 * MOST_PIECES + 1).view(4, MOST_PIECES)
    batch = Batch(items, pieces, others, users(items.behaviour.numpy()), torch.zeros(4, 4, dtype=torch.bool))
    losses = Alignment(small_encoder(), torch.randn(4 * MOST_PIECES + 1, 8)).losses(batch)
    chosen = chosen_losses(name.split("+"), losses)
    assert {each for each, loss in losses.items() if any(loss is kept for kept in chosen)} == wanted


def test_figures_rank_by_scores_and_leave_out_what_was_met() -> None:
    visits = Visits(np.array([0, 0, 1, 1]), np.array([0, 1, 2, 3]), ("a", "b"))
    held = leave_one_out(visits)  # movies 1 and 3
    task = Task(tuple("pqrstuvw"), visits, held, np.array([[1, 4, 5, 6, 7, 2], [3, 4, 5, 6, 7, 0]]))
    scores = np.zeros((2, 8), np.float32)
    scores[0, [0, 1]], scores[1, [3, 4, 5, 6, 7, 0]] = (9.0, 4.0), (-6.0, 5.0, 5.0, 5.0, 5.0, 5.0)
    found = figures(task, scores, np.array([0, 1]), np.full(8, 2))
    assert found["full"]["hr@5"] == found["among 20"]["hr@5"] == 0.5
    assert found["full"]["ndcg@5"] == 0.5  # movie 0, which scores highest, was met before
    assert found["nats"]["nats"] == 0.5  # the mean of -2 and 3
    second = figures(task, scores, np.array([1]), np.full(8, 2))
    assert second["among 20"] == found["among 20"]
    assert second["full"]["hr@5"] == 0.0
