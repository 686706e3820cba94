from __future__ import annotations

from xml.etree import ElementTree

from training.demo_store.canvas import Canvas
from training.demo_store.palette import COLORS
from training.demo_store.wares import WOODS, deeper, flame, frustum, grain, halo, knob, lid, mouth, paler, stuff, tube


def test_natural_materials_keep_their_colour_and_others_take_the_products() -> None:
    assert stuff("Oak", COLORS["Red"]) is WOODS["Oak"]
    assert stuff("Brass", COLORS["Red"]).name == "Gold"
    assert stuff("Ceramic", COLORS["Red"]) is COLORS["Red"]


def test_deeper_and_paler_keep_the_name_and_move_the_tone() -> None:
    red = COLORS["Red"]
    assert (deeper(red).name, paler(red).name) == ("Red", "Red")
    assert deeper(red).base < red.base < paler(red).base


def test_a_frustum_is_as_wide_as_asked_at_both_ends() -> None:
    assert frustum(200, 100, 50, 300, 30) == "M 150 100 A 50 6.5 0 0 0 250 100 L 230 300 A 30 3.9 0 0 1 170 300 Z"


def test_every_part_draws_well_formed_svg() -> None:
    canvas, red = Canvas(), COLORS["Red"]
    empty = canvas.svg()
    halo(canvas, 200, 200, 80)
    mouth(canvas, 200, 100, 60, red)
    lid(canvas, 200, 100, 60, red)
    knob(canvas, 200, 60, 10, red)
    tube(canvas, "M 10 10 L 100 100", red, 8)
    grain(canvas, frustum(200, 100, 50, 300, 30), 150, 100, 100, 200, WOODS["Oak"])
    flame(canvas, 200, 90)
    assert ElementTree.fromstring(canvas.svg()).tag.endswith("svg")
    assert len(canvas.svg()) > len(empty) + 2000
