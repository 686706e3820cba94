"""From composed products to what is written: catalog records in Google Merchant terms, and the README."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from training.demo_store.catalog import Product
from training.demo_store.writing import description, title

_WORN = ("Apparel", "Footwear", "Bags & Accessories")


def record(product: Product) -> dict[str, object]:
    """One catalog line. Google Merchant attributes first, then the store's own."""
    facts, kind = product.facts, product.kind
    out: dict[str, object] = {
        "id": product.item_id,
        "title": title(product),
        "description": description(product),
        "price": f"{product.price:.2f} USD",
    }
    if product.sale_price is not None:
        out["sale_price"] = f"{product.sale_price:.2f} USD"
    out |= {
        "availability": "in_stock" if product.stock else "out_of_stock",
        "brand": product.brand,
        "product_type": f"{kind.department} > {kind.plural}",
        "color": facts.color.name,
        "size": list(kind.sizes),
        "material": facts.material,
        "pattern": facts.pattern,
    }
    if kind.department in _WORN:
        out |= {"gender": facts.gender, "age_group": "adult"}
    out |= {
        "item_group_id": product.group,
        "link": f"https://demo.mercer.example/p/{product.item_id}",
        "image_link": f"images/{product.picture_name()}",
        "additional_image_link": [f"images/{product.picture_name(view)}" for view in product.views],
        "department": kind.department,
        "color_family": facts.color.family,
        "stock": product.stock,
        "rating": product.rating,
        "rating_count": product.rating_count,
        "occasion": list(product.occasions),
        "season": list(product.seasons),
        "care": product.care,
        "style_family": product.family,
    }
    return out | dict(facts.visible) | dict(product.extras)


def readme(products: Sequence[Product]) -> str:
    """The README of the demo store's folder, with its counts."""
    pictures = sum(1 + len(product.views) for product in products)
    departments = Counter(product.kind.department for product in products)
    rows = "\n".join(f"| {name} | {count} |" for name, count in departments.items())
    return f"""# Demo store: synthetic

Everything here is made by rule and is synthetic: products, brands, prices, ratings, pictures and shoppers are
invented, and no likeness to a real product or company is meant. It is rebuilt byte for byte by

    python -m training.demo_store

{len(products):,} products of {len({p.kind.plural for p in products})} types in {len(departments)} departments,
{len({p.group for p in products})} styles in {len({p.family for p in products})} style families,
{pictures:,} pictures.

| department | products |
| --- | --- |
{rows}

- `catalog.jsonl`: one product a line, in Google Merchant attribute names; further facts under their own keys.
  Colourways of one style share `item_group_id`. Styles that differ in exactly one visible attribute (or the
  pattern) share `style_family`.
- `images/`: drawn as vector shapes by `training/demo_store`, WebP.
- `interactions.csv`: simulated shoppers, by the rules below.
"""
