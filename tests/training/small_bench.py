"""A catalog of four items with pictures, for benches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.retrievers.small_shop import WordEncoder, picture
from training.bench import PLAIN, Bench, open_bench

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


def small_bench(folder: Path, systems: Sequence[str] | None = tuple(PLAIN), catalog: str = "catalog.csv") -> Bench:
    """Systems over the catalog in a folder, its store below ``home`` there."""
    source = folder / catalog
    return open_bench(str(source), systems, folder / "home", WordEncoder, progress=False)
