"""SASRec (Kang & McAuley 2018, arXiv:1808.09781) with cross-entropy over all items, the strong sequential baseline.

A small causal transformer over the items of a user in order of time; with the full softmax in place of one sampled
negative it is as good as BERT4Rec or better (Klenitskiy & Vasilev 2023, arXiv:2309.07602). Trains on windows of the
users' sequences until their last items, which it holds out, are found no better.
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from tqdm import tqdm

from retrievers.base import Vectors
from store.interactions import Visits
from training.leave_one_out import HeldOut, Numbers, Scorer, hit_figures, leave_one_out, ranked_items

LENGTH = 50  # items of a window; older ones are left out when a user is scored
DIM = 64
BLOCKS = 2
HEADS = 2
DROPOUT = 0.3
BATCH = 32
RATE = 1e-3
DECAY = 0.01
MOST_EPOCHS = 100
PATIENCE = 8  # epochs without a better state
K = 10
SEED = 0


class SasRec(nn.Module):
    """Reads item numbers (batch, length), padded behind with the number of items, and scores all items."""

    def __init__(self, items: int) -> None:
        super().__init__()
        self.items = nn.Embedding(items + 1, DIM, padding_idx=items)
        self.places = nn.Embedding(LENGTH, DIM)
        nn.init.normal_(self.items.weight, std=0.02)
        nn.init.normal_(self.places.weight, std=0.02)
        block = nn.TransformerEncoderLayer(
            DIM, HEADS, 4 * DIM, DROPOUT, activation="gelu", batch_first=True, norm_first=True
        )
        self.blocks = nn.TransformerEncoder(block, BLOCKS, nn.LayerNorm(DIM), enable_nested_tensor=False)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, sequences: Tensor) -> Tensor:
        """What is known at each place, (batch, length, DIM), from it and those before; padding changes nothing."""
        length = sequences.shape[1]
        entered = self.dropout(self.items(sequences) + self.places.weight[:length])
        mask = nn.Transformer.generate_square_subsequent_mask(length)
        hidden: Tensor = self.blocks(entered, mask=mask, is_causal=True)
        return hidden

    def scores(self, hidden: Tensor) -> Tensor:
        """(..., items) from (..., DIM)."""
        scores: Tensor = hidden @ self.items.weight[:-1].T
        return scores


def fit_sasrec(visits: Visits, items: int) -> Scorer:
    """Train on all but each user's last item, which chooses the epoch; the scorer then reads whole histories."""
    held = leave_one_out(visits)
    model = _trained(held, items)
    return _scorer(model, _histories(visits), items)


def _trained(held: HeldOut, items: int) -> SasRec:
    torch.manual_seed(SEED)
    model = SasRec(items)
    histories = _histories(held.train)
    inputs, targets = _windows(histories, items)
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=DECAY)
    best, kept, waited = -1.0, copy.deepcopy(model.state_dict()), 0
    for _ in (bar := tqdm(range(MOST_EPOCHS), desc="SASRec", unit="epoch")):
        _epoch(model, optimiser, inputs, targets, items)
        ranked = ranked_items(held, items, _scorer(model, histories, items), K)
        ndcg = float(hit_figures(held, ranked, K)[f"ndcg@{K}"])
        bar.set_postfix_str(f"held-out NDCG@{K} {ndcg:.4f}")
        waited += 1
        if ndcg > best:
            best, kept, waited = ndcg, copy.deepcopy(model.state_dict()), 0
        if waited == PATIENCE:
            break
    model.load_state_dict(kept)
    return model.eval()


def _epoch(model: SasRec, optimiser: torch.optim.Optimizer, inputs: Tensor, targets: Tensor, items: int) -> None:
    model.train()
    for rows in torch.split(torch.randperm(len(inputs)), BATCH):
        real = targets[rows] != items  # scores of padding would be a third of the work
        loss = F.cross_entropy(model.scores(model(inputs[rows])[real]), targets[rows][real])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()


def _histories(visits: Visits) -> list[Numbers]:
    """The items of each user in order of time, by user number."""
    once = visits.once()
    order = np.argsort(once.users, kind="stable")
    counts = np.bincount(once.users, minlength=len(visits.user_ids))
    return np.split(once.items[order], np.cumsum(counts)[:-1])


def _windows(histories: list[Numbers], items: int) -> tuple[Tensor, Tensor]:
    """Inputs and the item after each, both (windows, LENGTH); a long history gives several that meet end to end."""
    rows = []
    for history in histories:
        for end in range(len(history), 1, -LENGTH):
            rows.append(history[max(0, end - LENGTH - 1) : end])
    inputs = _padded([row[:-1] for row in rows], items)
    return inputs, _padded([row[1:] for row in rows], items)


def _padded(rows: list[Numbers], items: int) -> Tensor:
    padded = np.full((len(rows), LENGTH), items, dtype=np.int64)
    for at, row in enumerate(rows):
        padded[at, : len(row)] = row
    return torch.from_numpy(padded)


def _scorer(model: SasRec, histories: list[Numbers], items: int) -> Scorer:
    @torch.inference_mode()
    def score(users: Numbers) -> Vectors:
        model.eval()
        recent = [histories[user][-LENGTH:] for user in users]
        last = torch.tensor([len(row) - 1 for row in recent])
        hidden = model(_padded(recent, items))[torch.arange(len(recent)), last]
        found: Vectors = model.scores(hidden).numpy()
        return found

    return score
