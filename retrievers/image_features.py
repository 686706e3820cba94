"""What the image tower sees of a picture: pooled feature maps of the trunk, and a colour histogram.

The trunk's last maps tell what kind of thing it is, but ImageNet taught it to look past colour and fabric; the mean
and spread of the earlier stages keep texture and edges, and a histogram in CIE Lab keeps colour, once of the whole
picture and once of what differs from its border (most shop pictures have a plain background).

``PREPROCESSING`` is part of every encoder fingerprint: raise it with any change here.
"""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from retrievers.lite0 import LAST_CHANNELS, STAGES

PREPROCESSING = "1"
SIDE = 224
WHITE = (255, 255, 255)
PIXEL_MEAN, PIXEL_SCALE = 127.0, 128.0  # as the trunk was trained
FIRST_POOLED_STAGE = 1  # stages before it are too fine to add anything
STAGE_DIM = 2 * sum(stage.channels for stage in STAGES[FIRST_POOLED_STAGE:])

LAB_BINS = (4, 8, 8)
LAB_LOW, LAB_HIGH = (0.0, -64.0, -64.0), (100.0, 64.0, 64.0)  # chroma beyond is clipped into the last bin
COLOUR_GRID = 32  # the histogram looks at this many pixels a side
BORDER = 2  # of them form the border whose colour is taken for the background
BACKGROUND_DISTANCE = 12.0  # in Lab units; half way between background and thing
COLOUR_DIM = 2 * LAB_BINS[0] * LAB_BINS[1] * LAB_BINS[2]

FEATURE_DIM = 2 * LAST_CHANNELS + STAGE_DIM + COLOUR_DIM


def to_pixels(image: Image.Image) -> Tensor:
    """A picture as (3, SIDE, SIDE) in [0, 255]: padded to a square with white, then resized."""
    width, height = image.size
    side = max(width, height)
    if width != height:
        square = Image.new("RGB", (side, side), WHITE)
        square.paste(image, ((side - width) // 2, (side - height) // 2))
        image = square
    resized = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=3.0)
    return torch.from_numpy(np.array(resized)).permute(2, 0, 1).float()


def scale(pixels: Tensor) -> Tensor:
    """[0, 255] to the trunk's (-1, 1)."""
    return (pixels - PIXEL_MEAN) / PIXEL_SCALE


def pool(maps: list[Tensor]) -> Tensor:  # of Lite0 -> (batch, 2 * LAST_CHANNELS + STAGE_DIM)
    """Mean and maximum of the last maps, mean and standard deviation of the earlier stages."""
    last = maps[-1]
    parts = [last.mean((2, 3)), last.amax((2, 3))]
    for stage in maps[FIRST_POOLED_STAGE:-1]:
        parts += [stage.mean((2, 3)), stage.std((2, 3))]
    return torch.cat(parts, 1)


def colour_histogram(pixels: Tensor) -> Tensor:  # (batch, 3, SIDE, SIDE) in [0, 255] -> (batch, COLOUR_DIM)
    """Square roots of two Lab histograms: all pixels, and those unlike the border.

    Pixels are shared out linearly between neighbouring bins, so that a small change of light moves the histogram
    a little and not a whole bin. Square roots make the inner product a Bhattacharyya coefficient.
    """
    small = torch.nn.functional.interpolate(pixels, size=(COLOUR_GRID, COLOUR_GRID), mode="area")
    lab = _to_lab(small / 255.0)  # (batch, 3, grid, grid)
    inner = slice(BORDER, -BORDER)
    edge = torch.ones(COLOUR_GRID, COLOUR_GRID, dtype=torch.bool)
    edge[inner, inner] = False
    background = lab[:, :, edge].median(dim=2).values  # (batch, 3)
    distance = (lab - background[:, :, None, None]).norm(dim=1)  # (batch, grid, grid)
    thing = torch.sigmoid((distance - BACKGROUND_DISTANCE) / 3.0)
    shares = _bin_shares(lab.flatten(2))  # (batch, pixels, bins)
    histograms = [(weight.flatten(1).unsqueeze(1) @ shares).squeeze(1) for weight in (torch.ones_like(thing), thing)]
    return torch.cat([(each / each.sum(1, keepdim=True).clamp_min(1e-6)).sqrt() for each in histograms], 1)


def _bin_shares(lab: Tensor) -> Tensor:  # (batch, 3, pixels) -> (batch, pixels, bins)
    """How much of each pixel falls into each of the bins, linear between bin centres."""
    shares = None
    for channel, (bins, low, high) in enumerate(zip(LAB_BINS, LAB_LOW, LAB_HIGH, strict=True)):
        place = ((lab[:, channel] - low) / (high - low)).clamp(0, 1) * (bins - 1)
        share = (1 - (place.unsqueeze(-1) - torch.arange(bins)).abs()).clamp_min(0)  # (batch, pixels, bins)
        shares = share if shares is None else (shares.unsqueeze(-1) * share.unsqueeze(-2)).flatten(2)
    assert shares is not None, "LAB_BINS is never empty"
    return shares


def _to_lab(rgb: Tensor) -> Tensor:  # (batch, 3, ...) sRGB in [0, 1] -> CIE L*a*b*, D65
    """Standard sRGB to Lab conversion (IEC 61966-2-1, CIE 15)."""
    linear = torch.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = torch.tensor(
        [[0.4339, 0.3762, 0.1899], [0.2126, 0.7152, 0.0722], [0.0178, 0.1095, 0.8728]]  # over the white point
    )
    xyz = torch.einsum("ij,bj...->bi...", to_xyz, linear)
    root = torch.where(xyz > 0.008856, xyz.clamp_min(1e-6) ** (1 / 3), 7.787 * xyz + 16 / 116)
    x, y, z = root.unbind(1)
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], 1)
