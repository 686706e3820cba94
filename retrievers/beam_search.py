"""Beam search over the trie of a catalog's IDs, planned ahead by the wish: no step can leave what exists.

From a node of the trie the way leads on to one of its children c with

    p(c) proportional to exp(trust * decoder's logit of c's code) * sum of exp(scale * wish . item),

the sum over the allowed items below c: a step looks ahead to the whole items that it leads to, as in PAG (Zeng et al.
2024, arXiv:2404.14600). The last token of an ID only tells apart items with equal codes and has no logit; there each
child is one item. So p is a distribution over exactly the allowed items; without the decoder it is the softmax of
their likeness to the wish, and an item that was added after training is found like any other.

Many dialogues are searched at once, each with its own allowed items; all of it stays on the model's device until the
items are found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from retrievers.generator import Generator, Read
from retrievers.semantic_ids import Codes, Trie
from retrievers.trie_ways import ways_of

Floats = NDArray[np.float32]

AT_ONCE = 4096  # items that are brought into the space of wishes
LEAST = -1e30  # stands for -inf where a difference of two would be no number
TINY = 1e-30  # of a sum whose logarithm is taken; where anything is allowed it is 1 at least


@torch.inference_mode()
def ordered_items(model: Generator, trie: Trie, joint: Tensor) -> Tensor:
    """Items with these vectors, (n_items, 2 * dim), in the space of wishes and the order of the trie."""
    parts = torch.split(joint[torch.from_numpy(trie.order).to(joint.device)], AT_ONCE)
    return torch.cat([model.items(part) for part in parts])


class SearchSpace:
    """The items of one catalog as a search needs them, on the model's device; ``items`` are ``ordered_items``."""

    def __init__(self, trie: Trie, items: Tensor) -> None:
        self.items = items
        self.ways = ways_of(trie, items.device)
        self.order = torch.from_numpy(trie.order).to(items.device)


@dataclass(frozen=True, slots=True)
class Beams:
    """Items found for one dialogue, best first: positions in the catalog and log-probabilities, both (found,)."""

    positions: Codes
    scores: Floats


@dataclass(frozen=True, slots=True)
class _Steps:
    """Ways on from some nodes, all (batch, nodes, most children): the children, and log p of going there."""

    children: Tensor
    log_p: Tensor  # -inf where there is no child, or nothing allowed below it


class Search:
    """Dialogues in search of the allowed items of one catalog; ``allowed`` is a mask, (batch, n_items)."""

    @torch.inference_mode()
    def __init__(self, model: Generator, read: Read, space: SearchSpace, allowed: Tensor) -> None:
        self._model = model
        self._read = read
        self._space = space
        self._start = model.write(read, torch.zeros_like(allowed[:, :0], dtype=torch.long))[:, -1]
        self._cosines = space.items @ model.wishes(read.sketch, self._start).T  # (n_items, batch)
        near = (model.log_scale.exp() * self._cosines).masked_fill(~allowed[:, space.order].T, -torch.inf)
        self._ahead = [sums.T for sums in _log_sums(near, space)]

    @torch.inference_mode()
    def beams(self, width: int, most: int) -> list[Beams]:
        """At most ``most`` items for each dialogue; ``width`` prefixes go on from each level to the next."""
        batch, last = len(self._start), len(self._space.ways) - 1
        scores = self._start.new_zeros(batch, 1)
        nodes = torch.zeros_like(scores, dtype=torch.long)
        written = nodes.new_zeros(batch, 1, 0)
        for level, ways in enumerate(self._space.ways):
            steps = self._steps(level, nodes, written)
            reached, best = (scores[..., None] + steps.log_p).flatten(1).sort(descending=True, stable=True)
            kept = min(width if level < last else most, max(1, int(reached.isfinite().sum(1).max())))
            scores, best = reached[:, :kept], best[:, :kept]
            nodes = steps.children.flatten(1).gather(1, best)
            parents = (best // steps.children.shape[2])[..., None].expand(-1, -1, level)
            written = torch.cat([written.gather(1, parents), ways.codes[nodes][..., None]], 2)
        return [
            Beams(positions[there], found[there])
            for positions, found in zip(self._space.order[nodes].cpu().numpy(), scores.cpu().numpy(), strict=True)
            for there in [np.isfinite(found)]
        ]

    @torch.inference_mode()
    def log_probs(self, paths: Codes) -> Floats:
        """Log-probabilities of allowed items for each dialogue, (batch, n), as wide beams would find them.

        Items are given by their nodes (n, levels + 1).
        """
        batch = len(self._start)
        there = torch.from_numpy(paths).to(self._start.device)
        total = self._start.new_zeros(batch, len(paths))
        above, places = there.new_zeros(1), there.new_zeros(len(paths))  # different nodes, and where each path's is
        written = there.new_zeros(1, 0)
        for level, ways in enumerate(self._space.ways if len(paths) else ()):
            steps = self._steps(level, above.expand(batch, -1), written.expand(batch, -1, -1))
            ways_on = there[:, level] - ways.first[above][places]
            total += steps.log_p[:, places, ways_on]
            above, on = torch.unique(there[:, level], return_inverse=True)
            came = torch.empty_like(above).scatter_(0, on, places)
            written = torch.cat([written[came], ways.codes[above][:, None]], 1)
            places = on
        found: Floats = total.cpu().numpy()
        return found

    def nearness(self, paths: Codes) -> Floats:
        """Cosines of items with each dialogue's wish, (batch, n)."""
        leaves = torch.from_numpy(paths[:, -1]).to(self._cosines.device)
        found: Floats = self._cosines[leaves].T.cpu().numpy()
        return found

    def _steps(self, level: int, nodes: Tensor, written: Tensor) -> _Steps:
        """From nodes (batch, nodes) with the codes ``written``, (batch, nodes, level), or from the root."""
        ways = self._space.ways[level]
        children = ways.children(nodes)
        scores = self._ahead[level].gather(1, children.nodes.flatten(1)).view(children.nodes.shape)
        if level < self._model.levels:
            hidden = self._model.write(self._read, written.flatten(0, 1))[:, -1] if level else self._start
            logits = self._model.logits(hidden, level).view(*nodes.shape, -1)
            scores = scores + logits.gather(2, ways.codes[children.nodes])
        return _Steps(children.nodes, _log_shares(scores.masked_fill(~children.real, -torch.inf)))


def _log_sums(near: Tensor, space: SearchSpace) -> list[Tensor]:  # (n_items, batch) -> each (nodes, batch)
    """Of each node the log of the summed exp over its items; -inf where none is allowed.

    In double precision, so that an allowed item far from the wish never counts as forbidden.
    """
    wide = near.double()
    weights = (wide - wide.max(0).values.clamp_min(LEAST)).exp()
    return [ways.sums(weights).log().float() for ways in space.ways]


def _log_shares(scores: Tensor) -> Tensor:
    """Log-softmax over the last axis; -inf where all is -inf."""
    above = scores - scores.max(-1, keepdim=True).values.clamp_min(LEAST)
    sums = above.exp().sum(-1, keepdim=True, dtype=torch.double).clamp_min(TINY)
    return above - sums.log().float()
