"""The augmentation: seeded, of any size, and no colour that turns into another."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from training.photo_noise import as_phone_photo


def product() -> Image.Image:
    image = Image.new("RGB", (160, 160), (255, 255, 255))
    image.paste((200, 30, 30), (40, 30, 120, 130))
    return image


def test_same_seed_same_view() -> None:
    views = [as_phone_photo(product(), np.random.default_rng(7)).tobytes() for _ in range(2)]
    assert views[0] == views[1]
    assert views[0] != as_phone_photo(product(), np.random.default_rng(8)).tobytes()


@pytest.mark.parametrize("size", [(60, 80), (224, 224), (30, 400), (8, 8)])
def test_any_size_gives_an_rgb_picture(size: tuple[int, int]) -> None:
    for seed in range(30):
        view = as_phone_photo(Image.new("RGB", size, (250, 250, 250)), np.random.default_rng(seed))
        assert view.mode == "RGB"
        assert min(view.size) >= 1


def test_red_stays_the_reddest_thing() -> None:
    """In most views the middle is still red: the words "red ..." must stay true of it."""
    still_red = []
    for seed in range(40):
        view = as_phone_photo(product(), np.random.default_rng(seed))
        red, green, blue = np.asarray(view.resize((9, 9)), dtype=int)[4, 4]
        still_red.append(red > green + 40 and red > blue + 40)
    assert np.mean(still_red) > 0.85
