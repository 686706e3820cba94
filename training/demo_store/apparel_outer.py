"""Outerwear: jackets and padded jackets."""

from __future__ import annotations

from dataclasses import replace

from training.demo_store.canvas import Canvas
from training.demo_store.garment import SIDES, Cut, bodice, hem_band, placket, pocket, sleeve_outlines, sleeves
from training.demo_store.garment_neck import collar_back, hood_back, hood_behind, hood_rim, shirt_collar, turtleneck
from training.demo_store.outline import Outline, d
from training.demo_store.palette import COAT_COLORS, INK
from training.demo_store.product_type import Facts, ProductType

_LETTERS = ("S", "M", "L", "XL", "XXL")


def outer_cut(facts: Facts, hem_y: float, **changes: float) -> Cut:
    """A bodice for outerwear: wider than a shirt's, narrower for women."""
    female = facts.gender == "female"
    cut = Cut(
        shoulder=72 if female else 80,
        chest=64 if female else 71,
        waist=57 if female else 69,
        hem=66 if female else 71,
        hem_y=hem_y,
    )
    return replace(cut, **changes)


def draw_jacket(canvas: Canvas, facts: Facts) -> None:
    """A short jacket: closure, hood and length are seen; the material gives the surface."""
    cut = outer_cut(facts, 306)
    back, hooded = facts.view == "back", facts["hood"] == "hooded"
    zipped = facts["closure"] == "zip"
    with canvas.lifted():
        sleeves(canvas, cut, facts.cloth(), "long")
        if hooded and not back:
            hood_behind(canvas, cut, facts.cloth())
        bodice(canvas, cut, facts.cloth(), "collar", back, band=False)
        if zipped:
            hem_band(canvas, cut, facts.color)
        if back:
            _jacket_back(canvas, cut, facts, hooded)
            return
        if zipped:
            canvas.zipper(200, cut.top + (60 if hooded else 32), 200, 312, facts.color)
            for s in SIDES:
                canvas.zipper(200 + s * 30, 224, 200 + s * 48, 268, facts.color)
        else:
            placket(canvas, 112, 311, range(132, 310, 34), facts.color, 15)
            for x in (134, 222):
                pocket(canvas, x, 148, 44, 46, facts.plain(), flap=True)
            for s in SIDES:
                canvas.stitch(d("M", 200 + s * 26, 200, "L", 200 + s * 20, 308), facts.color)
        if facts.material in ("Leather", "Vegan Leather", "Suede", "Vegan Suede"):
            canvas.shine(200 - cut.chest + 12, 150, 200 - cut.waist + 14, 290, 5, 12, 0.28)
            canvas.shine(228, 120, 244, 200, -4, 9, 0.2)
        if hooded:
            hood_rim(canvas, cut, facts.cloth())
        else:
            shirt_collar(canvas, cut, facts.plain(), 1.4)


def _jacket_back(canvas: Canvas, cut: Cut, facts: Facts, hooded: bool) -> None:
    canvas.seam(d("M", 200 - cut.shoulder + 5, 130, "Q", 200, 142, 200 + cut.shoulder - 5, 130), facts.color, 2)
    for s in SIDES:
        canvas.seam(d("M", 200 + s * 34, 137, "L", 200 + s * 26, cut.hem_y), facts.color)
    if hooded:
        hood_back(canvas, cut, facts.plain())
    else:
        collar_back(canvas, cut, facts.plain())


def draw_padded_jacket(canvas: Canvas, facts: Facts) -> None:
    """A padded jacket or gilet in horizontal chambers."""
    hem_y = 330 if facts["length"] == "long" else 300
    cut = outer_cut(facts, hem_y, shoulder=80, chest=74, waist=74, hem=74)
    back, hooded = facts.view == "back", facts["hood"] == "hooded"
    with canvas.lifted():
        sleeves(canvas, cut, facts.cloth(), facts["sleeve"])
        if hooded and not back:
            hood_behind(canvas, cut, facts.cloth())
        path = bodice(canvas, cut, facts.cloth(), "collar", back, band=False)
        with canvas.clip(path):
            for y in range(int(cut.top) + 30, int(hem_y), 27):
                _chamber(canvas, cut.chest + 14, y, facts)
        if facts["sleeve"] == "long sleeve":
            _sleeve_chambers(canvas, cut, facts)
        if back:
            if hooded:
                hood_back(canvas, cut, facts.plain())
            else:
                turtleneck(canvas, replace(cut, neck=cut.neck + 4), facts.color)
            return
        canvas.zipper(200, cut.top + (58 if hooded else 4), 200, hem_y + 4, facts.color)
        for s in SIDES:
            canvas.zipper(200 + s * 38, hem_y - 78, 200 + s * 50, hem_y - 40, facts.color)
        if hooded:
            hood_rim(canvas, cut, facts.cloth())
        else:
            _stand_collar(canvas, cut, facts)


