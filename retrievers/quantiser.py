"""What gives items their codes: one contract for every index method, and the way back from a file.

This module does not know how a quantiser is made; ``training/index_methods.py`` makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from retrievers.fsq import Fsq
from retrievers.hybrid_codes import HybridCodes
from retrievers.neighbour_codes import NeighbourCodes
from retrievers.rqvae import RqVae
from retrievers.semantic_ids import Codes, IndexMethod, Mask


class Quantiser(Protocol):
    """Vectors of items to codes; frozen, so that a vector has the same codes whenever it comes."""

    def codes(self, vectors: NDArray[np.float32]) -> Codes:
        """Codes of vectors (n, dim), (n, levels)."""

    def borrowed(self, vectors: NDArray[np.float32]) -> Mask:
        """Which of the vectors (n, dim) have codes, or some of them, from another item, (n,)."""

    def state_dict(self) -> dict[str, Any]:
        """All that it was made from, as tensors by name."""


FROM_STATE: Mapping[IndexMethod, Callable[[Mapping[str, Tensor]], Quantiser]] = {
    IndexMethod.SEMANTIC: RqVae.of_state,
    IndexMethod.FSQ: Fsq.of_state,
    IndexMethod.COLLABORATIVE: NeighbourCodes.of_state,
    IndexMethod.SEQUENTIAL: NeighbourCodes.of_state,
    IndexMethod.HYBRID: HybridCodes.of_state,
}
