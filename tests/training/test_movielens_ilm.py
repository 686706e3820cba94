"""Each variant of the comparison learns from the losses that it is named after."""

from __future__ import annotations

import pytest
import torch

from retrievers.item_inputs import users
from tests.retrievers.small_inputs import drawn_inputs, small_encoder
from training.ilm_alignment import Alignment, Batch
from training.ilm_material import MOST_PIECES
from training.movielens_ilm import chosen_losses


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
    chosen = chosen_losses(name, losses)
    assert {each for each, loss in losses.items() if any(loss is kept for kept in chosen)} == wanted
