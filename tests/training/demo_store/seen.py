"""What can be seen in a drawn product: small renderings, compared pixel by pixel."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image

from training.demo_store.palette import COLORS
from training.demo_store.pictures import TINTS, draw_picture
from training.demo_store.product_type import Facts, ProductType

SIDE = 100
Pixels = npt.NDArray[np.int64]


def pixels(kind: ProductType, color: str, **changes: str) -> Pixels:
    """The front view of the usual form with the given visible values."""  # (100, 100, 3)
    visible = {name: values[0] for name, values in kind.visible.items()} | changes
    for value in list(visible.values()):
        visible |= kind.implied.get(value, {})
    facts = Facts(COLORS[color], kind.patterns[0], kind.materials[0], kind.genders[0], visible)
    svg = draw_picture(kind, facts, TINTS[0])
    png = resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, height=SIDE, skip_system_fonts=True)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int64)


def share_that_differs(first: Pixels, second: Pixels) -> float:
    """The share of pixels that a person would call different."""
    return float((np.abs(first - second).sum(axis=2) > 60).mean())


def share_in_color(picture: Pixels, color: str) -> float:
    """The share of pixels within a short way of a colour, its lit and its shaded side."""
    tones = (COLORS[color].base, COLORS[color].light, COLORS[color].dark)
    wanted = np.array([[int(tone[i : i + 2], 16) for i in (1, 3, 5)] for tone in tones])  # (3 tones, 3)
    return float((np.abs(picture[:, :, None] - wanted).sum(axis=3).min(axis=2) < 75).mean())


def hardest_to_tell_apart(kind: ProductType) -> tuple[float, str]:
    """The smallest share of pixels that a change of one visible value moves, and which value that is."""
    color = "Red" if "Red" in kind.colors else kind.colors[0]
    usual = pixels(kind, color)
    return min(
        (share_that_differs(usual, pixels(kind, color, **{name: value})), value)
        for name, values in kind.visible.items()
        for value in values[1:]
    )
