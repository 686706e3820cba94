"""Parts that garments are put together from: bodice, sleeves, bands, plackets, pockets (collars: ``garment_neck``).

A garment is seen on an invisible mannequin, symmetric about x = 200. ``Cut`` says how it is built; every part
takes the same cut, so that sleeves meet armholes. Knows no product type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, Color, mix

SIDES = (-1, 1)


@dataclass(frozen=True, slots=True)
class Cut:
    """Half widths and heights of a bodice in canvas units; ``unit`` scales what is not listed (1 = a sweater)."""

    top: float = 84  # where the shoulder meets the neck
    neck: float = 31
    shoulder: float = 74
    chest: float = 64
    waist: float = 62
    waist_y: float = 236
    hem: float = 64
    hem_y: float = 324
    unit: float = 1

    @property
    def armpit_y(self) -> float:
        """Height where sleeve and side seam meet."""
        return self.top + 80 * self.unit

    @property
    def shoulder_y(self) -> float:
        """Height of the shoulder point."""
        return self.top + 17 * self.unit


NECK_DEPTHS = {
    "crew neck": 24,
    "v-neck": 66,
    "scoop neck": 52,
    "boat neck": 15,
    "square neck": 46,
    "turtleneck": 10,
    "collar": 30,
    "deep v": 112,
}


def bodice_path(cut: Cut, neckline: str) -> str:
    """The outline of a torso from neckline to hem."""
    start = _neckline(cut, neckline)
    u = cut.unit
    right = (
        start.line(200 + cut.shoulder, cut.shoulder_y)
        .curve(
            *(200 + cut.shoulder - 8 * u, cut.top + 40 * u),
            *(200 + cut.chest - 6 * u, cut.top + 60 * u),
            *(200 + cut.chest, cut.armpit_y),
        )
        .curve(
            *(200 + cut.chest + 1, cut.armpit_y + 24 * u),
            *(200 + cut.waist, cut.waist_y - 22 * u),
            *(200 + cut.waist, cut.waist_y),
        )
        .curve(
            *(200 + cut.waist, cut.waist_y + 24 * u),
            *(200 + cut.hem - 1, cut.hem_y - 30 * u),
            *(200 + cut.hem, cut.hem_y),
        )
        .bend(200 + cut.hem * 0.5, cut.hem_y + 6 * u, 200, cut.hem_y + 6 * u)
    )
    return right.mirrored()


def _neckline(cut: Cut, neckline: str) -> Outline:
    """From the centre front to the point where neck and shoulder meet."""
    depth, u = NECK_DEPTHS[neckline] * cut.unit, cut.unit
    wide = cut.neck + {"boat neck": 17, "scoop neck": 7, "square neck": 8}.get(neckline, 0) * u
    start, edge = Outline.at(200, cut.top + depth), (200 + wide, cut.top + (wide - cut.neck) * 0.4)
    if neckline in ("v-neck", "deep v"):
        return start.bend(200 + wide * 0.75, cut.top + depth * 0.42, *edge)
    if neckline == "square neck":
        return start.line(200 + wide - 5 * u, cut.top + depth).line(*edge)
    return start.curve(200 + wide * 0.62, cut.top + depth, 200 + wide * 0.94, cut.top + depth * 0.55, *edge)


def bodice(canvas: Canvas, cut: Cut, cloth: Cloth, neckline: str, back: bool = False, band: bool = True) -> str:
    """Draw inside of the neck, torso and neck band; gives the torso's outline for clipping."""
    front = "boat neck" if back else neckline
    inside = replace(
        cut, neck=cut.neck + {"boat neck": 17, "scoop neck": 7, "square neck": 8}.get(front, 0) * cut.unit
    )
    if not back:
        _neck_inside(canvas, inside, cloth.color, NECK_DEPTHS[front] * cut.unit)
    path = bodice_path(cut, front)
    canvas.form(path, cloth)
    with canvas.clip(path):
        _bodice_folds(canvas, cut)
    if band:
        edge = _neckline(cut, front)
        with canvas.clip(path):
            for flip in (False, True):
                _neck_band(canvas, edge, cloth.color, 12 * cut.unit, flip)
    return path


