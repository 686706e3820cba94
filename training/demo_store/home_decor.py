"""Things to look at: vases, plant pots, mirrors and wall clocks."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import Outline, d
from training.demo_store.palette import BRASS, INK, PAPER, mix
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import (
    CREAM,
    DARK,
    LEAF,
    LEAN,
    WOODS,
    deeper,
    frustum,
    grain,
    mouth,
    paler,
    stuff,
    tube,
)

_MOUTHS = {"bottle": 22, "round": 34, "cylinder": 52, "amphora": 44, "flared": 70}  # half width by shape of vase


def draw_vase(canvas: Canvas, facts: Facts) -> None:
    """Shape, handles and finish are seen; a few dry stems show the size."""
    half = _MOUTHS[facts["shape"]]
    canvas.ground_shadow(200, 342, 70)
    _stems(canvas, half)
    if facts["handles"] == "two handles":
        for s in (-1, 1):
            x = 200 + s * half
            tube(canvas, d("M", x, 162, "C", x + s * 60, 150, x + s * 66, 214, x + s * 18, 232), facts.color, 10)
    mouth(canvas, 200, 146, half, facts.color, wall=4)
    whole = _vase_side(facts["shape"], Outline.at(200 + half, 146)).bend(222, 348, 200, 348).mirrored()
    canvas.form(whole, facts.cloth(0.9), "round")
    with canvas.clip(whole):
        _finish(canvas, facts)
    canvas.path(
        d("M", 200 - half, 146, "A", half, half * LEAN, 0, 0, 0, 200 + half, 146), stroke=facts.color.lighter, width=3
    )


def _vase_side(shape: str, mouth_edge: Outline) -> Outline:
    """The right side from the mouth to the foot."""
    if shape == "bottle":
        return mouth_edge.curve(216, 180, 214, 200, 226, 214).curve(290, 240, 286, 330, 244, 342)
    if shape == "round":
        return mouth_edge.curve(226, 170, 240, 180, 262, 196).curve(322, 240, 290, 330, 246, 342)
    if shape == "cylinder":
        return mouth_edge.line(252, 336).bend(250, 342, 244, 343)
    if shape == "amphora":
        return mouth_edge.curve(226, 160, 222, 176, 246, 188).curve(306, 214, 268, 300, 232, 342)
    return mouth_edge.curve(254, 190, 236, 250, 240, 342)


def _stems(canvas: Canvas, half: float) -> None:
    for i, (lean, top) in enumerate(((-46, 52), (-8, 30), (38, 58))):
        x = 200 + lean * half / 90
        canvas.path(d("M", x, 150, "Q", x, 100, 200 + lean, top + 20), stroke="#9a8458", width=2.4)
        for j in range(5):
            y = top + 8 + j * 15
            at = 200 + lean * (1 - j * 0.09)
            for s in (-1, 1):
                leaf = d("M", at, y + 8, "q", s * 6, -16, s * 22, -14, "q", -s * 4, 16, -s * 22, 14, "Z")
                canvas.path(leaf, ("#8fa58a", "#a9b79d", "#7f9a80")[(i + j) % 3], "#5f7a63", 0.8)


def _finish(canvas: Canvas, facts: Facts) -> None:
    color = facts.color
    if facts["finish"] == "ribbed":
        for i in range(-7, 8):
            canvas.path(d("M", 200 + i * 12, 140, "V", 352), stroke=INK, width=2.4, opacity=0.16)
            canvas.path(d("M", 203 + i * 12, 140, "V", 352), stroke=PAPER, width=2, opacity=0.2)
    elif facts["finish"] == "dipped":
        dip = d("M", 90, 268, "Q", 200, 292, 310, 268, "V", 360, "H", 90, "Z")
        canvas.form(dip, CREAM if color.name != "White" else DARK, "round", 1)
    else:
        canvas.shine(154, 320, 168, 214, 10, 11, 0.5)
        canvas.ellipse(170, 222, 7, 10, fill=PAPER, opacity=0.4)


def draw_plant_pot(canvas: Canvas, facts: Facts) -> None:
    """The pot by shape, on a stand, a saucer or the ground; a plant shows the size."""
    raised = facts["stand"] == "wooden stand"
    canvas.ground_shadow(200, 350, 84)
    wood = WOODS["Oak"]
    if raised:
        for x, dx in ((140, -8), (260, 8)):
            tube(canvas, d("M", x, 262, "L", x + dx, 350), wood, 9)
        tube(canvas, d("M", 138, 312, "H", 262), wood, 9)
    with canvas.moved(dy=-30 if raised else 0):
        _leaves(canvas)
        if facts["saucer"] == "round saucer":
            canvas.form(frustum(200, 336, 86, 347, 74), deeper(facts.color), "round")
            canvas.ellipse(200, 336, 86, 9, fill=facts.color.light, stroke=facts.color.deep, width=1.3)
        mouth(canvas, 200, 206, 84, facts.color, "#54402f", 7)
        path = {
            "tapered": frustum(200, 206, 84, 338, 60),
            "cylinder": frustum(200, 206, 84, 338, 82),
            "round": Outline.at(284, 206).curve(306, 250, 292, 320, 246, 342).bend(222, 348, 200, 348).mirrored(),
        }[facts["shape"]]
        canvas.form(path, facts.cloth(), "round")
        if facts["shape"] == "tapered":
            canvas.form(frustum(200, 206, 88, 230, 86), facts.plain(), "round")
        if facts.material in ("Ceramic", "Stoneware"):
            canvas.shine(136, 320, 130, 240, 4, 9, 0.5)


def _leaves(canvas: Canvas) -> None:
    """A snake plant's upright leaves."""
    blades = ((-54, 96, -34), (52, 92, 34), (-30, 66, -14), (28, 58, 14), (0, 40, 0), (-12, 108, -6), (16, 116, 10))
    for i, (lean, top, base) in enumerate(blades):
        x, tip = 200 + base, 200 + lean
        leaf = d(
            *("M", x - 11, 214, "C", x - 20, 160, tip - 20, top + 40, tip, top),
            *("C", tip + 16, top + 44, x + 20, 160, x + 11, 214, "Z"),
        )
        canvas.form(leaf, LEAF if i % 2 else deeper(LEAF, 0.15), "soft", 1.3)
        canvas.path(d("M", x, 210, "Q", (x + tip) / 2, 150, tip, top + 14), stroke="#a9c98c", width=2, opacity=0.7)


