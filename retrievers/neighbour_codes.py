"""Codes that items were given by something else than their content, and the way to them from content alone.

Co-visits and the order of a catalog give codes to the items that were there. A vector that comes later takes the
codes of the known item that is nearest to it; it has *borrowed* them. A known item is its own nearest.

This module does not know where the codes came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from retrievers.fsq import principal

KEPT = 64  # principal components of an item's vector
OWN = 0.02  # distance to itself at most, after the rounding of the file to half precision
AT_ONCE = 1024


class NeighbourCodes(nn.Module):
    """Vectors (batch, dim) to the codes (batch, levels) of their nearest known item."""

    mean: Tensor  # (dim,)
    directions: Tensor  # (dim, KEPT)
    known: Tensor  # (n_known, KEPT)
    table: Tensor  # (n_known, levels)

    def __init__(self, mean: Tensor, directions: Tensor, known: Tensor, table: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("directions", directions)
        self.register_buffer("known", known)
        self.register_buffer("table", table)

    @classmethod
    def of(cls, vectors: NDArray[np.float32], codes: NDArray[np.int64]) -> Self:
        """From the known items' vectors (n_known, dim) and codes (n_known, levels)."""
        data = torch.from_numpy(vectors)
        mean, directions, _ = principal(data, KEPT)
        return cls(mean, directions, (data - mean) @ directions, torch.from_numpy(codes))

    @classmethod
    def of_state(cls, state: Mapping[str, Tensor]) -> Self:
        """From what ``state_dict`` gave."""
        return cls(state["mean"], state["directions"], state["known"], state["table"])

    def codes(self, vectors: NDArray[np.float32]) -> NDArray[np.int64]:
        """Codes of vectors, (len(vectors), levels)."""
        found: NDArray[np.int64] = self.table[self._nearest(vectors)[1]].numpy()
        return found

    def borrowed(self, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which vectors are of no known item and have borrowed their codes, (len(vectors),)."""
        far: NDArray[np.bool_] = (self._nearest(vectors)[0] > OWN).numpy()
        return far

    @torch.inference_mode()
    def _nearest(self, vectors: NDArray[np.float32]) -> tuple[Tensor, Tensor]:
        """Distance to the nearest known item, and which it is; the first of equals."""
        places = (torch.from_numpy(vectors) - self.mean) @ self.directions
        found = [torch.cdist(part, self.known).min(1) for part in torch.split(places, AT_ONCE)]
        return torch.cat([each.values for each in found]), torch.cat([each.indices for each in found])
