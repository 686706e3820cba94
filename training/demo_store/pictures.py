"""From a product's facts to its finished picture: backdrop, drawing, camera.

The backdrop is a pale tint given by the caller (one per style family, so that variants look photographed on the
same set). Things that stand get a floor, things that hang or lie get a plain wall.
"""

from __future__ import annotations

from dataclasses import replace

from training.demo_store.canvas import SIZE, Canvas, webp
from training.demo_store.palette import INK, PAPER, Color, mix
from training.demo_store.product_type import Facts, ProductType, Scene

TINTS = ("#e9e4dc", "#dfe6ea", "#e3e8dd", "#efe0d8", "#e4e0ec", "#efe7d3", "#d9e5e1", "#ecdde0")
"""Backdrop tints: sand, mist, sage, clay, lilac, straw, mint, rose."""


def draw_picture(kind: ProductType, facts: Facts, tint: str) -> str:
    """The SVG of one view of a product on a backdrop of colour ``tint``."""
    canvas = Canvas()
    _backdrop(canvas, _apart_from(tint, facts.color), kind.scene)
    shown = facts if facts.view == "back" else replace(facts, view="front")
    turn = -14 if facts.view == "tilted" else 0
    with canvas.moved(turn=turn, scale=kind.zoom * (0.94 if turn else 1)):
        kind.draw(canvas, shown)
    return canvas.svg(kind.detail) if facts.view == "detail" else canvas.svg()


def render_picture(kind: ProductType, facts: Facts, tint: str) -> bytes:
    """The WebP bytes of one view of a product."""
    return webp(draw_picture(kind, facts, tint))


def _apart_from(tint: str, color: Color) -> str:
    """Pale products get a somewhat deeper tint, so that their edge is seen."""
    return mix(tint, INK, 0.12) if color.name in ("White", "Beige", "Silver", "Light Blue") else tint


def _backdrop(canvas: Canvas, tint: str, scene: Scene) -> None:
    pale = mix(tint, PAPER, 0.6)
    canvas.rect(-100, -100, SIZE + 200, SIZE + 200, fill=canvas.glow(pale, tint, 0.45, 0.42, 0.62))
    if scene == "floor":
        ground = canvas.gradient(mix(tint, INK, 0.09), mix(tint, PAPER, 0.35))
        canvas.rect(-100, 268, SIZE + 200, 232, fill=ground)
