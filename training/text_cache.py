"""Text vectors kept on disk next to the features, so that a second training run encodes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrievers.base import Vectors
from retrievers.minilm import MiniLMTexts


def encode_cached(encoder: MiniLMTexts, texts: Sequence[str], cache: Path) -> Vectors:
    """Unit vectors, (len(texts), 384), from a file named after the hash of the texts, written where missing."""
    file = cache / f"texts-{hashlib.sha256(json.dumps(list(texts)).encode()).hexdigest()[:12]}.npy"
    if file.is_file():
        known: Vectors = np.load(file)
        return known
    vectors = encoder.encode(texts)
    cache.mkdir(parents=True, exist_ok=True)
    np.save(file, vectors)
    return vectors
