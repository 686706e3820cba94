"""The loss, and a training run on a handful of drawn pictures from features to a checkpoint that loads."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from retrievers.encoders import EmbeddedEncoder
from training.train_encoder import contrast, main


def test_contrast_by_hand() -> None:
    """Two orthogonal pairs at scale s: each softmax gives its own text e^s / (e^s + 1)."""
    vectors = torch.eye(2)
    loss = contrast(vectors, vectors, torch.tensor([0, 1]), torch.tensor(2.0))
    assert loss.item() == pytest.approx(2 * np.log(1 + np.exp(-2)), abs=1e-6)


def test_equal_texts_are_all_right() -> None:
    """With one text for the whole batch nothing tells the pictures apart: the loss is that of an even guess."""
    vectors = torch.eye(3)[:1].repeat(3, 1)
    loss = contrast(vectors, vectors, torch.tensor([5, 5, 5]), torch.tensor(9.0))
    assert loss.item() == pytest.approx(2 * np.log(3), abs=1e-6)


@pytest.fixture
def drawn_shop(tmp_path: Path) -> Path:
    """Sixteen items: red and blue squares and stripes, in the form of the demo store."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "demo"
    (folder / "images").mkdir(parents=True)
    rows = []
    for number in range(16):
        colour, kind = ("Red", "Blue")[number % 2], ("Blankets", "Curtains")[number // 2 % 2]
        pixels = np.full((96, 96, 3), 255, dtype=np.uint8)
        pixels[20:76, 20 : 76 : 1 if kind == "Blankets" else 3] = (200, 30, 30) if colour == "Red" else (30, 30, 200)
        pixels = np.clip(pixels + rng.normal(0, 4, pixels.shape), 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / "images" / f"{number}.png")
        rows.append(
            {
                "id": str(number),
                "title": f"Number {number}",
                "description": "Made by us. A thing.",
                "product_type": f"Home > {kind}",
                "color": colour,
                "color_family": colour,
                "style_family": str(number),
                "image_link": f"images/{number}.png",
                "additional_image_link": [],
            }
        )
    (folder / "catalog.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder


def test_training_teaches_what_it_is_shown(
    drawn_shop: Path, tmp_path: Path, models_dir: Path, embedded: EmbeddedEncoder
) -> None:
    out = tmp_path / "head.safetensors"
    places = ["--data", str(tmp_path), "--features", str(tmp_path / "features"), "--models", str(models_dir)]
    sizes = ["--hidden", "32", "--steps", "25", "--out", str(out)]
    main([*places, "--demo", str(drawn_shop), *sizes])
    trained = EmbeddedEncoder(models_dir, out)
    texts = trained.encode_texts(["red blanket", "blue curtain"])
    images = trained.encode_images([Image.open(drawn_shop / "images" / f"{row}.png") for row in (0, 3)])
    scores = texts @ images.T
    assert (scores.argmax(1) == [0, 1]).all()
    assert trained.fingerprint != embedded.fingerprint
