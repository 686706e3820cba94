"""Pattern and weave tiles: what repeats on a cloth, as small SVG tiles that a canvas fills shapes with.

``PATTERNS`` are facts of a product (a shopper asks for "floral"); ``WEAVES`` are looks of a material (knit,
denim) laid over any pattern. Each entry is a function from a colour to a ``Tile``. Knows no product and no
shape; solid has no tile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from training.demo_store.outline import num
from training.demo_store.palette import COLORS, INK, PAPER, Color, mix


@dataclass(frozen=True, slots=True)
class Tile:
    """One repeat: ``width`` x ``height`` canvas units of SVG, turned by ``angle`` degrees."""

    width: int
    height: int
    svg: str
    angle: int = 0


def pattern_tint(color: Color) -> str:
    """The second colour of a pattern: the companion where it stands out, else a shade of the colour itself."""
    companion = COLORS[color.companion]
    return companion.base if companion.is_dark != color.is_dark else mix(color.base, PAPER, 0.62)


def _ground(width: float, height: float, fill: str) -> str:
    """The base colour, drawn beyond the edges of the tile so that no seam shows between repeats."""
    return _rect(-3, -3, width + 6, height + 6, fill)


def _rect(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1) -> str:
    return (
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}" fill="{fill}"'
        f' opacity="{num(opacity)}"/>'
    )


def _dot(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(radius)}" fill="{fill}"/>'


def _striped(color: Color) -> Tile:
    tint = pattern_tint(color)
    return Tile(20, 20, _ground(20, 20, color.base) + _rect(-3, 6, 26, 8, tint))


def _pinstriped(color: Color) -> Tile:
    return Tile(12, 12, _ground(12, 12, color.base) + _rect(5, -3, 1.6, 18, pattern_tint(color)))


def _dotted(color: Color) -> Tile:
    tint = pattern_tint(color)
    return Tile(24, 24, _ground(24, 24, color.base) + _dot(6, 6, 3.8, tint) + _dot(18, 18, 3.8, tint))


def _checked(color: Color) -> Tile:
    tint = pattern_tint(color)
    bands = _rect(-3, 0, 34, 14, tint, 0.45) + _rect(0, -3, 14, 34, tint, 0.45)
    threads = _rect(-3, 20.5, 34, 1.4, color.deep, 0.55) + _rect(20.5, -3, 1.4, 34, color.deep, 0.55)
    return Tile(28, 28, _ground(28, 28, color.base) + bands + threads)


def _gingham(color: Color) -> Tile:
    pale = mix(color.base, PAPER, 0.86) if color.is_dark else PAPER
    ink = color.base if color.name != "White" else COLORS["Grey"].base
    bands = _rect(0, -3, 10, 26, ink, 0.55) + _rect(-3, 0, 26, 10, ink, 0.55)
    return Tile(20, 20, _ground(20, 20, pale) + bands)


def _herringbone(color: Color) -> Tile:
    tint = mix(color.base, pattern_tint(color), 0.45)
    strokes = "".join(
        f'<path d="M0 {y} L8 {y - 8} L16 {y}" fill="none" stroke="{tint}" stroke-width="2.2"/>'
        for y in (0, 8, 16, 24)
    )
    return Tile(16, 16, _ground(16, 16, color.base) + strokes)


def _flower(x: float, y: float, radius: float, petal: str, heart: str) -> str:
    petals = "".join(
        _dot(x + dx * radius, y + dy * radius, radius * 0.62, petal)
        for dx, dy in ((0, -0.72), (0.68, -0.22), (0.42, 0.58), (-0.42, 0.58), (-0.68, -0.22))
    )
    return petals + _dot(x, y, radius * 0.4, heart)


def _leaf(x: float, y: float, angle: int, fill: str) -> str:
    return (
        f'<path d="M0 0 Q4 -5 10 0 Q4 5 0 0 Z" fill="{fill}" transform="translate({num(x)} {num(y)})'
        f' rotate({angle})"/>'
    )


def _floral(color: Color) -> Tile:
    petal = pattern_tint(color)
    second = COLORS["Pink"].base if color.family not in ("Pink", "Red", "Purple") else COLORS["Yellow"].light
    heart = COLORS["Yellow"].base if color.family != "Yellow" else COLORS["Red"].base
    leaf = mix(COLORS["Green"].base, color.base, 0.25) if color.family != "Green" else color.deep
    parts = (
        _ground(52, 52, color.base)
        + "".join(_leaf(x, y, a, leaf) for x, y, a in ((20, 17, 35), (41, 30, 200), (8, 40, -30), (44, 47, -80)))
        + _flower(13, 13, 7.2, petal, heart)
        + _flower(38, 38, 7.2, petal, heart)
        + _flower(39, 12, 4.6, second, heart)
        + _flower(13, 38, 4.6, second, heart)
    )
    return Tile(52, 52, parts)


def _color_block(color: Color) -> Tile:
    """One tile as high as a canvas: the lower part in the companion colour. Shapes may use ``block`` instead."""
    return Tile(400, 400, _ground(400, 215, color.base) + _rect(0, 215, 400, 185, second_color(color)))


def second_color(color: Color) -> str:
    """The other colour of a colour-block product."""
    return mix(COLORS[color.companion].base, color.base, 0.08)


def _camouflage(color: Color) -> Tile:
    blobs = (
        ("M-6 8 q12 -14 26 -4 t22 2 q12 2 8 12 q-8 10 -20 4 t-20 4 q-18 4 -16 -18 Z", color.deep),
        ("M30 40 q16 -12 30 0 t22 -2 q8 12 -8 16 q-14 2 -22 -2 t-16 4 q-14 -2 -6 -16 Z", color.light),
        ("M0 52 q12 -14 24 -2 q14 8 2 18 q-14 8 -22 -2 q-10 -6 -4 -14 Z", color.dark),
        ("M50 6 q16 -10 24 4 q4 14 -10 16 q-20 2 -14 -20 Z", color.dark),
        ("M40 62 q14 -6 24 2 q0 10 -14 10 q-14 0 -10 -12 Z", color.deep),
        ("M16 30 q10 -8 16 0 q2 10 -8 10 q-12 -2 -8 -10 Z", color.lighter),
    )
    body = "".join(f'<path d="{path}" fill="{fill}"/>' for path, fill in blobs)
    return Tile(76, 76, _ground(76, 76, color.base) + body)


def _geometric(color: Color) -> Tile:
    tint = pattern_tint(color)
    diamond = f'<path d="M16 3 L29 16 L16 29 L3 16 Z" fill="none" stroke="{tint}" stroke-width="2.4"/>'
    return Tile(32, 32, _ground(32, 32, color.base) + diamond + _dot(16, 16, 3.2, tint))


def _fair_isle(color: Color) -> Tile:
    tint = pattern_tint(color)
    zigzag = "M0 12 L6 6 L12 12 L18 6 L24 12"
    marks = "".join(_rect(x, 24, 4, 4, tint) for x in (2, 10, 18)) + "".join(
        _rect(x, 29, 4, 4, tint) for x in (6, 14)
    )
    line = f'<path d="{zigzag}" fill="none" stroke="{tint}" stroke-width="3"/>'
    return Tile(24, 44, _ground(24, 44, color.base) + line + marks + _rect(-3, 38, 30, 2.4, tint))


def _leopard(color: Color) -> Tile:
    spot = mix(color.base, INK, 0.7)
    middle = mix(color.base, INK, 0.25)
    body = _ground(40, 40, color.base)
    for x, y, turn in ((9, 9, 0), (29, 13, 80), (14, 29, 160), (33, 32, 250)):
        body += (
            f'<g transform="translate({x} {y}) rotate({turn})"><ellipse rx="4" ry="3" fill="{middle}"/>'
            f'<path d="M-5 -1 A5.4 4.6 0 0 1 4 -3.4 M5 1 A5.4 4.6 0 0 1 -3 4" fill="none" stroke="{spot}"'
            f' stroke-width="2.6" stroke-linecap="round"/></g>'
        )
    return Tile(40, 40, body)


PATTERNS: Mapping[str, Callable[[Color], Tile]] = {
    "Striped": _striped,
    "Pinstriped": _pinstriped,
    "Dotted": _dotted,
    "Checked": _checked,
    "Gingham": _gingham,
    "Herringbone": _herringbone,
    "Floral": _floral,
    "Colour-block": _color_block,
    "Camouflage": _camouflage,
    "Geometric": _geometric,
    "Fair Isle": _fair_isle,
    "Leopard": _leopard,
}
"""Every pattern but "Solid", by the name that the catalog uses."""


def _knit(color: Color) -> Tile:
    loops = "M1 0 q4 3 3.5 8 M9 0 q-4 3 -3.5 8"
    return Tile(10, 8, f'<path d="{loops}" fill="none" stroke="{color.deep}" stroke-width="1.1" opacity="0.3"/>')


def _rib(color: Color) -> Tile:
    return Tile(7, 10, _rect(0, 0, 1.8, 10, color.deep, 0.3) + _rect(3, 0, 1.4, 10, PAPER, 0.16))


def _cable(color: Color) -> Tile:
    ropes = "M6 0 q10 7 0 14 q-10 7 0 14 M18 0 q-10 7 0 14 q10 7 0 14"
    rope = f'<path d="{ropes}" fill="none" stroke="{color.deep}" stroke-width="2.2" opacity="0.32"/>'
    return Tile(46, 28, rope + _rect(28, 0, 1.4, 28, color.deep, 0.28) + _rect(40, 0, 1.4, 28, color.deep, 0.28))


def _denim(color: Color) -> Tile:
    threads = "".join(_rect(-3, y, 30, 1.2, PAPER, 0.12) for y in range(1, 24, 4))
    return Tile(24, 24, threads, angle=-52)


def _corduroy(color: Color) -> Tile:
    return Tile(6, 6, _rect(0, 0, 1.7, 6, color.deep, 0.34) + _rect(3, 0, 1.4, 6, PAPER, 0.14))


def _linen(color: Color) -> Tile:
    return Tile(9, 9, _rect(0, 2, 9, 0.9, color.deep, 0.13) + _rect(4, 0, 0.9, 9, color.deep, 0.13))


def _canvas_weave(color: Color) -> Tile:
    return Tile(6, 6, _rect(0, 0, 3, 3, color.deep, 0.1) + _rect(3, 3, 3, 3, color.deep, 0.1))


def _quilt(color: Color) -> Tile:
    return Tile(
        30,
        30,
        f'<path d="M0 0 H30 M0 0 V30" stroke="{color.deep}" stroke-width="2" opacity="0.4"/>'
        f'<path d="M2 2.4 H30 M2.4 2 V30" stroke="{PAPER}" stroke-width="1.2" opacity="0.25"/>',
        angle=45,
    )


def _basket(color: Color) -> Tile:
    return Tile(
        16,
        16,
        _rect(0, 1, 8, 2.4, color.deep, 0.3)
        + _rect(0, 5, 8, 2.4, color.deep, 0.3)
        + _rect(9, 8, 2.4, 8, color.deep, 0.3)
        + _rect(13, 8, 2.4, 8, color.deep, 0.3),
    )


WEAVES: Mapping[str, Callable[[Color], Tile]] = {
    "knit": _knit,
    "rib": _rib,
    "cable": _cable,
    "denim": _denim,
    "corduroy": _corduroy,
    "linen": _linen,
    "canvas": _canvas_weave,
    "quilt": _quilt,
    "basket": _basket,
}
"""Transparent overlays by material look."""
