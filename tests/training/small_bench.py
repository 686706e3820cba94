"""A catalog of four items with pictures, for benches."""

from __future__ import annotations

from pathlib import Path

from tests.retrievers.small_shop import picture
from training.bench import SYSTEMS, TRAINED

PLAIN = tuple(name for name in SYSTEMS if name not in TRAINED)  # what a store runs before it is trained

CATALOG = "id,title,price,product_type,color,image_link\n" + "".join(
    f"{row},p/{row.split(',')[0]}.png\n"
    for row in (
        "d1,Linen summer dress,50 USD,Dresses,Red",
        "d2,Silk evening dress,150 USD,Dresses,Blue",
        "m1,Enamel mug MX-204,12 USD,Mugs,Blue",
        "m2,Glass mug,9 USD,Mugs,Green",
    )
)


def write_catalog(folder: Path) -> Path:
    """Write the catalog and its pictures; returns the catalog's path."""
    (folder / "p").mkdir()
    for item_id, color in (("d1", "red"), ("d2", "blue"), ("m1", "blue"), ("m2", "green")):
        picture(color).resize((64, 64)).save(folder / "p" / f"{item_id}.png")
    (folder / "catalog.csv").write_text(CATALOG)
    return folder / "catalog.csv"
