"""Soft things for the home: cushions, throws, rugs and woven baskets."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, PAPER, Color
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import CREAM, LEAN, WOODS, deeper, frustum, knob, mouth, paler, tube

WARP = "#cdb486"  # the undyed threads that end in a rug's fringe
_CORNERS = ((-1, -1), (1, -1), (-1, 1), (1, 1))


def draw_cushion(canvas: Canvas, facts: Facts) -> None:
    """Outline by shape, rim by trim."""
    half_w, half_h = {"square": (118, 118), "lumbar": (148, 90), "round": (122, 122)}[facts["shape"]]
    path = ellipse(200, 200, half_w) if facts["shape"] == "round" else _pillow(half_w, half_h)
    with canvas.lifted(11):
        _cushion_trim(canvas, facts, half_w, half_h)
        canvas.form(path, facts.cloth(1.15), "ball", 1.8)
        with canvas.clip(path):
            _cushion_folds(canvas, half_w, half_h, facts["shape"] == "round")
        if facts["trim"] == "piped edge":
            canvas.path(path, stroke=facts.color.deep, width=7)
            canvas.path(path, stroke=facts.color.trim, width=4.4)
        if facts["shape"] == "round":
            canvas.button(200, 200, 13, facts.color)


def _pillow(w: float, h: float) -> str:
    return (
        Outline.at(200, 200 - h * 0.93)
        .curve(200 + w * 0.5, 200 - h * 0.93, 200 + w * 0.86, 200 - h, 200 + w * 0.97, 200 - h)
        .curve(200 + w * 1.03, 200 - h, 200 + w * 1.02, 200 - h * 0.95, 200 + w, 200 - h * 0.86)
        .curve(200 + w * 0.92, 200 - h * 0.4, 200 + w * 0.92, 200 + h * 0.4, 200 + w, 200 + h * 0.86)
        .curve(200 + w * 1.02, 200 + h * 0.95, 200 + w * 1.03, 200 + h, 200 + w * 0.97, 200 + h)
        .curve(200 + w * 0.86, 200 + h, 200 + w * 0.5, 200 + h * 0.93, 200, 200 + h * 0.93)
        .mirrored()
    )


def _cushion_folds(canvas: Canvas, w: float, h: float, is_round: bool) -> None:
    if is_round:
        for dx, dy in ((0, -1), (0.7, -0.7), (1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7)):
            canvas.fold(200 + dx * 20, 200 + dy * 20, 200 + dx * w * 0.8, 200 + dy * h * 0.8, 3, 7)
        return
    for sx, sy in _CORNERS:
        for reach, bend in ((0.52, 4), (0.66, -4)):
            canvas.fold(200 + sx * w * 0.95, 200 + sy * h * 0.95, 200 + sx * w * reach, 200 + sy * h * 0.6, bend, 8)


def _cushion_trim(canvas: Canvas, facts: Facts, w: float, h: float) -> None:
    color = deeper(facts.color, 0.15)
    if facts["trim"] == "tassel trim":
        for sx, sy in _CORNERS:
            x, y = (
                (200 + sx * w * 0.98, 200 + sy * h * 0.98)
                if facts["shape"] != "round"
                else (200 + sx * w * 0.72, 200 + sy * h * 0.72)
            )
            for turn in (-7, -2.4, 2.4, 7):
                canvas.path(
                    d("M", x, y, "L", x + sx * 20 - sy * turn, y + sy * 20 + sx * turn), stroke=color.base, width=4
                )
            canvas.ellipse(x + sx * 3, y + sy * 3, 6, fill=color.light, stroke=color.deep, width=1.2)
    elif facts["trim"] == "fringed edge":
        for i in range(-11, 12):
            x = 200 + i * w / 11.8
            reach = h if facts["shape"] != "round" else h * max(0.05, 1 - (i / 11.8) ** 2) ** 0.5
            for sy in (-1, 1):
                canvas.path(
                    d("M", x, 200 + sy * reach * 0.9, "V", 200 + sy * (reach + 13)), stroke=color.base, width=4
                )


def draw_throw(canvas: Canvas, facts: Facts) -> None:
    """A blanket over a wooden rail: the front fall with its trim, the back fall a little lower."""
    color, rail = facts.color, WOODS["Oak"]
    with canvas.lifted(10):
        tube(canvas, d("M", 52, 78, "H", 348), rail, 12)
        for x in (48, 352):
            knob(canvas, x, 78, 10, rail)
        _throw_trim(canvas, facts, 104, 308, 336)
        back = d("M", 98, 84, "H", 318, "L", 322, 330, "Q", 210, 344, 100, 332, "Z")
        canvas.form(back, Cloth(deeper(color, 0.3), "Solid"), "soft")
        _throw_trim(canvas, facts, 86, 300, 302)
        front = d(
            "M", 84, 78, "Q", 86, 62, 104, 62, "H", 292, "Q", 308, 62, 308, 80, "C", 302, 160, 310, 230, 306, 300
        )
        front = d(front, "Q", 250, 312, 196, 302, "T", 82, 302, "C", 78, 220, 88, 150, 84, 78, "Z")
        canvas.form(front, facts.cloth(1.1))
        with canvas.clip(front):
            canvas.path(d("M", 70, 62, "H", 330, "V", 80, "Q", 200, 90, 70, 80, "Z"), PAPER, opacity=0.16)
            for x, bend, width in ((122, 7, 15), (172, -6, 11), (226, 7, 15), (276, -6, 11)):
                canvas.fold(x, 70, x + bend, 312, bend, width)
            canvas.shine(146, 90, 146, 280, 5, 14, 0.15)
            canvas.shine(252, 90, 250, 290, -5, 12, 0.13)
        if facts["edge"] == "stitched edge":
            line = d("M", 84, 288, "T", 196, 290, "Q", 250, 300, 304, 288)
            canvas.path(line, stroke=color.trim, width=4, dash="10 8")


def _throw_trim(canvas: Canvas, facts: Facts, left: float, right: float, y: float) -> None:
    """What hangs from one end of the blanket; nothing for a stitched edge."""
    color = facts.color
    if facts["edge"] == "fringed edge":
        count = 26
        for i in range(count):
            x = left + i * (right - left) / (count - 1)
            canvas.path(d("M", x, y - 8, "q", 2 - i % 3, 18, -1 + i % 2 * 3, 32), stroke=color.dark, width=4)
            canvas.path(d("M", x - 0.7, y - 8, "q", 2 - i % 3, 18, -1 + i % 2 * 3, 30), stroke=color.light, width=1.5)
    elif facts["edge"] == "pompom edge":
        for i in range(10):
            canvas.form(ellipse(left + 8 + i * (right - left - 16) / 9, y + 8, 11), paler(color, 0.2), "ball", 1.2)


def draw_rug(canvas: Canvas, facts: Facts) -> None:
    """Seen from above; a runner is narrow, a round rug is a disc."""
    with canvas.lifted(6):
        if facts["shape"] == "round":
            _round_rug(canvas, facts)
            return
        half = 112 if facts["shape"] == "rectangular" else 66
        box = rounded(200 - half, 58, half * 2, 284, 3)
        if facts["edge"] == "fringed edge":
            count = int(half / 4)
            for i in range(count):
                x = 200 - half + 3 + i * (2 * half - 6) / (count - 1)
                canvas.path(d("M", x, 38 - i % 2 * 4, "V", 362 + i % 2 * 4), stroke=WARP, width=3.4)
                canvas.path(d("M", x + 2, 40, "V", 360), stroke=CREAM.deep, width=1, opacity=0.5)
        canvas.form(box, facts.cloth(1.4))
        for inset, width in ((11, 7), (21, 2)):
            frame = rounded(200 - half + inset, 58 + inset, 2 * (half - inset), 284 - 2 * inset, 2)
            canvas.path(frame, stroke=facts.color.trim, width=width, opacity=0.85)
        if facts.pattern == "Solid":
            _medallion(canvas, facts.color, 0.62 if half < 100 else 1)
        if facts["edge"] == "bound edge":
            canvas.path(box, stroke=facts.color.deep, width=7)


def _round_rug(canvas: Canvas, facts: Facts) -> None:
    if facts["edge"] == "fringed edge":
        for turn in range(0, 360, 4):
            with canvas.moved(turn=turn):
                canvas.path(d("M", 200, 60, "V", 40 + turn % 8 / 2), stroke=WARP, width=3.6)
                canvas.path(d("M", 202.4, 60, "V", 43), stroke=CREAM.deep, width=0.9, opacity=0.5)
    canvas.form(ellipse(200, 200, 142), facts.cloth(1.4))
    for radius, width in ((130, 7), (118, 2)):
        canvas.ellipse(200, 200, radius, stroke=facts.color.trim, width=width, opacity=0.85)
    if facts.pattern == "Solid":
        _medallion(canvas, facts.color, 1)
    if facts["edge"] == "bound edge":
        canvas.ellipse(200, 200, 141, stroke=facts.color.deep, width=7)


def _medallion(canvas: Canvas, color: Color, scale: float) -> None:
    """The woven figure in the middle of a plain rug."""
    with canvas.moved(scale=scale):
        for reach, fill in ((62, color.trim), (48, color.base), (38, color.trim), (22, color.base), (9, CREAM.base)):
            shape = d("M", 200, 200 - reach * 1.25, "L", 200 + reach, 200)
            shape = d(shape, "L", 200, 200 + reach * 1.25, "L", 200 - reach, 200, "Z")
            canvas.path(
                shape,
                fill,
                opacity=0.9,
            )


def draw_basket(canvas: Canvas, facts: Facts) -> None:
    """Woven and open, or with a lid; the lower part is dyed in the product's colour."""
    straw = Color("Straw", "Beige", "#d7b57d", "Brown")
    canvas.ground_shadow(200, 344, 104)
    if facts["handles"] == "two handles":
        for s in (-1, 1):
            tube(
                canvas,
                d("M", 200 + s * 100, 196, "C", 200 + s * 150, 170, 200 + s * 150, 250, 200 + s * 98, 240),
                straw,
                9,
            )
    path = frustum(200, 160, 104, 336, 88)
    mouth(canvas, 200, 160, 104, straw, wall=8)
    if facts["handles"] == "top handle":
        tube(canvas, d("M", 104, 166, "C", 108, 30, 292, 30, 296, 166), straw, 10)
    canvas.form(path, Cloth(straw, weave="basket"), "round")
    with canvas.clip(path):
        band = d("M", 80, 222, "Q", 200, 248, 320, 222, "V", 380, "H", 80, "Z")
        canvas.form(band, Cloth(facts.color, facts.pattern, "basket"), "round", 1)
        for y in range(178, 350, 16):
            canvas.path(d("M", 90, y, "Q", 200, y + 26, 310, y), stroke=INK, width=1.6, opacity=0.14)
    canvas.path(
        d("M", 96, 161, "A", 104, 104 * LEAN, 0, 0, 0, 304, 161), stroke=straw.deep, width=6, opacity=0.5, dash="5 4"
    )
    if facts["lid"] == "woven lid":
        canvas.form(frustum(200, 150, 108, 164, 110), Cloth(facts.color, weave="basket"), "round")
        canvas.form(ellipse(200, 150, 108, 108 * LEAN), Cloth(paler(facts.color, 0.12), weave="basket"), "down")
        tube(canvas, d("M", 182, 146, "q", 18, -22, 36, 0), straw, 6)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Home",
        "Cushions",
        "cushion",
        draw_cushion,
        families=4,
        price=(15, 59),
        title="{material} {shape} {noun} with {trim}",
        materials=("Linen", "Velvet", "Cotton", "Wool", "Cotton Knit"),
        visible={
            "shape": ("square", "lumbar", "round"),
            "trim": ("plain edge", "tassel trim", "piped edge", "fringed edge"),
        },
        patterns=("Solid", "Floral", "Striped", "Geometric", "Checked", "Dotted", "Leopard"),
        occasions=("Everyday", "Housewarming", "Gift"),
        detail=(70, 70, 170),
    ),
    ProductType(
        "Home",
        "Throws",
        "throw",
        draw_throw,
        families=3,
        price=(29, 129),
        title="{material} {noun} with {edge}",
        materials=("Lambswool", "Cotton", "Fleece", "Cotton Knit"),
        visible={"edge": ("fringed edge", "stitched edge", "pompom edge")},
        patterns=("Solid", "Checked", "Herringbone", "Fair Isle", "Striped"),
        occasions=("Evening", "Everyday", "Gift"),
        seasons=("Autumn", "Winter", "Spring"),
        detail=(105, 150, 180),
    ),
    ProductType(
        "Home",
        "Rugs",
        "rug",
        draw_rug,
        families=3,
        price=(49, 349),
        title="{material} {shape} {noun} with {edge}",
        materials=("Wool", "Jute", "Cotton"),
        visible={
            "shape": ("rectangular", "round", "runner"),
            "edge": ("fringed edge", "bound edge", "plain edge"),
        },
        patterns=("Solid", "Striped", "Geometric", "Herringbone", "Checked"),
        occasions=("Everyday", "Housewarming"),
        views=("detail", "tilted"),
        detail=(80, 40, 170),
        care="Vacuum or spot clean",
    ),
    ProductType(
        "Home",
        "Storage Baskets",
        "storage basket",
        draw_basket,
        families=2,
        price=(19, 69),
        title="{material} {noun} with {handles} and {lid}",
        materials=("Jute", "Rattan"),
        visible={"handles": ("two handles", "top handle", "no handles"), "lid": ("no lid", "woven lid")},
        patterns=("Solid", "Striped", "Geometric"),
        occasions=("Everyday", "Housewarming"),
        detail=(100, 130, 190),
        scene="floor",
    ),
)
