"""Any open_clip model as an encoder: CLIP, SigLIP and their descendants, from the hub or from a local checkpoint."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from PIL.Image import Image
from safetensors import SafetensorError

from retrievers.base import Vectors
from retrievers.errors import EncoderError
from retrievers.torchvision_shim import ensure_torchvision

ensure_torchvision()
import open_clip  # noqa: E402  (needs the shim above)

BATCH = 16


class OpenClipEncoder:
    """Both towers of one open_clip model."""

    def __init__(self, name: str, model: str, pretrained: str | None) -> None:
        """Load ``model`` (an architecture, ``hf-hub:...`` or ``local-dir:...``) with its weights.

        ``pretrained`` is a tag or a path of a checkpoint; None where ``model`` brings its own weights.

        Raises
        ------
        EncoderError
            Unknown model, tag or file, a broken checkpoint, or no network to fetch it with.
        """
        self.name = name
        try:
            self._model, _, self._preprocess = open_clip.create_model_and_transforms(model, pretrained=pretrained)
            self._tokenize = open_clip.get_tokenizer(model)
        except (RuntimeError, OSError, ValueError, KeyError, SafetensorError, pickle.UnpicklingError) as error:
            raise EncoderError(
                f'open_clip cannot load "{name}": {_first_line(error)}. Check the spelling (names and tags are '
                "listed by `open_clip.list_pretrained()`), that the file is whole, and that the network is up where "
                "it has to be fetched."
            ) from error
        self._model.eval()  # it comes in training mode
        self.dim = int(self._encode_tokens([""]).shape[1])
        self.fingerprint = _fingerprint(self._model, self._preprocess)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), dim); what is beyond the model's context length is cut."""
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            vectors[start : start + BATCH] = self._encode_tokens(list(texts[start : start + BATCH]))
        return vectors

    @torch.inference_mode()
    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Unit vectors of RGB images, (len(images), dim)."""
        vectors = np.empty((len(images), self.dim), dtype=np.float32)
        for start in range(0, len(images), BATCH):
            pixels = torch.stack([self._preprocess(image) for image in images[start : start + BATCH]])
            vectors[start : start + BATCH] = self._model.encode_image(pixels, normalize=True).float().numpy()
        return vectors

    @torch.inference_mode()
    def _encode_tokens(self, texts: list[str]) -> Vectors:
        vectors: Vectors = self._model.encode_text(self._tokenize(texts), normalize=True).float().numpy()
        return vectors


def _fingerprint(model: torch.nn.Module, preprocess: Any) -> str:
    """Hash of every weight and of the description of the preprocessing."""
    digest = hashlib.sha256(repr(preprocess).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().contiguous().view(-1).view(torch.uint8).numpy())
    return digest.hexdigest()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