def _chamber(canvas: Canvas, half: float, y: float, facts: Facts) -> None:
    line = d(
        "M", 200 - half, y - 4, "Q", 200 - half / 2, y + 6, 200, y + 4, "Q", 200 + half / 2, y + 6, 200 + half, y - 4
    )
    canvas.path(line, stroke=INK, width=7, opacity=0.1)
    canvas.seam(line, facts.color, 1.8)
    lit = d("M", 200 - half + 12, y + 6, "Q", 200 - half / 2, y + 13, 190, y + 12)
    canvas.path(lit, stroke="#ffffff", width=4, opacity=0.16)


def _sleeve_chambers(canvas: Canvas, cut: Cut, facts: Facts) -> None:
    for s, outline in zip(SIDES, sleeve_outlines(cut, "long"), strict=True):
        with canvas.clip(outline):
            for i in range(1, 7):
                x, y = cut.shoulder + 8 + i * 5.4, cut.top + 22 + i * 29
                line = d("M", 200 + s * (x - 30), y + 12, "Q", 200 + s * x, y + 10, 200 + s * (x + 30), y - 9)
                canvas.path(line, stroke=INK, width=6, opacity=0.1)
                canvas.seam(line, facts.color, 1.6)


def _stand_collar(canvas: Canvas, cut: Cut, facts: Facts) -> None:
    n, top = cut.neck, cut.top
    for s in SIDES:
        half = (
            Outline.at(200, top + 34)
            .line(200, top + 2)
            .curve(200 + s * 14, top - 12, 200 + s * n, top - 20, 200 + s * (n + 4), top - 18)
            .curve(200 + s * (n + 8), top, 200 + s * (n + 6), top + 10, 200 + s * (n + 6), top + 12)
            .bend(200 + s * 18, top + 32, 200, top + 34)
        )
        canvas.form(half.closed(), facts.cloth())
        canvas.seam(d("M", 200, top + 18, "Q", 200 + s * 20, top + 10, 200 + s * (n + 5), top - 4), facts.color)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Apparel",
        "Jackets",
        "jacket",
        draw_jacket,
        families=5,
        price=(59, 249),
        title="{material} {noun}",
        materials=(
            "Denim",
            "Leather",
            "Vegan Leather",
            "Recycled Nylon",
            "Corduroy",
            "Suede",
            "Waxed Canvas",
            "Twill",
        ),
        visible={
            "closure": ("zip", "button"),
            "hood": ("no hood", "hooded"),
        },
        colors=COAT_COLORS,
        patterns=("Solid", "Camouflage", "Checked", "Colour-block"),
        sizes=_LETTERS,
        genders=("male", "female"),
        occasions=("Everyday", "Weekend", "Travel"),
        seasons=("Spring", "Autumn"),
        views=("back", "detail"),
        zoom=1.1,
    ),
    ProductType(
        "Apparel",
        "Padded Jackets",
        "padded jacket",
        draw_padded_jacket,
        families=4,
        price=(79, 229),
        title="{length} {material} {noun}",
        materials=("Recycled Nylon", "Down", "Recycled Polyester"),
        visible={
            "hood": ("hooded", "no hood"),
            "sleeve": ("long sleeve", "sleeveless"),
            "length": ("short", "long"),
        },
        patterns=("Solid", "Colour-block", "Camouflage"),
        sizes=_LETTERS,
        genders=("female", "male"),
        occasions=("Outdoor", "Everyday", "Travel"),
        seasons=("Autumn", "Winter"),
        views=("back", "detail"),
        zoom=1.12,
    ),
)
