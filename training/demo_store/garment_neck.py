"""Collars, lapels and hoods of garments; each takes the same ``Cut`` as the bodice it sits on."""

from __future__ import annotations

from dataclasses import replace

from training.demo_store.canvas import Canvas, Cloth
from training.demo_store.garment import SIDES, Cut
from training.demo_store.outline import Outline, d
from training.demo_store.palette import INK, Color, mix


def turtleneck(canvas: Canvas, cut: Cut, color: Color) -> None:
    """A folded tube collar; call after ``bodice``."""
    u, n, top = cut.unit, cut.neck, cut.top
    path = (
        Outline.at(200, top - 21 * u)
        .bend(200 + n * 0.7, top - 21 * u, 200 + n - 3 * u, top - 17 * u)
        .curve(200 + n + 3 * u, top - 10 * u, 200 + n + 4 * u, top + 4 * u, 200 + n + 2 * u, top + 8 * u)
        .bend(200 + n * 0.6, top + 20 * u, 200, top + 20 * u)
        .mirrored()
    )
    canvas.form(path, Cloth(color, weave="rib"), "round")


def shirt_collar(canvas: Canvas, cut: Cut, cloth: Cloth, spread: float = 1) -> None:
    """A pointed collar round an open neck; call after ``bodice`` with neckline "collar"."""
    u, n, top = cut.unit, cut.neck, cut.top
    stand = Outline.at(200, top - 8 * u).bend(200 + n * 0.8, top - 9 * u, 200 + n + 1, top - 2 * u)
    inside = stand.line(200 + n * 0.5, top + 22 * u).line(200, top + 32 * u).mirrored()
    canvas.path(inside, mix(cloth.color.base, INK, 0.34))
    for s in SIDES:
        leaf = (
            Outline.at(200 + s * (n - 3 * u), top - 11 * u)
            .bend(200 + s * (n + 9 * u), top - 3 * u, 200 + s * (n + 8 * u), top + 6 * u)
            .line(200 + s * (16 + 11 * spread) * u, top + 46 * u)
            .line(200 + s * 2 * u, top + 27 * u)
            .curve(
                200 + s * 16 * u,
                top + 18 * u,
                200 + s * (n - 5 * u),
                top + 4 * u,
                200 + s * (n - 3 * u),
                top - 11 * u,
            )
        )
        canvas.form(leaf.closed(), replace(cloth, angle=cloth.angle - s * 30))


def collar_back(canvas: Canvas, cut: Cut, cloth: Cloth) -> None:
    """A folded collar from behind; call after ``bodice`` in a back view."""
    u, n, top = cut.unit, cut.neck, cut.top
    path = (
        Outline.at(200, top - 11 * u)
        .bend(200 + n * 0.8, top - 11 * u, 200 + n + 3 * u, top - 3 * u)
        .line(200 + n + 12 * u, top + 16 * u)
        .bend(200 + n * 0.6, top + 25 * u, 200, top + 25 * u)
        .mirrored()
    )
    canvas.form(path, cloth)


def lapels(canvas: Canvas, cut: Cut, cloth: Cloth, depth: float) -> None:
    """Notched lapels down to ``depth`` below the neck; call after ``bodice`` with neckline "deep v"."""
    u, n, top = cut.unit, cut.neck, cut.top
    behind = Outline.at(200, top - 9 * u).bend(200 + n * 0.8, top - 10 * u, 200 + n, top - 5 * u)
    canvas.form(
        behind.line(200 + n - 7 * u, top + 9 * u).bend(200, top + 13 * u, 200, top + 13 * u).mirrored(), cloth
    )
    for s in (1, -1):
        lapel = (
            Outline.at(200 + s * (n - 2 * u), top - 6 * u)
            .line(200 + s * (n + 13 * u), top + 26 * u)
            .line(200 + s * (n + 6 * u), top + 36 * u)
            .line(200 + s * (n + 20 * u), top + 41 * u)
            .curve(
                200 + s * (n + 14 * u),
                top + depth * 0.6,
                200 + s * 16 * u,
                top + depth * 0.86,
                200 - s * 3,
                top + depth,
            )
            .curve(
                200 + s * 8 * u,
                top + depth * 0.6,
                200 + s * (n - 9 * u),
                top + depth * 0.4,
                200 + s * (n - 2 * u),
                top - 6 * u,
            )
        )
        canvas.form(lapel.closed(), replace(cloth, angle=cloth.angle + s * 18))
        canvas.seam(
            d("M", 200 + s * (n + 6 * u), top + 36 * u, "L", 200 + s * (n - 9 * u), top + 26 * u), cloth.color
        )


