"""Sneakers and running shoes, seen from the side as a pair; and how every pair is placed."""

from __future__ import annotations

from collections.abc import Callable

from training.demo_store.canvas import Canvas, Cloth
from training.demo_store.outline import Outline, d
from training.demo_store.palette import COLORS, INK, PAPER, Color, mix
from training.demo_store.product_type import Facts, ProductType

SIZES_EU = ("36", "37", "38", "39", "40", "41", "42", "43", "44")


GROUND = 306.0


_GUM = Color("Gum", "Brown", "#c08a4e", "White")


_SOLES = {"white sole": COLORS["White"], "gum sole": _GUM, "black sole": COLORS["Black"]}


def draw_pair(canvas: Canvas, facts: Facts, draw_shoe: Callable[[Canvas, Facts], None], height: float = 0) -> None:
    """One shoe behind the other, toes to the left; the back view is one shoe, toe to the right.

    ``draw_shoe`` draws a shoe on the ground at ``GROUND``, from about x = 62 to 338. ``height`` lowers tall ones.
    """
    canvas.ground_shadow(198, GROUND + height, 150, 17)
    if facts.view == "back":
        with canvas.flipped(), canvas.moved(dy=height, scale=1.06, about=(200, GROUND)):
            draw_shoe(canvas, facts)
        return
    with canvas.moved(dx=24, dy=height - 24, scale=0.92, about=(200, GROUND)):
        draw_shoe(canvas, facts)
    with canvas.moved(dx=-24, dy=height, about=(200, GROUND)):
        canvas.ground_shadow(200, GROUND, 138, 12, 0.3)
        draw_shoe(canvas, facts)


def draw_laces(canvas: Canvas, points: list[tuple[float, float]], color: str, reach: float = 17) -> None:
    """Short laces across the tongue at the given points, from the toe up."""
    for x, y in points:
        lace = d("M", x - reach * 0.62, y - reach * 0.5, "L", x + reach * 0.55, y + reach * 0.55)
        canvas.path(lace, stroke=INK, width=6.4, opacity=0.25)
        canvas.path(lace, stroke=color, width=5)
        canvas.ellipse(x + reach * 0.62, y + reach * 0.62, 2.1, fill="#e9ebee", stroke=INK, width=0.7)


def lace_color(color: Color) -> str:
    """White laces, but on white shoes grey ones."""
    return "#c9ccd3" if color.name == "White" else PAPER


def draw_sneaker(canvas: Canvas, facts: Facts) -> None:
    """A casual sneaker: height, closure and sole are seen."""
    draw_pair(canvas, facts, _sneaker, 20 if facts["height"] == "high-top" else 0)


def _sneaker(canvas: Canvas, facts: Facts) -> None:
    high = facts["height"] == "high-top"
    collar_y = 122 if high else 176
    inside = Outline.at(206, collar_y).curve(232, collar_y - 26, 292, collar_y - 28, 326, collar_y - 8)
    inside = inside.curve(300, collar_y + 24, 240, collar_y + 20, 206, collar_y)
    canvas.path(inside.closed(), mix(facts.color.base, INK, 0.5), facts.color.deep, 1.4)
    upper = (
        Outline.at(70, 276)
        .curve(66, 244, 84, 232, 116, 229)
        .curve(150, 224, 176, 206, 204, collar_y - 1)
        .line(206, collar_y)
        .curve(240, collar_y + 20, 292, collar_y + 22, 318, collar_y - 4)
        .curve(322, collar_y - 14, 330, collar_y - 6, 329, collar_y + 8)
        .curve(324, 226, 334, 240, 334, 276)
        .closed()
    )
    canvas.form(upper, facts.cloth(0.8), "down")
    with canvas.clip(upper):
        _sneaker_panels(canvas, facts, collar_y)
    rim = Outline.at(206, collar_y).curve(240, collar_y + 20, 300, collar_y + 24, 326, collar_y - 8)
    canvas.path(
        rim.curve(296, collar_y + 10, 308, collar_y, 326, collar_y - 6).open(), stroke=facts.color.deep, width=5
    )
    _sneaker_closure(canvas, facts, collar_y, high)
    flat_sole(canvas, _SOLES[facts["sole"]])


