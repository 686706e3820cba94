"""Text vectors from disk are those of the encoder, and belong to their texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrievers.base import Vectors
from retrievers.minilm import MiniLMTexts
from store.weights import MINILM, fetch
from training.text_cache import encode_cached


class Counting(MiniLMTexts):
    """Counts how many texts were really encoded."""

    encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return super().encode(texts)


def test_encodes_each_list_once(models_dir: Path, tmp_path: Path) -> None:
    encoder = Counting(fetch(MINILM, models_dir))
    first = encode_cached(encoder, ["red", "blue"], tmp_path)
    assert np.array_equal(encode_cached(encoder, ["red", "blue"], tmp_path), first)
    assert encoder.encoded == 2
    swapped = encode_cached(encoder, ["blue", "red"], tmp_path)
    assert encoder.encoded == 4
    assert np.allclose(swapped[::-1], first, atol=1e-5)
