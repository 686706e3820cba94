"""One record of a source to one item, or to the reason why it is none.

What a shopper could be misled by rejects the row (no id, no title, a price that is none); everything else is left
out with a warning. Knows facts by name (see ``mapping``), no files, no pictures, no other rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from itertools import takewhile
from typing import Any

from store.importer.foreign_names import IN_STOCK, OUT_OF_STOCK, folded
from store.importer.mapping import SYNONYMS, ColumnPlan
from store.importer.money import Money, parse_price
from store.importer.ratings import with_rating
from store.importer.text import clean, flat, identifier, plain_text, split_values
from store.schemas import Availability, Item

LONGEST_ID = 200
NESTED_NAMES = ("size", "colour", "color", "value", "name", "label")
PICTURE_NAMES = ("src", "url", "href", "link", "path", "image")
AMOUNT_NAMES = ("value", "amount", "price")

_AVAILABILITY: dict[str, Availability] = {
    **dict.fromkeys(("in_stock", "instock", "in", "yes", "y", "true", "1", "available", "limited_availability",
                     "ja", "lieferbar", "auf_lager", "verfugbar", *IN_STOCK), "in_stock"),
    **dict.fromkeys(("out_of_stock", "outofstock", "out", "no", "n", "false", "0", "sold_out", "soldout",
                     "unavailable", "discontinued", "nein", "nicht_lieferbar", "nicht_verfugbar", "ausverkauft",
                     *OUT_OF_STOCK),
                    "out_of_stock"),
    **dict.fromkeys(("preorder", "pre_order", "vorbestellbar"), "preorder"),
    **dict.fromkeys(("backorder", "back_order", "on_backorder"), "backorder"),
}  # fmt: skip

# Facts that are fields of an item; all others are attributes.
_FIELDS = frozenset(("id", "title", "description", "price", "sale_price", "former_price", "currency", "availability",
                     "brand", "product_type", "item_group_id", "link", "image_link",
                     "additional_image_link"))  # fmt: skip
# A comma or semicolon between two pictures, not one inside an address.
_BETWEEN_PICTURES = re.compile(r",(?=\s*https?:)|;|,\s+|,(?=[^,/]+\.\w{3,4}(?:,|$))")
# Facts that are lists in plain text, and the marks between their values.
_MARKS = {"size": "|,;", "color": "|/,;", "material": "|/,;"}
_SHELVES = frozenset(("collection", "collections", "promotion", "promotions", "sale", "deals", "clearance",
                      "featured", "new arrivals", "what's new", "best sellers", "bestsellers"))  # fmt: skip
_LISTS = ("categories", "tags", "sizes", "colors", "colours")  # a name that ends so is a list as well


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong with a field, without its place in the file."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Normalised:
    """An item without its pictures, where they are to be found, and what was left out."""

    item: Item
    pictures: tuple[str, ...]
    warnings: tuple[Remark, ...]
    written: tuple[str, float] = ("", 0.0)  # the price as the source writes it, and as it was read


@dataclass
class _Facts:
    """The values of one row by fact, and the warnings so far."""

    values: Mapping[str, Sequence[Any]]
    warnings: list[Remark] = field(default_factory=list)

    def first(self, name: str) -> Any:
        """The first value that is not empty, or None."""
        return next((value for value in flat(self.values.get(name, ())) if clean(value)), None)

    def text(self, name: str) -> str:
        return clean(unescape(clean(self.first(name))))  # shops write "CoolTech&trade;" in titles

    def warn(self, name: str, value: object, reason: str) -> None:
        self.warnings.append(Remark(name, shortened(value), reason))


def normalise(row: Mapping[str, Any], plan: ColumnPlan, currency: str | None = None) -> Normalised | Remark:
    """Make an item of a row; ``currency`` is the shop's own. A ``Remark`` says why the row is rejected."""
    facts = _Facts(plan.gather(row))
    item_id, title = identifier(facts.first("id")), facts.text("title")
    if not item_id:
        return Remark("id", "", "missing")
    if len(item_id) > LONGEST_ID:
        return Remark("id", shortened(item_id), f"longer than {LONGEST_ID} characters")
    if not title:
        return Remark("title", "", "missing")
    own_currency = facts.text("currency").upper() or currency
    try:
        price = _price(facts, "price", own_currency)
    except ValueError as error:
        return Remark("price", shortened(facts.first("price")), str(error))
    written = (facts.text("price"), price.amount) if price else ("", 0.0)
    sale = _sale(facts, price, own_currency)
    if price is None:
        price, sale = sale, None
    if sale is None and (former := _former(facts, price, own_currency)):
        price, sale = former, price
    if price is None and plan.has("price") and not any(remark.field == "price" for remark in facts.warnings):
        facts.warn("price", "", "none given")
    item = Item(
        item_id=item_id,
        title=title,
        description=plain_text(facts.first("description")),
        price=price.amount if price else None,
        sale_price=sale.amount if sale else None,
        currency=price.currency if price else None,
        availability=_availability(facts),
        brand=facts.text("brand"),
        product_type=_product_type(plan.levels(row), facts),
        item_group_id=identifier(facts.first("item_group_id")),
        link=_link(facts),
        attributes=_attributes(facts),
    )
    return Normalised(item, _pictures(facts), tuple(facts.warnings), written)


