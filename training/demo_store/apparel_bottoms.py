"""Bottoms with legs: jeans, trousers and shorts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.garment import SIDES
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, INK, Color, mix
from training.demo_store.product_type import Facts, ProductType

_WAISTS = ("26", "28", "30", "32", "34", "36")


@dataclass(frozen=True, slots=True)
class Legs:
    """Half widths of trousers from waist to ankle; ``inner`` and ``outer`` are distances from the middle."""

    waist: float = 50
    hip: float = 68
    knee_outer: float = 74
    knee_inner: float = 26
    outer: float = 76
    inner: float = 32
    top: float = 44
    crotch: float = 142
    knee_y: float = 236
    hem_y: float = 360


_CUTS = {
    "skinny": Legs(knee_outer=66, knee_inner=26, outer=62, inner=30),
    "slim": Legs(knee_outer=69, knee_inner=24, outer=67, inner=27),
    "straight": Legs(),
    "tapered": Legs(hip=72, knee_outer=73, knee_inner=20, outer=64, inner=28),
    "wide leg": Legs(hip=71, knee_outer=86, knee_inner=14, outer=100, inner=14),
    "flared": Legs(knee_outer=67, knee_inner=24, outer=94, inner=14),
}


def _cut(leg: str, length: str = "full length") -> Legs:
    cut = _CUTS[leg]
    if length == "cropped":
        share = 0.78
        return replace(
            cut,
            hem_y=cut.knee_y + (cut.hem_y - cut.knee_y) * share - 12,
            outer=cut.knee_outer + (cut.outer - cut.knee_outer) * share,
            inner=cut.knee_inner + (cut.inner - cut.knee_inner) * share,
        )
    return cut


def _legs_path(cut: Legs, hem_y: float) -> str:
    """Both legs in one outline, from waist to hem."""
    fall = (hem_y - cut.knee_y) * 0.35
    right = (
        Outline.at(200, cut.top + 5)
        .bend(200 + cut.waist * 0.6, cut.top + 4, 200 + cut.waist, cut.top)
        .curve(
            *(200 + cut.waist + 7, cut.top + 34, 200 + cut.hip, cut.top + 52, 200 + cut.hip, cut.crotch - 22),
        )
        .curve(
            *(200 + cut.hip, cut.crotch + 30, 200 + cut.knee_outer, cut.knee_y - 40),
            *(200 + cut.knee_outer, cut.knee_y),
        )
        .curve(
            *(200 + cut.knee_outer, cut.knee_y + fall, 200 + cut.outer, hem_y - fall, 200 + cut.outer, hem_y - 3),
        )
        .bend(200 + (cut.outer + cut.inner) / 2, hem_y + 4, 200 + cut.inner, hem_y)
        .curve(
            *(
                200 + cut.inner,
                hem_y - fall,
                200 + cut.knee_inner,
                cut.knee_y + fall,
                200 + cut.knee_inner,
                cut.knee_y,
            ),
        )
        .curve(200 + cut.knee_inner - 6, cut.knee_y - 40, 204, cut.crotch + 30, 200, cut.crotch)
    )
    return right.mirrored()


def _leg_folds(canvas: Canvas, cut: Legs) -> None:
    for s in SIDES:
        canvas.fold(200, cut.crotch, 200 + s * (cut.hip - 14), cut.crotch - 18, -s * 5, 9)
        canvas.fold(200 + s * 3, cut.crotch + 14, 200 + s * 44, cut.crotch + 16, -s * 4, 8)
        inside, outside = 200 + s * (cut.knee_inner + 4), 200 + s * (cut.knee_outer - 10)
        canvas.fold(inside, cut.knee_y - 6, outside, cut.knee_y - 16, -s * 4, 6)
        canvas.fold(outside, cut.knee_y + 14, inside, cut.knee_y + 6, s * 4, 5)
        if cut.hem_y > cut.knee_y + 60:
            canvas.fold(
                200 + s * (cut.inner + 3), cut.hem_y - 24, 200 + s * (cut.outer - 12), cut.hem_y - 34, -s * 4, 6
            )


def waistband(canvas: Canvas, cut: Legs, color: Color, depth: float = 15, loops: bool = True) -> None:
    """The band at the waist, with belt loops or plain."""
    y, w = cut.top, cut.waist
    band = (
        Outline.at(200, y + 5)
        .bend(200 + w * 0.6, y + 4, 200 + w, y)
        .line(200 + w + 3, y + depth)
        .bend(200 + w * 0.6, y + depth + 5, 200, y + depth + 6)
        .mirrored()
    )
    canvas.form(band, color, "flat", 1.4)
    canvas.path(band, INK, opacity=0.08)
    for s in SIDES * loops:
        for share in (0.45, 0.88):
            canvas.form(rounded(200 + s * w * share - 2.5, y + 1, 5, depth + 5, 1.5), color, "flat", 1)


def inside_waist(canvas: Canvas, cut: Legs, color: Color) -> None:
    """The inner back of the waistband, seen from slightly above."""
    path = (
        Outline.at(200, cut.top - 7)
        .bend(200 + cut.waist * 0.7, cut.top - 7, 200 + cut.waist, cut.top)
        .bend(200 + cut.waist * 0.6, cut.top + 6, 200, cut.top + 7)
        .mirrored()
    )
    canvas.path(path, mix(color.base, INK, 0.45), color.deep, 1.2)


def draw_jeans(canvas: Canvas, facts: Facts) -> None:
    """Denim with five pockets, rivets and contrast stitching; front or back."""
    cut = _cut(facts["leg"], facts["length"])
    cloth = Cloth(facts.color, weave="denim")
    path = _legs_path(cut, cut.hem_y)
    with canvas.lifted():
        inside_waist(canvas, cut, facts.color)
        canvas.form(path, cloth)
        with canvas.clip(path):
            fade = canvas.glow(facts.color.light, facts.color.base, 0.5, 0.5, 0.5)
            for s in SIDES:
                with canvas.faded(0.35):
                    canvas.ellipse(200 + s * 46, 190, 14, 66, fill=fade)
            _leg_folds(canvas, cut)
            hem = d("M", 60, cut.hem_y - 12, "Q", 200, cut.hem_y - 5, 340, cut.hem_y - 12)
            canvas.path(hem, stroke=BRASS.base, width=1.4, dash="4 3")
            if facts["wash"] == "ripped":
                _rips(canvas, facts.color)
        waistband(canvas, cut, facts.color)
        if facts.view == "back":
            _back_pockets(canvas, facts.color)
        else:
            _front_pockets(canvas, cut, facts.color, BRASS.base)


def _rips(canvas: Canvas, color: Color) -> None:
    for x, y, w in ((152, 226, 24), (236, 250, 22), (150, 176, 14)):
        canvas.ellipse(x, y, w, 8, fill=mix(color.base, "#ffffff", 0.78), stroke=color.deep, width=1)
        for i in range(-2, 3):
            canvas.path(d("M", x - w + 3, y + i * 2.6, "H", x + w - 3), stroke=color.light, width=1)


def _front_pockets(canvas: Canvas, cut: Legs, color: Color, thread: str) -> None:
    for s in SIDES:
        mouth = d(
            "M", 200 + s * 22, cut.top + 20, "Q", 200 + s * 30, cut.top + 50, 200 + s * (cut.hip - 3), cut.top + 54
        )
        canvas.path(mouth, stroke=color.deep, width=2)
        inset = d(
            "M", 200 + s * 19, cut.top + 21, "Q", 200 + s * 27, cut.top + 54, 200 + s * (cut.hip - 3), cut.top + 58
        )
        canvas.path(inset, stroke=thread, width=1.3, dash="4 3")
        canvas.ellipse(200 + s * 25, cut.top + 25, 2.2, fill=BRASS.base, stroke=BRASS.deep, width=0.7)
    canvas.path(d("M", 200, cut.top + 20, "V", cut.crotch), stroke=color.deep, width=1.8)
    canvas.path(d("M", 208, cut.top + 21, "V", 112, "Q", 208, 128, 200, 132), stroke=thread, width=1.3, dash="4 3")
    canvas.ellipse(200, cut.top + 12, 4.6, fill=BRASS.base, stroke=BRASS.deep, width=1)


def _back_pockets(canvas: Canvas, color: Color) -> None:
    for s in SIDES:
        canvas.seam(d("M", 200, 78, "L", 200 + s * 62, 64), color, 2)
        x = 200 + s * 34
        path = d("M", x - 20, 86, "L", x + 20, 86, "L", x + 18, 122, "L", x, 132, "L", x - 18, 122, "Z")
        canvas.form(path, Cloth(color, weave="denim"), "soft", 1.6)
        canvas.path(d("M", x - 17, 104, "Q", x, 116, x + 17, 104), stroke=BRASS.base, width=1.3, dash="4 3")
    canvas.path(d("M", 200, 78, "V", 142), stroke=color.deep, width=1.8)
    canvas.form(rounded(216, 46, 22, 13, 1.5), Cloth(BRASS), "soft", 1)


def draw_trousers(canvas: Canvas, facts: Facts) -> None:
    """Tailored or casual trousers: leg shape, length and waist decide the look."""
    cut = _cut(facts["leg"], facts["length"])
    path = _legs_path(cut, cut.hem_y)
    elastic = facts["waist"] == "drawstring waist"
    with canvas.lifted():
        inside_waist(canvas, cut, facts.color)
        canvas.form(path, facts.cloth(0.8))
        with canvas.clip(path):
            _leg_folds(canvas, cut)
        waistband(canvas, cut, facts.color, 18 if elastic else 14, loops=not elastic)
        canvas.seam(d("M", 200, cut.top + 18, "V", cut.crotch), facts.color, 1.8)
        if elastic:
            _drawstring(canvas, cut, facts.color)
        if facts.view == "back":
            for s in SIDES:
                canvas.seam(d("M", 200 + s * 18, 92, "h", s * 32), facts.color, 2.4)
            return
        for s in SIDES:
            canvas.seam(d("M", 200 + s * 40, cut.top + 16, "L", 200 + s * (cut.hip - 2), 104), facts.color, 2)
            if not elastic:
                middle = (cut.outer + cut.inner) / 2
                canvas.path(
                    d("M", 200 + s * 36, 66, "L", 200 + s * 46, 150, "L", 200 + s * middle, cut.hem_y - 4),
                    stroke=facts.color.deep,
                    width=1.3,
                    opacity=0.5,
                )
        if not elastic:
            canvas.button(200, cut.top + 12, 3.6, facts.color)


def _drawstring(canvas: Canvas, cut: Legs, color: Color) -> None:
    for x in range(-44, 45, 8):
        canvas.path(d("M", 200 + x, cut.top + 5, "v", 13), stroke=color.deep, width=1.1, opacity=0.5)
    for s in SIDES:
        cord = d("M", 200 + s * 5, cut.top + 13, "C", 200 + s * 16, cut.top + 26, 200 + s * 8, cut.top + 44)
        canvas.path(f"{cord} {200 + s * 12} {cut.top + 60}", stroke=color.trim, width=3)


def draw_shorts(canvas: Canvas, facts: Facts) -> None:
    """Shorts, drawn larger than trousers: length and waist decide the look."""
    elastic = facts["waist"] == "drawstring waist"
    hem_y = {"short": 172, "mid-thigh": 206, "knee-length": 240}[facts["length"]]
    grow = (hem_y - 172) * 0.04
    cut = Legs(
        waist=50,
        hip=68,
        knee_outer=78 + grow,
        knee_inner=9,
        outer=81 + grow,
        inner=10,
        knee_y=hem_y - 16,
        hem_y=hem_y,
    )
    path = _legs_path(replace(cut, crotch=128), hem_y)
    with canvas.moved(dy=62 - (hem_y - 206) * 0.6, scale=1.34), canvas.lifted(6):
        inside_waist(canvas, cut, facts.color)
        canvas.form(path, facts.cloth(0.8))
        with canvas.clip(path):
            for s in SIDES:
                canvas.fold(200, 128, 200 + s * 54, 112, -s * 5, 8)
                canvas.fold(200 + s * 60, hem_y, 200 + s * 40, hem_y - 44, s * 4, 7)
            canvas.stitch(d("M", 110, hem_y - 11, "Q", 200, hem_y - 4, 290, hem_y - 11), facts.color)
        waistband(canvas, cut, facts.color, 18 if elastic else 14, loops=not elastic)
        canvas.seam(d("M", 200, cut.top + 18, "V", 128), facts.color, 1.8)
        if elastic:
            _drawstring(canvas, cut, facts.color)
        else:
            canvas.button(200, cut.top + 12, 3.6, facts.color)
        for s in SIDES:
            canvas.seam(d("M", 200 + s * 40, cut.top + 18, "L", 200 + s * 68, 100), facts.color, 2)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Apparel",
        "Jeans",
        "jeans",
        draw_jeans,
        families=4,
        price=(39, 109),
        title="{leg} {noun}",
        materials=("Denim",),
        visible={
            "leg": ("straight", "skinny", "wide leg", "flared", "tapered"),
            "length": ("full length", "cropped"),
            "wash": ("clean", "ripped"),
        },
        colors=("Blue", "Navy", "Black", "Light Blue", "White", "Grey", "Green", "Red", "Brown", "Beige"),
        sizes=_WAISTS,
        genders=("female", "male"),
        occasions=("Everyday", "Weekend"),
        views=("back", "detail"),
        detail=(105, 22, 190),
    ),
    ProductType(
        "Apparel",
        "Trousers",
        "trousers",
        draw_trousers,
        families=4,
        price=(35, 119),
        title="{leg} {material} {noun}",
        materials=("Twill", "Linen", "Wool Blend", "Corduroy", "Viscose"),
        visible={
            "leg": ("straight", "wide leg", "tapered", "slim"),
            "length": ("full length", "cropped"),
            "waist": ("buttoned waist", "drawstring waist"),
        },
        patterns=("Solid", "Pinstriped", "Checked", "Herringbone"),
        sizes=_WAISTS,
        genders=("male", "female"),
        occasions=("Work", "Everyday", "Evening"),
        views=("back", "detail"),
        detail=(105, 22, 190),
    ),
    ProductType(
        "Apparel",
        "Shorts",
        "shorts",
        draw_shorts,
        families=4,
        price=(22, 59),
        title="{material} {noun}",
        materials=("Cotton", "Linen Blend", "Twill", "Recycled Nylon"),
        visible={
            "length": ("mid-thigh", "short", "knee-length"),
            "waist": ("buttoned waist", "drawstring waist"),
        },
        patterns=("Solid", "Striped", "Floral", "Checked", "Camouflage"),
        sizes=_WAISTS,
        genders=("male", "female"),
        occasions=("Holiday", "Everyday", "Sport"),
        seasons=("Spring", "Summer"),
        views=("detail",),
        detail=(105, 60, 190),
    ),
)
