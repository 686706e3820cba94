"""The split by item, on the real data where it is there and on a tiny demo store everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.encoder_data import DEV_SHARE, TEST_SHARE, Picture, is_held_out_grocery, load_pictures, part_of


@pytest.fixture(scope="module")
def pictures(shared_data: Path) -> list[Picture]:
    return load_pictures(shared_data, Path("no demo here"))


def test_shares_of_the_parts() -> None:
    parts = [part_of(f"item {number}") for number in range(5000)]
    assert np.mean([part == "test" for part in parts]) == pytest.approx(TEST_SHARE, abs=0.02)
    assert np.mean([part == "dev" for part in parts]) == pytest.approx(DEV_SHARE, abs=0.02)


def test_nothing_there_is_nothing_loaded(tmp_path: Path) -> None:
    assert load_pictures(tmp_path, tmp_path / "demo") == []


def test_an_item_is_in_one_part_at_every_size(pictures: list[Picture]) -> None:
    parts: dict[str, set[str]] = {}
    for picture in pictures:
        if picture.domain != "grocery":  # its photos are split one by one, on purpose
            parts.setdefault(picture.item_id, set()).add(picture.part)
    assert len(parts) > 10_000
    assert all(len(found) == 1 for found in parts.values())


def test_held_out_groceries_are_never_trained_on(pictures: list[Picture]) -> None:
    trained = {picture.label for picture in pictures if picture.domain == "grocery" and picture.part == "train"}
    held_out = {picture.label for picture in pictures if picture.domain == "grocery"} - trained
    assert held_out == {name for name in trained | held_out if is_held_out_grocery(name)}
    assert 5 <= len(held_out) <= 30


def test_pictures_of_every_domain_open(pictures: list[Picture]) -> None:
    first = {picture.domain: picture for picture in reversed(pictures)}
    assert set(first) == {"myntra", "small", "luma", "grocery"}
    for picture in first.values():
        assert picture.open().mode == "RGB"
        assert picture.texts["type"]


def test_types_are_what_shoppers_type(pictures: list[Picture]) -> None:
    spoken = {picture.label: picture.texts["type"] for picture in pictures if picture.domain in ("myntra", "small")}
    expected = {
        "Tshirts": "t-shirt",
        "Watches": "watch",
        "Casual Shoes": "casual shoes",
        "Dresses": "dress",
        "Ties": "tie",
    }
    assert {label: spoken[label] for label in expected} == expected


def test_demo_views_of_a_style_family_share_their_part(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    for name in ("a", "a-back", "b"):
        Image.new("RGB", (9, 9)).save(tmp_path / "images" / f"{name}.webp")
    row = {
        "title": "Cleo skirt, olive",
        "description": "By Fennmoor. A skirt of denim.",
        "product_type": "Apparel > Skirts",
        "color": "Olive",
        "color_family": "Green",
        "style_family": "cleo",
    }
    rows = [
        row | {"id": "A", "image_link": "images/a.webp", "additional_image_link": ["images/a-back.webp"]},
        row | {"id": "B", "image_link": "images/b.webp", "additional_image_link": ["images/gone.webp"]},
    ]
    (tmp_path / "catalog.jsonl").write_text("\n".join(map(json.dumps, rows)))
    pictures = load_pictures(tmp_path / "nothing", tmp_path)
    assert [picture.item_id for picture in pictures] == ["demo-A", "demo-A", "demo-B"]
    assert len({picture.part for picture in pictures}) == 1
    assert pictures[0].texts["colour type"] == "olive skirt"
