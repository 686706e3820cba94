"""Shopify's product export: several rows a product (variants and pictures) become one record per colour and price.

A product without a colour option is one record; with one, every colourway is a record of its own with its own
pictures, all sharing ``item_group_id`` (the handle), because a shopper looks for the blue one. Sizes become the
``size`` attribute: those in stock, or all when none is. Sizes that cost differently are records of their own too, so
that no price is told of a size that has another; a compare-at price above it makes it a sale. Products that are
drafts, archived or unpublished are rejected, and what a shop paid ("Cost per item") is never read. Old and new (2024)
column names are both known.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from store.importer.foreign_names import FOREIGN, folded
from store.importer.mapping import snake, with_unit
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
_Key = TypeVar("_Key", bound=Hashable)
_COLOR_NAMES = ("color", "colour", *FOREIGN["color"])
_SIZE_NAMES = ("size", *FOREIGN["size"])


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
    colours = {colour: list(members) for colour, members in _by(variants, lambda v: _option(v, _COLOR_NAMES))}
    own = {colour: _own_pictures(members) for colour, members in colours.items()}
    groups = [(colour, offer) for colour, members in colours.items() for offer in _offers(members)] or [("", [])]
    for number, (colour, offer) in enumerate(groups):
        many = sum(other == colour for other, _ in groups) > 1
        called = [colour if len(colours) > 1 else "", *(_other_options(offer[0]) if many else ())]
        values = {**shared, **_offer(offer)}
        if len(groups) > 1:
            values["id"] = f"{handle}-{_slug(' '.join(filter(None, called))) or number + 1}"
        others = {picture for other in colours if other != colour for picture in own[other]}
        shown = [*_own_pictures(offer), *own.get(colour, ()), *(p for p in pictures if p not in others)]
        values["image_link"] = list(dict.fromkeys(shown)) if len(groups) > 1 else pictures
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
            name, value = name.removeprefix("google_shopping_"), with_unit(value, column, name)
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


def _other_options(variant: _Variant) -> list[str]:
    return [value for name, value in variant.options.items() if name not in _COLOR_NAMES]


def _by(variants: Iterable[_Variant], key: Callable[[_Variant], _Key]) -> Iterable[tuple[_Key, list[_Variant]]]:
    """Variants that have the same key, in the order in which the keys are met."""
    found: dict[_Key, list[_Variant]] = {}
    for variant in variants:
        found.setdefault(key(variant), []).append(variant)
    return found.items()


def _offers(variants: list[_Variant]) -> list[list[_Variant]]:
    """Variants of one colour by their price: those in stock, or all when none is."""
    on_sale = [variant for variant in variants if variant.in_stock] or variants
    return [members for _, members in _by(on_sale, lambda v: tuple(map(_number, _price(v).values())))]


def _offer(variants: list[_Variant]) -> dict[str, Any]:
    """Price, stock and options of variants that cost the same."""
    values: dict[str, Any] = {"availability": "in_stock" if any(v.in_stock for v in variants) else "out_of_stock"}
    for name in dict.fromkeys(name for variant in variants for name in variant.options):
        ours = "color" if name in _COLOR_NAMES else "size" if folded(name.split()[-1]) in _SIZE_NAMES else name
        values[ours] = list(dict.fromkeys(v.options[name] for v in variants if v.options.get(name)))
    return values | (_price(variants[0]) if variants else {})


def _price(variant: _Variant) -> dict[str, str]:
    """What a variant costs, and before a sale where its compare-at price is above that."""
    price, before = variant.cells.get("price", ""), variant.cells.get("compare_at", "")
    reduced = _number(price) < _number(before) < float("inf")
    return {"price": before, "sale_price": price} if reduced else {"price": price}


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