def _neck_inside(canvas: Canvas, cut: Cut, color: Color, depth: float) -> None:
    """The inner back of the garment, seen through the neck opening, with a small label."""
    top = cut.top
    path = (
        Outline.at(200, top + 9 * cut.unit)
        .bend(200 + cut.neck * 0.7, top + 8 * cut.unit, 200 + cut.neck, top)
        .line(200 + cut.neck, top + depth + 6)
        .line(200, top + depth + 6)
        .mirrored()
    )
    canvas.path(path, canvas.gradient(mix(color.base, INK, 0.5), mix(color.base, INK, 0.32)))
    if depth > 20:
        canvas.rect(192, top + 10 * cut.unit, 16, 7 * cut.unit, 1, mix(color.base, "#ffffff", 0.55), opacity=0.8)


def _neck_band(canvas: Canvas, edge: Outline, color: Color, width: float, flip: bool) -> None:
    line = edge.open()
    if flip:
        with canvas.flipped():
            canvas.path(line, stroke=color.dark, width=width)
    else:
        canvas.path(line, stroke=color.dark, width=width)


def _bodice_folds(canvas: Canvas, cut: Cut) -> None:
    u = cut.unit
    for s in SIDES:
        x = 200 + s * cut.chest
        canvas.fold(x, cut.armpit_y, x - s * 26 * u, cut.armpit_y + 46 * u, s * 5 * u, 7 * u)
        canvas.fold(x, cut.waist_y - 30 * u, x - s * 36 * u, cut.waist_y - 10 * u, s * 3 * u, 6 * u)
        canvas.fold(x - s * 6, cut.waist_y + 16 * u, x - s * 30 * u, cut.hem_y - 6, s * 4 * u, 6 * u)


def sleeves(canvas: Canvas, cut: Cut, cloth: Cloth, length: str, shape: str = "straight", cuff: bool = True) -> None:
    """Both sleeves; call before ``bodice``. ``length``: "sleeveless", "short", "elbow", "three-quarter", "long".

    ``shape``: "straight", "puff" (gathered), "balloon" (full above the cuff) or "bell" (wide at the end).
    """
    if length.startswith("sleeveless"):
        return
    for s in SIDES:
        path, ends = _sleeve_path(cut, length.removesuffix(" sleeve"), shape, s)
        turned = replace(cloth, angle=cloth.angle - s * (34 if length.startswith("short") else 12))
        canvas.form(path, turned)
        with canvas.clip(path):
            _sleeve_folds(canvas, cut, s, ends)
        if cuff:
            _cuff(canvas, ends, cloth.color, (15 if "long" in length else 7) * cut.unit)


def sleeve_outlines(cut: Cut, length: str) -> tuple[str, str]:
    """Both straight sleeves' outlines, left and right, for clipping what is laid over them."""
    left, right = (_sleeve_path(cut, length.removesuffix(" sleeve"), "straight", s)[0] for s in SIDES)
    return left, right


def _sleeve_path(cut: Cut, length: str, shape: str, s: int) -> tuple[str, tuple[float, float, float, float]]:
    """Outline of one sleeve and its end as (outer x, outer y, inner x, inner y)."""
    u = cut.unit
    share = {"short": 0.36, "elbow": 0.52, "three-quarter": 0.74, "long": 1.0}[length]
    out = {"short": 42, "elbow": 44, "three-quarter": 46, "long": 50}[length]
    half = {"straight": 0, "puff": 1, "balloon": 0, "bell": 11}[shape]
    top_x, top_y = cut.shoulder - 4 * u, cut.shoulder_y - 1 * u
    drop = 214 * share * u
    outer = (cut.shoulder + (out + half) * u, top_y + drop)
    gap = (38 - 11 * share) * u + half * u
    slant = (30 - 24 * share) * u
    inner = (outer[0] - gap, outer[1] + slant * 0.62)
    pit = (cut.chest - 3 * u, cut.armpit_y - 2 * u)
    swell = {"straight": 0, "puff": 20, "balloon": 16, "bell": -4}[shape] * u
    path = Outline.at(200 + s * top_x, top_y).curve(
        *(200 + s * (cut.shoulder + 22 * u + swell), top_y + 6 * u),
        *(200 + s * (outer[0] - 8 * u + swell * 1.3), outer[1] - drop * 0.42),
        *(200 + s * outer[0], outer[1]),
    )
    path = path.line(200 + s * inner[0], inner[1]).curve(
        *(200 + s * (inner[0] - 4 * u + swell * 0.9), inner[1] - drop * 0.3),
        *(200 + s * (pit[0] + 10 * u), pit[1] + 18 * u * share),
        *(200 + s * pit[0], pit[1]),
    )
    path = path.line(200 + s * (cut.shoulder - 30 * u), cut.armpit_y - 40 * u)
    return path.closed(), (200 + s * outer[0], outer[1], 200 + s * inner[0], inner[1])