def shortened(value: object) -> str:
    """A value as a report shows it."""
    text = clean(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _price(facts: _Facts, name: str, currency: str | None) -> Money | None:
    value = next((_amount_of(v) for v in facts.values.get(name, ()) if isinstance(v, dict)), None) or facts.first(
        name
    )
    if value is None:
        raw = flat(facts.values.get(name, ()))
        if any(isinstance(v, float) for v in raw):
            raise ValueError("not a finite number")
        return None
    money = parse_price(value, currency)
    if money.amount == 0:
        facts.warn(name, value, "zero is taken as no price")
        return None
    return money


def _amount_of(price: dict[str, Any]) -> str:
    """A price written as a record, {"value": "29.99", "currency": "USD"}, as text."""
    amount = next((clean(price[name]) for name in AMOUNT_NAMES if name in price), "")
    return amount and f"{amount} {clean(price.get('currency') or price.get('currency_code'))}"


def _sale(facts: _Facts, price: Money | None, currency: str | None) -> Money | None:
    """The sale price, if it is one today."""
    value = facts.first("sale_price")
    try:
        sale = None if value is None else _price(facts, "sale_price", (price and price.currency) or currency)
    except ValueError as error:
        facts.warn("sale_price", value, f"ignored: {error}")
        return None
    if sale is None or price is None:
        return sale
    if sale.currency != price.currency:
        facts.warn("sale_price", value, f"ignored: its currency is not that of the price ({price.currency})")
        return None
    if sale.amount > price.amount:
        facts.warn("sale_price", value, "ignored: higher than the price")
        return None
    if not _now_within(facts.text("sale_price_effective_date")):
        facts.warn("sale_price", value, "ignored: the sale is not on today (sale_price_effective_date)")
        return None
    return sale if sale.amount < price.amount else None


def _former(facts: _Facts, price: Money | None, currency: str | None) -> Money | None:
    """What was paid before, where that is above today's price; it makes a sale of it."""
    value = facts.first("former_price")
    if value is None or price is None:
        return None
    try:
        former = _price(facts, "former_price", price.currency or currency)
    except ValueError as error:
        facts.warn("former_price", value, f"ignored: {error}")
        return None
    above = former is not None and former.currency == price.currency and former.amount > price.amount
    return former if above else None


def _now_within(period: str) -> bool:
    """Whether today lies in "start/end" (ISO 8601); what is no such period does not limit."""
    start, slash, end = period.partition("/")
    if not slash:
        return True
    try:
        bounds = [datetime.fromisoformat(text.strip()) for text in (start, end)]
    except ValueError:
        return True
    first, last = (bound if bound.tzinfo else bound.replace(tzinfo=UTC) for bound in bounds)
    return first <= datetime.now(UTC) <= last


def _availability(facts: _Facts) -> Availability:
    said = facts.text("availability")
    if said:
        word = re.sub(r"[\s\-]+", "_", folded(said.lower().rpartition("/")[2].strip()))
        if word in _AVAILABILITY:
            return _AVAILABILITY[word]
        if (count := _whole(said)) is not None:
            return "in_stock" if count > 0 else "out_of_stock"
    count = _whole(facts.text("stock"))
    if said and count is None:
        facts.warn("availability", said, "not understood, taken as in stock")
    return "in_stock" if count is None or count > 0 else "out_of_stock"


def _whole(text: str) -> int | None:
    return int(float(text)) if re.fullmatch(r"-?\d{1,9}(\.0+)?", text) else None


def _product_type(levels: Sequence[Any], facts: _Facts) -> str:
    """A path from broad to narrow; of several paths the deepest, its first occurrence."""
    if len(levels) > 1:
        names = [name for value in levels for name in split_values([value], "")[:1]]
        return " > ".join(dict.fromkeys(name for name in names if name.lower() not in ("na", "none")))
    given = facts.values.get("product_type", ())
    listed = any(not isinstance(value, str) for value in given)
    paths = [_path(text) for text in split_values(given, "" if listed else "|")]
    return max((path for path in paths if path and not path.isdigit()), key=lambda path: path.count(">"), default="")


def _path(text: str) -> str:
    """The levels of a path, without the shelves that a shop has beside its kinds ("Bags/Collections/New")."""
    marks = ">" if ">" in text else "/"
    parts = [part.strip() for part in text.split(marks) if part.strip()]
    return " > ".join(list(takewhile(lambda part: part.lower() not in _SHELVES, parts)) or parts)


def _link(facts: _Facts) -> str:
    link = facts.text("link")
    if link and not re.match(r"https?://[^\s/]+", link, re.IGNORECASE):
        facts.warn("link", link, "ignored: not an http(s) address")
        return ""
    return link


def _pictures(facts: _Facts) -> tuple[str, ...]:
    """Where the pictures are, best first; commas part addresses and file names only where nothing else does."""
    found: list[str] = []
    for name in ("image_link", "additional_image_link"):
        for text in split_values(map(_addresses, facts.values.get(name, ())), "|"):
            found.extend(part.strip() for part in _BETWEEN_PICTURES.split(text))
    return tuple(dict.fromkeys(part for part in found if part))


def _addresses(value: Any) -> Any:
    """Pictures written as records, [{"src": ..., "alt": ...}], as their addresses."""
    if isinstance(value, (list, tuple)):
        return [_addresses(part) for part in value]
    if isinstance(value, dict) and (found := [value[name] for name in PICTURE_NAMES if name in value]):
        return found[0]
    return value


def _attributes(facts: _Facts) -> dict[str, tuple[str, ...]]:
    attributes = {}
    for name, values in facts.values.items():
        if name and name not in _FIELDS:
            unpacked = [value for value in map(_unpacked, values) if value is not None]
            if kept := split_values(unpacked, _marks(name)):
                attributes[name] = kept
            for fact in ("size", "color") if any(isinstance(value, (list, tuple)) for value in values) else ():
                inner = [v for value in values for v in _of_variants(value, fact)]
                if inner and not facts.values.get(fact):
                    attributes.setdefault(fact, tuple(dict.fromkeys(inner)))
    return with_rating(attributes, facts.values, facts.warn)


def _marks(name: str) -> str:
    return _MARKS.get(name, "|,;" if name.endswith(_LISTS) else "|")


def _unpacked(value: Any) -> Any:
    """A list of records as a list of their names; records that have none say nothing to a shopper."""
    if isinstance(value, dict):
        return None
    if not isinstance(value, (list, tuple)) or not any(isinstance(part, dict) for part in value):
        return value
    records = [part for part in value if isinstance(part, dict)]
    if any(len(record) > 2 for record in records) or any("key" in record for record in records):
        return None
    offered = [record for record in records if record.get("available", True)] or records
    return [next((record[name] for name in NESTED_NAMES if name in record), None) for record in offered]


def _of_variants(value: Any, fact: str) -> list[str]:
    """Sizes or colours out of a list of variants."""
    if not isinstance(value, (list, tuple)):
        return []
    names = (fact, *SYNONYMS[fact])
    records = [part for part in value if isinstance(part, dict) and len(part) > 2]
    return [clean(record[name]) for record in records for name in names if clean(record.get(name))]
