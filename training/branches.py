"""Many answers in one pass: a prompt that grows, from which an answer branches off wherever one is asked for.

A history of movies holds as many questions as it is long: what came after the first two, after the first three, and
so on. Asked one by one, each reads the whole history again. Here the history is read once and every answer hangs on
the place where it is asked, seeing what is before it and none of the other answers: the tree attention of
speculative decoding (Miao et al. 2023, arXiv:2305.09781, section 4.2), for learning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.frozen_llm import FrozenLLM

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Piece:
    """Symbols that follow on piece number ``parent`` of a tree: ids of tokens, and row r of a batch as -1 - r.

    An ``answer`` is what the model is to say there, of tokens alone; nothing follows on it. The first piece has no
    parent and is no answer.
    """

    symbols: Sequence[int]
    parent: int | None = None
    answer: bool = False


Tree = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Answers:
    """Natural-log probabilities of all answers' tokens, (tokens,), and whose they are, numbered over the batch."""

    log_probs: Tensor
    owners: Tensor

    def sums(self) -> Tensor:
        """Of each answer as a whole, (answers,)."""
        whole = torch.zeros(int(self.owners[-1]) + 1)
        return whole.index_add(0, self.owners, self.log_probs)


@dataclass(frozen=True, slots=True)
class Layout:
    """A tree laid out in one line of n symbols, without the last of each answer, which foretells nothing.

    ``ids`` and ``places`` (depths) are (n,), ``sees`` (n, n): whether the row's symbol sees the column's. The
    answers' tokens ``said`` are foretold by the states ``before`` them and belong to ``owners``, all (tokens,).
    """

    ids: Numbers
    places: Numbers
    sees: NDArray[np.bool_]
    before: Numbers
    said: Numbers
    owners: Numbers

    @classmethod
    def of(cls, tree: Tree) -> Layout:
        """Lay a tree out, piece after piece."""
        read = [piece.symbols[:-1] if piece.answer else piece.symbols for piece in tree]
        starts = np.cumsum([0, *map(len, read)])
        size = int(starts[-1])
        sees, places = np.zeros((size, size), dtype=bool), np.zeros(size, dtype=np.int64)
        last: list[int] = []  # symbol of each piece
        before: list[int] = []
        owners: list[int] = []
        said: list[Sequence[int]] = []
        for piece, start, end in zip(tree, starts, starts[1:], strict=False):
            parent = -1 if piece.parent is None else last[piece.parent]
            if parent >= 0:
                sees[start:end] = sees[parent]
            sees[start:end, start:end] = np.tri(end - start, dtype=bool)
            places[start:end] = np.arange(end - start) + (places[parent] + 1 if parent >= 0 else 0)
            last.append(int(end) - 1 if end > start else parent)
            if piece.answer:
                before += [parent, *range(start, end)]
                owners += [len(said)] * len(piece.symbols)
                said.append(piece.symbols)
        ids = np.array([symbol for symbols in read for symbol in symbols], dtype=np.int64)
        tokens = [token for symbols in said for token in symbols]
        return cls(ids, places, sees, *(np.array(each, dtype=np.int64) for each in (before, tokens, owners)))


def answers_of(llm: FrozenLLM, trees: Sequence[Tree], rows: Tensor) -> Answers:
    """What the model makes of all answers of some trees; ``rows`` are the batch's, (rows, dim)."""
    layouts = [Layout.of(tree) for tree in trees]
    longest = max(len(each.ids) for each in layouts)
    ids, places, sees = (
        torch.as_tensor(np.stack([_padded(getattr(each, name), longest) for each in layouts]))
        for name in ("ids", "places", "sees")
    )
    states = llm.branching(embedded(ids, llm.table, rows), places, sees).flatten(0, 1)
    before = np.concatenate([row * longest + each.before for row, each in enumerate(layouts)])
    said = torch.as_tensor(np.concatenate([each.said for each in layouts]))
    counts = np.cumsum([0, *(int(each.owners.max(initial=-1)) + 1 for each in layouts)])
    owners = np.concatenate([each.owners + count for each, count in zip(layouts, counts, strict=False)])
    logits = llm.model.lm_head(states[torch.as_tensor(before)])
    log_probs = -nn.functional.cross_entropy(logits.float(), said, reduction="none")
    return Answers(log_probs, torch.as_tensor(owners))


def embedded(ids: Tensor, table: Tensor, rows: Tensor) -> Tensor:  # (..., n) -> (..., n, dim)
    """Symbols as the model reads them: tokens from its own ``table``, others from the batch's ``rows``."""
    tokens = table[ids.clamp_min(0)]
    if not len(rows):
        return tokens
    return torch.where((ids < 0)[..., None], rows[(-1 - ids).clamp_min(0)], tokens)


def _padded(values: NDArray[np.generic], longest: int) -> NDArray[np.generic]:
    return np.pad(values, [(0, longest - len(values))] * values.ndim)