def draw_mirror(canvas: Canvas, facts: Facts) -> None:
    """A frame in the product's colour around sky-grey glass."""
    wide = 27 if facts["frame"] == "wide frame" else 12
    outer = _mirror_outline(facts["shape"], 0)
    with canvas.lifted(10):
        if facts["frame"] == "sunburst frame":
            _rays(canvas, facts)
        canvas.form(outer, facts.cloth() if wide > 20 else facts.plain())
        glass = _mirror_outline(facts["shape"], wide)
        canvas.path(glass, canvas.gradient("#f3f8fa", "#b9cbd5", 60), facts.color.deep, 2.4)
    with canvas.clip(glass):
        for x, width in ((96, 34), (150, 14)):
            band = d("M", x, 400, "L", x + 190, 0, "h", width, "L", x + width, 400, "Z")
            canvas.path(band, PAPER, opacity=0.5)


def _mirror_outline(shape: str, inset: float) -> str:
    if shape == "round":
        return ellipse(200, 200, 126 - inset)
    if shape == "oval":
        return ellipse(200, 200, 102 - inset, 148 - inset)
    if shape == "arched":
        r = 100 - inset
        return d("M", 200 - r, 344 - inset, "V", 150, "A", r, r * 1.04, 0, 0, 1, 200 + r, 150, "V", 344 - inset, "Z")
    return rounded(96 + inset, 52 + inset, 208 - 2 * inset, 296 - 2 * inset, 8)


def _rays(canvas: Canvas, facts: Facts) -> None:
    tall = 1.0 if facts["shape"] == "round" else 1.16
    for i in range(36):
        with canvas.moved(turn=i * 10):
            reach = (48 if i % 2 else 32) / tall
            ray = d("M", 194, 84, "L", 200, 76 - reach, "L", 206, 84, "Z")
            canvas.form(ray, facts.plain(), "soft", 1)


