"""What the generator is trained to do: write the wanted item's codes, and wish for it among others.

A batch is read in parts of like length, since most dialogues are a few words and padding would be most of the work,
and in bfloat16, which halves the time on processors that have it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from retrievers.dialogue_prefix import ItemFeatures, Prefix, collate, prefix_length
from retrievers.generator import Generator

PART = 64


def loss_of(
    model: Generator,
    table: Tensor,
    features: ItemFeatures,
    codes: Tensor,
    joint: Tensor,
    prefixes: Sequence[Prefix],
    targets: NDArray[np.int64],
) -> Tensor:
    """Mean over a batch.

    Parameters
    ----------
    table : (pieces, WORD_DIM), vectors of the word pieces.
    codes : (n_items, levels) of the catalog.
    joint : (n_items, 2 * dim), what the wish is compared with.
    targets : (batch,), position of the wanted item of each dialogue.
    """
    wanted = torch.from_numpy(targets)
    written = codes[wanted]  # (batch, levels)
    order = sorted(range(len(prefixes)), key=lambda row: prefix_length(prefixes[row]))
    parts = [order[at : at + PART] for at in range(0, len(order), PART)]
    with torch.autocast("cpu", torch.bfloat16):
        read = [_read(model, table, features, [prefixes[r] for r in p], written[p]) for p in parts]
        hidden, sketch = (torch.cat(found) for found in zip(*read, strict=True))
        wanted, written = wanted[order], written[order]
        logits = [model.logits(hidden[:, level], level) for level in range(model.levels)]
        contrast = _contrast(model, model.wishes(sketch, hidden[:, 0]), joint[wanted], wanted)
    levels = [F.cross_entropy(found.float(), written[:, level]) for level, found in enumerate(logits)]
    return torch.stack(levels).mean() + contrast


def _read(
    model: Generator, table: Tensor, features: ItemFeatures, prefixes: Sequence[Prefix], written: Tensor
) -> tuple[Tensor, Tensor]:  # (part, levels, WIDTH), (part, 2 * dim)
    batch = collate(prefixes, features)
    read = model.read(F.embedding(batch.pieces, table), batch)
    return model.write(read, written[:, :-1]), read.sketch


def _contrast(model: Generator, wishes: Tensor, joint: Tensor, wanted: Tensor) -> Tensor:
    """InfoNCE of wishes against the items of the batch; an item that is wanted twice is no negative of itself."""
    scores = model.log_scale.exp() * (wishes @ model.items(joint).T)
    twin = (wanted[:, None] == wanted[None, :]) & ~torch.eye(len(wanted), dtype=torch.bool)
    return F.cross_entropy(scores.float().masked_fill(twin, -torch.inf), torch.arange(len(wanted)))
