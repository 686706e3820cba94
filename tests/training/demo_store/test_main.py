"""What is committed under assets/demo: complete, in step with the generator, and small enough."""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from training.demo_store.__main__ import DEFAULT_OUT, picture, write_catalog
from training.demo_store.catalog import compose
from training.demo_store.departments import TYPES

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    text = (DEFAULT_OUT / "catalog.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_the_counts_are_those_promised(lines: list[dict[str, Any]]) -> None:
    assert len(lines) >= 1200
    assert len({line["id"] for line in lines}) == len(lines)
    assert len({line["product_type"] for line in lines}) >= 36
    assert len({line["department"] for line in lines}) == 6
    groups = {(line["style_family"], line["item_group_id"]) for line in lines}
    assert sum(count > 1 for count in Counter(family for family, _ in groups).values()) >= 80
    assert sum(bool(line["additional_image_link"]) for line in lines) >= len(lines) / 4
    assert min(Counter(line["item_group_id"] for line in lines).values()) >= 2


def test_every_picture_exists_opens_and_is_large_enough(lines: list[dict[str, Any]]) -> None:
    links = [link for line in lines for link in (line["image_link"], *line["additional_image_link"])]
    for link in links:
        with Image.open(DEFAULT_OUT / link) as opened:
            assert opened.format == "WEBP"
            assert min(opened.size) >= 384
    assert {path.name for path in (DEFAULT_OUT / "images").iterdir()} == {Path(link).name for link in links}


def test_the_folder_is_small_enough() -> None:
    assert sum(path.stat().st_size for path in DEFAULT_OUT.rglob("*") if path.is_file()) <= 14 * MEGABYTE


def test_the_committed_catalog_is_what_the_generator_writes(tmp_path: Path) -> None:
    write_catalog(tmp_path, compose(TYPES))
    assert (tmp_path / "catalog.jsonl").read_bytes() == (DEFAULT_OUT / "catalog.jsonl").read_bytes()


def test_committed_pictures_are_what_the_generator_draws() -> None:
    """Compared as pixels, so that another build of the WebP encoder does not fail the test."""
    for product in compose(TYPES)[::150]:
        path = DEFAULT_OUT / "images" / product.picture_name()
        drawn = picture(product, "front")
        assert drawn == picture(product, "front")
        fresh = _pixels_of(drawn)
        with Image.open(path) as opened:
            kept = np.asarray(opened.convert("RGB"), dtype=np.int16)
        assert float(np.abs(fresh - kept).mean()) < 2, path.name


def _pixels_of(data: bytes) -> np.ndarray[Any, np.dtype[np.int16]]:
    with Image.open(BytesIO(data)) as opened:
        return np.asarray(opened.convert("RGB"), dtype=np.int16)