def draw_wall_clock(canvas: Canvas, facts: Facts) -> None:
    """The case in the product's colour; markers, pendulum and outline differ."""
    pendulum = facts["pendulum"] == "brass pendulum"
    case = {
        "round": ellipse(200, 200, 128),
        "square": rounded(78, 78, 244, 244, 26),
        "hexagonal": d("M", 200, 60, "L", 322, 130, "V", 270, "L", 200, 340, "L", 78, 270, "V", 130, "Z"),
    }[facts["shape"]]
    with canvas.moved(dy=-42 if pendulum else 0, scale=0.84 if pendulum else 1.08), canvas.lifted(10):
        if pendulum:
            rod = stuff(facts.material, BRASS)
            tube(canvas, d("M", 200, 300, "V", 404), rod, 6)
            canvas.form(ellipse(200, 412, 28), BRASS, "ball")
        body = stuff(facts.material, facts.color) if facts.material in WOODS else facts.color
        canvas.form(case, body)
        if facts.material in WOODS:
            grain(canvas, case, 72, 60, 256, 280, body)
        face = facts.color if facts.material in WOODS else paler(CREAM, 0.3)
        canvas.form(ellipse(200, 200, 104), Cloth(face, facts.pattern if facts.material in WOODS else "Solid"))
        canvas.ellipse(200, 200, 104, stroke=INK, width=5, opacity=0.16)
        _markers(canvas, facts["markers"], PAPER if face.is_dark else INK)
        _hands(canvas, PAPER if face.is_dark else INK, facts)


def _markers(canvas: Canvas, markers: str, ink: str) -> None:
    for i in range(12):
        with canvas.moved(turn=i * 30):
            if markers == "dot markers":
                canvas.ellipse(200, 112, 6.5 if i % 3 == 0 else 4, fill=ink)
            elif markers == "line markers" or i % 3 == 0:
                canvas.path(
                    d("M", 200, 104, "V", 126 if i % 3 == 0 else 116), stroke=ink, width=5 if i % 3 == 0 else 3
                )


def _hands(canvas: Canvas, ink: str, facts: Facts) -> None:
    for turn, reach, width in ((-52, 52, 8), (58, 78, 6)):
        with canvas.moved(turn=turn):
            canvas.path(d("M", 200, 214, "V", 200 - reach), stroke=ink, width=width)
    accent = BRASS.base if facts.color.family in ("Red", "Orange") else "#d4323c"
    with canvas.moved(turn=190):
        canvas.path(d("M", 200, 222, "V", 118), stroke=accent, width=2.4)
    canvas.ellipse(200, 200, 8, fill=ink)
    canvas.ellipse(200, 200, 3.4, fill=mix(accent, PAPER, 0.2))


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Home",
        "Vases",
        "vase",
        draw_vase,
        families=3,
        price=(15, 79),
        title="{finish} {material} {noun} in {shape} shape with {handles}",
        materials=("Ceramic", "Stoneware", "Porcelain"),
        visible={
            "shape": ("bottle", "round", "cylinder", "amphora", "flared"),
            "handles": ("no handles", "two handles"),
            "finish": ("glossy", "ribbed", "dipped"),
        },
        patterns=("Solid", "Floral", "Dotted", "Striped"),
        occasions=("Gift", "Housewarming", "Everyday"),
        detail=(110, 130, 190),
        scene="floor",
        care="Rinse with water",
    ),
    ProductType(
        "Home",
        "Plant Pots",
        "plant pot",
        draw_plant_pot,
        families=3,
        price=(12, 65),
        title="{shape} {material} {noun} with {stand} and {saucer}",
        materials=("Ceramic", "Stoneware", "Recycled Plastic"),
        visible={
            "shape": ("tapered", "cylinder", "round"),
            "stand": ("no stand", "wooden stand"),
            "saucer": ("no saucer", "round saucer"),
        },
        patterns=("Solid", "Geometric", "Striped", "Dotted"),
        occasions=("Everyday", "Housewarming", "Gift"),
        detail=(105, 170, 190),
        scene="floor",
        care="Wipe clean with a damp cloth",
    ),
    ProductType(
        "Home",
        "Mirrors",
        "mirror",
        draw_mirror,
        families=2,
        price=(45, 199),
        title="{shape} {material} {noun} with {frame}",
        materials=("Steel", "Beech"),
        visible={
            "shape": ("round", "arched", "rectangular", "oval"),
            "frame": ("thin frame", "wide frame", "sunburst frame"),
        },
        implied={"sunburst frame": {"shape": "round"}},
        occasions=("Everyday", "Housewarming"),
        detail=(60, 40, 190),
        care="Clean with a soft cloth",
    ),
    ProductType(
        "Home",
        "Wall Clocks",
        "wall clock",
        draw_wall_clock,
        families=2,
        price=(25, 119),
        title="{shape} {material} {noun} with {markers} and {pendulum}",
        materials=("Steel", "Oak"),
        visible={
            "shape": ("round", "square", "hexagonal"),
            "markers": ("line markers", "dot markers", "four markers"),
            "pendulum": ("no pendulum", "brass pendulum"),
        },
        occasions=("Everyday", "Work", "Housewarming"),
        detail=(105, 70, 190),
    ),
)