def _sleeve_folds(canvas: Canvas, cut: Cut, s: int, ends: tuple[float, float, float, float]) -> None:
    u = cut.unit
    ox, oy, ix, _ = ends
    canvas.fold(200 + s * (cut.chest + 4 * u), cut.armpit_y, ox - s * 12 * u, oy - 20 * u, s * 6 * u, 9 * u)
    if oy - cut.top > 150 * u:
        bend = (oy + cut.armpit_y) / 2
        canvas.fold(ix + s * 2, bend + 10 * u, ix + s * 22 * u, bend - 4 * u, -s * 3 * u, 6 * u)


def _cuff(canvas: Canvas, ends: tuple[float, float, float, float], color: Color, depth: float) -> None:
    ox, oy, ix, iy = ends
    length = ((ox - ix) ** 2 + (oy - iy) ** 2) ** 0.5
    up = ((iy - oy) / length * (1 if ox > ix else -1), -abs(ox - ix) / length)
    side = -1 if ox > ix else 1
    dx, dy = side * abs(up[0]) * depth, up[1] * depth
    path = d("M", ox, oy, "L", ix, iy, "L", ix + dx, iy + dy, "L", ox + dx, oy + dy, "Z")
    canvas.path(path, color.dark, color.deep, 1.2)


def hem_band(canvas: Canvas, cut: Cut, color: Color, depth: float = 16) -> None:
    """A ribbed band at the hem of a sweater or bomber jacket."""
    y, w = cut.hem_y, cut.hem
    path = (
        Outline.at(200, y + 6 - depth)
        .bend(200 + w * 0.5, y + 6 - depth, 200 + w, y - depth)
        .line(200 + w - 3, y + 2)
        .bend(200 + w * 0.5, y + 8, 200, y + 8)
        .mirrored()
    )
    canvas.form(path, Cloth(color, weave="rib"), "flat", 1.2)
    canvas.path(path, INK, opacity=0.12)


def placket(canvas: Canvas, y1: float, y2: float, buttons: Iterable[float], color: Color, width: float = 13) -> None:
    """A button strip down the centre front with buttons at the given heights."""
    strip = rounded(200 - width / 2, y1, width, y2 - y1)
    canvas.path(strip, mix(color.base, INK, 0.05), color.deep, 1, 0.9)
    for y in buttons:
        canvas.button(200, y, 3.4, color)


def pocket(canvas: Canvas, x: float, y: float, w: float, h: float, cloth: Cloth, flap: bool = False) -> None:
    """A patch pocket with its upper left corner at (x, y); with a buttoned flap if asked."""
    path = d("M", x, y, "h", w, "v", h * 0.78, "L", x + w / 2, y + h, "L", x, y + h * 0.78, "Z")
    canvas.form(path, cloth, "soft", 1.3)
    if flap:
        lid = d("M", x - 1, y, "h", w + 2, "v", h * 0.22, "L", x + w / 2, y + h * 0.42, "L", x - 1, y + h * 0.22, "Z")
        canvas.form(lid, cloth, "soft", 1.3)
        canvas.button(x + w / 2, y + h * 0.28, 2.6, cloth.color)
