"""What the item encoder reads of an item: token states of its text, cells of its picture, price, behaviour.

Not pooled vectors alone: a name survives in the states of its own pieces, a print in a cell of the picture. Where an
item has no picture, no price or no shoppers, that part is marked as missing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Self

import numpy as np
import torch
from PIL.Image import Image
from torch import Tensor

from retrievers.base import Vectors
from retrievers.image_features import scale, to_pixels
from retrievers.image_tower import load_trunk
from retrievers.minilm import DIM as STATE_DIM
from retrievers.minilm import MiniLMTexts

GRID_STAGE = -2  # of the trunk: the last maps before it is widened for ImageNet's classes
GRID_DIM = 320
GRID_SIDE = 4
CELLS = GRID_SIDE * GRID_SIDE
GRID_SCALE = 0.5  # brings the maps to about unit variance
PRICE_WAVES = 8
RANK_WAVES = 3
PRICE_DIM = 2 * (PRICE_WAVES + RANK_WAVES)
MOST_STATES = 64
IMAGES_AT_ONCE = 16

__all__ = ["STATE_DIM"]


@dataclass(frozen=True, slots=True)
class ItemInputs:
    """A batch of items, or of users, of whom only ``behaviour`` is known. Flags tell what is there."""

    states: Tensor  # (batch, tokens, STATE_DIM)
    said: Tensor  # (batch, tokens) bool
    grid: Tensor  # (batch, CELLS, GRID_DIM)
    pictured: Tensor  # (batch,) bool
    price: Tensor  # (batch, PRICE_DIM)
    priced: Tensor  # (batch,) bool
    behaviour: Tensor  # (batch, dim)
    known: Tensor  # (batch,) bool

    def __len__(self) -> int:
        return len(self.known)

    def take(self, rows: Tensor) -> Self:
        """The inputs of these rows, in single precision, texts cut to the longest among them."""
        part = replace(self, **{each.name: getattr(self, each.name)[rows] for each in fields(self)})
        longest = max(1, int(part.said.sum(1).max()))
        floats = {
            each.name: value.float() if (value := getattr(part, each.name)).is_floating_point() else value
            for each in fields(self)
        }
        return replace(part, **{**floats, "states": floats["states"][:, :longest], "said": part.said[:, :longest]})


class InputReader:
    """Reads texts, pictures and prices through the frozen towers of the embedded encoder."""

    def __init__(self, minilm: Path, trunk: Path) -> None:
        """``minilm`` is the folder of the text encoder, ``trunk`` the file of the image trunk."""
        self._texts = MiniLMTexts(minilm)
        self._trunk = load_trunk(trunk)

    def read(
        self,
        texts: Sequence[str],
        images: Sequence[Image | None],
        prices: Sequence[float | None],
        shop: ShopPrices,
        behaviour: Vectors,
    ) -> ItemInputs:
        """Inputs of items of a ``shop``, half precision where large.

        ``behaviour`` is (items, dim), a zero row where unknown.
        """
        states, said = self._texts.states(texts, MOST_STATES)
        pictured = torch.tensor([image is not None for image in images], dtype=torch.bool)
        return ItemInputs(
            states,
            said,
            self._grids(images),
            pictured,
            torch.stack([shop.waves(price) for price in prices]),
            torch.tensor([price is not None for price in prices]),
            torch.from_numpy(np.ascontiguousarray(behaviour)),
            torch.from_numpy(behaviour.any(1)),
        )

    @torch.inference_mode()
    def _grids(self, images: Sequence[Image | None]) -> Tensor:
        grids = torch.zeros(len(images), CELLS, GRID_DIM, dtype=torch.float16)
        rows = [row for row, image in enumerate(images) if image is not None]
        for start in range(0, len(rows), IMAGES_AT_ONCE):
            batch = rows[start : start + IMAGES_AT_ONCE]
            pixels = torch.stack([to_pixels(image) for row in batch if (image := images[row]) is not None])
            maps = self._trunk(scale(pixels.contiguous(memory_format=torch.channels_last)))[GRID_STAGE]
            cells = torch.nn.functional.adaptive_avg_pool2d(maps, GRID_SIDE).flatten(2).transpose(1, 2)
            grids[batch] = (cells * GRID_SCALE).half()
        return grids


def scaled(vectors: Vectors, items: Vectors) -> Vectors:
    """Behaviour vectors in units of the root mean square of the items', (n, dim)."""
    size = float(np.sqrt(np.mean(np.square(items))))
    return vectors / np.float32(size or 1.0)


def users(behaviour: Vectors) -> ItemInputs:
    """Inputs of users from their behaviour vectors, (users, dim)."""
    count = len(behaviour)
    nothing = torch.zeros(count, dtype=torch.bool)
    return ItemInputs(
        torch.zeros(count, 1, STATE_DIM),
        torch.zeros(count, 1, dtype=torch.bool),
        torch.zeros(count, CELLS, GRID_DIM),
        nothing,
        torch.zeros(count, PRICE_DIM),
        nothing,
        torch.as_tensor(behaviour),
        torch.ones(count, dtype=torch.bool),
    )


class ShopPrices:
    """What a price is in one shop: so much, and dearer than such a share of all that is sold there."""

    def __init__(self, prices: Sequence[float | None]) -> None:
        """``prices`` are those of all items of the shop."""
        self._sorted = np.sort([price for price in prices if price is not None])

    def waves(self, price: float | None) -> Tensor:
        """Sines and cosines, (PRICE_DIM,): of the logarithm, so that near prices look alike at every scale, and of
        the share that costs less.

        >>> ShopPrices([3.0]).waves(None).abs().sum().item()
        0.0
        """
        if price is None:
            return torch.zeros(PRICE_DIM)
        sizes = math.log1p(max(price, 0.0)) * 2.0 ** torch.arange(PRICE_WAVES) / 4
        ranks = math.pi * self._share_below(price) * 2.0 ** torch.arange(RANK_WAVES) / 2
        turns = torch.cat([sizes, ranks])
        return torch.cat([turns.sin(), turns.cos()])

    def _share_below(self, price: float) -> float:
        """Half of those that cost the same count as cheaper."""
        below, to = (np.searchsorted(self._sorted, price, side) for side in ("left", "right"))
        return float(below + to) / 2 / max(1, len(self._sorted))