def hood_behind(canvas: Canvas, cut: Cut, cloth: Cloth) -> None:
    """A hood worn down round the neck, with a dark opening; call before ``bodice`` with neckline "collar"."""
    u, top = cut.unit, cut.top
    dome = (
        Outline.at(200, top - 44 * u)
        .curve(200 + 40 * u, top - 44 * u, 200 + 60 * u, top - 10 * u, 200 + 56 * u, top + 26 * u)
        .bend(200 + 30 * u, top + 52 * u, 200, top + 62 * u)
        .mirrored()
    )
    canvas.form(dome, cloth)
    mouth = (
        Outline.at(200, top - 27 * u)
        .curve(200 + 26 * u, top - 27 * u, 200 + 38 * u, top, 200 + 33 * u, top + 20 * u)
        .bend(200 + 20 * u, top + 48 * u, 200, top + 56 * u)
        .mirrored()
    )
    color = cloth.color
    canvas.path(mouth, canvas.gradient(mix(color.base, INK, 0.58), mix(color.base, INK, 0.38)))
    canvas.seam(d("M", 200, top - 44 * u, "L", 200, top - 27 * u), color)


def hood_rim(canvas: Canvas, cut: Cut, cloth: Cloth) -> None:
    """The two front edges of a hood crossing at the throat; call after ``bodice``."""
    u, top = cut.unit, cut.top
    for s in SIDES:
        rim = (
            Outline.at(200 + s * 56 * u, top + 22 * u)
            .curve(200 + s * 52 * u, top + 40 * u, 200 + s * 22 * u, top + 56 * u, 200 - s * 2 * u, top + 66 * u)
            .line(200, top + 50 * u)
            .curve(200 + s * 16 * u, top + 42 * u, 200 + s * 32 * u, top + 30 * u, 200 + s * 34 * u, top + 10 * u)
        )
        canvas.form(rim.closed(), replace(cloth, angle=cloth.angle + s * 30))


def hood_back(canvas: Canvas, cut: Cut, cloth: Cloth) -> None:
    """A hood hanging down the back; call last in a back view."""
    u, top = cut.unit, cut.top
    path = (
        Outline.at(200, top - 16 * u)
        .curve(200 + 34 * u, top - 16 * u, 200 + 52 * u, top, 200 + 54 * u, top + 22 * u)
        .curve(200 + 48 * u, top + 62 * u, 200 + 22 * u, top + 84 * u, 200, top + 86 * u)
        .mirrored()
    )
    canvas.form(path, cloth)
    canvas.seam(d("M", 200, top - 15 * u, "L", 200, top + 84 * u), cloth.color)


def drawstrings(canvas: Canvas, cut: Cut, color: Color) -> None:
    """Two cords hanging from the throat of a hood."""
    u, top = cut.unit, cut.top
    for s in SIDES:
        x, y = 200 + s * 13 * u, top + 58 * u
        cord = d("M", x, y, "C", x + s * 5, y + 20 * u, x - s * 2, y + 36 * u, x + s * 3, y + 58 * u)
        canvas.path(cord, stroke=color.trim, width=3.4)
        canvas.path(d("M", x + s * 3, y + 54 * u, "L", x + s * 3.4, y + 61 * u), stroke="#d5d8de", width=4)
