"""Outerwear: jackets, padded jackets, blazers, coats and gilets."""

from __future__ import annotations

from dataclasses import replace

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.garment import (
    SIDES,
    Cut,
    bodice,
    collar_back,
    hem_band,
    hood_back,
    hood_behind,
    hood_rim,
    lapels,
    placket,
    pocket,
    shirt_collar,
    sleeve_outlines,
    sleeves,
    turtleneck,
)
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK
from training.demo_store.product_type import Facts, ProductType

_LETTERS = ("S", "M", "L", "XL", "XXL")


def _cut(facts: Facts, hem_y: float, **changes: float) -> Cut:
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
    cut = _cut(facts, 306)
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
    cut = _cut(facts, hem_y, shoulder=80, chest=74, waist=74, hem=74)
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


def draw_blazer(canvas: Canvas, facts: Facts) -> None:
    """A tailored jacket with lapels; one row of buttons or two."""
    cut = _cut(facts, 322, hem=72)
    back, double = facts.view == "back", facts["closure"] == "double-breasted"
    cloth = facts.cloth(0.75)
    with canvas.lifted():
        sleeves(canvas, cut, cloth, "long", cuff=False)
        bodice(canvas, cut, cloth, "deep v", back, band=False)
        if back:
            canvas.seam(d("M", 200, 90, "V", 326), facts.color, 1.8)
            collar_back(canvas, cut, cloth)
            return
        _blazer_front(canvas, cut, facts, double)
        lapels(canvas, cut, cloth, 116)
        canvas.form(d("M", 226, 160, "l", 30, -4, "l", 1, 7, "l", -30, 4, "Z"), facts.plain(), "flat", 1)


def _blazer_front(canvas: Canvas, cut: Cut, facts: Facts, double: bool) -> None:
    edge = d("M", 214 if double else 197, 198, "C", 214 if double else 197, 260, 206, 304, 190, 330)
    canvas.seam(edge, facts.color, 2)
    for y in (216, 250) if double else (210, 246):
        for x in (180, 222) if double else (204,):
            canvas.button(x, y, 5, facts.color)
    for s in SIDES:
        flap = d("M", 200 + s * 26, 262, "L", 200 + s * 62, 256, "l", s * 1, 13, "L", 200 + s * 27, 275, "Z")
        canvas.form(flap, facts.plain(), "flat", 1.3)
        canvas.seam(d("M", 200 + s * 36, 168, "Q", 200 + s * 28, 220, 200 + s * 34, 258), facts.color)


def draw_coat(canvas: Canvas, facts: Facts) -> None:
    """A long coat, drawn smaller: closure, hood, belt and length are seen."""
    hem_y = 372 if facts["length"] == "long" else 318
    cut = Cut(
        top=46,
        neck=28,
        shoulder=66,
        chest=58,
        waist=55,
        waist_y=176,
        hem=84 if hem_y > 330 else 74,
        hem_y=hem_y,
        unit=0.88,
    )
    back, hooded = facts.view == "back", facts["hood"] == "hooded"
    cloth = facts.cloth(0.85)
    with canvas.moved(dy=(372 - hem_y) * 0.5), canvas.lifted():
        sleeves(canvas, cut, cloth, "long")
        if hooded and not back:
            hood_behind(canvas, cut, cloth)
        bodice(canvas, cut, cloth, "collar" if hooded else "deep v", back, band=False)
        for s in SIDES:
            canvas.fold(200 + s * 30, 190, 200 + s * 52, hem_y, -s * 6, 14)
        if not back:
            _coat_front(canvas, cut, facts, hooded)
        if facts["closure"] == "belted":
            _coat_belt(canvas, facts, back)
        if back:
            canvas.seam(d("M", 200, 70, "V", hem_y + 4), facts.color, 1.8)
            if hooded:
                hood_back(canvas, cut, cloth)
            else:
                collar_back(canvas, cut, cloth)


def _coat_front(canvas: Canvas, cut: Cut, facts: Facts, hooded: bool) -> None:
    double = facts["closure"] == "double-breasted"
    canvas.seam(d("M", 212 if double else 200, cut.top + 84, "V", cut.hem_y + 4), facts.color, 2)
    if facts["closure"] == "zip":
        canvas.zipper(200, cut.top + (52 if hooded else 98), 200, cut.hem_y + 3, facts.color)
    elif facts["closure"] != "belted":
        for y in range(158, int(cut.hem_y) - 70, 36):
            for x in (184, 222) if double else (206,):
                canvas.button(x, y, 5, facts.color)
    for s in SIDES:
        slit = d("M", 200 + s * 26, 232, "L", 200 + s * 46, 222, "l", s * 4, 9, "L", 200 + s * 30, 241, "Z")
        canvas.form(slit, facts.plain(), "flat", 1.3)
    if hooded:
        hood_rim(canvas, cut, facts.cloth())
    else:
        lapels(canvas, cut, facts.cloth(0.85), 100)


