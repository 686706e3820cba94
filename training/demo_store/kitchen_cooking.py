"""Things to cook with: frying pans, saucepans, kitchen knives and cutting boards."""

from __future__ import annotations

from training.demo_store.canvas import Canvas, Cloth, ellipse, rounded
from training.demo_store.outline import d
from training.demo_store.palette import INK, METAL, PAPER, Color
from training.demo_store.product_type import Facts, ProductType
from training.demo_store.wares import DARK, STEEL, WOODS, deeper, grain, knob, lid, mouth, tube

_POT_COLORS = (
    "Silver",
    "Black",
    "Red",
    "Blue",
    "Green",
    "Orange",
    "Grey",
    "Teal",
    "Yellow",
    "Burgundy",
    "Light Blue",
)
_GREASE = "#26272c"


def draw_frying_pan(canvas: Canvas, facts: Facts) -> None:
    """Seen from above: coloured rim and handle, dark or ridged cooking surface."""
    color = facts.color
    with canvas.moved(turn=-32, about=(200, 200)), canvas.lifted(12):
        if facts["handle"] == "two handles":
            for s in (-1, 1):
                x = 200 + s * 122
                tube(canvas, d("M", x, 172, "C", x + s * 52, 166, x + s * 52, 234, x, 228), color, 14)
            cx = 200.0
        else:
            cx = 150.0
            _pan_handle(canvas, facts)
        canvas.form(ellipse(cx, 200, 128), Cloth(color), "soft", 2)
        canvas.ellipse(cx, 200, 116, fill=color.dark)
        canvas.ellipse(cx, 200, 114, fill=canvas.glow("#4c4e56", _GREASE, 0.38, 0.34, 0.8))
        canvas.ellipse(cx, 200, 92, stroke="#5a5c65", width=2, opacity=0.8)
        if facts["surface"] == "ridged surface":
            with canvas.clip(ellipse(cx, 200, 90)):
                for i in range(-5, 6):
                    canvas.path(d("M", cx - 100, 200 + i * 16, "h", 200), stroke="#14151a", width=6, opacity=0.75)
                    canvas.path(d("M", cx - 100, 204 + i * 16, "h", 200), stroke="#6b6e78", width=1.6, opacity=0.7)
        canvas.shine(cx - 96, 228, cx - 30, 108, 24, 11, 0.22)


def _pan_handle(canvas: Canvas, facts: Facts) -> None:
    wooden = facts["handle"] == "wooden handle"
    grip = WOODS["Acacia"] if wooden else facts.color
    tube(canvas, d("M", 270, 200, "H", 304), STEEL, 15)
    path = d(
        "M", 300, 187, "Q", 350, 182, 386, 186, "Q", 402, 190, 402, 200, "T", 386, 214, "Q", 350, 218, 300, 213, "Z"
    )
    canvas.form(path, grip, "down", 1.8)
    if wooden:
        grain(canvas, path, 300, 184, 104, 34, grip)
    canvas.ellipse(388, 200, 5.5, fill="#eae6df", stroke=grip.deep, width=1.6)


def draw_saucepan(canvas: Canvas, facts: Facts) -> None:
    """A pot from the side: depth, lid and handles are seen."""
    color = facts.color
    top = {"deep": 168, "shallow": 222}[facts["depth"]]
    grip = DARK if color.name != "Black" else WOODS["Walnut"]
    canvas.ground_shadow(186, 340, 124)
    if facts["handle"] == "long handle":
        shape = d("M", 286, top + 20, "L", 372, top + 4, "Q", 388, top + 4, 386, top + 18)
        shape = d(shape, "T", 372, top + 26, "L", 286, top + 44, "Z")
        canvas.form(
            shape,
            grip,
            "down",
            1.8,
        )
        canvas.ellipse(376, top + 14, 4, fill="#eae6df")
    else:
        for s in (-1, 1):
            x = 186 + s * 104
            tube(canvas, d("M", x, top + 24, "C", x + s * 42, top + 18, x + s * 42, top + 58, x, top + 54), color, 13)
    mouth(canvas, 186, top, 110, color, "#d8d3ca" if color.name != "Silver" else "", 6)
    path = d(
        "M", 76, top, "A", 110, 14, 0, 0, 0, 296, top, "L", 294, 312, "Q", 292, 336, 266, 338, "Q", 186, 348, 106, 338
    )
    path = d(path, "Q", 80, 336, 78, 312, "Z")
    canvas.form(path, color, "round", 1.8)
    canvas.shine(98, 322, 96, top + 26, 3, 14, 0.42)
    canvas.path(d("M", 78, 318, "Q", 186, 338, 294, 318), stroke=INK, width=2, opacity=0.2)
    if facts["lid"] == "steel lid":
        lid(canvas, 186, top, 113, METAL if color.name != "Silver" else STEEL, 20)
        knob(canvas, 186, top - 40, 13, grip)
    elif facts["lid"] == "glass lid":
        canvas.ellipse(186, top - 10, 106, 26, fill="#dbe8ec", stroke="#8f9ba3", width=2, opacity=0.85)
        canvas.shine(110, top - 8, 190, top - 30, 8, 8, 0.7)
        canvas.path(d("M", 74, top, "A", 112, 15, 0, 0, 0, 298, top), stroke=METAL.dark, width=7)
        canvas.path(d("M", 74, top - 1, "A", 112, 15, 0, 0, 0, 298, top - 1), stroke=METAL.lighter, width=2.4)
        knob(canvas, 186, top - 42, 13, grip)


