"""Tops: t-shirts, shirts, blouses, sweaters, cardigans and hoodies."""

from __future__ import annotations

from dataclasses import replace

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.garment import SIDES, Cut, bodice, hem_band, placket, pocket, sleeves
from training.demo_store.garment_neck import (
    collar_back,
    drawstrings,
    hood_back,
    hood_behind,
    hood_rim,
    shirt_collar,
    turtleneck,
)
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, mix
from training.demo_store.product_type import Facts, ProductType

_LETTERS = ("XS", "S", "M", "L", "XL")
_FITS = {"slim fit": -5, "regular fit": 0, "relaxed fit": 6, "oversized fit": 11}


def _cut(facts: Facts, hem_y: float = 324, **changes: float) -> Cut:
    """A bodice for the product's gender: women's cuts are narrower at shoulder and waist."""
    female = facts.gender == "female"
    wide = _FITS[facts.visible.get("fit", "regular fit")]
    cut = Cut(
        shoulder=(68 if female else 77) + wide * 0.7,
        chest=(60 if female else 68) + wide,
        waist=(53 if female else 66) + wide,
        hem=(60 if female else 67) + wide,
        hem_y=hem_y,
    )
    return replace(cut, **changes)


def draw_t_shirt(canvas: Canvas, facts: Facts) -> None:
    """A jersey tee: neckline, sleeve length and fit decide the shape."""
    cut = _cut(facts, 326)
    back = facts.view == "back"
    with canvas.lifted():
        sleeves(canvas, cut, facts.cloth(), facts["sleeve"])
        bodice(canvas, cut, facts.cloth(), facts["neckline"], back)
        line = d("M", 200 - cut.hem + 2, cut.hem_y - 7, "Q", 200, cut.hem_y + 3, 200 + cut.hem - 2, cut.hem_y - 7)
        canvas.stitch(line, facts.color)


def draw_shirt(canvas: Canvas, facts: Facts) -> None:
    """A woven button-down shirt with collar, placket, chest pocket and curved hem."""
    cut = _cut(facts, 330)
    back = facts.view == "back"
    cloth = facts.cloth(0.8)
    with canvas.lifted():
        sleeves(canvas, cut, cloth, facts["sleeve"])
        bodice(canvas, cut, cloth, "collar", back, band=False)
        if back:
            yoke = d("M", 200 - cut.shoulder + 4, 122, "Q", 200, 138, 200 + cut.shoulder - 4, 122)
            canvas.seam(yoke, facts.color)
            collar_back(canvas, cut, cloth)
            canvas.fold(200, 132, 200, 320, 3, 8)
            return
        placket(canvas, 108, 334, range(128, 320, 32), facts.color)
        if facts["collar"] == "band collar":
            _band_collar(canvas, cut, facts.plain())
        else:
            shirt_collar(canvas, cut, cloth)
        pocket(canvas, 222, 146, 34, 40, cloth)


def _band_collar(canvas: Canvas, cut: Cut, cloth: Cloth) -> None:
    top, n = cut.top, cut.neck
    inside = Outline.at(200, top - 6).bend(200 + n * 0.8, top - 6, 200 + n, top).line(200, top + 30).mirrored()
    canvas.path(inside, mix(cloth.color.base, INK, 0.36))
    for s in SIDES:
        band = (
            Outline.at(200 + s * (n - 4), top - 12)
            .bend(200 + s * (n + 5), top - 4, 200 + s * (n + 3), top + 4)
            .bend(200 + s * n * 0.7, top + 28, 200 - s * 2, top + 36)
            .line(200 - s * 2, top + 24)
            .bend(200 + s * n * 0.6, top + 14, 200 + s * (n - 4), top - 12)
        )
        canvas.form(band.closed(), cloth)


def draw_blouse(canvas: Canvas, facts: Facts) -> None:
    """A light blouse: sleeve shape and neckline carry the look, with gathers and a soft hem."""
    cut = _cut(facts, 306, shoulder=64, chest=60, waist=57, hem=70)
    shape = {"puff": "puff", "balloon": "balloon", "bell": "bell"}.get(facts["sleeve"].split()[0], "straight")
    length = {"puff": "short", "balloon": "long", "bell": "three-quarter"}.get(shape, facts["sleeve"])
    tie = facts["neckline"] == "tie neck"
    with canvas.lifted():
        sleeves(canvas, cut, facts.cloth(0.85), length, shape, cuff=shape != "bell")
        bodice(canvas, cut, facts.cloth(0.85), "crew neck" if tie else facts["neckline"], facts.view == "back")
        for x in range(-48, 49, 16):
            canvas.fold(200 + x * 0.82, 236, 200 + x * 1.2, 306, 2, 6)
        if tie and facts.view != "back":
            _bow(canvas, facts.plain(), 112)


