"""Dresses and jumpsuits: a fitted bodice with a skirt or legs below the waist."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, rounded
from training.demo_store.garment import SIDES, Cut, bodice, placket, sleeves
from training.demo_store.garment_neck import collar_back, shirt_collar
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK
from training.demo_store.product_type import Facts, ProductType

_LETTERS = ("XS", "S", "M", "L", "XL")
_WAIST_Y = 168
_CUT = Cut(top=46, neck=27, shoulder=53, chest=48, waist=39, waist_y=150, hem=39, hem_y=_WAIST_Y - 2, unit=0.74)
_HEMS = {"mini": 262, "midi": 322, "maxi": 372}
_SLEEVES = {"puff sleeve": ("short sleeve", "puff")}
_FLARES = {"flared": 104, "a-line": 78, "sheath": 50, "wrap": 84}


def draw_dress(canvas: Canvas, facts: Facts) -> None:
    """Length, sleeves, neckline and silhouette are all seen in the outline."""
    back = facts.view == "back"
    cloth = facts.cloth(0.85)
    hem_y = _HEMS[facts["length"]]
    shape = facts["silhouette"]
    hem = _FLARES[shape] * (0.78 + 0.22 * (hem_y - 262) / 110) if shape != "sheath" else 52
    strapped = facts["sleeve"] == "strappy"
    with canvas.moved(dy=(372 - hem_y) * 0.4), canvas.lifted():
        if strapped:
            _straps(canvas, facts)
        else:
            sleeves(canvas, _CUT, cloth, *_SLEEVES.get(facts["sleeve"], (facts["sleeve"], "straight")))
        _skirt(canvas, cloth, hem, hem_y, shape)
        if strapped:
            _bustier(canvas, cloth)
        else:
            bodice(canvas, _CUT, cloth, facts["neckline"], back)
        _waist(canvas, facts)
        if shape == "wrap" and not back:
            _wrap(canvas, cloth, hem_y)
        if back:
            canvas.zipper(200, 60 if not strapped else 84, 200, 190, facts.color)


def _straps(canvas: Canvas, facts: Facts) -> None:
    for s in SIDES:
        canvas.path(d("M", 200 + s * 31, 94, "L", 200 + s * 27, 40), stroke=facts.color.dark, width=5)
    canvas.path(d("M", 173, 40, "Q", 200, 58, 227, 40), stroke=facts.color.deep, width=4)


def _bustier(canvas: Canvas, cloth: Cloth) -> None:
    path = (
        Outline.at(200, 98)
        .curve(206, 84, 226, 80, 236, 92)
        .curve(246, 98, 248, 104, 248, 110)
        .curve(248, 128, 239, 140, 239, _WAIST_Y)
        .bend(220, _WAIST_Y + 4, 200, _WAIST_Y + 4)
        .mirrored()
    )
    canvas.form(path, cloth)
    with canvas.clip(path):
        for s in SIDES:
            canvas.fold(200 + s * 34, 96, 200 + s * 22, 162, s * 6, 9)


def _skirt(canvas: Canvas, cloth: Cloth, hem: float, hem_y: float, shape: str) -> None:
    hip, fall = 39 + (hem - 39) * 0.34, (hem_y - _WAIST_Y - 48) * 0.35
    path = (
        Outline.at(200, _WAIST_Y - 4)
        .line(239, _WAIST_Y - 4)
        .curve(246, _WAIST_Y + 14, 200 + hip, _WAIST_Y + 26, 200 + hip + 5, _WAIST_Y + 48)
        .curve(200 + hip + 10, _WAIST_Y + 48 + fall, 200 + hem - 5, hem_y - fall, 200 + hem, hem_y)
        .bend(200 + hem * 0.55, hem_y + 13, 200, hem_y + 13)
        .mirrored()
    )
    canvas.form(path, cloth)
    with canvas.clip(path):
        count = 3 if shape == "sheath" else 6
        for i in range(count):
            share = -0.8 + 1.6 * i / (count - 1)
            if abs(share) > 0.05:
                canvas.fold(200 + share * 34, _WAIST_Y + 6, 200 + share * hem, hem_y + 10, -6 * share, 13)


def _waist(canvas: Canvas, facts: Facts) -> None:
    belt = rounded(160, _WAIST_Y - 9, 80, 13, 3)
    if facts["waist"] == "belted":
        canvas.form(belt, Cloth(facts.color), "flat", 1.2)
        canvas.path(belt, INK, opacity=0.3)
        canvas.rect(192, _WAIST_Y - 11, 16, 17, 3, stroke="#d9b25c", width=3)
    else:
        canvas.seam(d("M", 161, _WAIST_Y - 2, "Q", 200, _WAIST_Y + 5, 239, _WAIST_Y - 2), facts.color, 1.8)


def _wrap(canvas: Canvas, cloth: Cloth, hem_y: float) -> None:
    """The overlapping front, and the tie at the side."""
    color = cloth.color
    canvas.seam(d("M", 221, 62, "C", 212, 100, 190, 130, 166, _WAIST_Y - 8), color, 2.2)
    canvas.seam(d("M", 168, _WAIST_Y, "C", 190, 230, 214, 280, 222, hem_y + 12), color, 2.2)
    for dx, drop in ((-12, 54), (6, 62)):
        tail = d("M", 170, _WAIST_Y - 2, "Q", 166 + dx, _WAIST_Y + 26, 168 + dx * 1.6, _WAIST_Y + drop)
        canvas.path(tail, stroke=color.dark, width=7)
    canvas.form(rounded(161, _WAIST_Y - 11, 17, 17, 6), color, "ball", 1.4)


def draw_shirt_dress(canvas: Canvas, facts: Facts) -> None:
    """A collared dress that buttons down the front."""
    cloth = facts.cloth(0.8)
    hem_y = _HEMS[facts["length"]]
    hem = 70 * (0.86 + 0.16 * (hem_y - 262) / 110)
    with canvas.moved(dy=(372 - hem_y) * 0.4), canvas.lifted():
        sleeves(canvas, _CUT, cloth, facts["sleeve"])
        _skirt(canvas, cloth, hem, hem_y, "a-line")
        bodice(canvas, _CUT, cloth, "collar", facts.view == "back", band=False)
        if facts.view == "back":
            collar_back(canvas, _CUT, cloth)
            _waist(canvas, facts)
            return
        placket(canvas, 66, hem_y + 12, range(84, hem_y, 28), facts.color, 11)
        shirt_collar(canvas, _CUT, cloth)
        _waist(canvas, facts)


def draw_jumpsuit(canvas: Canvas, facts: Facts) -> None:
    """One piece with legs: sleeves, neckline and leg shape decide the look."""
    wide = facts["leg"] == "wide leg"
    cloth = facts.cloth(0.85)
    outer, inner = (74, 8) if wide else (52, 18)
    legs = (
        Outline.at(200, _WAIST_Y - 4)
        .line(239, _WAIST_Y - 4)
        .curve(248, _WAIST_Y + 14, 254, _WAIST_Y + 34, 255, _WAIST_Y + 54)
        .curve(258, 270, 200 + outer, 320, 200 + outer, 368)
        .bend(200 + (outer + inner) / 2, 376, 200 + inner, 371)
        .curve(200 + inner - 3, 320, 206, 270, 200, 248)
        .mirrored()
    )
    with canvas.lifted():
        sleeves(canvas, _CUT, cloth, facts["sleeve"])
        canvas.form(legs, cloth)
        with canvas.clip(legs):
            for s in SIDES:
                canvas.fold(200, 246, 200 + s * 42, 228, -s * 5, 8)
                canvas.fold(200 + s * 24, 190, 200 + s * (outer - 12), 362, -s * 5, 12)
        bodice(canvas, _CUT, cloth, facts["neckline"], facts.view == "back")
        _waist(canvas, facts)
        if facts.view == "back":
            canvas.zipper(200, 58, 200, 190, facts.color)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Apparel",
        "Dresses",
        "dress",
        draw_dress,
        families=12,
        price=(39, 149),
        title="{material} {silhouette} {length} {noun}",
        materials=("Viscose", "Linen", "Cotton", "Silk", "Satin", "Chiffon", "Jersey", "Velvet"),
        visible={
            "length": ("midi", "mini", "maxi"),
            "sleeve": ("short sleeve", "sleeveless", "long sleeve", "strappy", "puff sleeve"),
            "neckline": ("scoop neck", "v-neck", "crew neck", "square neck"),
            "silhouette": ("flared", "a-line", "sheath", "wrap"),
            "waist": ("seamed waist", "belted"),
        },
        implied={
            "wrap": {"neckline": "v-neck", "waist": "tied waist"},
            "strappy": {"neckline": "sweetheart neck"},
        },
        patterns=("Solid", "Floral", "Dotted", "Striped", "Leopard", "Geometric", "Gingham"),
        sizes=_LETTERS,
        genders=("female",),
        occasions=("Party", "Everyday", "Wedding guest", "Holiday", "Evening"),
        views=("back", "detail"),
        detail=(105, 40, 190),
        zoom=1.03,
    ),
    ProductType(
        "Apparel",
        "Shirt Dresses",
        "shirt dress",
        draw_shirt_dress,
        families=3,
        price=(49, 119),
        title="{material} {length} {noun}",
        materials=("Poplin", "Linen", "Denim", "Flannel"),
        visible={
            "length": ("midi", "mini"),
            "sleeve": ("long sleeve", "short sleeve"),
            "waist": ("belted", "seamed waist"),
        },
        patterns=("Solid", "Striped", "Checked", "Floral"),
        sizes=_LETTERS,
        genders=("female",),
        occasions=("Everyday", "Work", "Holiday"),
        views=("back", "detail"),
        detail=(105, 40, 190),
        zoom=1.03,
    ),
    ProductType(
        "Apparel",
        "Jumpsuits",
        "jumpsuit",
        draw_jumpsuit,
        families=3,
        price=(55, 139),
        title="{material} {leg} {noun}",
        materials=("Viscose", "Linen", "Denim", "Satin"),
        visible={
            "leg": ("wide leg", "tapered leg"),
            "sleeve": ("short sleeve", "sleeveless", "long sleeve"),
            "neckline": ("v-neck", "crew neck", "square neck"),
            "waist": ("belted", "seamed waist"),
        },
        patterns=("Solid", "Floral", "Pinstriped"),
        sizes=_LETTERS,
        genders=("female",),
        occasions=("Party", "Work", "Evening"),
        views=("back", "detail"),
        detail=(105, 40, 190),
        zoom=1.03,
    ),
)
