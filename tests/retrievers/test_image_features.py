"""Pictures to pixels and to colour histograms."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from retrievers.image_features import COLOUR_DIM, SIDE, colour_histogram, to_pixels


def test_pixels_are_padded_with_white_to_a_square() -> None:
    pixels = to_pixels(Image.new("RGB", (100, 400), (200, 0, 0)))
    assert pixels.shape == (3, SIDE, SIDE)
    assert pixels[:, SIDE // 2, 3].tolist() == [255, 255, 255]
    assert pixels[:, SIDE // 2, SIDE // 2].tolist() == [200, 0, 0]


def test_colour_of_the_thing_is_told_from_its_background() -> None:
    def histogram(thing: tuple[int, int, int], background: tuple[int, int, int]) -> torch.Tensor:
        image = Image.new("RGB", (SIDE, SIDE), background)
        image.paste(thing, (60, 60, 160, 160))
        return colour_histogram(to_pixels(image).unsqueeze(0))[0, COLOUR_DIM // 2 :]  # things only

    red_on_white, red_on_grey = histogram((200, 20, 20), (255, 255, 255)), histogram((200, 20, 20), (90, 90, 90))
    blue_on_white = histogram((20, 20, 200), (255, 255, 255))
    assert red_on_white @ red_on_grey > 0.8
    assert red_on_white @ blue_on_white < 0.4


def test_histograms_are_distributions() -> None:
    noise = torch.randint(0, 256, (2, 3, SIDE, SIDE)).float()
    both = colour_histogram(noise).square().reshape(2, 2, -1).sum(-1)
    assert both.numpy() == pytest.approx(np.ones((2, 2)), abs=1e-4)
