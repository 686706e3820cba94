"""Pictures to unit vectors: a block in MiniLM's text space, beside a block for looks that words do not reach.

The head is trained by ``python -m training.train_encoder`` so that the first block of a picture lands near the words
for it; its file is ``assets/models/image_tower.safetensors``. The second block is the trunk's own impression and
needs no words: it tells two prints on the same shirt apart, and works for things that no training photo showed. Texts
have zeros there, so it plays no part when words look for pictures.

The trunk's weights come from the registry (``store/weights.py``).
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

WORDS_DIM = 384
LOOK_DIM = 256
DIM = WORDS_DIM + LOOK_DIM
LOOK_SHARE = 0.5  # length of the second block against the first; see docs/RESULTS.md, "Encoder"
BATCH = 4  # larger ones fall out of the processor's cache and are slower
DOUBT = 0.04  # how gradually the trained network gives way to the classes, in shares of variance


class Head(nn.Module):
    """Pooled features to a unit vector of two blocks.

    The first block sums two answers. One needs no training: the mean of the ImageNet class names' text vectors,
    weighted by the trunk's class probabilities (ConSE, Norouzi et al. 2014, arXiv:1312.5650). The other is a network
    with one hidden layer over all features; it is much the stronger one for what it was trained on, and talks
    nonsense about the rest. So it is weighted by how familiar the picture is: the share of its features that the
    principal components of the training pictures leave unexplained, against the limit that training set.

    The second block is those principal components themselves, half whitened.
    """

    mean: Tensor
    spread: Tensor
    class_words: Tensor
    components: Tensor
    component_gains: Tensor
    unfamiliar: Tensor

    def __init__(self, hidden: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(FEATURE_DIM))
        self.register_buffer("spread", torch.ones(FEATURE_DIM))
        self.register_buffer("class_words", torch.zeros(CLASSES, WORDS_DIM))  # text vectors of the names, scaled
        self.register_buffer("components", torch.eye(LAST_CHANNELS, LOOK_DIM))  # orthonormal columns
        self.register_buffer("component_gains", torch.ones(LOOK_DIM))
        self.register_buffer("unfamiliar", torch.ones(1))  # unexplained share at which the network counts half
        self.wide = nn.Linear(FEATURE_DIM, hidden)
        self.dropout = nn.Dropout(dropout)
        self.narrow = nn.Linear(hidden, WORDS_DIM)

    def forward(self, features: Tensor, logits: Tensor) -> Tensor:  # (batch, FEATURE_DIM), (batch, CLASSES)
        """Unit vectors, (batch, DIM)."""
        both = torch.cat([self.words(features, logits), LOOK_SHARE * self.look(features)], 1)
        return nn.functional.normalize(both, dim=-1)

    def words(self, features: Tensor, logits: Tensor) -> Tensor:
        """The first block, (batch, WORDS_DIM), as unit vectors in the text space."""
        standard = self.standardise(features)
        hidden = nn.functional.gelu(self.wide(self.dropout(standard)))
        familiar = torch.sigmoid((self.unfamiliar - self.unexplained(standard)) / DOUBT)
        taught = familiar.unsqueeze(1) * self.narrow(self.dropout(hidden))
        return nn.functional.normalize(taught + logits.softmax(1) @ self.class_words, dim=-1)

    def look(self, features: Tensor) -> Tensor:
        """The second block, (batch, LOOK_DIM), as unit vectors."""
        places = self.standardise(features)[:, :LAST_CHANNELS] @ self.components
        return nn.functional.normalize(places * self.component_gains, dim=-1)

    def standardise(self, features: Tensor) -> Tensor:
        """Zero mean and unit spread over the training pictures, outliers cut."""
        return ((features - self.mean) / self.spread).clamp(-6, 6)

    def unexplained(self, standard: Tensor) -> Tensor:  # (batch, FEATURE_DIM) -> (batch,)
        """Share of the mean of the last maps that lies outside of the principal components, 0 to 1."""
        impression = standard[:, :LAST_CHANNELS]
        explained = (impression @ self.components).square().sum(1)
        return 1 - explained / impression.square().sum(1).clamp_min(1e-6)


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
