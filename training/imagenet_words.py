"""The names of the trunk's 1,000 classes as text vectors: what the image tower can say without having been taught."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from retrievers.base import Vectors
from retrievers.minilm import MiniLMTexts
from retrievers.torchvision_shim import ensure_torchvision
from training.text_cache import encode_cached

ensure_torchvision()
from open_clip.zero_shot_metadata import IMAGENET_CLASSNAMES  # noqa: E402  (needs the shim above)

GAIN = 5.0  # against the trained part, whose output starts near length 1
SHARED = 0.9  # of the mean of all names is taken off: what every name has in common says nothing


def class_words(encoder: MiniLMTexts, cache: Path) -> Vectors:
    """Scaled text vectors of the class names, (1000, 384), in the order of the classifier."""
    names = encode_cached(encoder, list(IMAGENET_CLASSNAMES), cache)
    words: Vectors = (GAIN * (names - SHARED * names.mean(0))).astype(np.float32)
    return words
