"""A known item keeps its codes, a new one borrows those of the nearest."""

from __future__ import annotations

import numpy as np

from retrievers.neighbour_codes import NeighbourCodes

RNG = np.random.default_rng(0)
VECTORS = RNG.standard_normal((300, 96)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
CODES = RNG.integers(0, 200, (300, 3))


def test_a_known_item_keeps_its_codes_in_half_precision_too() -> None:
    known = NeighbourCodes.of(VECTORS, CODES)
    assert (known.codes(VECTORS) == CODES).all()
    rounded = known.half().float()
    assert (rounded.codes(VECTORS) == CODES).all()
    assert not rounded.borrowed(VECTORS).any()


def test_a_new_item_borrows_from_the_nearest() -> None:
    known = NeighbourCodes.of(VECTORS, CODES)
    new = VECTORS[[7, 250]] * 0.8 + VECTORS[[8, 251]] * 0.2
    assert (known.codes(new) == CODES[[7, 250]]).all()
    assert known.borrowed(new).all()
