"""What materials are like: care, seasons, weave, and whether an animal gave it.

One table for all departments, so that care and season follow from the material and never contradict it. A
type that uses a material not listed here fails at once with a KeyError that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

YEAR_ROUND = ("Spring", "Summer", "Autumn", "Winter")
WARM = ("Spring", "Summer")
COLD = ("Autumn", "Winter")


@dataclass(frozen=True, slots=True)
class Material:
    """``weave`` is a key of ``patterns.WEAVES`` or "" for smooth; ``seasons``: when clothes of it are worn."""

    care: str
    seasons: tuple[str, ...] = YEAR_ROUND
    weave: str = ""
    prints: bool = True  # whether patterns other than "Solid" are made in it


_WASH = "Machine wash at 30 °C"
_WIPE = "Wipe clean with a damp cloth"
_HAND = "Hand wash only"
_DRY = "Dry clean only"
_LEATHER = "Clean with leather care"
_SAFE = "Dishwasher safe"
_SINK = "Wash by hand"

MATERIALS: Mapping[str, Material] = {
    # cloth
    "Cotton": Material("Machine wash at 40 °C"),
    "Organic Cotton": Material("Machine wash at 40 °C"),
    "Linen": Material(_WASH, WARM, "linen"),
    "Linen Blend": Material(_WASH, WARM, "linen"),
    "Viscose": Material(_WASH, WARM),
    "Silk": Material(_HAND),
    "Satin": Material(_HAND),
    "Chiffon": Material(_HAND, WARM),
    "Polyester": Material(_WASH),
    "Recycled Polyester": Material(_WASH),
    "Nylon": Material(_WASH),
    "Recycled Nylon": Material(_WASH),
    "Jersey": Material(_WASH),
    "Poplin": Material("Machine wash at 40 °C"),
    "Oxford Cotton": Material("Machine wash at 40 °C", weave="canvas"),
    "Flannel": Material(_WASH, COLD),
    "Denim": Material("Machine wash inside out at 30 °C", weave="denim", prints=False),
    "Corduroy": Material(_WASH, COLD, "corduroy", prints=False),
    "Twill": Material(_WASH),
    "Fleece": Material(_WASH, COLD),
    "French Terry": Material(_WASH),
    "Wool": Material(_HAND, COLD),
    "Merino Wool": Material(_HAND, COLD, "knit"),
    "Lambswool": Material(_HAND, COLD, "knit"),
    "Cashmere": Material(_HAND, COLD, "knit"),
    "Cotton Knit": Material(_WASH, ("Spring", "Autumn"), "knit"),
    "Acrylic Knit": Material(_WASH, COLD, "knit"),
    "Wool Blend": Material(_DRY, COLD),
    "Tweed": Material(_DRY, COLD),
    "Velvet": Material(_DRY, COLD),
    "Down": Material("Machine wash at 30 °C, tumble dry low", COLD),
    "Canvas": Material("Spot clean", weave="canvas"),
    "Waxed Canvas": Material("Brush off dirt, never wash", COLD, "canvas", prints=False),
    "Mesh": Material("Spot clean", WARM),
    "Knit Textile": Material("Spot clean", weave="knit"),
    "Jute": Material("Vacuum or spot clean", weave="basket"),
    "Straw": Material("Spot clean", WARM, "basket"),
    # leather and its vegan stand-ins
    "Leather": Material(_LEATHER, prints=False),
    "Nubuck": Material("Brush and protect with spray", prints=False),
    "Suede": Material("Brush and protect with spray", prints=False),
    "Patent Leather": Material(_LEATHER, prints=False),
    "Vegan Leather": Material(_WIPE, prints=False),
    "Vegan Suede": Material("Brush clean", prints=False),
    "Rubber": Material("Rinse with water"),
    "EVA": Material("Rinse with water", WARM),
    # hard things
    "Acetate": Material("Clean with a soft cloth"),
    "Stainless Steel": Material(_SAFE),
    "Steel": Material(_WIPE),
    "Enamelled Steel": Material(_SINK),
    "Aluminium": Material(_WIPE),
    "Cast Iron": Material("Wash by hand and oil"),
    "Brass": Material("Polish with a soft cloth"),
    "Ceramic": Material(_SAFE),
    "Stoneware": Material(_SAFE),
    "Porcelain": Material(_SAFE),
    "Glass": Material(_SAFE),
    "Borosilicate Glass": Material(_SAFE),
    "Plastic": Material(_WIPE),
    "Recycled Plastic": Material(_WIPE),
    "Bamboo": Material(_SINK),
    "Oak": Material("Dust with a dry cloth"),
    "Walnut": Material("Dust with a dry cloth"),
    "Beech": Material("Dust with a dry cloth"),
    "Acacia": Material(_SINK),
    "Rattan": Material("Dust with a dry cloth", weave="basket"),
    "Silicone": Material(_SAFE),
    "Soy Wax": Material("Trim the wick before lighting"),
    "Beeswax": Material("Trim the wick before lighting"),
}
