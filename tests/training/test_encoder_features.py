"""The feature cache: computed once, views seeded, and the same numbers as the tower computes when it serves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from retrievers.image_features import FEATURE_DIM, to_pixels
from retrievers.image_tower import extract
from retrievers.lite0 import Lite0
from training.encoder_data import Picture
from training.encoder_features import features_of


@pytest.fixture(scope="module")
def trunk() -> Lite0:
    torch.manual_seed(0)
    return Lite0().eval()


@pytest.fixture
def pictures(tmp_path: Path) -> list[Picture]:
    made = []
    for number in range(5):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (50, 40), (40 * number, 100, 200)).save(path)
        made.append(Picture(str(number), str(number), "demo", "train", path, {}, ""))
    return made


def test_as_served(trunk: Lite0, pictures: list[Picture], tmp_path: Path) -> None:
    features = features_of(trunk, pictures, 0, tmp_path / "cache")
    assert features.shape == (5, FEATURE_DIM)
    with torch.inference_mode():
        served = extract(trunk, torch.stack([to_pixels(pictures[4].open())])).numpy()[0]
    assert features[4].astype(np.float32) == pytest.approx(served, rel=2e-2, abs=2e-2)


def test_second_time_reads_the_cache(trunk: Lite0, pictures: list[Picture], tmp_path: Path) -> None:
    first = features_of(trunk, pictures, 0, tmp_path / "cache")
    for picture in pictures:
        picture.path.unlink()
    assert np.array_equal(features_of(trunk, pictures, 0, tmp_path / "cache"), first)


def test_views_differ_and_are_seeded(trunk: Lite0, pictures: list[Picture], tmp_path: Path) -> None:
    clean, noisy = (features_of(trunk, pictures, view, tmp_path / "one") for view in (0, 1))
    again = features_of(trunk, pictures, 1, tmp_path / "two")
    assert np.array_equal(noisy, again)
    assert not np.array_equal(noisy, clean)
