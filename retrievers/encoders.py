"""The encoder that a name stands for: the embedded default, or any open_clip model.

The embedded encoder needs nothing but the pinned files: MiniLM for text, and for pictures the EfficientNet-Lite0
trunk with our trained head, which lands in the same space. open_clip models replace both sides at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL.Image import Image

from retrievers.base import Encoder, Vectors
from retrievers.errors import EncoderError
from retrievers.image_features import PREPROCESSING
from retrievers.image_tower import DIM, LOOK_DIM, ImageTower
from retrievers.minilm import MiniLMTexts
from store.weights import LITE0, MINILM, fetch

EMBEDDED = "embedded"
HEAD_FILE = Path(__file__).resolve().parent.parent / "assets" / "models" / "image_tower.safetensors"
OPEN_CLIP_PREFIX = "open_clip:"
LOCAL = "local-dir:"
OPEN_CLIP_SCHEMAS = ("hf-hub:", LOCAL)
KNOWN_FORMS = (
    f'"{EMBEDDED}" (the default), "open_clip:MODEL/PRETRAINED" (open_clip:ViT-B-32/laion2b_s34b_b79k), '
    '"open_clip:MODEL//path/to/checkpoint", "hf-hub:ORGANISATION/MODEL" (hf-hub:Marqo/marqo-fashionSigLIP), '
    '"local-dir:/folder/with/open_clip_config.json"'
)


class EmbeddedEncoder:
    """MiniLM for texts and the trained image tower for pictures, in one space of two blocks.

    The first 384 numbers are MiniLM's text space; the other 256, zero in every text, are how a picture looks. Texts
    among themselves have MiniLM's cosines, a text and a picture those of the first block (times a constant), and two
    pictures are also compared by their looks.
    """

    def __init__(self, models_dir: Path, head_file: Path = HEAD_FILE) -> None:
        """Load both towers, fetching what is missing.

        Raises
        ------
        WeightsError
            A pinned file could not be fetched or is not the pinned one.
        EncoderError
            The head's file does not load.
        """
        self.name = EMBEDDED
        self.dim = DIM
        self._texts = MiniLMTexts(fetch(MINILM, models_dir))
        self._images = ImageTower(fetch(LITE0, models_dir) / LITE0.model_file, head_file)
        parts = (
            MINILM.model_sha256,
            LITE0.model_sha256,
            PREPROCESSING,
            hashlib.sha256(head_file.read_bytes()).hexdigest(),
        )
        self.fingerprint = hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), 640); the last 256 are zero."""
        return np.pad(self._texts.encode(texts), ((0, 0), (0, LOOK_DIM)))

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Unit vectors of RGB images, (len(images), 640)."""
        return self._images.encode(images)


def load_encoder(name: str, models_dir: Path) -> Encoder:
    """The encoder called ``name`` (the value of ``MERCER_ENCODER``); see ``KNOWN_FORMS``.

    Raises
    ------
    EncoderError
        The name has none of the known forms, or open_clip cannot load that model.
    WeightsError
        A pinned file of the embedded encoder could not be fetched.
    """
    model, pretrained = open_clip_model(name)
    if not model:
        return EmbeddedEncoder(models_dir)
    from retrievers.open_clip_encoder import OpenClipEncoder  # seconds of imports that the default does without

    return OpenClipEncoder(name, model, pretrained)


def open_clip_model(name: str) -> tuple[str, str | None]:
    """The model of open_clip that an encoder's name stands for, and its weights; ("", None) for the embedded one.

    Raises
    ------
    EncoderError
        The name has none of the known forms, or names a folder that is not there.
    """
    if name == EMBEDDED:
        return "", None
    model = name.removeprefix(OPEN_CLIP_PREFIX)
    if model == name and not name.startswith(OPEN_CLIP_SCHEMAS):
        raise EncoderError(f'"{name}" names no encoder; known forms: {KNOWN_FORMS}.')
    if model.startswith(LOCAL) and not Path(model.removeprefix(LOCAL)).is_dir():
        raise EncoderError(f'"{name}" names a folder that is not there; known forms: {KNOWN_FORMS}.')
    if model.startswith(OPEN_CLIP_SCHEMAS):
        return model, None
    architecture, _, pretrained = model.partition("/")
    if not architecture or not pretrained:
        raise EncoderError(f'"{name}" does not say which weights to load; known forms: {KNOWN_FORMS}.')
    return architecture, pretrained
