"""A store of any size that is made of nothing but a seed: for measuring time where no real store lies.

Items have words to be asked for by, and vectors in clusters by what kind they are; what is trained on them costs what
it costs on a real store, and finds nothing of use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from retrievers.base import Vectors
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.minilm import DIM as WORD_DIM
from retrievers.minilm import VOCABULARY
from store.schemas import Item
from training.demo_store.names import STYLES

if TYPE_CHECKING:
    from PIL.Image import Image

DIM = 640  # of the embedded encoder
COLORS = ("Red", "Blue", "Black", "Green", "White", "Grey", "Brown", "Yellow")
MATERIALS = ("Cotton", "Wool", "Leather", "Linen", "Silk", "Nylon")
KINDS = ("Dresses", "Boots", "Lamps", "Chairs", "Mugs", "Tents", "Scarves", "Watches", "Jackets", "Rugs")
CLUSTERS = 300
SEED = 0
SPREAD = 0.7  # length of what sets an item apart from its cluster's middle


@dataclass(frozen=True, slots=True)
class SyntheticStore:
    """Items and what is known of them."""

    items: Sequence[Item]
    features: ItemFeatures


def synthetic_store(count: int) -> SyntheticStore:
    """That many items; as many are always the same."""
    rng = np.random.default_rng(SEED)
    clusters = rng.integers(0, CLUSTERS, count)
    halves = [_unit(_unit(_normal(rng, CLUSTERS))[clusters] + SPREAD * _unit(_normal(rng, count))) for _ in range(2)]
    return SyntheticStore([_item(at, int(clusters[at])) for at in range(count)], ItemFeatures(np.hstack(halves)))


def _item(at: int, cluster: int) -> Item:
    kind, color = KINDS[cluster % len(KINDS)], COLORS[at % len(COLORS)]
    material, style = MATERIALS[at // 7 % len(MATERIALS)], STYLES[at // 4 % len(STYLES)]
    facts = {"color": (color,), "material": (material,), "fit": ("Regular" if at % 3 else "Loose",)}
    title = f"{style} {material} {kind}, {color}"
    return Item(f"S{at}", title, product_type=kind, brand=style, item_group_id=f"G{at // 4}", attributes=facts)


def _normal(rng: np.random.Generator, count: int) -> Vectors:
    return rng.standard_normal((count, DIM), dtype=np.float32)


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


class SyntheticEncoder:
    """Every text has a random vector; the work of a real encoder is no part of what is measured with it."""

    name = "synthetic"
    fingerprint = "synthetic"
    dim = DIM

    def __init__(self, seed: int = 0) -> None:
        self._rng = np.random.default_rng(seed)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), DIM)."""
        return _unit(_normal(self._rng, len(texts)))

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Unit vectors, (len(images), DIM)."""
        return _unit(_normal(self._rng, len(images)))


class SyntheticPieces:
    """Words as pieces, one or two each as MiniLM's, with random vectors."""

    def __init__(self, seed: int = 0) -> None:
        self.table: Tensor = torch.randn(VOCABULARY, WORD_DIM, generator=torch.Generator().manual_seed(seed)) * 0.04
        self._numbers: dict[str, int] = {}

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """Each new word has the next number; words beyond six letters take two places."""
        return [[piece for word in text.split() for piece in self._pieces(word)] for text in texts]

    def _pieces(self, word: str) -> list[int]:
        number = self._numbers.setdefault(word, 1 + len(self._numbers) % (VOCABULARY - 1))
        return [number] * (2 if len(word) > 6 else 1)
