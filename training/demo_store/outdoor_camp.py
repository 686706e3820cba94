"""At the camp: tents, sleeping bags and camping chairs."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, PAPER, mix
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import DARK, LEAF, STEEL, WOODS, deeper, frustum, knob, paler, tube

_SIDES = (-1, 1)


_SPAN = {"2-person": 0.84, "4-person": 1.02, "6-person": 1.18}


_GUY = "#f6efe0"


def draw_tent(canvas: Canvas, facts: Facts) -> None:
    """Form and number of persons give the outline; the porch is drawn in front."""
    span = _SPAN[facts["capacity"]]
    canvas.ground_shadow(200, 336, 150 * span, 22)
    _grass(canvas, span)
    with canvas.moved(scale=span, about=(200, 334)):
        {"dome": _dome_tent, "ridge": _ridge_tent, "bell": _bell_tent}[facts["form"]](canvas, facts)
        if facts["porch"] == "front porch":
            _porch(canvas, facts)


def _grass(canvas: Canvas, span: float) -> None:
    for i in range(-7, 8):
        x = 200 + i * 24 * span
        for lean in (-5, 0, 5):
            canvas.path(
                d("M", x + lean, 342, "q", lean * 0.6, -8, lean * 1.6, -13 - i % 3 * 3), stroke=LEAF.base, width=2.4
            )


def _door(canvas: Canvas, top: float, half: float) -> None:
    """A dark opening with one rolled-back flap."""
    path = d("M", 200, top, "C", 200 + half, top + 50, 200 + half, 300, 200 + half, 334, "H", 200 - half)
    path = d(path, "C", 200 - half, 300, 200 - half, top + 50, 200, top, "Z")
    canvas.path(path, canvas.gradient("#3a3540", "#6b5a4a"), INK, 1.6)
    canvas.ellipse(200, 322, half * 0.8, 12, fill="#e8c98f", opacity=0.3)


def _flap(canvas: Canvas, facts: Facts, top: float, half: float) -> None:
    flap = d("M", 200, top, "C", 200 + half, top + 50, 200 + half, 300, 200 + half, 334, "C", 200 + half * 0.5, 260)
    flap = d(flap, 200 + half * 0.7, top + 90, 200, top, "Z")
    canvas.form(flap, paler(facts.color, 0.3), "soft", 1.3)


def _dome_tent(canvas: Canvas, facts: Facts) -> None:
    for s in _SIDES:
        canvas.path(d("M", 200 + s * 100, 220, "L", 200 + s * 168, 340), stroke=_GUY, width=2)
    body = Outline.at(200, 128).curve(290, 130, 336, 240, 346, 334).line(200, 334).mirrored()
    canvas.form(body, facts.cloth(1.2), "soft", 1.8)
    with canvas.clip(body):
        for s in _SIDES:
            side = d("M", 200, 128, "C", 200 + s * 70, 180, 200 + s * 92, 270, 200 + s * 96, 334)
            side = d(side, "H", 200 + s * 160, "V", 120, "Z")
            canvas.path(side, INK, opacity=0.14 if s > 0 else 0.05)
        canvas.path(d("M", 40, 318, "H", 360, "V", 340, "H", 40, "Z"), facts.color.deep, opacity=0.7)
        canvas.shine(96, 300, 152, 158, 16, 15, 0.28)
    for s in _SIDES:
        pole = d("M", 200 - s * 8, 128, "C", 200 + s * 72, 150, 200 + s * 98, 260, 200 + s * 102, 334)
        canvas.path(pole, stroke=facts.color.trim, width=5)
    _door(canvas, 178, 54)
    _flap(canvas, facts, 178, 54)


def _ridge_tent(canvas: Canvas, facts: Facts) -> None:
    for s in _SIDES:
        canvas.path(d("M", 200, 116, "L", 200 + s * 178, 342), stroke=_GUY, width=2)
    canvas.form(d("M", 200, 116, "L", 344, 334, "H", 56, "Z"), facts.cloth(1.2), "soft", 1.8)
    canvas.path(d("M", 200, 116, "L", 344, 334, "H", 256, "Z"), INK, opacity=0.16)
    tube(canvas, d("M", 200, 104, "V", 130), WOODS["Oak"], 6)
    _door(canvas, 150, 62)
    for s in _SIDES:
        flap = d("M", 200, 140, "L", 200 + s * 96, 334, "H", 200 + s * 58, "Q", 200 + s * 30, 250, 200, 140, "Z")
        canvas.form(flap, paler(facts.color, 0.16), "soft", 1.3)
        canvas.ellipse(200 + s * 46, 268, 4, 6, fill=facts.color.deep)
    canvas.shine(92, 312, 168, 170, 4, 10, 0.28)


def _bell_tent(canvas: Canvas, facts: Facts) -> None:
    tube(canvas, d("M", 200, 66, "V", 100), WOODS["Oak"], 6)
    for s in _SIDES:
        canvas.path(d("M", 200 + s * 120, 262, "L", 200 + s * 172, 342), stroke=_GUY, width=2)
    wall = d("M", 78, 258, "L", 84, 334, "Q", 200, 344, 316, 334, "L", 322, 258, "Z")
    canvas.form(wall, facts.cloth(1.2), "round", 1.8)
    roof = d("M", 200, 78, "Q", 236, 196, 332, 258, "Q", 316, 270, 300, 260)
    roof = d(roof, "Q", 284, 272, 266, 264, "Q", 200, 276, 134, 264)
    roof = d(roof, "Q", 116, 272, 100, 260, "Q", 84, 270, 68, 258, "Q", 164, 196, 200, 78, "Z")
    canvas.form(roof, facts.plain(), "round", 1.8)
    for x in (112, 156, 244, 288):
        canvas.seam(d("M", 200, 82, "Q", 200 + (x - 200) * 0.36, 196, x, 264), facts.color, 2)
    _door(canvas, 204, 40)
    _flap(canvas, facts, 204, 40)


def _porch(canvas: Canvas, facts: Facts) -> None:
    for x in (96, 304):
        tube(canvas, d("M", x, 232, "V", 344), STEEL, 4)
    roof = d("M", 138, 172, "Q", 200, 160, 262, 172, "L", 318, 236, "Q", 200, 222, 82, 236, "Z")
    canvas.form(roof, paler(facts.color, 0.25), "down", 1.6)
    canvas.path(d("M", 82, 236, "Q", 200, 222, 318, 236), stroke=facts.color.trim, width=5)


def draw_sleeping_bag(canvas: Canvas, facts: Facts) -> None:
    """From above, opened at one corner; a mummy narrows to the feet."""
    mummy = facts["shape"] == "mummy"
    color = facts.color
    if mummy:
        body = Outline.at(200, 40).curve(260, 40, 278, 80, 274, 116).curve(290, 160, 262, 300, 248, 348)
        path = body.curve(242, 368, 222, 370, 200, 370).mirrored()
    else:
        path = rounded(104, 48, 192, 320, 24)
    with canvas.moved(turn=12), canvas.lifted(11):
        canvas.form(path, facts.cloth(1.1), "soft", 2)
        with canvas.clip(path):
            for y in range(150, 370, 34):
                line = d("M", 80, y, "Q", 200, y + 10, 320, y)
                canvas.path(line, stroke=INK, width=8, opacity=0.1)
                canvas.seam(line, color, 2)
                canvas.path(d("M", 90, y + 9, "Q", 180, y + 17, 230, y + 16), stroke=PAPER, width=5, opacity=0.14)
        _bag_head(canvas, facts, mummy)
        if facts["zip"] == "middle zip":
            canvas.zipper(200, 132, 200, 330, color)
        else:
            canvas.zipper(264 if mummy else 286, 130, 246 if mummy else 286, 330, color)


def _bag_head(canvas: Canvas, facts: Facts, mummy: bool) -> None:
    lining = mix(facts.color.base, "#f2dcae", 0.75)
    if mummy:
        canvas.ellipse(200, 92, 52, 44, fill=canvas.gradient(mix(lining, INK, 0.3), lining), stroke=facts.color.deep)
        canvas.form(rounded(166, 82, 68, 36, 16), paler(facts.color, 0.6), "ball", 1.2)
        canvas.path(ellipse(200, 92, 55, 47), stroke=facts.color.trim, width=5)
        return
    canvas.form(
        d("M", 106, 72, "Q", 106, 50, 128, 50, "H", 272, "Q", 294, 50, 294, 72, "V", 122, "H", 106, "Z"),
        Cloth(paler(facts.color, 0.7)),
        "down",
        1.4,
    )
    canvas.form(rounded(136, 62, 128, 50, 20), paler(facts.color, 0.85), "ball", 1.2)
    canvas.form(d("M", 296, 120, "V", 214, "Q", 250, 190, 216, 120, "Z"), paler(facts.color, 0.6), "soft", 1.4)


def draw_camping_chair(canvas: Canvas, facts: Facts) -> None:
    """A folding frame with a cloth seat; back height, arms and cup holder are seen."""
    high = facts["back"] == "high back"
    top = 62 if high else 116
    canvas.ground_shadow(200, 352, 112)
    frame = DARK if facts.color.name != "Black" else STEEL
    for s in _SIDES:
        tube(canvas, d("M", 200 + s * 84, 236, "L", 200 - s * 80, 338), deeper(frame), 6)
        tube(canvas, d("M", 200 + s * 74, top + 4, "L", 200 + s * 88, 250), frame, 7)
    back = d("M", 128, top, "Q", 200, top + 18, 272, top, "L", 282, 234, "Q", 200, 248, 118, 234, "Z")
    canvas.form(back, facts.cloth(1.1), "soft", 1.8)
    with canvas.clip(back):
        canvas.fold(158, top, 150, 240, 6, 13)
        canvas.fold(246, top, 252, 240, -6, 13)
        canvas.path(
            d("M", 120, top + 30, "Q", 200, top + 48, 280, top + 30), stroke=facts.color.trim, width=4, dash="6 4"
        )
    if high:
        canvas.form(rounded(152, top + 6, 96, 40, 16), facts.plain(), "ball", 1.4)
    seat = d("M", 116, 222, "Q", 200, 246, 284, 222, "L", 310, 268, "Q", 200, 300, 90, 268, "Z")
    canvas.form(seat, facts.plain(), "down", 1.8)
    for s in _SIDES:
        tube(canvas, d("M", 200 + s * 104, 264, "L", 200 - s * 96, 350), frame, 7)
        tube(canvas, d("M", 200 + s * 112, 190, "L", 200 + s * 106, 350), frame, 7)
        arm = d(
            "M", 200 + s * 78, 172, "L", 200 + s * 124, 186, "q", s * 6, 10, -s * 4, 16, "L", 200 + s * 80, 190, "Z"
        )
        canvas.form(arm, facts.plain(), "down", 1.6)
        knob(canvas, 200 + s * 106, 350, 6, frame)
    if facts["cup holder"] == "mesh cup holder":
        canvas.form(frustum(314, 196, 19, 238, 16), deeper(facts.color, 0.15), "round")
        canvas.ellipse(314, 196, 19, 4, fill=INK, stroke=facts.color.trim, width=2.6)


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Outdoor",
        "Tents",
        "tent",
        draw_tent,
        families=4,
        price=(119, 549),
        title="{capacity} {material} {form} {noun} with {porch}",
        materials=("Recycled Polyester", "Nylon", "Canvas"),
        visible={
            "capacity": ("2-person", "4-person", "6-person"),
            "form": ("dome", "ridge", "bell"),
            "porch": ("no porch", "front porch"),
        },
        patterns=("Solid", "Camouflage", "Colour-block"),
        occasions=("Camping", "Festival", "Trekking"),
        seasons=("Spring", "Summer", "Autumn"),
        detail=(110, 140, 190),
        scene="floor",
        care="Wipe clean and dry before packing",
    ),
    ProductType(
        "Outdoor",
        "Sleeping Bags",
        "sleeping bag",
        draw_sleeping_bag,
        families=3,
        price=(39, 289),
        title="{comfort} {shape} {noun} with {zip}",
        materials=("Nylon", "Down", "Recycled Polyester"),
        visible={"shape": ("mummy", "rectangular"), "zip": ("side zip", "middle zip")},
        extras={"comfort": ("comfort 10 °C", "comfort 5 °C", "comfort -2 °C")},
        patterns=("Solid", "Camouflage", "Checked"),
        occasions=("Camping", "Trekking", "Festival"),
        seasons=("Spring", "Summer", "Autumn", "Winter"),
        detail=(105, 30, 190),
    ),
    ProductType(
        "Outdoor",
        "Camping Chairs",
        "camping chair",
        draw_camping_chair,
        families=3,
        price=(29, 119),
        title="{material} {noun} with {back} and {cup holder}",
        materials=("Nylon", "Canvas", "Recycled Polyester"),
        visible={
            "back": ("low back", "high back"),
            "cup holder": ("no cup holder", "mesh cup holder"),
        },
        patterns=("Solid", "Striped", "Checked"),
        occasions=("Camping", "Festival", "Picnic"),
        seasons=("Spring", "Summer", "Autumn"),
        detail=(95, 90, 200),
        zoom=1.04,
        scene="floor",
    ),
)
