"""Accessories that are worn: belts, beanies, caps, sun hats, scarves and gloves."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, COLORS, INK, METAL, PAPER, Color, mix
from training.demo_store.product_type import Facts, ProductType

_METALS = {"silver": METAL, "gold": BRASS, "black": COLORS["Black"]}


def draw_belt(canvas: Canvas, facts: Facts) -> None:
    """A belt rolled up, buckle in front: width, weave and buckle are seen."""
    wide = 62 if facts["width"] == "wide" else 40
    color, y = facts.color, 200
    with canvas.lifted(7):
        for rx, shade in ((116, 0.36), (98, 0.46)):
            band = d("M", 200 - rx, y - 26, "A", rx, 50, 0, 0, 1, 200 + rx, y - 26, "v", wide)
            canvas.path(
                f"{band} A {rx} 50 0 0 0 {200 - rx} {y - 26 + wide} Z", mix(color.base, INK, shade), color.deep, 1.4
            )
        front = Outline.at(84, y - 26).curve(92, y + 40, 308, y + 40, 316, y - 26).line(316, y - 26 + wide)
        path = front.curve(308, y + 40 + wide, 92, y + 40 + wide, 84, y - 26 + wide).closed()
        canvas.form(path, facts.cloth(), "round")
        with canvas.clip(path):
            if facts["finish"] == "braided":
                _braid(canvas, color, y, wide)
            else:
                for dy in (7, wide - 7):
                    canvas.stitch(
                        d("M", 84, y - 26 + dy, "C", 92, y + 40 + dy, 308, y + 40 + dy, 316, y - 26 + dy), color
                    )
        middle = y + 24 + wide / 2
        metal = _METALS[facts["buckle"]]
        canvas.rect(164, middle - wide * 0.62, 72, wide * 1.24, 9, stroke=metal.deep, width=11)
        canvas.rect(164, middle - wide * 0.62, 72, wide * 1.24, 9, stroke=metal.base, width=8)
        canvas.path(d("M", 164, middle, "H", 232), stroke=metal.dark, width=6)
        for x in (262, 284):
            canvas.ellipse(x, middle - 4 - (x - 262) * 0.3, 3, fill=INK, opacity=0.6)


def _braid(canvas: Canvas, color: Color, y: float, wide: float) -> None:
    for x in range(70, 330, 17):
        canvas.path(d("M", x, y - 40, "l", 30, wide + 110), stroke=color.deep, width=2.4, opacity=0.6)
        canvas.path(d("M", x + 30, y - 40, "l", -30, wide + 110), stroke=color.lighter, width=1.8, opacity=0.45)


def draw_beanie(canvas: Canvas, facts: Facts) -> None:
    """A knitted cap: cuff and bobble are seen."""
    color = facts.color
    cloth = Cloth(
        color,
        facts.pattern,
        "cable" if facts["knit"] == "cable knit" else "rib" if facts["knit"] == "ribbed knit" else "knit",
    )
    with canvas.lifted():
        if facts["bobble"] == "with bobble":
            bobble = mix(color.base, PAPER, 0.45)
            for x, y, r in ((200, 74, 36), (176, 82, 20), (224, 84, 20), (186, 56, 20), (216, 58, 20)):
                canvas.ellipse(x, y, r, fill=bobble)
            canvas.path(
                ellipse(200, 72, 38), canvas.glow(mix(color.base, PAPER, 0.6), mix(color.base, INK, 0.08), 0.4, 0.35)
            )
        dome = Outline.at(200, 100).curve(270, 100, 308, 170, 310, 292).bend(260, 306, 200, 306).mirrored()
        canvas.form(dome, cloth, "round")
        with canvas.clip(dome):
            for x in (-60, -24, 24, 60):
                canvas.fold(200 + x * 0.2, 104, 200 + x * 1.3, 250, 7 if x < 0 else -7, 8)
        if facts["cuff"] == "folded cuff":
            cuff = (
                Outline.at(200, 252)
                .bend(260, 252, 314, 240)
                .bend(322, 276, 314, 306)
                .bend(260, 320, 200, 320)
                .mirrored()
            )
            canvas.form(cuff, Cloth(color, weave="rib"), "round")
            canvas.form(rounded(216, 270, 44, 26, 3), COLORS["Brown"], "soft", 1)


def draw_cap(canvas: Canvas, facts: Facts) -> None:
    """A baseball or flat-brim cap in three-quarter view."""
    color, flat = facts.color, facts["brim"] == "flat brim"
    with canvas.lifted():
        crown = Outline.at(112, 258).curve(100, 150, 150, 104, 214, 104).curve(284, 106, 314, 170, 312, 252)
        path = crown.curve(250, 276, 170, 276, 112, 258).closed()
        canvas.form(path, facts.cloth(), "ball")
        with canvas.clip(path):
            for x in (150, 214, 280):
                canvas.seam(d("M", 214, 104, "C", x, 140, x - 6, 210, x - 10, 270), color)
            if facts["front"] == "patch":
                canvas.form(rounded(140, 190, 62, 46, 8), COLORS[color.companion], "flat", 1.3)
                canvas.path(d("M", 148, 226, "l", 16, -22, "l", 10, 12, "l", 8, -9, "l", 12, 19, "Z"), color.deep)
        canvas.ellipse(214, 104, 10, 6, color.dark, color.deep)
        brim = Outline.at(104, 244).curve(150, 274, 236, 278, 300, 254)
        if flat:
            brim = brim.curve(262, 312, 120, 322, 46, 296).curve(44, 276, 74, 254, 104, 244)
        else:
            brim = brim.curve(262, 322, 130, 344, 60, 312).curve(46, 296, 74, 256, 104, 244)
        canvas.form(brim.closed(), facts.plain(), "down")
        for i in range(3):
            canvas.stitch(
                d("M", 84 - i * 10, 264 + i * 10, "C", 150, 294 + i * 7, 230, 300 + i * 6, 286, 276 + i * 7), color
            )


def draw_sun_hat(canvas: Canvas, facts: Facts) -> None:
    """A hat with a brim all round and a band: crown, brim width and band are seen."""
    color = facts.color
    reach = 158 if facts["brim"] == "wide brim" else 124
    band = (
        COLORS[color.companion]
        if COLORS[color.companion].name != "White"
        else COLORS["Black" if color.is_dark is False else "Beige"]
    )
    with canvas.lifted():
        canvas.form(ellipse(200, 250, reach, reach * 0.36), facts.cloth(), "down")
        canvas.path(ellipse(200, 246, 96, 30), INK, opacity=0.16)
        top = 112 if facts["crown"] == "tall crown" else 142
        crown = Outline.at(200, top + (10 if facts["crown"] == "tall crown" else 0))
        crown = crown.curve(226, top - 8, 262, top - 4, 274, top + 36).curve(284, 190, 286, 220, 288, 244)
        path = crown.bend(252, 272, 200, 272).mirrored()
        canvas.form(path, facts.cloth(), "round")
        with canvas.clip(path):
            if facts["band"] == "ribbon band":
                ribbon = d("M", 100, 214, "Q", 200, 250, 300, 214, "L", 304, 242, "Q", 200, 280, 96, 242, "Z")
                canvas.form(ribbon, band, "round", 1.2)
            else:
                canvas.seam(d("M", 100, 240, "Q", 200, 276, 300, 240), color, 2)
        for share in (0.72, 0.88):
            canvas.path(
                ellipse(200, 250, reach * share, reach * 0.36 * share), stroke=color.deep, width=1, opacity=0.18
            )


def draw_scarf(canvas: Canvas, facts: Facts) -> None:
    """A scarf laid in a loop with both ends down: ends and pattern are seen."""
    with canvas.lifted():
        loop = Outline.at(200, 62).curve(268, 62, 300, 104, 286, 150).curve(270, 188, 230, 200, 200, 200).mirrored()
        canvas.form(loop, facts.cloth(), "ball")
        hole = Outline.at(200, 88).curve(240, 88, 256, 112, 244, 132).curve(232, 148, 214, 152, 200, 152).mirrored()
        canvas.path(hole, mix(facts.color.base, INK, 0.5))
        for x, turn, low in ((222, 5, 330), (172, -7, 352)):
            _scarf_end(canvas, facts, x, turn, low)
        wrap = Outline.at(128, 128).curve(150, 176, 240, 182, 276, 126).curve(296, 160, 268, 206, 200, 210)
        path = wrap.curve(140, 206, 108, 168, 128, 128).closed()
        canvas.form(path, Cloth(facts.color, facts.pattern, facts.cloth().weave, angle=20), "soft")
        with canvas.clip(path):
            canvas.fold(132, 150, 262, 158, 18, 9)
            canvas.fold(138, 172, 240, 190, 14, 9)


def _scarf_end(canvas: Canvas, facts: Facts, x: float, turn: float, low: float) -> None:
    color = facts.color
    with canvas.moved(turn=turn, about=(x, 180)):
        if facts["ends"] == "fringed":
            for i in range(12):
                at = x - 33 + i * 6
                canvas.path(d("M", at, low - 4, "q", 2, 12, -1, 24), stroke=color.deep, width=3.6)
                canvas.path(d("M", at, low - 4, "q", 2, 12, -1, 23), stroke=color.base, width=2.2)
        path = d("M", x - 30, 170, "L", x + 30, 170, "L", x + 37, low, "L", x - 37, low, "Z")
        canvas.form(path, facts.cloth(), "round")
        canvas.fold(x - 8, 190, x - 14, low - 20, 5, 9)
        if facts["ends"] == "striped ends":
            with canvas.clip(path):
                for i in range(3):
                    canvas.rect(x - 50, low - 20 - i * 17, 100, 8, 0, color.trim)


def draw_gloves(canvas: Canvas, facts: Facts) -> None:
    """A pair of gloves or mittens, side by side."""
    with canvas.lifted():
        with canvas.moved(dx=-88, turn=-8, scale=0.94, about=(200, 220)):
            _glove(canvas, facts)
        with canvas.flipped(), canvas.moved(dx=-88, turn=-8, scale=0.94, about=(200, 220)):
            _glove(canvas, facts)


def _glove(canvas: Canvas, facts: Facts) -> None:
    cloth, color = facts.cloth(0.8), facts.color
    if facts["shape"] == "mittens":
        hand = Outline.at(152, 262).curve(146, 190, 144, 84, 198, 82).curve(246, 84, 244, 150, 242, 200)
    else:
        hand = Outline.at(152, 262).line(148, 196)
        for x, top in ((160, 104), (184, 84), (208, 88), (231, 110)):
            hand = hand.line(x - 12, 180).curve(x - 13, top + 10, x - 10, top, x, top)
            hand = hand.curve(x + 10, top, x + 12, top + 12, x + 11.5, 180)
        hand = hand.line(243, 200)
    path = hand.line(240, 262).closed()
    thumb = Outline.at(232, 246).curve(262, 228, 268, 200, 272, 176).curve(282, 160, 298, 166, 294, 186)
    canvas.form(thumb.curve(290, 222, 270, 254, 236, 276).closed(), cloth)
    canvas.form(path, cloth)
    canvas.fold(160, 244, 232, 232, -6, 8)
    cuff = d("M", 150, 258, "L", 242, 258, "L", 246, 324, "L", 146, 324, "Z")
    canvas.form(cuff, Cloth(color, weave="rib") if facts["cuff"] == "ribbed cuff" else facts.plain(), "round")
    if facts["cuff"] == "strap cuff":
        canvas.form(rounded(146, 276, 70, 18, 5), color, "soft", 1.3)
        canvas.ellipse(206, 285, 5, fill=METAL.base, stroke=METAL.deep, width=1)


_WORN = "Bags & Accessories"


TYPES: tuple[ProductType, ...] = (
    ProductType(
        _WORN,
        "Belts",
        "belt",
        draw_belt,
        families=3,
        price=(19, 69),
        title="{material} {finish} {noun}",
        materials=("Leather", "Vegan Leather", "Suede"),
        visible={"finish": ("smooth", "braided"), "width": ("narrow", "wide"), "buckle": ("silver", "gold", "black")},
        sizes=("80 cm", "90 cm", "100 cm", "110 cm"),
        genders=("male", "female", "unisex"),
        occasions=("Work", "Everyday"),
        views=("detail",),
        detail=(120, 150, 170),
        zoom=1.22,
    ),
    ProductType(
        _WORN,
        "Beanies",
        "beanie",
        draw_beanie,
        families=3,
        price=(15, 49),
        title="{material} {noun}",
        materials=("Merino Wool", "Acrylic Knit", "Cashmere", "Lambswool"),
        visible={
            "bobble": ("with bobble", "no bobble"),
            "cuff": ("folded cuff", "no cuff"),
            "knit": ("ribbed knit", "cable knit", "fine knit"),
        },
        patterns=("Solid", "Fair Isle", "Striped"),
        occasions=("Everyday", "Outdoor"),
        seasons=("Autumn", "Winter"),
        views=("detail",),
        detail=(90, 170, 180),
    ),
    ProductType(
        _WORN,
        "Caps",
        "cap",
        draw_cap,
        families=3,
        price=(15, 39),
        title="{material} {brim} {noun}",
        materials=("Cotton", "Corduroy", "Denim", "Recycled Polyester"),
        visible={"brim": ("curved brim", "flat brim"), "front": ("patch", "plain front")},
        patterns=("Solid", "Camouflage", "Checked", "Colour-block"),
        occasions=("Everyday", "Sport"),
        seasons=("Spring", "Summer", "Autumn"),
        views=("detail",),
        detail=(60, 150, 180),
        zoom=1.1,
    ),
    ProductType(
        _WORN,
        "Sun Hats",
        "sun hat",
        draw_sun_hat,
        families=3,
        price=(22, 69),
        title="{material} {brim} {noun}",
        materials=("Straw", "Linen", "Cotton"),
        visible={
            "brim": ("wide brim", "short brim"),
            "band": ("ribbon band", "no band"),
            "crown": ("round crown", "tall crown"),
        },
        patterns=("Solid", "Gingham", "Floral"),
        genders=("female", "unisex"),
        occasions=("Holiday", "Outdoor"),
        seasons=("Spring", "Summer"),
        views=("detail", "tilted"),
        detail=(100, 130, 180),
    ),
    ProductType(
        _WORN,
        "Scarves",
        "scarf",
        draw_scarf,
        families=4,
        price=(19, 89),
        title="{material} {noun}",
        materials=("Lambswool", "Cashmere", "Acrylic Knit", "Wool"),
        visible={"ends": ("fringed", "plain ends", "striped ends")},
        patterns=("Solid", "Checked", "Striped", "Fair Isle", "Leopard"),
        occasions=("Everyday", "Outdoor", "Work"),
        seasons=("Autumn", "Winter"),
        views=("detail", "tilted"),
        detail=(110, 180, 180),
    ),
    ProductType(
        _WORN,
        "Gloves",
        "gloves",
        draw_gloves,
        families=3,
        price=(17, 79),
        title="{material} {shape}",
        materials=("Leather", "Merino Wool", "Fleece", "Vegan Leather"),
        visible={"shape": ("finger gloves", "mittens"), "cuff": ("ribbed cuff", "strap cuff", "plain cuff")},
        patterns=("Solid", "Fair Isle", "Striped"),
        sizes=("S", "M", "L"),
        genders=("unisex", "female", "male"),
        occasions=("Everyday", "Outdoor"),
        seasons=("Autumn", "Winter"),
        views=("detail",),
        detail=(50, 150, 180),
    ),
)
