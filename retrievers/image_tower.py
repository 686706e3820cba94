"""Pictures to unit vectors in MiniLM's text space: frozen trunk, pooled features, and a small trained head.

The head is trained by ``python -m training.train_encoder`` so that a picture lands near the words for it; its file
is ``assets/models/image_tower.safetensors``. The trunk's weights come from the registry (``store/weights.py``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
from retrievers.lite0 import CLASSES, LAST_CHANNELS, Lite0, fold_norms, load_lite0

DIM = 384
BATCH = 4  # larger ones fall out of the processor's cache and are slower
TEMPERATURE = 1.0  # of the class probabilities


class Head(nn.Module):
    """What the trunk's classifier already knows, corrected by what the shop's own photos taught.

    The first part needs no training: the mean of the class names' text vectors, weighted by the probabilities of the
    classes (ConSE, Norouzi et al. 2014, arXiv:1312.5650). It is all there is to go by for things that no training
    photo showed. The second is a network with one hidden layer over all features; for what it was trained on, it is
    much the stronger one.
    """

    mean: Tensor
    spread: Tensor
    class_words: Tensor

    def __init__(self, hidden: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(FEATURE_DIM))
        self.register_buffer("spread", torch.ones(FEATURE_DIM))
        self.register_buffer("class_words", torch.zeros(CLASSES, DIM))  # text vectors of the names, scaled
        self.wide = nn.Linear(FEATURE_DIM, hidden)
        self.dropout = nn.Dropout(dropout)
        self.narrow = nn.Linear(hidden, DIM)

    def forward(self, features: Tensor, logits: Tensor) -> Tensor:  # (batch, FEATURE_DIM), (batch, CLASSES)
        """Unit vectors, (batch, DIM)."""
        standard = ((features - self.mean) / self.spread).clamp(-6, 6)
        hidden = nn.functional.gelu(self.wide(self.dropout(standard)))
        known = (logits / TEMPERATURE).softmax(1) @ self.class_words
        return nn.functional.normalize(self.narrow(self.dropout(hidden)) + known, dim=-1)


class ImageTower:
    """Trunk and head together; safe to call from several threads.

    Many pictures are spread over as many threads as there are cores, each working alone on a batch: torch's own
    threads wait for one another in every layer, which on a busy machine costs more than they bring.
    """

    def __init__(self, trunk_file: Path, head_file: Path) -> None:
        """Load both files.

        Raises
        ------
        EncoderError
            The head's file is missing or is not one that ``training.train_encoder`` wrote.
        """
        self._trunk = load_trunk(trunk_file)
        self._head = load_head(head_file)

    def encode(self, images: Sequence[Image]) -> Vectors:
        """Unit vectors, (len(images), DIM) float32."""
        if len(images) <= BATCH:
            return self._encode_batch(images) if images else np.empty((0, DIM), dtype=np.float32)
        batches = [images[start : start + BATCH] for start in range(0, len(images), BATCH)]
        with ThreadPoolExecutor(os.cpu_count(), initializer=torch.set_num_threads, initargs=(1,)) as workers:
            return np.concatenate(list(workers.map(self._encode_batch, batches)))

    @torch.inference_mode()
    def _encode_batch(self, images: Sequence[Image]) -> Vectors:
        pixels = torch.stack([to_pixels(image) for image in images])
        pixels = pixels.contiguous(memory_format=torch.channels_last)
        features = extract(self._trunk, pixels)
        vectors: Vectors = self._head(features, class_logits(self._trunk, features)).numpy()
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


def class_logits(trunk: Lite0, features: Tensor) -> Tensor:  # (batch, FEATURE_DIM) -> (batch, CLASSES)
    """What the trunk's own classifier says; it is linear in the mean of the last maps, which come first."""
    logits: Tensor = trunk.classes(features[:, :LAST_CHANNELS])
    return logits


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
