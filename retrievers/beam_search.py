"""Beam search over the trie of a catalog's IDs, planned ahead by the wish: no step can leave what exists.

From a node of the trie the way leads on to one of its children c with

    p(c) proportional to exp(trust * decoder's logit of c's code) * sum of exp(scale * wish . item),

the sum over the allowed items below c: a step looks ahead to the whole items that it leads to, as in PAG (Zeng et al.
2024, arXiv:2404.14600). The last token of an ID only tells apart items with equal codes and has no logit; there each
child is one item. So p is a distribution over exactly the allowed items; without the decoder it is the softmax of
their likeness to the wish, and an item that was added after training is found like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from retrievers.generator import Generator, Read
from retrievers.semantic_ids import Codes, Mask, Trie

Floats = NDArray[np.float32]

AT_ONCE = 4096  # items that are brought into the space of wishes


@torch.inference_mode()
def ordered_items(model: Generator, trie: Trie, joint: Tensor) -> Tensor:
    """Items with these vectors, (n_items, 2 * dim), in the space of wishes and the order of the trie."""
    parts = torch.split(joint[torch.from_numpy(trie.order)], AT_ONCE)
    return torch.cat([model.items(part) for part in parts])


@dataclass(frozen=True, slots=True)
class Beams:
    """Items found for one query, best first: positions in the catalog and log-probabilities, both (found,)."""

    positions: Codes
    scores: Floats


class Search:
    """One dialogue in search of the allowed items of one catalog.

    ``read`` is of a batch of one, ``items`` are those of ``ordered_items``, ``allowed`` is a mask (n_items,).
    """

    @torch.inference_mode()
    def __init__(self, model: Generator, read: Read, trie: Trie, items: Tensor, allowed: Mask) -> None:
        self._model = model
        self._read = read
        self._trie = trie
        self._start = model.write(read, torch.zeros(1, 0, dtype=torch.long))[:, -1]
        self._cosines: Floats = (items @ model.wishes(read.sketch, self._start)[0]).numpy()
        near = np.where(allowed[trie.order], float(model.log_scale.exp()) * self._cosines, -np.inf)
        self._ahead = [_log_sums(near, level.first_item) for level in trie.levels]

    @torch.inference_mode()
    def beams(self, width: int, most: int) -> Beams:
        """At most ``most`` items; ``width`` prefixes go on from each level to the next."""
        nodes, written, scores = np.zeros(1, np.int64), torch.zeros(1, 0, dtype=torch.long), np.zeros(1, np.float32)
        for level in range(self._model.levels):
            parent, child, step = self._steps(level, nodes, written)
            reached = scores[parent] + step
            best = np.argsort(-reached, kind="stable")[:width]
            codes = torch.from_numpy(self._trie.levels[level].codes[child[best]])
            written = torch.cat([written[torch.from_numpy(parent[best])], codes[:, None]], 1)
            nodes, scores = child[best], reached[best]
        parent, child, step = self._steps(self._model.levels, nodes, written)
        reached = scores[parent] + step
        best = np.argsort(-reached, kind="stable")[:most]
        return Beams(self._trie.order[child[best]], reached[best])

    @torch.inference_mode()
    def log_probs(self, paths: Codes) -> Floats:
        """Log-probabilities of allowed items, given by their nodes (n, levels + 1), as wide beams would find them."""
        total = np.zeros(len(paths), np.float32)
        for level in range(paths.shape[1] if len(paths) else 0):
            above = paths[:, level - 1] if level else np.zeros(len(paths), np.int64)
            nodes, first = np.unique(above, return_index=True)
            codes = [self._trie.levels[depth].codes[paths[first, depth]] for depth in range(level)]
            written = torch.from_numpy(np.stack(codes, 1) if codes else np.zeros((len(first), 0), np.int64))
            _, child, step = self._steps(level, nodes, written)
            total += step[np.searchsorted(child, paths[:, level])]
        return total

    def nearness(self, paths: Codes) -> Floats:
        """Cosine of items with the wish, (n,)."""
        return self._cosines[paths[:, -1]]

    def _steps(self, level: int, nodes: Codes, written: Tensor) -> tuple[Codes, Codes, Floats]:
        """Of each open child of nodes with the codes ``written``: its parent's place, number, log p of the step."""
        parent, child = self._trie.children(level, nodes)
        scores = self._ahead[level][child]
        open_ = np.isfinite(scores)
        parent, child, scores = parent[open_], child[open_], scores[open_]
        if level < self._model.levels:
            hidden = self._model.write(self._read, written)[:, -1] if level else self._start
            scores = scores + self._model.logits(hidden, level).numpy()[parent, self._trie.levels[level].codes[child]]
        return parent, child, _log_shares(scores, parent, len(nodes))


def _log_sums(near: Floats, first_item: Codes) -> Floats:
    """Of each node of a level the log of the summed exp over its items, (nodes,); -inf where none is allowed.

    In double precision, so that an allowed item far from the wish never counts as forbidden.
    """
    wide = near.astype(np.float64)
    most = wide.max(initial=-np.inf)
    if not np.isfinite(most):
        return np.full(len(first_item) - 1, -np.inf, np.float32)
    with np.errstate(divide="ignore"):
        sums: Floats = np.log(np.add.reduceat(np.exp(wide - most), first_item[:-1])).astype(np.float32)
    return sums


def _log_shares(scores: Floats, group: Codes, groups: int) -> Floats:
    """Log-softmax of scores within each group."""
    most = np.full(groups, -np.inf, np.float32)
    if not len(group):
        return scores
    np.maximum.at(most, group, scores)
    above = scores - most[group]
    shares: Floats = above - np.log(np.bincount(group, np.exp(above), groups)).astype(np.float32)[group]
    return shares
