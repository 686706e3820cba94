"""The head alone: what it says of familiar and of unfamiliar pictures, and its two blocks."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from retrievers.image_features import FEATURE_DIM
from retrievers.image_tower import DIM, LOOK_SHARE, WORDS_DIM, Head
from retrievers.lite0 import CLASSES, LAST_CHANNELS


@pytest.fixture
def head() -> Head:
    """Random weights and class words; the first 256 features are what its training pictures varied in."""
    torch.manual_seed(0)
    made = Head(hidden=8).eval()
    made.class_words.copy_(torch.nn.functional.normalize(torch.randn(CLASSES, WORDS_DIM), dim=-1))
    made.unfamiliar.fill_(0.5)
    return made


def sure_of(number: int) -> Tensor:
    """Logits of a trunk that is certain of one class."""
    logits = torch.zeros(1, CLASSES)
    logits[0, number] = 50
    return logits


def features(first: float, rest: float) -> Tensor:
    """One picture: ``first`` in the components' features, ``rest`` in the others of the last maps."""
    made = torch.zeros(1, FEATURE_DIM)
    made[:, :256], made[:, 256:LAST_CHANNELS] = first, rest
    return made


@torch.inference_mode()
def test_unfamiliar_pictures_are_named_by_the_classes(head: Head) -> None:
    vector = head.words(features(0.1, 3.0), sure_of(123))
    assert (vector[0] @ head.class_words[123]).item() == pytest.approx(1, abs=1e-3)


@torch.inference_mode()
def test_familiar_pictures_are_named_by_the_network(head: Head) -> None:
    familiar = head.words(features(3.0, 0.0), sure_of(123))
    with_other_class = head.words(features(3.0, 0.0), sure_of(7))
    assert (familiar[0] @ head.class_words[123]).item() < 0.99
    assert head.unexplained(features(3.0, 0.0)).item() == pytest.approx(0, abs=1e-5)
    assert not torch.equal(familiar, with_other_class)


@torch.inference_mode()
def test_blocks_have_their_shares(head: Head) -> None:
    vector = head(torch.randn(2, FEATURE_DIM), torch.randn(2, CLASSES))
    words, look = vector[:, :WORDS_DIM].norm(dim=1), vector[:, WORDS_DIM:].norm(dim=1)
    assert vector.shape == (2, DIM)
    assert (look / words).tolist() == pytest.approx([LOOK_SHARE] * 2, abs=1e-4)
    assert vector.norm(dim=1).tolist() == pytest.approx([1, 1], abs=1e-4)


@torch.inference_mode()
@pytest.mark.parametrize("wild", [0.0, 1e9, -1e9])
def test_wild_features_stay_finite(head: Head, wild: float) -> None:
    assert torch.isfinite(head(torch.full((1, FEATURE_DIM), wild), torch.zeros(1, CLASSES))).all()