def _coat_belt(canvas: Canvas, facts: Facts, back: bool) -> None:
    band = rounded(147, 170, 106, 15, 3)
    canvas.form(band, Cloth(facts.color), "flat", 1.3)
    canvas.path(band, INK, opacity=0.16)
    if not back:
        for dx in (-7, 9):
            tail = d("M", 190, 182, "Q", 186 + dx, 214, 190 + dx * 1.5, 246)
            canvas.path(tail, stroke=facts.color.deep, width=11)
            canvas.path(tail, stroke=facts.color.dark, width=8.5)
        canvas.form(rounded(180, 168, 20, 19, 6), facts.color, "ball")


def draw_gilet(canvas: Canvas, facts: Facts) -> None:
    """A sleeveless knitted or quilted waistcoat with buttons or a zip."""
    cut = _cut(facts, 308)
    cloth = Cloth(facts.color, facts.pattern, "quilt" if facts["surface"] == "quilted" else facts.cloth().weave)
    back = facts.view == "back"
    with canvas.lifted():
        bodice(canvas, cut, cloth, "v-neck", back)
        for s in SIDES:
            arm = Outline.at(200 + s * cut.shoulder, cut.shoulder_y).curve(
                *(200 + s * (cut.shoulder - 8), cut.top + 40, 200 + s * (cut.chest - 6), cut.top + 60),
                *(200 + s * cut.chest, cut.armpit_y),
            )
            canvas.path(arm.open(), stroke=facts.color.dark, width=7)
        if back:
            return
        if facts["closure"] == "zip":
            canvas.zipper(200, cut.top + 66, 200, 312, facts.color)
        else:
            placket(canvas, cut.top + 66, 313, range(170, 310, 32), facts.color)
        for s in SIDES:
            canvas.form(rounded(200 + s * 40 - 18, 244, 36, 9, 3), facts.color, "flat", 1.3)


_CLOTH_COLORS = (
    "Black",
    "Navy",
    "Olive",
    "Brown",
    "Red",
    "Blue",
    "Green",
    "Beige",
    "Grey",
    "Burgundy",
    "Yellow",
    "Teal",
)

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
        colors=_CLOTH_COLORS,
        patterns=("Solid", "Camouflage", "Checked", "Colour-block"),
        sizes=_LETTERS,
        genders=("male", "female"),
        occasions=("Everyday", "Weekend", "Travel"),
        seasons=("Spring", "Autumn"),
        views=("back", "detail"),
        zoom=1.17,
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
    ProductType(
        "Apparel",
        "Blazers",
        "blazer",
        draw_blazer,
        families=5,
        price=(89, 219),
        title="{closure} {material} {noun}",
        materials=("Wool Blend", "Linen", "Twill", "Velvet", "Tweed"),
        visible={"closure": ("single-breasted", "double-breasted")},
        patterns=("Solid", "Pinstriped", "Herringbone", "Checked"),
        sizes=_LETTERS,
        genders=("male", "female"),
        occasions=("Work", "Evening", "Wedding guest"),
        views=("back", "detail"),
        zoom=1.14,
    ),
    ProductType(
        "Apparel",
        "Coats",
        "coat",
        draw_coat,
        families=5,
        price=(109, 329),
        title="{length} {material} {noun}",
        materials=("Wool Blend", "Wool", "Twill", "Recycled Polyester", "Tweed"),
        visible={
            "closure": ("single-breasted", "double-breasted", "belted", "zip"),
            "length": ("long", "mid-length"),
            "hood": ("no hood", "hooded"),
        },
        colors=_CLOTH_COLORS,
        patterns=("Solid", "Herringbone", "Checked"),
        sizes=_LETTERS,
        genders=("female", "male"),
        occasions=("Work", "Everyday", "Evening"),
        seasons=("Autumn", "Winter"),
        views=("back", "detail"),
        detail=(105, 40, 190),
    ),
    ProductType(
        "Apparel",
        "Waistcoats",
        "waistcoat",
        draw_gilet,
        families=3,
        price=(39, 109),
        title="{surface} {material} {noun}",
        materials=("Wool Blend", "Lambswool", "Recycled Polyester", "Fleece"),
        visible={"closure": ("button", "zip"), "surface": ("quilted", "plain")},
        patterns=("Solid", "Fair Isle", "Herringbone"),
        sizes=_LETTERS,
        genders=("male", "female"),
        occasions=("Weekend", "Work", "Everyday"),
        seasons=("Autumn", "Winter", "Spring"),
        views=("back", "detail"),
        zoom=1.17,
    ),
)
