"""Trunk features of every picture and view, computed once and kept on disk outside the repository.

The trunk is frozen, so one pass over the photos (about 25 a second on two cores) serves every training of the head.
View 0 is the picture as it is, views 1, 2, ... are seeded ``as_phone_photo`` variants of it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL.Image import Image
from platformdirs import user_cache_path
from tqdm import tqdm

from retrievers.image_features import FEATURE_DIM, PREPROCESSING, to_pixels
from retrievers.image_tower import extract
from retrievers.lite0 import Lite0
from training.encoder_data import Picture
from training.photo_noise import as_phone_photo

BATCH = 4


def encoder_arguments(parser: argparse.ArgumentParser) -> None:
    """What whoever trains or measures the encoder takes: where its pictures, their features and the weights are."""
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with myntra, luma, ...")
    parser.add_argument("--demo", type=Path, default=Path("assets/demo"), help="folder of the demo store")
    parser.add_argument("--features", type=Path, default=user_cache_path("mercer") / "features", help="cache")
    parser.add_argument("--models", type=Path, default=user_cache_path("mercer") / "models", help="fetched weights")


def features_of(
    trunk: Lite0, pictures: Sequence[Picture], view: int, cache: Path
) -> NDArray[np.float16]:  # (len(pictures), FEATURE_DIM)
    """Features of pictures of one domain and part, from the cache, or computed and written there."""
    ids = hashlib.sha256(json.dumps([picture.picture_id for picture in pictures]).encode()).hexdigest()[:8]
    name = f"{pictures[0].domain}-{pictures[0].part}-v{view}-p{PREPROCESSING}"
    file = cache / f"{name}-{ids}.npy"
    if file.is_file():
        cached: NDArray[np.float16] = np.load(file)
        return cached
    rows = np.zeros((len(pictures), FEATURE_DIM), dtype=np.float16)
    starts = range(0, len(pictures), BATCH)
    with ThreadPoolExecutor(1) as pool_of_readers:
        batches = pool_of_readers.map(lambda start: _read(pictures[start : start + BATCH], view), starts)
        for start, pixels in zip(tqdm(starts, desc=name, mininterval=10), batches, strict=True):
            with torch.inference_mode():
                features = extract(trunk, pixels)
            rows[start : start + BATCH] = features.numpy().astype(np.float16)
    cache.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".part.npy")
    np.save(temporary, rows)
    temporary.replace(file)
    return rows


def _read(pictures: Sequence[Picture], view: int) -> torch.Tensor:
    pixels = torch.stack([to_pixels(_view(picture, view)) for picture in pictures])
    return pixels.contiguous(memory_format=torch.channels_last)


def _view(picture: Picture, view: int) -> Image:
    image = picture.open()
    if view == 0:
        return image
    seed = int.from_bytes(hashlib.sha256(f"{picture.picture_id}:{view}".encode()).digest()[:8])
    return as_phone_photo(image, np.random.default_rng(seed))