def _bow(canvas: Canvas, cloth: Cloth, y: float) -> None:
    for s in SIDES:
        tail = d("M", 200, y, "C", 200 + s * 6, y + 30, 200 + s * 22, y + 50, 200 + s * 18, y + 92)
        canvas.form(f"{tail} l {s * 15} -5 C {200 + s * 36} {y + 50} {200 + s * 22} {y + 20} 200 {y} Z", cloth)
        loop = d("M", 200, y, "C", 200 + s * 20, y - 26, 200 + s * 50, y - 20, 200 + s * 46, y + 2)
        canvas.form(f"{loop} C {200 + s * 44} {y + 20} {200 + s * 18} {y + 14} 200 {y} Z", cloth)
    canvas.form(rounded(192, y - 8, 16, 17, 6), cloth, "ball")


def draw_sweater(canvas: Canvas, facts: Facts) -> None:
    """A knitted pullover with ribbed cuffs and hem."""
    cut = _cut(facts, 318)
    back = facts.view == "back"
    cloth = facts.cloth()
    if facts["knit"] == "cable knit" and facts.pattern == "Solid":
        cloth = Cloth(facts.color, weave="cable")
    elif facts["knit"] == "ribbed knit" and facts.pattern == "Solid":
        cloth = Cloth(facts.color, weave="rib")
    with canvas.lifted():
        sleeves(canvas, cut, cloth, facts["sleeve"])
        bodice(canvas, cut, cloth, facts["neckline"], back)
        hem_band(canvas, cut, facts.color)
        if facts["neckline"] == "turtleneck":
            turtleneck(canvas, cut, facts.color)


def draw_cardigan(canvas: Canvas, facts: Facts) -> None:
    """A knitted jacket with a deep v-neck, or a crew neck, and a button band."""
    cut = _cut(facts, 318)
    back = facts.view == "back"
    with canvas.lifted():
        sleeves(canvas, cut, facts.cloth(), "long")
        bodice(canvas, cut, facts.cloth(), "deep v" if facts["neckline"] == "v-neck" else "crew neck", back)
        hem_band(canvas, cut, facts.color)
        if back:
            return
        start = cut.top + (112 if facts["neckline"] == "v-neck" else 26)
        canvas.form(rounded(192, start, 16, 326 - start, 2), Cloth(facts.color, weave="rib"), "flat")
        for y in range(int(start) + 12, 320, 30):
            canvas.button(200, y, 4, facts.color)
        for s in SIDES:
            canvas.form(rounded(200 + s * 40 - 17, 262, 34, 36, 3), facts.plain(), "soft", 1.2)
            canvas.form(rounded(200 + s * 40 - 18, 258, 36, 8, 3), Cloth(facts.color, weave="rib"), "flat", 1.2)


def draw_hoodie(canvas: Canvas, facts: Facts) -> None:
    """A sweatshirt with or without its hood, pulled over or zipped."""
    cut = _cut(facts, 320)
    back, hooded = facts.view == "back", facts["hood"] == "hooded"
    with canvas.lifted():
        sleeves(canvas, cut, facts.cloth(), "long")
        if hooded and not back:
            hood_behind(canvas, cut, facts.cloth())
        bodice(canvas, cut, facts.cloth(), "collar" if hooded else "crew neck", back, band=not hooded)
        hem_band(canvas, cut, facts.color)
        if back:
            if hooded:
                hood_back(canvas, cut, facts.plain())
            return
        _kangaroo_pocket(canvas, facts)
        zipped = facts["closure"] == "zip"
        if zipped:
            canvas.zipper(200, cut.top + (62 if hooded else 30), 200, 326, facts.color)
        if hooded:
            hood_rim(canvas, cut, facts.cloth())
            drawstrings(canvas, cut, facts.color)