# The blade from heel to tip, edge down, for each kind of knife.
_BLADES = {
    "chef": d("M", 168, 176, "H", 60, "Q", 18, 180, -16, 214, "Q", 60, 246, 168, 240, "Z"),
    "santoku": d("M", 168, 178, "H", 46, "Q", 10, 184, 2, 226, "Q", 60, 244, 168, 240, "Z"),
    "bread": d("M", 168, 186, "H", -10, "Q", -34, 192, -40, 222, "H", 168, "Z"),
    "paring": d("M", 168, 188, "H", 110, "Q", 72, 192, 56, 216, "Q", 110, 226, 168, 222, "Z"),
}


def draw_knife(canvas: Canvas, facts: Facts) -> None:
    """The blade by kind; the handle in the product's colour."""
    color, blade = facts.color, _BLADES[facts["blade"]]
    with canvas.moved(dx=-22 if facts["blade"] == "paring" else 40, turn=-38, scale=1.2), canvas.lifted(10):
        canvas.path(blade, canvas.gradient("#eef1f4", "#a9b0ba"), "#6d747e", 1.8)
        with canvas.clip(blade):
            canvas.path(d("M", -60, 226, "Q", 60, 232, 190, 226, "V", 260, "H", -60, "Z"), PAPER, opacity=0.6)
            if facts["finish"] == "hammered finish":
                for i in range(44):
                    canvas.ellipse(-30 + i * 47 % 198, 182 + i * 19 % 42, 6, 4.6, fill="#8c949f", opacity=0.35)
        if facts["blade"] == "bread":
            teeth = "".join(d("M", x, 222, "q", 5, 8, 10, 0, "Z") for x in range(-38, 160, 10))
            canvas.path(teeth, "#a9b0ba", "#6d747e", 1)
        canvas.form(rounded(162, 182, 20, 44, 4), METAL, "down", 1.4)
        _knife_handle(canvas, color, facts["handle"])


def _knife_handle(canvas: Canvas, color: Color, handle: str) -> None:
    path = d("M", 180, 184, "H", 300, "Q", 326, 182, 332, 204, "Q", 334, 230, 314, 234)
    path = d(path, "Q", 300, 222, 270, 224, "H", 180, "Z")
    canvas.form(path, color, "down", 1.8)
    if handle == "riveted handle":
        for x in (200, 240, 280):
            canvas.ellipse(x, 204, 7.5, fill=METAL.lighter, stroke=METAL.deep, width=1.8)
    elif handle == "ribbed handle":
        for x in range(200, 300, 14):
            canvas.path(d("M", x, 188, "V", 220), stroke=INK, width=4, opacity=0.25)
    canvas.shine(188, 192, 300, 190, 2, 5, 0.4)


