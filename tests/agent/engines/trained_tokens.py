"""The tokens that the shipped item encoder makes of the demo store's items, as a server is sent them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from retrievers.base import Vectors
from retrievers.encoders import EmbeddedEncoder
from retrievers.item_tokens import StoreTokens
from retrievers.soft_tokens import Slot
from training.bench import open_store
from training.train_ilm import content_of


class SentTokens:
    """``SoftTokens`` whose rows are rounded to bfloat16, in which they travel, so that both engines read the same."""

    def __init__(self, tokens: StoreTokens, items: list[str]) -> None:
        self._tokens = tokens
        self.items = items
        self.llm, self.llm_name, self.per_item = tokens.llm, tokens.llm_name, tokens.per_item
        self.dim, self.tasks = tokens.dim, tokens.tasks

    def rows(self, slot: Slot) -> Vectors:
        rounded: Vectors = torch.from_numpy(self._tokens.rows(slot)).to(torch.bfloat16).float().numpy()
        return rounded

    def text(self, slot: Slot) -> str:
        return self._tokens.text(slot)


def demo_tokens(home: Path, llm: Path, count: int) -> SentTokens | None:
    """The tokens of ``count`` items drawn with a seed; None where ``home`` has no demo store."""
    if not (home / "stores" / "demo").is_dir():
        return None
    models = home / "models"
    store = open_store("demo", home, EmbeddedEncoder(models), None, False)
    tokens = StoreTokens.open(store.catalog, lambda: content_of(store), models, llm)
    drawn = np.random.default_rng(0).permutation(len(store.catalog.items))[:count]
    return None if tokens is None else SentTokens(tokens, [store.catalog.items[at].item_id for at in drawn])
