"""Shopify's product export: several rows a product (variants and pictures) become one record per colour.

A product without a colour option is one record; with one, every colourway is a record of its own with its own
pictures, all sharing ``item_group_id`` (the handle), because a shopper looks for the blue one. Sizes become the
``size`` attribute: those in stock, or all when none is. The price is the lowest of the variants; a compare-at
price above it makes it a sale. Products that are drafts, archived or unpublished are rejected, and what a shop
paid ("Cost per item") is never read. Old and new (2024) column names are both known.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from store.importer.mapping import snake
from store.importer.money import parse_price
from store.importer.readers import Row

# Our name: Shopify's, old and new, in snake case.
COLUMNS = {
    "handle": ("handle", "url_handle"),
    "title": ("title",),
    "description": ("body_html", "body", "description"),
    "brand": ("vendor",),
    "category": ("product_category", "standard_product_type"),
    "type": ("type", "custom_product_type"),
    "published": ("published", "published_on_online_store"),
    "status": ("status",),
    "price": ("variant_price", "price"),
    "compare_at": ("variant_compare_at_price", "compare_at_price"),
    "quantity": ("variant_inventory_qty", "inventory_quantity"),
    "policy": ("variant_inventory_policy", "continue_selling_when_out_of_stock"),
    "tracker": ("variant_inventory_tracker", "inventory_tracker"),
    "image": ("image_src", "product_image_url"),
    "position": ("image_position",),
    "variant_image": ("variant_image", "variant_image_url"),
}  # fmt: skip

# What belongs to one variant, or to the shop alone, and says nothing to a shopper.
_LEFT_OUT = re.compile(
    r"variant_.*|option\d_.*|seo_.*|cost_per_item|gift_card|image_alt_text|google_shopping_(mpn|custom.*|adwords.*)"
    r"|included_.*|price_.*|compare_at_price_.*|sku|barcode|weight_.*|requires_shipping|charge_tax|fulfillment_service"
    r"|tax_code|unit_price.*|shipping_.*|inventory_.*|google_product_category|custom_label.*|continue_selling.*"
)
_COLOR_NAMES = ("color", "colour", "farbe", "couleur")
_SIZE_NAMES = ("size", "größe", "taille")


@dataclass(frozen=True, slots=True)
class _Variant:
    """One sellable row of a product."""

    options: dict[str, str]
    cells: dict[str, str]

    @property
    def in_stock(self) -> bool:
        if self.cells.get("policy", "").lower() in ("continue", "true"):
            return True
        quantity = self.cells.get("quantity", "")
        tracked = bool(self.cells.get("tracker")) or "tracker" not in self.cells
        return not (tracked and re.fullmatch(r"-\d+|0+", quantity.strip()))


def is_shopify(header: Sequence[str]) -> bool:
    """Whether these columns are a Shopify product export."""
    names = {snake(name) for name in header}
    handle = bool(names & {"handle", "url_handle"})
    return handle and "title" in names and bool(names & {"variant_price", "option1_name", "variant_sku"})


def products(rows: Iterable[Row]) -> Iterator[Row]:
    """Records in our names, from the rows of an export; rows of one product follow each other there."""
    for handle, group in itertools.groupby(rows, key=_handle):
        members = list(group)
        broken = [row for row in members if row.problem]
        yield from broken
        whole = [row for row in members if not row.problem]
        if whole:
            yield from _product(handle, whole)


def _handle(row: Row) -> str:
    return next((str(v).strip() for k, v in row.values.items() if snake(k) in COLUMNS["handle"]), "")


def _product(handle: str, rows: list[Row]) -> Iterator[Row]:
    first, rest = rows[0], len(rows)
    cells = _cells(first)
    if (status := cells.get("status", "active").lower()) not in ("", "active"):
        yield Row(first.file, first.line, {}, f"not on sale: its status is {status}", rest)
        return
    if cells.get("published", "true").lower() == "false":
        yield Row(first.file, first.line, {}, "not on sale: it is not published", rest)
        return
    shared = _shared(handle, first, cells)
    variants = _variants(rows)
    pictures = _pictures(rows)
    colours = list(dict.fromkeys(_option(variant, _COLOR_NAMES) for variant in variants))
    if len(colours) < 2:
        yield Row(first.file, first.line, {**shared, **_offer(variants), "image_link": pictures}, rows=rest)
        return
    of_colour = {colour: [v for v in variants if _option(v, _COLOR_NAMES) == colour] for colour in colours}
    own = {colour: _own_pictures(members) for colour, members in of_colour.items()}
    for number, (colour, members) in enumerate(of_colour.items()):
        others = {picture for other in colours if other != colour for picture in own[other]}
        values = {**shared, **_offer(members), "id": f"{handle}-{_slug(colour) or number + 1}"}
        values["image_link"] = list(dict.fromkeys([*own[colour], *(p for p in pictures if p not in others)]))
        yield Row(first.file, first.line, values, rows=rest if number == 0 else 0)


def _cells(row: Row) -> dict[str, str]:
    """This row under our names."""
    named = {snake(column): str(value).strip() for column, value in row.values.items()}
    found = {ours: next((named[n] for n in names if n in named), None) for ours, names in COLUMNS.items()}
    return {ours: value for ours, value in found.items() if value is not None}


def _shared(handle: str, row: Row, cells: dict[str, str]) -> dict[str, Any]:
    """What all colourways of a product have in common."""
    category, kind = cells.get("category", ""), cells.get("type", "")
    if category and kind and category.rpartition(">")[2].strip().lower() != kind.lower():
        category = f"{category} > {kind}"
    values: dict[str, Any] = {"id": handle, "item_group_id": handle, "product_type": category or kind}
    values |= {name: cells.get(name, "") for name in ("title", "description", "brand")}
    known = {name for names in COLUMNS.values() for name in names}
    for column, value in row.values.items():
        name = snake(column)
        if name not in known and not _LEFT_OUT.fullmatch(name) and str(value).strip():
            name = name.removeprefix("google_shopping_")
            values.setdefault(name, value.split(",") if name == "tags" and isinstance(value, str) else value)
    return values


def _variants(rows: list[Row]) -> list[_Variant]:
    """Rows that are sold; the names of the options stand in the first row only."""
    named = [{snake(column): str(value).strip() for column, value in row.values.items()} for row in rows]
    names = {number: named[0].get(f"option{number}_name", "").lower() for number in (1, 2, 3)}
    variants = []
    for row, cells in zip(rows, named, strict=True):
        options = {name: cells.get(f"option{n}_value", "") for n, name in names.items() if name}
        ours = _cells(row)
        if ours.get("price") or any(options.values()):
            variants.append(_Variant({k: v for k, v in options.items() if v != "Default Title"}, ours))
    return variants


def _option(variant: _Variant, names: Sequence[str]) -> str:
    return next((value for name, value in variant.options.items() if name in names and value), "")


def _offer(variants: list[_Variant]) -> dict[str, Any]:
    """Price, stock and options of these variants together."""
    on_sale = [variant for variant in variants if variant.in_stock] or variants
    values: dict[str, Any] = {"availability": "in_stock" if any(v.in_stock for v in variants) else "out_of_stock"}
    for name in dict.fromkeys(name for variant in on_sale for name in variant.options):
        ours = "color" if name in _COLOR_NAMES else "size" if name.split()[-1] in _SIZE_NAMES else name
        values[ours] = list(dict.fromkeys(v.options[name] for v in on_sale if v.options.get(name)))
    if on_sale:
        cheapest = min(on_sale, key=lambda variant: _number(variant.cells.get("price", "")))
        price, before = cheapest.cells.get("price", ""), cheapest.cells.get("compare_at", "")
        values |= {"price": before, "sale_price": price} if _number(before) > _number(price) else {"price": price}
        if _number(before) == float("inf"):
            values["price"] = price
            values.pop("sale_price", None)
    return values


def _number(text: str) -> float:
    """A price to compare by; what is none sorts last and is judged later, with its line."""
    try:
        return parse_price(text, "USD").amount
    except ValueError:
        return float("inf")


def _pictures(rows: list[Row]) -> list[str]:
    found = [(cells.get("position", ""), cells.get("image", "")) for cells in map(_cells, rows)]
    placed = [(int(place) if place.isdigit() else 999, picture) for place, picture in found if picture]
    return list(dict.fromkeys(picture for _, picture in sorted(placed, key=lambda pair: pair[0])))


def _own_pictures(variants: list[_Variant]) -> list[str]:
    return list(dict.fromkeys(p for variant in variants if (p := variant.cells.get("variant_image", ""))))


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")
