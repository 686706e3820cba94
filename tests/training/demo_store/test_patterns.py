from __future__ import annotations

import pytest

from training.demo_store.canvas import Canvas, Cloth, rounded, webp
from training.demo_store.palette import COLORS
from training.demo_store.patterns import PATTERNS, WEAVES, pattern_tint


def _swatch(cloth: Cloth) -> bytes:
    canvas = Canvas()
    canvas.form(rounded(0, 0, 400, 400), cloth, "flat")
    return webp(canvas.svg())


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_shows_on_a_dark_and_a_light_colour(name: str) -> None:
    for color in (COLORS["Navy"], COLORS["White"]):
        assert _swatch(Cloth(color, name)) != _swatch(Cloth(color))


@pytest.mark.parametrize("name", WEAVES)
def test_every_weave_shows(name: str) -> None:
    assert _swatch(Cloth(COLORS["Green"], weave=name)) != _swatch(Cloth(COLORS["Green"]))


def test_the_second_colour_of_a_pattern_differs_from_the_first() -> None:
    for color in COLORS.values():
        assert pattern_tint(color) != color.base
