"""Beam search over the trie of a catalog's IDs, planned ahead by the wish: no step can leave what exists.

From a node of the trie the way leads on to one of its children c with

    p(c) proportional to n(c) exp(decoder's logit of c's code + scale * wish . centre(c)),

n(c) the number of allowed items below it and centre(c) the mean of the items below it: a step looks ahead to the
whole items that it leads to, as PAG does (Zeng et al. 2024, arXiv:2404.14600). The last token of an ID only tells
apart items with equal codes and has no logit; there each child is one item. So p is a distribution over exactly the
allowed items, and an item that was added after training is found like any other.
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


@dataclass(frozen=True, slots=True)
class Guide:
    """The mean of the items below each node in the space of wishes, (nodes, 2 * dim) a level; the last are items."""

    centres: tuple[Tensor, ...]

    @classmethod
    @torch.inference_mode()
    def of(cls, model: Generator, trie: Trie, joint: Tensor) -> Guide:
        """For the items with these vectors, (n_items, 2 * dim)."""
        ordered = model.items(joint)[torch.from_numpy(trie.order)]
        means = [
            torch.segment_reduce(ordered, "mean", offsets=torch.from_numpy(level.first_item))
            for level in trie.levels[:-1]
        ]
        return cls((*means, ordered))


@dataclass(frozen=True, slots=True)
class Beams:
    """Items found for one query, best first: positions in the catalog and log-probabilities, both (found,)."""

    positions: Codes
    scores: Floats


class Search:
    """One dialogue in search of the allowed items of one catalog; ``read`` is of a batch of one."""

    @torch.inference_mode()
    def __init__(self, model: Generator, read: Read, trie: Trie, guide: Guide, allowed: Mask) -> None:
        self._model = model
        self._read = read
        self._trie = trie
        self._guide = guide
        self._allowed = trie.counts(allowed)
        self._start = model.write(read, torch.zeros(1, 0, dtype=torch.long))[:, -1]
        self._wish = model.wishes(read.sketch, self._start)[0]
        self._pull = model.log_scale.exp() * self._wish

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

    @torch.inference_mode()
    def nearness(self, paths: Codes) -> Floats:
        """Cosine of items with the wish, (n,)."""
        cosines: Floats = (self._guide.centres[-1][torch.from_numpy(paths[:, -1])] @ self._wish).numpy()
        return cosines

    def _steps(self, level: int, nodes: Codes, written: Tensor) -> tuple[Codes, Codes, Floats]:
        """Of each open child of nodes with the codes ``written``: its parent's place, number, log p of the step."""
        parent, child = self._trie.children(level, nodes)
        counts = self._allowed[level][child]
        parent, child, counts = parent[counts > 0], child[counts > 0], counts[counts > 0]
        scores = (self._guide.centres[level][torch.from_numpy(child)] @ self._pull).numpy()
        if level < self._model.levels:
            hidden = self._model.write(self._read, written)[:, -1] if level else self._start
            scores = scores + self._model.logits(hidden, level).numpy()[parent, self._trie.levels[level].codes[child]]
        return parent, child, _log_shares(scores + np.log(counts).astype(np.float32), parent, len(nodes))


def _log_shares(scores: Floats, group: Codes, groups: int) -> Floats:
    """Log-softmax of scores within each group."""
    most = np.full(groups, -np.inf, np.float32)
    if not len(group):
        return scores
    np.maximum.at(most, group, scores)
    above = scores - most[group]
    shares: Floats = above - np.log(np.bincount(group, np.exp(above), groups)).astype(np.float32)[group]
    return shares