def _sneaker_panels(canvas: Canvas, facts: Facts, collar_y: float) -> None:
    color = facts.color
    toe = Outline.at(60, 280).line(60, 220).line(112, 226).curve(128, 240, 132, 262, 128, 282).closed()
    canvas.path(toe, mix(color.base, PAPER, 0.16), color.deep, 1.3)
    heel = Outline.at(344, 282).line(296, 282).curve(292, 250, 304, 214, 306, collar_y - 20).line(344, collar_y - 20)
    canvas.path(heel.closed(), color.dark, color.deep, 1.3)
    flank = Outline.at(150, 222).curve(176, 240, 206, 236, 262, 222)
    canvas.stitch(flank.curve(282, 216, 296, 214, 304, 212).open(), color)
    stripe = (
        Outline.at(176, 278).curve(206, 262, 232, 238, 244, 214).line(262, 214).curve(252, 244, 232, 266, 204, 280)
    )
    canvas.path(stripe.closed(), color.trim, opacity=0.9)
    canvas.shine(92, 240, 150, 226, -6, 9, 0.3)


def _sneaker_closure(canvas: Canvas, facts: Facts, collar_y: float, high: bool) -> None:
    color = facts.color
    if facts["closure"] == "laces":
        count = 6 if high else 4
        points = [
            (136 + (202 - 136) * (i / (count - 1)) ** 0.85, 227 + (collar_y + 6 - 227) * (i / (count - 1)) ** 1.15)
            for i in range(count)
        ]
        draw_laces(canvas, points, lace_color(color))
        return
    if facts["closure"] == "straps":
        for i in range(3 if high else 2):
            x, y = 158 + i * 26, 214 - i * 26
            strap = d("M", x - 16, y - 4, "L", x + 6, y - 16, "L", x + 44, y + 26, "L", x + 22, y + 38, "Z")
            canvas.form(strap, Cloth(color), "soft", 1.4)
            canvas.stitch(d("M", x - 8, y - 4, "L", x + 26, y + 32), color)
        return
    gusset = Outline.at(214, collar_y + 2).line(252, collar_y + 12).line(240, collar_y + 48).line(222, collar_y + 44)
    canvas.form(gusset.closed(), Cloth(color, weave="rib"), "flat", 1.3)
    canvas.path(gusset.closed(), INK, opacity=0.2)


def flat_sole(canvas: Canvas, sole: Color) -> None:
    """A thick flat sole with a welt line."""
    path = (
        Outline.at(64, 274)
        .curve(120, 268, 280, 268, 336, 270)
        .curve(342, 282, 340, 300, 332, GROUND)
        .line(84, GROUND)
        .curve(66, GROUND, 58, 292, 64, 274)
        .closed()
    )
    canvas.form(path, sole, "down")
    canvas.path(d("M", 66, 284, "C", 120, 279, 280, 279, 338, 281), stroke=sole.deep, width=1.4, opacity=0.6)
    canvas.path(d("M", 72, 301, "H", 336), stroke=sole.deep, width=2.4, opacity=0.35)


def draw_running_shoe(canvas: Canvas, facts: Facts) -> None:
    """A running shoe with a thick, curved sole and a mesh upper."""
    draw_pair(canvas, facts, _running_shoe)


