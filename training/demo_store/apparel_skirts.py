"""Skirts, from waist to hem."""

from __future__ import annotations

from training.demo_store.apparel_bottoms import Legs, inside_waist, waistband
from training.demo_store.canvas import Canvas
from training.demo_store.garment import SIDES
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, Color
from training.demo_store.product_type import Facts, ProductType

_LETTERS = ("XS", "S", "M", "L", "XL")


_SKIRTS: dict[str, tuple[float, float]] = {
    "a-line": (96, 60),
    "pleated": (104, 56),
    "pencil": (56, 66),
    "full": (128, 62),
}


def draw_skirt(canvas: Canvas, facts: Facts) -> None:
    """A skirt from waist to hem: shape and length decide the look."""
    hem, hip = _SKIRTS[facts["shape"]]
    hem_y = {"mini": 236, "midi": 312, "maxi": 362}[facts["length"]]
    top, waist = 70, 44
    hem = hem * (0.84 + (hem_y - 236) / 700) if hem > 60 else hem
    path = (
        Outline.at(200, top + 4)
        .bend(200 + waist * 0.6, top + 3, 200 + waist, top)
        .curve(200 + waist + 6, top + 26, 200 + hip, top + 40, 200 + hip + (hem - hip) * 0.35, top + 76)
        .line(200 + hem, hem_y)
        .bend(200 + hem * 0.55, hem_y + 14, 200, hem_y + 14)
        .mirrored()
    )
    with canvas.moved(dy=(312 - hem_y) * 0.42), canvas.lifted():
        canvas.form(path, facts.cloth())
        with canvas.clip(path):
            _skirt_folds(canvas, facts["shape"], hem, hem_y, top)
        cut = Legs(waist=waist, top=top)
        inside_waist(canvas, cut, facts.color)
        waistband(canvas, cut, facts.color, 16, loops=False)
        if facts.view == "back":
            canvas.zipper(200, top + 8, 200, top + 62, facts.color)


def _skirt_folds(canvas: Canvas, shape: str, hem: float, hem_y: float, top: float) -> None:
    if shape == "pencil":
        canvas.seam(d("M", 200 + 22, hem_y - 52, "L", 200 + 24, hem_y + 14), Color("", "", "#555555", ""), 2)
        for s in SIDES:
            canvas.fold(200 + s * 60, top + 74, 200 + s * 14, top + 84, s * 4, 8)
        return
    count = {"pleated": 9, "full": 6, "a-line": 4}[shape]
    for i in range(count):
        share = -0.86 + 1.72 * i / (count - 1)
        x1, x2 = 200 + share * 40, 200 + share * hem
        if shape == "pleated":
            canvas.path(d("M", x1, top + 14, "L", x2, hem_y + 14, "h", hem * 0.085, "Z"), INK, opacity=0.2)
            canvas.path(d("M", x1, top + 14, "L", x2, hem_y + 14, "h", -hem * 0.06, "Z"), "#ffffff", opacity=0.14)
        else:
            canvas.fold(x1, top + 30, x2, hem_y + 12, 6 if share < 0 else -6, 16)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Apparel",
        "Skirts",
        "skirt",
        draw_skirt,
        families=4,
        price=(29, 89),
        title="{shape} {length} {noun}",
        materials=("Viscose", "Satin", "Linen", "Denim", "Wool Blend", "Vegan Leather", "Leather"),
        visible={
            "length": ("midi", "mini", "maxi"),
            "shape": ("a-line", "pleated", "pencil", "full"),
        },
        patterns=("Solid", "Floral", "Checked", "Dotted", "Leopard", "Geometric"),
        sizes=_LETTERS,
        genders=("female",),
        occasions=("Everyday", "Work", "Party"),
        views=("back", "detail"),
        detail=(105, 50, 190),
    ),
)
