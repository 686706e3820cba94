"""The canvas: SVG building blocks for product pictures, and the way from SVG to WebP.

400 x 400 units, y down, light from the upper left. A drawing function gets a ``Canvas`` and calls, from back
to front: ``ground_shadow`` (things that stand) or ``with lifted():`` (things that lie flat), then ``form`` for
every solid part, then ``fold``, ``seam``, ``stitch``, ``shine``, ``button`` for what makes it look made. Keep
the product within about 40..360 in both directions.

    cloth = Cloth(COLORS["Navy"], "Striped")
    canvas.ground_shadow(200, 352, 90)
    canvas.form(Outline.at(200, 80).line(280, 80).line(260, 350).mirrored(), cloth, shade="round")
    with canvas.clip(path):        # everything inside stays within the path
        canvas.fold(150, 100, 160, 300)

No text is ever drawn, so no font decides how a picture looks. Knows nothing of products.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import resvg_py
from PIL import Image

from training.demo_store.outline import d, num
from training.demo_store.palette import INK, PAPER, Color, mix
from training.demo_store.patterns import PATTERNS, WEAVES, Tile

SIZE = 400  # canvas units
PIXELS = 400  # width and height of a finished picture
QUALITY = 78  # WebP

Shade = Literal["flat", "soft", "round", "ball", "down"]

# Stops are (offset, colour, opacity) of an overlay on top of the fill.
_SHADES: dict[str, tuple[str, tuple[tuple[float, str, float], ...]]] = {
    "soft": (
        '<linearGradient id="{id}" x1="0" y1="0" x2="1" y2="0.9">{stops}</linearGradient>',
        ((0, PAPER, 0.2), (0.45, PAPER, 0.0), (0.55, INK, 0.0), (1, INK, 0.2)),
    ),
    "round": (
        '<linearGradient id="{id}" x1="0" y1="0" x2="1" y2="0">{stops}</linearGradient>',
        ((0, INK, 0.14), (0.28, PAPER, 0.24), (0.5, PAPER, 0.0), (0.62, INK, 0.02), (1, INK, 0.3)),
    ),
    "ball": (
        '<radialGradient id="{id}" cx="0.36" cy="0.3" r="0.8">{stops}</radialGradient>',
        ((0, PAPER, 0.34), (0.45, PAPER, 0.02), (0.6, INK, 0.02), (1, INK, 0.32)),
    ),
    "down": (
        '<linearGradient id="{id}" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient>',
        ((0, PAPER, 0.2), (0.5, PAPER, 0.0), (0.6, INK, 0.0), (1, INK, 0.24)),
    ),
}


@dataclass(frozen=True, slots=True)
class Cloth:
    """What a part is made of: a colour, a pattern name ("Solid" or one of ``PATTERNS``) and a weave look.

    ``scale`` enlarges the pattern (1 = about 20 units a repeat); ``angle`` turns it, in degrees.
    """

    color: Color
    pattern: str = "Solid"
    weave: str = ""
    scale: float = 1
    angle: float = 0


class Canvas:
    """Collects SVG elements from back to front; ``svg`` gives the whole picture."""

    def __init__(self) -> None:
        self._defs: list[str] = []
        self._known: dict[str, str] = {}  # definition with {id} left open -> its id
        self._body: list[str] = []

    # -- paints --------------------------------------------------------------------------------------------

    def gradient(self, top: str, bottom: str, angle: float = 90) -> str:
        """A linear two-colour paint across the filled shape; ``angle`` 90 runs top to bottom, 0 left to right."""
        stops = f'<stop offset="0" stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/>'
        turn = f'gradientTransform="rotate({num(angle)} .5 .5)"'
        return self._define(f'<linearGradient id="{{id}}" {turn}>{stops}</linearGradient>')

    def glow(self, inner: str, outer: str, cx: float = 0.5, cy: float = 0.5, radius: float = 0.6) -> str:
        """A radial two-colour paint; centre and radius are shares of the filled shape's box."""
        stops = f'<stop offset="0" stop-color="{inner}"/><stop offset="1" stop-color="{outer}"/>'
        place = f'cx="{num(cx)}" cy="{num(cy)}" r="{num(radius)}"'
        return self._define(f'<radialGradient id="{{id}}" {place}>{stops}</radialGradient>')

    def paint(self, cloth: Cloth) -> str:
        """The fill of a cloth: its plain colour or its pattern."""
        if cloth.pattern == "Solid":
            return cloth.color.base
        if cloth.pattern == "Colour-block":  # one border across the whole picture: neither turned nor enlarged
            return self._tile(PATTERNS[cloth.pattern](cloth.color), 1, 0)
        return self._tile(PATTERNS[cloth.pattern](cloth.color), cloth.scale, cloth.angle)

    # -- plain shapes: fill and stroke are colours or paints, "none" leaves them out ---------------------------

    def path(
        self,
        path: str,
        fill: str = "none",
        stroke: str = "none",
        width: float = 2,
        opacity: float = 1,
        dash: str = "",
    ) -> None:
        """Any SVG path data (see ``outline``)."""
        line = "" if stroke == "none" else f' stroke="{stroke}" stroke-width="{num(width)}" stroke-linecap="round"'
        joins = "" if stroke == "none" else ' stroke-linejoin="round"'
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        alpha = "" if opacity == 1 else f' opacity="{num(opacity)}"'
        self._body.append(f'<path d="{path}" fill="{fill}"{line}{joins}{dashes}{alpha}/>')

    def ellipse(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float | None = None,
        fill: str = "none",
        stroke: str = "none",
        width: float = 2,
        opacity: float = 1,
    ) -> None:
        """An ellipse, or a circle where ``ry`` is left out."""
        self.path(ellipse(cx, cy, rx, ry), fill, stroke, width, opacity)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        radius: float = 0,
        fill: str = "none",
        stroke: str = "none",
        width: float = 2,
        opacity: float = 1,
    ) -> None:
        """A rectangle with rounded corners."""
        self.path(rounded(x, y, w, h, radius), fill, stroke, width, opacity)

    # -- dressed shapes ----------------------------------------------------------------------------------------

    def form(self, path: str, cloth: Cloth | Color, shade: Shade = "soft", outline: float = 1.6) -> None:
        """A solid part: fill, weave, shading by light from the upper left, and a soft darker outline.

        ``shade``: "soft" for cloth and boxes, "round" for upright cylinders, "ball" for balls, "down" for what
        is lit from above, "flat" for none. ``outline`` is the line width; 0 leaves it out.
        """
        if isinstance(cloth, Color):
            cloth = Cloth(cloth)
        self.path(path, cloth.color.base)  # under a pattern too, so that no seam between its tiles is see-through
        if cloth.pattern != "Solid":
            self.path(path, self.paint(cloth))
        if cloth.weave:
            self.path(path, self._tile(WEAVES[cloth.weave](cloth.color), cloth.scale, cloth.angle))
        if shade != "flat":
            self.path(path, self._shading(shade))
        if outline:
            self.path(path, stroke=cloth.color.deep, width=outline, opacity=0.8)

    def fold(self, x1: float, y1: float, x2: float, y2: float, bend: float = 8, width: float = 7) -> None:
        """A soft crease in cloth: a thin dark sickle from (x1, y1) to (x2, y2), bent sideways by ``bend``."""
        self.path(_sickle(x1, y1, x2, y2, bend, width), INK, opacity=0.13)

    def shine(
        self, x1: float, y1: float, x2: float, y2: float, bend: float = 8, width: float = 8, opacity: float = 0.35
    ) -> None:
        """A highlight of the same sickle shape; for lit cloth, glaze, metal and glass."""
        self.path(_sickle(x1, y1, x2, y2, bend, width), PAPER, opacity=opacity)

    def seam(self, path: str, color: Color, width: float = 1.5) -> None:
        """A thin line where two pieces meet, in the deep shade of the colour."""
        self.path(path, stroke=color.deep, width=width, opacity=0.65)

    def stitch(self, path: str, color: Color, width: float = 1.3) -> None:
        """A dashed sewing thread that stands out from the colour."""
        self.path(path, stroke=color.trim, width=width, opacity=0.85, dash="4 3")

    def button(self, x: float, y: float, radius: float, color: Color) -> None:
        """A sewn button with rim and two holes."""
        self.ellipse(x, y + 0.8, radius + 0.4, fill=INK, opacity=0.25)
        self.ellipse(x, y, radius, fill=color.light, stroke=color.deep, width=1)
        for dx in (-0.3, 0.3):
            self.ellipse(x + dx * radius, y, max(0.7, radius * 0.16), fill=color.deep)

    def zipper(self, x1: float, y1: float, x2: float, y2: float, color: Color) -> None:
        """A zip with teeth and a puller at its first end."""
        self.path(d("M", x1, y1, "L", x2, y2), stroke=mix(color.base, INK, 0.5), width=4.5)
        self.path(d("M", x1, y1, "L", x2, y2), stroke="#d5d8de", width=2.6, dash="1.5 2.6")
        self.rect(x1 - 2.6, y1 - 1, 5.2, 11, 2, "#cfd3da", INK, 0.8)

    # -- light and ground ----------------------------------------------------------------------------------------

    def ground_shadow(self, cx: float, cy: float, rx: float, ry: float | None = None, strength: float = 0.42) -> None:
        """The soft shadow under a thing that stands on the ground at height ``cy``."""
        stops = "".join(
            f'<stop offset="{num(at)}" stop-color="{INK}" stop-opacity="{num(strength * share)}"/>'
            for at, share in ((0, 1), (0.35, 0.72), (0.7, 0.22), (1, 0))
        )
        paint = self._define(f'<radialGradient id="{{id}}">{stops}</radialGradient>')
        self.ellipse(cx, cy, rx * 1.18, (rx * 0.17 if ry is None else ry) * 1.3, fill=paint)

    @contextmanager
    def lifted(self, height: float = 8) -> Iterator[None]:
        """Everything drawn inside casts one soft shadow on the backdrop; for flat lays and hanging things."""
        blur = f'<feDropShadow dx="{num(height * 0.5)}" dy="{num(height)}" stdDeviation="{num(height * 0.9)}"'
        box = 'x="-20%" y="-20%" width="140%" height="140%" color-interpolation-filters="sRGB"'
        filled = self._id(f'<filter id="{{id}}" {box}>{blur} flood-color="{INK}" flood-opacity="0.3"/></filter>')
        with self._group(f'filter="url(#{filled})"'):
            yield

    @contextmanager
    def clip(self, path: str) -> Iterator[None]:
        """Everything drawn inside is cut to the path."""
        clipped = self._id(f'<clipPath id="{{id}}"><path d="{path}"/></clipPath>')
        with self._group(f'clip-path="url(#{clipped})"'):
            yield

    @contextmanager
    def moved(
        self, dx: float = 0, dy: float = 0, turn: float = 0, scale: float = 1, about: tuple[float, float] = (200, 200)
    ) -> Iterator[None]:
        """Everything drawn inside is scaled and turned (degrees, clockwise) about a point, then shifted."""
        x, y = about
        steps = f"translate({num(dx + x)} {num(dy + y)}) rotate({num(turn)}) scale({scale:.4f})"
        with self._group(f'transform="{steps} translate({num(-x)} {num(-y)})"'):
            yield

    @contextmanager
    def flipped(self, axis: float = 200) -> Iterator[None]:
        """Everything drawn inside is mirrored about the vertical line x = ``axis``."""
        with self._group(f'transform="translate({num(2 * axis)} 0) scale(-1 1)"'):
            yield

    @contextmanager
    def faded(self, opacity: float) -> Iterator[None]:
        """Everything drawn inside is one translucent layer; for glass, gauze and reflections."""
        with self._group(f'opacity="{num(opacity)}"'):
            yield

    # -- the picture -----------------------------------------------------------------------------------------------

    def svg(self, window: tuple[float, float, float] = (0, 0, SIZE)) -> str:
        """The whole picture, or the square window (left, top, side) of it."""
        left, top, side = window
        box = f"{num(left)} {num(top)} {num(side)} {num(side)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{SIZE}" height="{SIZE}">'
            f"<defs>{''.join(self._defs)}</defs>{''.join(self._body)}</svg>"
        )

    @contextmanager
    def _group(self, attributes: str) -> Iterator[None]:
        self._body.append(f"<g {attributes}>")
        yield
        self._body.append("</g>")

    def _shading(self, shade: str) -> str:
        markup, stops = _SHADES[shade]
        listed = "".join(
            f'<stop offset="{num(at)}" stop-color="{color}" stop-opacity="{num(alpha)}"/>'
            for at, color, alpha in stops
        )
        return self._define(markup.replace("{stops}", listed))

    def _tile(self, tile: Tile, scale: float, angle: float) -> str:
        turn = f'patternTransform="rotate({num(tile.angle + angle)}) scale({num(scale)})"'
        size = f'width="{tile.width}" height="{tile.height}" patternUnits="userSpaceOnUse"'
        return self._define(f'<pattern id="{{id}}" {size} {turn}>{tile.svg}</pattern>')

    def _define(self, markup: str) -> str:
        return f"url(#{self._id(markup)})"

    def _id(self, markup: str) -> str:
        """Give each different definition one id; the same definition twice is kept once."""
        if markup not in self._known:
            self._known[markup] = f"p{len(self._known)}"
            self._defs.append(markup.replace("{id}", self._known[markup], 1))
        return self._known[markup]


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """Path data of an ellipse, or of a circle where ``ry`` is left out."""
    ry = rx if ry is None else ry
    return d("M", cx - rx, cy, "A", rx, ry, 0, 1, 1, cx + rx, cy, "A", rx, ry, 0, 1, 1, cx - rx, cy, "Z")


