"""A catalog's trie as tensors, for what walks it in batches: the search (``beam_search.py``) and the training's loss.

Nodes have different numbers of children; a walk gives each as many places as the one with the most has, and says
which of them are real. Everything lies on one device and stays there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from retrievers.semantic_ids import Trie


@dataclass(frozen=True, slots=True)
class Children:
    """Of some nodes, (..., most children): the numbers of their children in the next level, and which are real."""

    nodes: Tensor
    real: Tensor


@dataclass(frozen=True, slots=True)
class Ways:
    """One level of a trie: the first and the number of the children of each node above, and each node's own."""

    first: Tensor  # (nodes above,)
    sizes: Tensor  # (nodes above,)
    codes: Tensor  # (nodes,)
    items: Tensor  # (nodes + 1,), where the items of each node begin and end in the trie's order

    def children(self, above: Tensor) -> Children:
        """Of nodes of the level above, of any shape; above the first level stands the root, number 0."""
        first, sizes = self.first[above], self.sizes[above]
        offsets = torch.arange(int(sizes.max()), device=above.device)
        nodes = (first[..., None] + offsets).clamp_max(len(self.codes) - 1)
        return Children(nodes, offsets < sizes[..., None])

    def sums(self, weights: Tensor) -> Tensor:  # (n_items, batch) -> (nodes, batch)
        """What the items below each node weigh together; items come in the trie's order."""
        return torch.segment_reduce(weights, "sum", offsets=self.items, axis=0)


def ways_of(trie: Trie, device: torch.device) -> tuple[Ways, ...]:
    """The levels of a trie, the root's children first."""
    bounds = [np.array([0, len(trie.levels[0].codes)]), *(level.first_child for level in trie.levels)]
    arrays = [
        (bound[:-1], np.diff(bound), level.codes, level.first_item)
        for bound, level in zip(bounds[:-1], trie.levels, strict=True)
    ]
    return tuple(Ways(*(torch.from_numpy(array).to(device) for array in each)) for each in arrays)
