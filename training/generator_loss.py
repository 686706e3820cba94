"""What the generator is trained to do: lead to the wanted item's ID, and wish for it among others.

A step is judged among the ways that exist, just as ``retrievers/beam_search.py`` takes it, so the losses of an ID's
steps add up to minus the log-probability of its item. A batch is read in parts of like length, since most dialogues
are a few words and padding would be most of the work, and in bfloat16, which halves the time on processors that have
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from retrievers.dialogue_prefix import ItemFeatures, Prefix, collate, prefix_length
from retrievers.generator import Generator
from retrievers.semantic_ids import Codes, Trie, with_last_token
from retrievers.trie_ways import Ways, ways_of

PART = 64
LEAST = 1e-30  # of a sum of weights whose logarithm is taken


@dataclass(frozen=True, slots=True)
class Aim:
    """A catalog as the loss needs it."""

    features: ItemFeatures
    joint: Tensor  # (n_items, 2 * dim)
    trie: Trie
    ways: tuple[Ways, ...]
    paths: Tensor  # (n_items, levels + 1)

    @classmethod
    def of(cls, features: ItemFeatures, codes: Codes, device: torch.device) -> Self:
        """For items with these codes, (n_items, levels); tensors lie on the device."""
        trie = Trie.of(with_last_token(codes))
        paths = torch.from_numpy(trie.paths(np.arange(len(codes)))).to(device)
        return cls(features, torch.from_numpy(features.joint).to(device), trie, ways_of(trie, device), paths)


def loss_of(
    model: Generator,
    table: Tensor,
    aim: Aim,
    items: Tensor,
    prefixes: Sequence[Prefix],
    targets: NDArray[np.int64],
) -> Tensor:
    """Mean over a batch.

    Parameters
    ----------
    table : (pieces, WORD_DIM), vectors of the word pieces, on the device of the model and the aim.
    items : the catalog's in the space of wishes, in the order of its trie; they may be some batches old.
    targets : (batch,), position of the wanted item of each dialogue.
    """
    order = sorted(range(len(prefixes)), key=lambda row: prefix_length(prefixes[row]))
    wanted = torch.from_numpy(targets[order]).to(aim.paths.device)
    paths = aim.paths[wanted]
    written = torch.stack([ways.codes[at] for ways, at in zip(aim.ways[:-1], paths.T[:-1], strict=True)], 1)
    parts = [slice(at, at + PART) for at in range(0, len(order), PART)]
    with torch.autocast(aim.paths.device.type, torch.bfloat16), _attention(aim.paths.device):
        read = [_read(model, table, aim.features, [prefixes[r] for r in order[p]], written[p]) for p in parts]
        hidden, sketch = (torch.cat(found) for found in zip(*read, strict=True))
        wishes = model.wishes(sketch, hidden[:, 0])
        near = model.log_scale.exp() * (items @ wishes.T)  # (n_items, batch)
        steps = _steps(model, aim, near.float(), hidden, paths)
        contrast = _contrast(model, wishes, aim.joint[wanted], wanted)
    return steps + contrast


def _attention(device: torch.device) -> AbstractContextManager[None]:
    """For short dialogues a processor has the gradients sooner from plain products than from a fused kernel."""
    return sdpa_kernel(SDPBackend.MATH) if device.type == "cpu" else nullcontext()


def _read(
    model: Generator, table: Tensor, features: ItemFeatures, prefixes: Sequence[Prefix], written: Tensor
) -> tuple[Tensor, Tensor]:  # (part, levels, WIDTH), (part, 2 * dim)
    batch = collate(prefixes, features).to(table.device)
    read = model.read(F.embedding(batch.pieces, table), batch)
    return model.write(read, written[:, :-1]), read.sketch


def _steps(model: Generator, aim: Aim, near: Tensor, hidden: Tensor, paths: Tensor) -> Tensor:
    """Minus the log-probability of the wanted items, mean over the batch."""
    rows = torch.arange(len(paths), device=paths.device)[:, None]
    weights = (near - near.max(0).values.detach()).exp()
    above = torch.zeros_like(paths[:, 0])
    total = near.new_zeros(())
    for level, ways in enumerate(aim.ways):
        ahead = ways.sums(weights).clamp_min(LEAST).log()
        children = ways.children(above)
        scores = ahead[children.nodes, rows]
        if level < model.levels:
            scores = scores + model.logits(hidden[:, level], level).float().gather(1, ways.codes[children.nodes])
        scores = scores.masked_fill(~children.real, -torch.inf)
        first, above = ways.first[above], paths[:, level]
        total = total + F.cross_entropy(scores, above - first)
    return total


def _contrast(model: Generator, wishes: Tensor, joint: Tensor, wanted: Tensor) -> Tensor:
    """InfoNCE of wishes against the items of the batch; an item that is wanted twice is no negative of itself."""
    scores = model.log_scale.exp() * (wishes @ model.items(joint).T)
    own = torch.arange(len(wanted), device=wanted.device)
    twin = (wanted[:, None] == wanted[None, :]) & (own[:, None] != own)
    return F.cross_entropy(scores.float().masked_fill(twin, -torch.inf), own)
