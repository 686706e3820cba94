"""Semantic codes first, collaborative ones after them: the hybrid of Hua et al. 2023 (arXiv:2305.06569, section 4.4).

The first levels say what an item is like, the last which of such items the same people look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from retrievers.neighbour_codes import NeighbourCodes
from retrievers.rqvae import RqVae


class HybridCodes(nn.Module):
    """Vectors (batch, dim) to codes (batch, semantic + collaborative levels)."""

    def __init__(self, semantic: RqVae, collaborative: NeighbourCodes) -> None:
        super().__init__()
        self.semantic = semantic
        self.collaborative = collaborative

    @classmethod
    def of_state(cls, state: Mapping[str, Tensor]) -> Self:
        """From what ``state_dict`` gave."""
        return cls(
            RqVae.of_state(_below("semantic.", state)), NeighbourCodes.of_state(_below("collaborative.", state))
        )

    def codes(self, vectors: NDArray[np.float32]) -> NDArray[np.int64]:
        """Codes of vectors, (len(vectors), levels)."""
        return np.hstack([self.semantic.codes(vectors), self.collaborative.codes(vectors)])

    def borrowed(self, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which vectors have borrowed their collaborative codes, (len(vectors),)."""
        return self.collaborative.borrowed(vectors)


def _below(prefix: str, state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in state.items() if name.startswith(prefix)}
