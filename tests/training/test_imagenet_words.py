"""The class names as text vectors: in the order of the trunk's classifier."""

from __future__ import annotations

from pathlib import Path

from retrievers.minilm import MiniLMTexts
from store.weights import MINILM, fetch
from training.imagenet_words import class_words

ESPRESSO, TENCH = 967, 0  # rows of the ImageNet classifier


def test_rows_are_the_classes(models_dir: Path, tmp_path: Path) -> None:
    encoder = MiniLMTexts(fetch(MINILM, models_dir))
    words = class_words(encoder, tmp_path)
    assert words.shape == (1000, 384)
    coffee, fish = encoder.encode(["a cup of coffee", "a freshwater fish"])
    assert words[ESPRESSO] @ coffee > words[TENCH] @ coffee
    assert words[TENCH] @ fish > words[ESPRESSO] @ fish
