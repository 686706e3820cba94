"""open_clip models through ``load_encoder``, with a tiny one of random weights; nothing is fetched."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from retrievers.encoders import load_encoder
from retrievers.errors import EncoderError

TINY = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 64, "layers": 1, "width": 64, "head_width": 32, "patch_size": 16},
    "text_cfg": {"context_length": 32, "vocab_size": 49408, "width": 32, "heads": 1, "layers": 1},
}


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (200, 150)) -> Image.Image:
    return Image.new("RGB", size, colour)


@pytest.fixture(scope="module")
def tiny_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in open_clip's "local-dir" schema with random weights."""
    from retrievers.open_clip_encoder import open_clip

    folder = tmp_path_factory.mktemp("tiny-clip")
    open_clip.add_model_config(_config_file(folder))
    torch.manual_seed(0)
    model = open_clip.create_model("tiny-shop")
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    save_file(weights, folder / "open_clip_model.safetensors")
    return folder


def _config_file(folder: Path) -> Path:
    preprocess = {"mean": [0.5] * 3, "std": [0.5] * 3, "interpolation": "bicubic", "resize_mode": "shortest"}
    (folder / "open_clip_config.json").write_text(json.dumps({"model_cfg": TINY, "preprocess_cfg": preprocess}))
    (folder / "tiny-shop.json").write_text(json.dumps(TINY))
    return folder / "tiny-shop.json"


@pytest.mark.parametrize("form", ["local-dir:{}", "open_clip:local-dir:{}"])
def test_folder(tiny_clip: Path, tmp_path: Path, form: str) -> None:
    encoder = load_encoder(form.format(tiny_clip), tmp_path)
    assert encoder.dim == 32
    texts = encoder.encode_texts(["red dress", "blue shoe", "word " * 500])
    images = encoder.encode_images([plain((200, 0, 0)), plain((0, 0, 200), (30, 400))])
    assert texts.dtype == images.dtype == np.float32
    assert np.linalg.norm(np.concatenate([texts, images]), axis=1) == pytest.approx(np.ones(5), abs=1e-4)


def test_architecture_with_a_local_checkpoint(tiny_clip: Path, tmp_path: Path) -> None:
    checkpoint = tiny_clip / "open_clip_model.safetensors"
    encoder = load_encoder(f"open_clip:tiny-shop/{checkpoint}", tmp_path)
    folder = load_encoder(f"local-dir:{tiny_clip}", tmp_path)
    same = ["a red dress"]
    assert encoder.encode_texts(same) == pytest.approx(folder.encode_texts(same), abs=1e-5)


def test_same_vector_every_time(tiny_clip: Path, tmp_path: Path) -> None:
    """open_clip hands models over in training mode; dropout would show here."""
    encoder = load_encoder(f"local-dir:{tiny_clip}", tmp_path)
    images = [plain((200, 0, 0))]
    assert np.array_equal(encoder.encode_images(images), encoder.encode_images(images))


def test_fingerprint_follows_the_weights(tiny_clip: Path, tmp_path: Path) -> None:
    first = load_encoder(f"local-dir:{tiny_clip}", tmp_path).fingerprint
    weights = load_file(tiny_clip / "open_clip_model.safetensors")
    weights["text_projection"] = weights["text_projection"] * 2
    _config_file(tmp_path)
    save_file(weights, tmp_path / "open_clip_model.safetensors")
    assert load_encoder(f"local-dir:{tmp_path}", tmp_path).fingerprint != first
    assert load_encoder(f"local-dir:{tiny_clip}", tmp_path).fingerprint == first


@pytest.mark.parametrize(
    "name",
    [
        "open_clip:tiny-shop//nowhere/weights.pt",
        "open_clip:no-such-model/tag",
        "local-dir:/nowhere",
        "open_clip:RN50/x",
    ],
)
def test_what_does_not_load_is_one_clear_error(tiny_clip: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(EncoderError) as caught:
        load_encoder(name, tmp_path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_half_a_checkpoint(tiny_clip: Path, tmp_path: Path) -> None:
    _config_file(tmp_path)
    whole = (tiny_clip / "open_clip_model.safetensors").read_bytes()
    (tmp_path / "open_clip_model.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EncoderError, match="cannot load"):
        load_encoder(f"local-dir:{tmp_path}", tmp_path)
