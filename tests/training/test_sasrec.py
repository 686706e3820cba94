"""SASRec reads an order: the item that follows is found where the items alone do not tell."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from store.interactions import Visits
from training import sasrec
from training.leave_one_out import hit_figures, leave_one_out, ranked_items
from training.sasrec import SasRec, fit_sasrec

ITEMS = 20


def walks(users: int = 100) -> Visits:
    """Everybody goes from an item to the next, in circles, from a place of their own."""
    rows = [(user, (user + step) % ITEMS) for step in range(8) for user in range(users)]
    numbers, items = np.array(rows).T
    return Visits(numbers, items, tuple(map(str, range(users))))


def test_the_next_item_of_a_walk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sasrec, "RATE", 1e-2)  # twenty items are learned faster than a catalog
    monkeypatch.setattr(sasrec, "MOST_EPOCHS", 20)
    held = leave_one_out(walks())
    ranked = ranked_items(held, ITEMS, fit_sasrec(held.train, ITEMS), 1)
    assert hit_figures(held, ranked, 1)["hr@1"] > 0.9


def test_a_place_sees_neither_what_follows_nor_the_padding() -> None:
    torch.manual_seed(0)
    model = SasRec(ITEMS).eval()
    short = torch.tensor([[3, 4, 5]])
    longer = torch.tensor([[3, 4, 5, 6, ITEMS]])
    torch.testing.assert_close(model(short), model(longer)[:, :3])
    assert model.scores(model(short)).shape == (1, 3, ITEMS)


def test_a_long_history_gives_windows_that_meet_end_to_end() -> None:
    history = np.arange(2 * sasrec.LENGTH + 11)
    inputs, targets = sasrec._windows([history, np.array([5])], 999)
    assert inputs.shape == (3, sasrec.LENGTH)
    known = targets[targets != 999]
    assert sorted(known.tolist()) == list(range(1, len(history)))  # each but the first is predicted once
    assert (inputs[targets != 999] == known - 1).all()
