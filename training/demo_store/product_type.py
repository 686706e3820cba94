"""What one type of product is (``ProductType``) and what a drawing function is told (``Facts``).

A department module declares its types as a plain tuple ``TYPES`` and the functions that draw them; the catalog
composes products from these declarations. Nothing here draws or writes.

An artist writes, for each type:

    def draw_mug(canvas: Canvas, facts: Facts) -> None:
        canvas.ground_shadow(200, 330, 90)
        canvas.form(rounded(120, 120, 150, 210, 24), facts.cloth(), shade="round")
        if facts["handle"] == "with handle": ...

    TYPES = (
        ProductType("Kitchen", "Mugs", "mug", draw_mug, families=6, price=(9, 24), title="{material} {noun}",
                    materials=("Stoneware", "Porcelain"), visible={"handle": ("with handle", "no handle")}, ...),
    )

The backdrop is drawn before ``draw`` is called, so a drawing starts with its shadow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from training.demo_store.canvas import Canvas, Cloth
from training.demo_store.materials import MATERIALS
from training.demo_store.palette import EVERY_COLOR, Color

View = Literal["front", "back", "detail", "tilted"]
Scene = Literal["wall", "floor"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a picture depends on. ``facts["sleeve"]`` is the value of a visible attribute."""

    color: Color
    pattern: str  # "Solid" or a key of patterns.PATTERNS
    material: str  # a key of materials.MATERIALS
    gender: str  # "female", "male" or "unisex"
    visible: Mapping[str, str]
    view: View = "front"  # a drawing only ever sees "front" and "back"; the others are made from "front"

    def __getitem__(self, name: str) -> str:
        return self.visible[name]

    def cloth(self, scale: float = 1, angle: float = 0) -> Cloth:
        """The main cloth: the product's colour, its pattern, and the weave of its material."""
        return Cloth(self.color, self.pattern, MATERIALS[self.material].weave, scale, angle)

    def plain(self) -> Cloth:
        """The same without the pattern; for collars, cuffs, straps, soles."""
        return Cloth(self.color, "Solid", MATERIALS[self.material].weave)


@dataclass(frozen=True, slots=True)
class ProductType:
    """A declaration from which the catalog composes products.

    Each of ``families`` families is one style with a name and a brand; it comes in two or three variants that
    differ in exactly one visible attribute (or the pattern), each in several colours. All values are written
    as the catalog shows them: attribute values in lower case ("long sleeve"), materials, colours and patterns
    capitalised.

    Attributes
    ----------
    title : template of the descriptive part of a title, of ``{material}``, ``{noun}`` and any visible or extra
        attribute: "{material} {length} {noun}". The pattern is put in front where there is one.
    visible : attributes that the picture shows, each with its values; the first value is the usual one.
    implied : values that follow from another visible value: {"wrap": {"neckline": "v-neck"}}; an implied value
        need not be among the listed ones.
    renamed : nouns by visible value, where the usual one does not fit: {"no hood": "sweatshirt"}.
    extras : attributes that the picture does not show ("capacity"); chosen once per family.
    price : lowest and highest price in whole USD.
    colors, patterns : what the type comes in; patterns other than "Solid" are used by about a third.
    views : pictures beside the first one, given to about half of the products. "back" calls ``draw`` with that
        view, "detail" shows the square ``detail`` (left, top, side) of the front, "tilted" turns it.
    zoom : the drawing is enlarged by this about the middle of the picture; 1.15 suits garments.
    scene : "floor" for things that stand (horizon behind them), "wall" for things that hang or lie flat.
    care : overrides the care that follows from the material, where the type asks for another.
    """

    department: str
    plural: str
    noun: str
    draw: Callable[[Canvas, Facts], None]
    families: int
    price: tuple[int, int]
    title: str
    materials: tuple[str, ...]
    visible: Mapping[str, tuple[str, ...]]
    implied: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    colors: tuple[str, ...] = EVERY_COLOR
    patterns: tuple[str, ...] = ("Solid",)
    sizes: tuple[str, ...] = ("One Size",)
    genders: tuple[str, ...] = ("unisex",)
    occasions: tuple[str, ...] = ("Everyday",)
    seasons: tuple[str, ...] = ("Spring", "Summer", "Autumn", "Winter")
    views: tuple[View, ...] = ("detail",)
    detail: tuple[float, float, float] = (110, 70, 190)
    zoom: float = 1
    scene: Scene = "wall"
    care: str = ""
