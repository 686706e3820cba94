"""The head alone: what it does without training, and with features far from all it saw."""

from __future__ import annotations

import pytest
import torch

from retrievers.image_features import FEATURE_DIM
from retrievers.image_tower import DIM, Head
from retrievers.lite0 import CLASSES


def test_untrained_part_silent_the_classes_speak() -> None:
    """With a zero network the vector is the word of the likeliest class."""
    torch.manual_seed(0)
    head = Head(hidden=8).eval()
    for weights in head.parameters():
        torch.nn.init.zeros_(weights)
    head.class_words.copy_(torch.nn.functional.normalize(torch.randn(CLASSES, DIM), dim=-1))
    logits = torch.zeros(1, CLASSES)
    logits[0, 123] = 50
    with torch.inference_mode():
        vector = head(torch.randn(1, FEATURE_DIM), logits)
    assert vector[0] @ head.class_words[123] == pytest.approx(1, abs=1e-4)


def test_wild_features_stay_finite() -> None:
    head = Head(hidden=8).eval()
    with torch.inference_mode():
        vectors = head(torch.full((1, FEATURE_DIM), 1e9), torch.zeros(1, CLASSES))
    assert torch.isfinite(vectors).all()
    assert vectors.norm().item() == pytest.approx(1, abs=1e-4)