def _running_shoe(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    accent = (
        COLORS[color.companion]
        if color.companion != "White"
        else COLORS["Orange" if color.family != "Red" else "Navy"]
    )
    upper = (
        Outline.at(62, 264)
        .curve(66, 240, 96, 232, 126, 226)
        .curve(160, 214, 184, 190, 206, 166)
        .line(208, 168)
        .curve(244, 200, 290, 198, 316, 162)
        .curve(322, 150, 330, 160, 328, 172)
        .curve(322, 214, 334, 236, 336, 266)
        .closed()
    )
    canvas.form(upper, Cloth(color, facts.pattern, "knit"), "down")
    with canvas.clip(upper):
        saddle = Outline.at(150, 280).curve(176, 252, 196, 226, 204, 184).line(244, 196)
        canvas.path(saddle.curve(232, 232, 236, 258, 250, 280).closed(), color.light, opacity=0.75)
        bolt = d("M", 136, 262, "L", 206, 236, "L", 196, 254, "L", 282, 228)
        canvas.path(bolt, stroke=accent.base, width=8)
        heel = Outline.at(344, 280).line(298, 280).curve(290, 240, 300, 206, 304, 150).line(344, 150).closed()
        canvas.path(heel, color.dark, color.deep, 1.3)
        canvas.path(
            Outline.at(50, 280).line(58, 226).line(98, 232).curve(112, 246, 116, 264, 112, 282).closed(), color.dark
        )
    draw_laces(canvas, [(146, 219), (164, 206), (181, 190), (197, 173)], lace_color(color))
    canvas.path(
        d("M", 208, 168, "C", 244, 200, 296, 196, 322, 158),
        stroke=color.deep,
        width=5,
    )
    _runner_sole(canvas, facts["cushioning"] == "thick cushioning", accent)


def _runner_sole(canvas: Canvas, thick: bool, accent: Color) -> None:
    top = 258 if thick else 266
    path = (
        Outline.at(56, top - 6)
        .curve(110, top + 8, 200, top + 6, 250, top - 2)
        .curve(290, top - 10, 320, top - 8, 346, top - 4)
        .curve(352, 280, 350, 298, 334, GROUND - 2)
        .curve(260, GROUND, 150, GROUND + 1, 104, GROUND)
        .curve(76, GROUND - 2, 58, 284, 56, top - 6)
        .closed()
    )
    canvas.form(path, COLORS["White"], "down")
    with canvas.clip(path):
        canvas.path(d("M", 40, 292, "C", 150, 304, 260, 296, 360, 286, "V", 320, "H", 40, "Z"), accent.base)
        canvas.path(d("M", 180, 282, "C", 230, 286, 290, 276, 350, 272), stroke="#b9bdc6", width=3)
        for x in range(96, 330, 26):
            canvas.path(d("M", x, GROUND + 2, "l", 5, -9), stroke=INK, width=3, opacity=0.4)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Footwear",
        "Sneakers",
        "sneakers",
        draw_sneaker,
        families=5,
        price=(45, 129),
        title="{material} {height} {noun}",
        materials=("Canvas", "Leather", "Suede", "Vegan Leather", "Knit Textile"),
        visible={
            "height": ("low-top", "high-top"),
            "closure": ("laces", "straps", "slip-on"),
            "sole": ("white sole", "gum sole", "black sole"),
        },
        patterns=("Solid", "Checked", "Floral", "Leopard"),
        sizes=SIZES_EU,
        genders=("unisex", "female", "male"),
        occasions=("Everyday", "Weekend"),
        views=("detail", "back"),
        detail=(90, 130, 180),
        scene="floor",
        zoom=1.02,
    ),
    ProductType(
        "Footwear",
        "Running Shoes",
        "running shoes",
        draw_running_shoe,
        families=3,
        price=(69, 159),
        title="{material} {noun}",
        materials=("Mesh", "Knit Textile", "Recycled Polyester"),
        visible={"cushioning": ("thick cushioning", "light cushioning"), "closure": ("laces",)},
        extras={"surface": ("road", "trail", "track")},
        sizes=SIZES_EU,
        genders=("female", "male"),
        occasions=("Sport",),
        seasons=("Spring", "Summer", "Autumn"),
        views=("detail", "back"),
        detail=(90, 130, 180),
        scene="floor",
        zoom=1.02,
    ),
)
