"""An untrained generator over random items: enough to test what must hold whatever its weights are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from retrievers.dialogue_prefix import ItemFeatures, Prefix, Role, collate
from retrievers.generator import Generator, Read
from retrievers.semantic_ids import Trie, with_last_token

DIM = 16
LEVELS = 3
SIZE = 4


def features(count: int, seed: int = 0) -> ItemFeatures:
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((2, count, DIM)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=2, keepdims=True)
    return ItemFeatures(np.hstack(rows))


def ids(count: int, seed: int = 0) -> np.ndarray:
    return with_last_token(np.random.default_rng(seed).integers(0, SIZE, (count, LEVELS)))


def trie(count: int) -> Trie:
    return Trie.of(ids(count))


def generator() -> Generator:
    torch.manual_seed(0)
    return Generator(DIM, LEVELS, SIZE).eval()


def some_prefix(known: ItemFeatures) -> Prefix:
    return Prefix(
        [(1, [5, 6, 7]), (0, [8])], known.text[0], known.image[1], [(Role.SHOWN, 1, 2), (Role.REFUSED, 0, 3)]
    )


@torch.inference_mode()
def read(model: Generator, prefixes: Sequence[Prefix], known: ItemFeatures) -> Read:
    batch = collate(prefixes, known)
    table = torch.randn(100, 384, generator=torch.Generator().manual_seed(0))
    return model.read(table[batch.pieces], batch)