def _kangaroo_pocket(canvas: Canvas, facts: Facts) -> None:
    path = Outline.at(200, 244).line(230, 244).bend(236, 268, 252, 280).line(252, 306).line(200, 308).mirrored()
    canvas.form(path, facts.plain())
    for s in SIDES:
        canvas.stitch(d("M", 200 + s * 28, 248, "Q", 200 + s * 34, 270, 200 + s * 48, 282), facts.color)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Apparel",
        "T-Shirts",
        "t-shirt",
        draw_t_shirt,
        families=4,
        price=(14, 38),
        title="{material} {neckline} {noun}",
        materials=("Cotton", "Organic Cotton", "Linen Blend", "Jersey"),
        visible={
            "sleeve": ("short sleeve", "long sleeve", "sleeveless"),
            "neckline": ("crew neck", "v-neck", "scoop neck"),
            "fit": ("regular fit", "slim fit", "oversized fit"),
        },
        patterns=("Solid", "Striped", "Dotted", "Camouflage", "Colour-block"),
        sizes=_LETTERS,
        genders=("female", "male"),
        occasions=("Everyday", "Holiday", "Weekend"),
        views=("back", "detail"),
        zoom=1.17,
    ),
    ProductType(
        "Apparel",
        "Shirts",
        "shirt",
        draw_shirt,
        families=4,
        price=(32, 79),
        title="{material} {noun}",
        materials=("Poplin", "Oxford Cotton", "Linen", "Flannel", "Denim"),
        visible={
            "sleeve": ("long sleeve", "short sleeve"),
            "collar": ("pointed collar", "band collar"),
            "fit": ("regular fit", "slim fit", "relaxed fit"),
        },
        patterns=("Solid", "Checked", "Striped", "Gingham", "Pinstriped"),
        sizes=_LETTERS,
        genders=("male", "female"),
        occasions=("Work", "Everyday", "Evening"),
        views=("back", "detail"),
        zoom=1.17,
    ),
    ProductType(
        "Apparel",
        "Blouses",
        "blouse",
        draw_blouse,
        families=4,
        price=(29, 85),
        title="{material} {neckline} {noun}",
        materials=("Viscose", "Silk", "Satin", "Chiffon", "Recycled Polyester"),
        visible={
            "sleeve": ("long sleeve", "puff sleeve", "balloon sleeve", "bell sleeve", "sleeveless"),
            "neckline": ("tie neck", "v-neck", "square neck", "boat neck"),
        },
        patterns=("Solid", "Floral", "Dotted", "Geometric", "Leopard"),
        sizes=_LETTERS,
        genders=("female",),
        occasions=("Work", "Evening", "Party"),
        views=("back", "detail"),
        zoom=1.17,
    ),
    ProductType(
        "Apparel",
        "Sweaters",
        "sweater",
        draw_sweater,
        families=4,
        price=(39, 129),
        title="{neckline} {material} {noun}",
        materials=("Merino Wool", "Lambswool", "Cashmere", "Cotton Knit", "Acrylic Knit"),
        visible={
            "neckline": ("crew neck", "turtleneck", "v-neck"),
            "knit": ("fine knit", "cable knit", "ribbed knit"),
            "sleeve": ("long sleeve", "short sleeve"),
        },
        patterns=("Solid", "Fair Isle", "Striped", "Geometric", "Colour-block"),
        sizes=_LETTERS,
        genders=("female", "male"),
        occasions=("Everyday", "Work", "Weekend"),
        views=("back", "detail"),
        zoom=1.17,
    ),
    ProductType(
        "Apparel",
        "Cardigans",
        "cardigan",
        draw_cardigan,
        families=4,
        price=(45, 119),
        title="{material} {neckline} {noun}",
        materials=("Merino Wool", "Cashmere", "Cotton Knit", "Acrylic Knit"),
        visible={
            "sleeve": ("long sleeve",),
            "neckline": ("v-neck", "crew neck"),
            "fit": ("regular fit", "oversized fit"),
        },
        patterns=("Solid", "Striped", "Fair Isle"),
        sizes=_LETTERS,
        genders=("female", "male"),
        occasions=("Everyday", "Work"),
        views=("back", "detail"),
        zoom=1.17,
    ),
    ProductType(
        "Apparel",
        "Hoodies & Sweatshirts",
        "hoodie",
        draw_hoodie,
        families=4,
        price=(35, 89),
        title="{material} {noun}",
        materials=("French Terry", "Fleece", "Organic Cotton"),
        visible={
            "sleeve": ("long sleeve",),
            "hood": ("hooded", "no hood"),
            "closure": ("pullover", "zip"),
            "fit": ("regular fit", "oversized fit"),
        },
        renamed={"no hood": "sweatshirt"},
        patterns=("Solid", "Striped", "Camouflage", "Colour-block"),
        sizes=_LETTERS,
        genders=("unisex", "male", "female"),
        occasions=("Everyday", "Sport", "Weekend"),
        views=("back", "detail"),
        zoom=1.1,
    ),
)
