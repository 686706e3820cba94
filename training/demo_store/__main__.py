"""Rebuild the demo store: ``python -m training.demo_store [--out assets/demo]``.

Writes ``catalog.jsonl``, ``images/*.webp``, ``interactions.csv`` and ``README.md``; pictures that no product has
any more are removed. The same code gives the same bytes. Takes a few minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from training.demo_store.catalog import Product, compose
from training.demo_store.departments import TYPES
from training.demo_store.pictures import render_picture
from training.demo_store.product_type import View
from training.demo_store.records import readme, record
from training.demo_store.shoppers import shoppers_readme, write_interactions

DEFAULT_OUT = Path(__file__).parents[2] / "assets" / "demo"


def main(argv: Sequence[str] | None = None) -> None:
    """Build the store into a folder."""
    parser = argparse.ArgumentParser(prog="python -m training.demo_store", description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="folder to write (default: assets/demo)")
    out: Path = parser.parse_args(argv).out
    products = compose(TYPES)
    write_catalog(out, products)
    write_pictures(out / "images", products)
    write_interactions(out / "interactions.csv", products)
    (out / "README.md").write_text(f"{readme(products)}\n{shoppers_readme()}", encoding="utf-8")


def write_catalog(out: Path, products: Iterable[Product]) -> None:
    """Write ``catalog.jsonl``, one product a line."""
    out.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record(product), ensure_ascii=False) for product in products)
    (out / "catalog.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_pictures(folder: Path, products: Sequence[Product]) -> None:
    """Draw every view of every product, and remove pictures of products that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    views: list[tuple[Product, View]] = [(p, view) for p in products for view in ("front", *p.views)]
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        drawn = pool.map(picture, *zip(*views, strict=True), chunksize=16)
        for (product, view), data in tqdm(zip(views, drawn, strict=True), total=len(views), unit="picture"):
            (folder / product.picture_name(view)).write_bytes(data)
    wanted = {product.picture_name(view) for product, view in views}
    for stale in (path for path in folder.glob("*.webp") if path.name not in wanted):
        stale.unlink()


def picture(product: Product, view: View) -> bytes:
    """The WebP bytes of one view of a product."""
    return render_picture(product.kind, replace(product.facts, view=view), product.tint)


if __name__ == "__main__":
    main()
