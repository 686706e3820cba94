"""Item tokens that need no training: each row is a seeded mixture of rows of the model's own table."""

from __future__ import annotations

import zlib

import numpy as np
import torch

from retrievers.base import Vectors
from retrievers.llm_identity import TokenTable
from retrievers.soft_tokens import Slot, SlotKind

TASK_ROWS = 3


class MixedTokens:
    """``SoftTokens`` for the model of a table, of numbers that bfloat16 has."""

    llm_name = "mixed"

    def __init__(self, table: TokenTable, per_item: int = 8) -> None:
        self.table = table
        self.llm = table.fingerprint()
        self.per_item = per_item
        self.dim = table.dim

    def rows(self, slot: Slot) -> Vectors:
        if slot.kind is SlotKind.BLANK:
            return np.zeros((self.per_item, self.dim), np.float32)
        each = TASK_ROWS if slot.kind is SlotKind.TASK else self.per_item
        return np.concatenate([self._mixed(f"{slot.kind}:{id_}", each) for id_ in slot.ids])

    def text(self, slot: Slot) -> str:
        return f"<{slot.kind} {' and '.join(slot.ids)}>"

    def _mixed(self, seed: str, rows: int) -> Vectors:
        draw = np.random.default_rng(zlib.crc32(seed.encode()))
        ids = draw.integers(len(self.table.weight), size=4 * rows)
        shares = torch.from_numpy(draw.dirichlet(np.ones(4), rows)).float()  # (rows, 4)
        mixed = shares[:, None] @ self.table.rows(ids.tolist()).float().view(rows, 4, self.dim)  # (rows, 1, dim)
        mixture: Vectors = mixed[:, 0].to(torch.bfloat16).float().numpy()
        return mixture
