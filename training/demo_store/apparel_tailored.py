"""Tailored outerwear: blazers, coats and waistcoats."""

from __future__ import annotations

from training.demo_store.apparel_outer import outer_cut
from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.garment import SIDES, Cut, bodice, placket, sleeves
from training.demo_store.garment_neck import collar_back, hood_back, hood_behind, hood_rim, lapels
from training.demo_store.outline import Outline, d
from training.demo_store.palette import COAT_COLORS, INK
from training.demo_store.product_type import Facts, ProductType

_LETTERS = ("S", "M", "L", "XL", "XXL")


def draw_blazer(canvas: Canvas, facts: Facts) -> None:
    """A tailored jacket with lapels; one row of buttons or two."""
    cut = outer_cut(facts, 322, hem=72)
    back, double = facts.view == "back", facts["closure"] == "double-breasted"
    cloth = facts.cloth(0.75)
    with canvas.lifted():
        sleeves(canvas, cut, cloth, "long", cuff=False)
        bodice(canvas, cut, cloth, "deep v", back, band=False)
        if back:
            canvas.seam(d("M", 200, 90, "V", 326), facts.color, 1.8)
            collar_back(canvas, cut, cloth)
            return
        _blazer_front(canvas, facts, double)
        lapels(canvas, cut, cloth, 116)
        canvas.form(d("M", 226, 160, "l", 30, -4, "l", 1, 7, "l", -30, 4, "Z"), facts.plain(), "flat", 1)


def _blazer_front(canvas: Canvas, facts: Facts, double: bool) -> None:
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
    cut = outer_cut(facts, 308)
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


TYPES: tuple[ProductType, ...] = (
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
        colors=COAT_COLORS,
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