def rounded(x: float, y: float, w: float, h: float, radius: float = 0) -> str:
    """Path data of a rectangle with rounded corners."""
    r = min(radius, w / 2, h / 2)
    if r <= 0:
        return d("M", x, y, "h", w, "v", h, "h", -w, "Z")
    sides: Sequence[str | float] = (
        *("M", x + r, y, "h", w - 2 * r, "a", r, r, 0, 0, 1, r, r, "v", h - 2 * r),
        *("a", r, r, 0, 0, 1, -r, r, "h", 2 * r - w, "a", r, r, 0, 0, 1, -r, -r, "v", 2 * r - h),
        *("a", r, r, 0, 0, 1, r, -r, "Z"),
    )
    return d(*sides)


def _sickle(x1: float, y1: float, x2: float, y2: float, bend: float, width: float) -> str:
    """A thin crescent between two points, bulging to the left of the way from the first to the second."""
    length = max(1.0, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    nx, ny = (y2 - y1) / length, -(x2 - x1) / length
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2
    outer, inner = bend * 2 + width, bend * 2 - width
    return d(
        "M",
        x1,
        y1,
        "Q",
        mx + nx * outer / 2,
        my + ny * outer / 2,
        x2,
        y2,
        "Q",
        mx + nx * inner / 2,
        my + ny * inner / 2,
        x1,
        y1,
        "Z",
    )


def webp(svg: str) -> bytes:
    """Render SVG to a finished WebP picture of ``PIXELS`` x ``PIXELS``; the same bytes for the same SVG."""
    png = resvg_py.svg_to_bytes(svg_string=svg, width=PIXELS, height=PIXELS, skip_system_fonts=True)
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()
