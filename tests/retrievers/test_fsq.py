"""Rounding gives codes without training: bounded, well used, coarse to fine, and the same again."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrievers.fsq import fit, values_of
from training.id_report import report

RNG = np.random.default_rng(0)
# Variance falls from number to number, as in the vectors of an encoder.
VECTORS = (RNG.standard_normal((2000, 32)) * 0.8 ** np.arange(32)).astype(np.float32)


@given(st.integers(1, 8) | st.sampled_from([16, 32, 64, 128, 256]))
def test_the_values_of_a_level_make_its_codes(size: int) -> None:
    assert prod(values_of(size)) == size


def test_a_size_that_cannot_be_made_is_named() -> None:
    with pytest.raises(ValueError, match="12 codes"):
        values_of(12)


def test_codes_are_in_range_and_evenly_used() -> None:
    codes = fit(VECTORS, 3, 64).codes(VECTORS)
    assert codes.shape == (2000, 3)
    for level in codes.T:
        counts = np.bincount(level, minlength=64)
        assert len(counts) == 64
        assert counts.min() > 0
        assert counts.max() < 4 * 2000 / 64


def test_longer_shared_prefixes_mean_nearer_items() -> None:
    unit = VECTORS / np.linalg.norm(VECTORS, axis=1, keepdims=True)
    cosines = [c for c in report(fit(VECTORS, 3, 16).codes(VECTORS), 16, unit).cosines if np.isfinite(c)]
    assert cosines == sorted(cosines)
    assert cosines[-1] > 0.7


def test_a_vector_far_from_all_others_still_has_a_code() -> None:
    far = np.full((1, 32), 1e6, dtype=np.float32)
    codes = fit(VECTORS, 3, 64).codes(far)
    assert codes.min() >= 0
    assert codes.max() < 64


def test_the_same_vectors_give_the_same_codes() -> None:
    assert (fit(VECTORS, 3, 64).codes(VECTORS) == fit(VECTORS, 3, 64).codes(VECTORS)).all()
