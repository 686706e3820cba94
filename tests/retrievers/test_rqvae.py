"""Codes tell clusters apart, use their codebooks, and are the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from retrievers.rqvae import RqVae, fit, k_means
from training.id_report import report


@pytest.fixture(scope="module")
def clusters() -> np.ndarray:
    """Eight clusters of forty unit vectors, the first five clusters of the first half of the space."""
    rng = np.random.default_rng(0)
    centres = rng.standard_normal((8, 32))
    rows = np.repeat(centres, 40, axis=0) + 0.3 * rng.standard_normal((320, 32))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def model(clusters: np.ndarray) -> RqVae:
    return fit(clusters, levels=3, size=8, epochs=60)


def test_items_of_a_cluster_share_their_first_code(model: RqVae, clusters: np.ndarray) -> None:
    first = model.codes(clusters)[:, 0].reshape(8, 40)
    purity = np.mean([np.bincount(row).max() / 40 for row in first])
    assert purity > 0.85
    assert len(np.unique(first)) >= 6


def test_longer_shared_prefixes_mean_nearer_items(model: RqVae, clusters: np.ndarray) -> None:
    cosines = [c for c in report(model.codes(clusters), 8, clusters).cosines if np.isfinite(c)]
    assert cosines == sorted(cosines)


def test_the_same_seed_gives_the_same_codes(model: RqVae, clusters: np.ndarray) -> None:
    assert (fit(clusters, levels=3, size=8, epochs=60).codes(clusters) == model.codes(clusters)).all()


def test_the_latent_is_the_sum_of_the_codes(model: RqVae) -> None:
    latent = torch.randn(5, model.books.shape[2])
    found = model.quantise(latent)
    total = sum(model.books[level][found.codes[:, level]] for level in range(3))
    torch.testing.assert_close(found.latent, total)


def test_three_equal_items_are_no_trouble() -> None:
    same = np.ones((3, 8), dtype=np.float32)
    codes = fit(same, levels=2, size=3, epochs=2).codes(same)
    assert len(np.unique(codes, axis=0)) == 1


def test_one_item_gets_an_id() -> None:
    assert fit(np.ones((1, 8), dtype=np.float32), levels=2, size=1, epochs=2).codes(
        np.ones((1, 8), np.float32)
    ).shape == (1, 2)


def test_k_means_finds_three_points() -> None:
    points = torch.tensor([[0.0, 0.0], [5.0, 0.0], [0.0, 5.0]]).repeat(20, 1)
    centres = k_means(points, 3, torch.Generator().manual_seed(1))
    assert torch.cdist(points, centres).min(1).values.mean() < 1.0