def draw_cutting_board(canvas: Canvas, facts: Facts) -> None:
    """Wood with one end dipped in colour, or plastic in colour all over."""
    wood = WOODS.get(facts.material)
    base = wood or facts.color
    outline = {
        "rectangular": rounded(104, 66, 192, 268, 18),
        "paddle": _paddle(),
        "round": ellipse(200, 200, 132),
    }[facts["shape"]]
    with canvas.moved(turn=8), canvas.lifted(10):
        with canvas.moved(dx=4, dy=5):
            canvas.form(outline, deeper(base, 0.3), "flat")
        canvas.form(outline, base)
        if wood:
            grain(canvas, outline, 68, 30, 264, 340, wood)
            with canvas.clip(outline):
                canvas.form(d("M", 40, 258, "L", 360, 236, "V", 400, "H", 40, "Z"), facts.cloth(), "soft", 1.4)
        if facts["groove"] == "juice groove":
            with canvas.moved(scale=0.84, dy=22 if facts["shape"] == "paddle" else 0):
                groove = rounded(110, 92, 180, 236, 16) if facts["shape"] != "round" else ellipse(200, 200, 132)
                canvas.path(groove, stroke=INK, width=6, opacity=0.22)
                canvas.path(groove, stroke=PAPER, width=1.6, opacity=0.5)
        if facts["shape"] != "paddle":
            canvas.ellipse(200, 92, 11, fill="#efe9df", stroke=base.deep, width=2.4)
        canvas.shine(122, 230, 126, 120, 4, 12, 0.22)


def _paddle() -> str:
    return d(
        *("M", 184, 60, "Q", 184, 36, 200, 36, "T", 216, 60, "L", 218, 112, "Q", 220, 128, 244, 128, "L", 272, 128),
        *("Q", 294, 128, 294, 150, "V", 326, "Q", 294, 350, 272, 350, "H", 128, "Q", 106, 350, 106, 326, "V", 150),
        *("Q", 106, 128, 128, 128, "L", 156, 128, "Q", 180, 128, 182, 112, "Z"),
    )


TYPES: tuple[ProductType, ...] = (
    ProductType(
        "Kitchen",
        "Frying Pans",
        "frying pan",
        draw_frying_pan,
        families=3,
        price=(22, 129),
        title="{diameter} {material} {noun} with {handle} and {surface}",
        materials=("Cast Iron", "Aluminium", "Stainless Steel"),
        visible={
            "handle": ("long handle", "wooden handle", "two handles"),
            "surface": ("smooth surface", "ridged surface"),
        },
        extras={"diameter": ("20 cm", "24 cm", "28 cm")},
        colors=_POT_COLORS,
        occasions=("Everyday", "Dinner"),
        detail=(60, 110, 190),
        care="Wash by hand",
    ),
    ProductType(
        "Kitchen",
        "Saucepans",
        "saucepan",
        draw_saucepan,
        families=3,
        price=(29, 159),
        title="{capacity} {depth} {material} {noun} with {handle} and {lid}",
        materials=("Stainless Steel", "Enamelled Steel", "Cast Iron"),
        visible={
            "handle": ("long handle", "two handles"),
            "lid": ("steel lid", "glass lid", "no lid"),
            "depth": ("deep", "shallow"),
        },
        extras={"capacity": ("1.5 l", "2.5 l", "4 l")},
        colors=_POT_COLORS,
        occasions=("Everyday", "Dinner"),
        detail=(60, 120, 190),
        scene="floor",
    ),
    ProductType(
        "Kitchen",
        "Kitchen Knives",
        "kitchen knife",
        draw_knife,
        families=3,
        price=(15, 119),
        title="{blade} {noun} with {finish} and {handle}",
        materials=("Stainless Steel",),
        visible={
            "blade": ("chef", "santoku", "bread", "paring"),
            "handle": ("riveted handle", "smooth handle", "ribbed handle"),
            "finish": ("plain finish", "hammered finish"),
        },
        colors=("Black", "Red", "Blue", "Green", "White", "Brown", "Orange", "Teal", "Yellow", "Grey"),
        occasions=("Everyday", "Dinner", "Gift"),
        detail=(140, 40, 190),
        care="Wash by hand and dry at once",
    ),
    ProductType(
        "Kitchen",
        "Cutting Boards",
        "cutting board",
        draw_cutting_board,
        families=2,
        price=(14, 69),
        title="{shape} {material} {noun} with {groove}",
        materials=("Acacia", "Recycled Plastic", "Bamboo"),
        visible={
            "shape": ("rectangular", "paddle", "round"),
            "groove": ("no groove", "juice groove"),
        },
        occasions=("Everyday", "Dinner", "Gift"),
        detail=(95, 130, 200),
    ),
)
