"""The embedded encoder with its real weights, and the names that encoders go by."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from safetensors.torch import load_file, save_file

from retrievers.encoders import HEAD_FILE, EmbeddedEncoder, load_encoder
from retrievers.errors import EncoderError


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (200, 150)) -> Image.Image:
    return Image.new("RGB", size, colour)


def least_cpu_ms(call: Callable[[Any], object], argument: object) -> float:
    """Best of several, in processor time: what it costs, however busy the machine is."""
    times = []
    for _ in range(5):
        started = time.process_time()
        call(argument)
        times.append(1000 * (time.process_time() - started))
    return min(times)


class TestEmbedded:
    def test_meaning_of_texts(self, embedded: EmbeddedEncoder) -> None:
        dress, frock, drill = embedded.encode_texts(["red summer dress", "crimson sundress", "cordless drill"])
        assert dress @ frock == pytest.approx(0.48, abs=0.2)
        assert dress @ frock > dress @ drill + 0.2

    def test_texts_are_silent_about_looks(self, embedded: EmbeddedEncoder) -> None:
        assert not embedded.encode_texts(["red dress"])[:, 384:].any()

    def test_looks_tell_prints_of_one_colour_apart(self, embedded: EmbeddedEncoder) -> None:
        stripes, dots = plain((200, 30, 30), (224, 224)), plain((200, 30, 30), (224, 224))
        stripes.paste((250, 250, 250), (0, 60, 224, 100))
        dots.paste((250, 250, 250), (90, 90, 140, 140))
        vectors = embedded.encode_images([stripes, dots, stripes.rotate(2, fillcolor=(200, 30, 30))])
        assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1]

    def test_nothing_in_nothing_out(self, embedded: EmbeddedEncoder) -> None:
        assert embedded.encode_texts([]).shape == embedded.encode_images([]).shape == (0, embedded.dim)

    def test_pictures_are_unit_vectors_whatever_their_shape(self, embedded: EmbeddedEncoder) -> None:
        sizes = [(224, 224), (1000, 40), (3, 700), (1, 1), (500, 500)]
        vectors = embedded.encode_images([plain((200, 30, 30), size) for size in sizes])
        assert vectors.shape == (5, 640)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-4)

    def test_batch_of_pictures_equals_one_by_one(self, embedded: EmbeddedEncoder) -> None:
        images = [plain((40 * i, 30, 200 - 20 * i)) for i in range(6)]
        alone = np.concatenate([embedded.encode_images([image]) for image in images])
        assert embedded.encode_images(images) == pytest.approx(alone, abs=1e-4)

    def test_photos_are_found_by_their_words(self, embedded: EmbeddedEncoder, shared_data: Path) -> None:
        photos = sorted((shared_data / "myntra" / "images_224").glob("*.jpg"))[:40]
        records = _types_of(shared_data, {int(photo.stem) for photo in photos})
        vectors = embedded.encode_images([Image.open(photo).convert("RGB") for photo in photos])
        types = sorted(set(records.values()))
        best = (vectors @ embedded.encode_texts(types).T).argmax(1)
        right = [types[row] == records[int(photo.stem)] for row, photo in zip(best, photos, strict=True)]
        assert np.mean(right) > 0.6

    def test_quick_enough(self, embedded: EmbeddedEncoder) -> None:
        assert least_cpu_ms(embedded.encode_texts, ["red summer dress under 60"]) < 60
        assert least_cpu_ms(embedded.encode_images, [plain((9, 9, 9))]) < 200

    def test_fingerprint_changes_with_the_head(
        self, embedded: EmbeddedEncoder, models_dir: Path, tmp_path: Path
    ) -> None:
        state = load_file(HEAD_FILE)
        state["narrow.bias"] = state["narrow.bias"] + 1
        save_file(state, tmp_path / "other.safetensors")
        other = EmbeddedEncoder(models_dir, tmp_path / "other.safetensors")
        assert other.fingerprint != embedded.fingerprint
        assert EmbeddedEncoder(models_dir).fingerprint == embedded.fingerprint

    @pytest.mark.parametrize("content", [None, b"", b"not a checkpoint", b"\x10" * 4000])
    def test_broken_head_is_one_clear_error(self, models_dir: Path, tmp_path: Path, content: bytes | None) -> None:
        file = tmp_path / "head.safetensors"
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(EncoderError, match=r"training\.train_encoder"):
            EmbeddedEncoder(models_dir, file)

    def test_loads_neither_transformers_nor_torchvision(self) -> None:
        """Both cost seconds of every start."""
        code = (
            "import sys, retrievers.encoders; print({'transformers', 'torchvision', 'open_clip'} & set(sys.modules))"
        )
        root = Path(__file__).resolve().parents[2]
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
        assert result.stdout.strip() == "set()"

    def test_checkpoint_is_small(self) -> None:
        assert HEAD_FILE.stat().st_size <= 10_000_000


def _types_of(shared_data: Path, wanted: set[int]) -> dict[int, str]:
    with gzip.open(shared_data / "myntra" / "catalog_224.jsonl.gz", "rt") as lines:
        records = map(json.loads, lines)
        return {record["id"]: record["article_type"] for record in records if record["id"] in wanted}


@pytest.mark.parametrize(
    "name", ["", "clip", "embeded", "ViT-B-32", "open_clip:", "open_clip:ViT-B-32", "open_clip:/x"]
)
def test_unknown_names_list_the_known_forms(name: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderError) as caught:
        load_encoder(name, tmp_path)
    assert "local-dir:" in str(caught.value)
    assert "embedded" in str(caught.value)
