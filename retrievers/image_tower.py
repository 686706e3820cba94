"""Pictures to unit vectors in MiniLM's text space: frozen trunk, pooled features, and a small trained head.

The head is trained by ``python -m training.train_encoder`` so that a picture lands near the words for it; its file
is ``assets/models/image_tower.safetensors``. The trunk's weights come from the registry (``store/weights.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL.Image import Image
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from retrievers.base import Vectors
from retrievers.errors import EncoderError
from retrievers.image_features import FEATURE_DIM, colour_histogram, pool, scale, to_pixels
from retrievers.lite0 import Lite0, fold_norms, load_lite0

DIM = 384
BATCH = 4  # larger ones fall out of the processor's cache and are slower


class Head(nn.Module):
    """Standardised features through one hidden layer to a unit vector."""

    mean: Tensor
    spread: Tensor

    def __init__(self, hidden: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(FEATURE_DIM))
        self.register_buffer("spread", torch.ones(FEATURE_DIM))
        self.wide = nn.Linear(FEATURE_DIM, hidden)
        self.dropout = nn.Dropout(dropout)
        self.narrow = nn.Linear(hidden, DIM)

    def forward(self, features: Tensor) -> Tensor:  # (batch, FEATURE_DIM) -> (batch, DIM)
        """Unit vectors."""
        standard = ((features - self.mean) / self.spread).clamp(-6, 6)
        hidden = nn.functional.gelu(self.wide(self.dropout(standard)))
        return nn.functional.normalize(self.narrow(self.dropout(hidden)), dim=-1)


class ImageTower:
    """Trunk and head together; safe to call from several threads."""

    def __init__(self, trunk_file: Path, head_file: Path) -> None:
        """Load both files.

        Raises
        ------
        EncoderError
            The head's file is missing or is not one that ``training.train_encoder`` wrote.
        """
        self._trunk = load_trunk(trunk_file)
        self._head = load_head(head_file)

    @torch.inference_mode()
    def encode(self, images: Sequence[Image]) -> Vectors:
        """Unit vectors, (len(images), DIM) float32."""
        vectors = np.empty((len(images), DIM), dtype=np.float32)
        for start in range(0, len(images), BATCH):
            pixels = torch.stack([to_pixels(image) for image in images[start : start + BATCH]])
            pixels = pixels.contiguous(memory_format=torch.channels_last)
            vectors[start : start + BATCH] = self._head(extract(self._trunk, pixels)).numpy()
        return vectors


def load_trunk(file: Path) -> Lite0:
    """The frozen trunk as fast as it gets on a CPU: norms folded, channels last (twice as fast)."""
    trunk = fold_norms(load_lite0(file))
    for weights in trunk.parameters():
        if weights.dim() == 4:
            weights.data = weights.data.contiguous(memory_format=torch.channels_last)
    return trunk


def extract(trunk: Lite0, pixels: Tensor) -> Tensor:  # (batch, 3, SIDE, SIDE) in [0, 255] -> (batch, FEATURE_DIM)
    """Everything that the head looks at."""
    return torch.cat([pool(trunk(scale(pixels))), colour_histogram(pixels)], 1)


def load_head(file: Path) -> Head:
    """The head from its half-precision file, ready for inference in single precision."""
    try:
        state = {name: tensor.float() for name, tensor in load_file(file).items()}
        head = Head(hidden=state["wide.weight"].shape[0])
        head.load_state_dict(state)
    except (FileNotFoundError, SafetensorError, KeyError, RuntimeError) as error:
        raise EncoderError(
            f"{file} is not a usable image tower ({error}); restore it, or train it with "
            "`python -m training.train_encoder`."
        ) from error
    return head.eval()
