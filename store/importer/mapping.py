"""Which column is which fact: Google Merchant names, obvious synonyms, and what the user says with ``--map``.

Every other column is kept as an attribute under its own name. Knows names, not values; what a value means is
``normalise``'s part.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.errors import SourceError
from store.importer.foreign_names import FOREIGN, FOREIGN_LEVELS, folded
from store.importer.money import known_currency

# What a maker would have asked: the price where a shop names no other, else what its own is compared with.
_RECOMMENDED = ("mrp", "msrp", "rrp", "uvp", "srp", "recommended_price", "suggested_price",
                "recommended_retail_price", "suggested_retail_price", "manufacturer_suggested_retail_price",
                "maximum_retail_price")  # fmt: skip
# Fact: columns that obviously mean it, best first.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": ("item_id", "product_id", "sku", "asin", "handle", "variant_id", "article_id", "item_number",
           "code", "uid", "article_no", "article_number", "art_no", "item_no", "product_no", "product_number",
           "product_code", "isbn", "isbn_13", "ean", "gtin", "upc", "barcode"),
    "title": ("name", "product_name", "product_title", "item_name", "display_name",
              "product_display_name", "productdisplayname"),
    "description": ("product_description", "body_html", "body", "long_description", "details", "summary", "content",
                    "short_description", "blurb"),
    "price": ("our_price", "selling_price", "sell_price", "store_price", "shop_price", "current_price", "price_now",
              "now_price", "retail_price", "regular_price", "list_price", "unit_price", "base_price", *_RECOMMENDED),
    "sale_price": ("special_price", "discounted_price", "discount_price", "offer_price", "promo_price",
                   "final_price"),
    "former_price": ("was_price", "was", "original_price", "compare_at_price", "old_price", "previous_price",
                     "price_before", "strike_price", *_RECOMMENDED, "list_price", "regular_price",
                     "retail_price"),
    "currency": ("price_currency", "currency_code"),
    "availability": ("stock_status", "in_stock", "is_in_stock", "available"),
    "stock": ("quantity", "qty", "inventory", "stock_quantity", "inventory_quantity", "stock_level"),
    "brand": ("manufacturer", "vendor", "brand_name", "make"),
    "product_type": ("category_path", "categories", "category", "product_category", "article_type", "articletype",
                     "sub_category", "subcategory", "master_category", "mastercategory", "department",
                     "google_product_category", "type", "section"),
    "item_group_id": ("group_id", "parent_id", "parent_sku", "style_id", "parent_asin"),
    "link": ("url", "product_url", "landing_page", "permalink", "page_url"),
    "image_link": ("image", "images", "image_url", "image_urls", "image_src", "image_path", "photo", "photos",
                   "picture", "pictures", "img", "img_url", "thumbnail", "filename"),
    "additional_image_link": ("additional_images", "additional_image_links", "other_images", "gallery",
                              "images_by_color", "images_by_colour"),
    "color": ("colour", "base_colour", "base_color", "basecolour", "primary_color", "color_name", "colour_name"),
    "size": ("sizes", "available_sizes", "size_options"),
    "material": ("materials", "fabric"),
    "pattern": ("pattern_name",),
    "gender": ("target_gender", "sex"),
    "age_group": ("agegroup",),
    "rating": ("average_rating", "avg_rating", "rating_average", "rating_value", "star_rating", "stars",
               "review_score", "customer_rating", "user_rating"),
    "rating_count": ("ratings_count", "rating_number", "review_count", "reviews_count", "num_reviews",
                     "number_of_reviews"),
}  # fmt: skip

# Units that a column may name behind its own name, "Width (cm)"; its bare numbers are of that unit.
_UNITS = (
    "mm cm m km in inch inches ft l ml cl g kg mg lb lbs oz mb gb tb min h hr hrs hours days w kw wh kwh v mah mp "
    "hz khz mhz ghz years months %"
)
UNITS = frozenset(_UNITS.split())
# "Preis in EUR", "price_usd"; not codes that are English words, as in "price_all".
_CURRENCY_AT_END = re.compile(r"(?:[_ ]in)?[_ ](?!all$|top$|try$|cup$|pen$)([a-z]{3})$", re.IGNORECASE)
_PRICES = ("price", "sale_price", "former_price")
_UNIT_AT_END = re.compile(r"\[([^\W\d_]+|%)\]$|\(([^\W\d_]+|%)\)$|(?:[_ ]pct|(?<=\w) ?%)$", re.IGNORECASE)

# Columns that name the same path from broad to narrow; several of them make one product type.
LEVELS = ("department", "master_category", "mastercategory", "category", "sub_category", "subcategory",
          "article_type", "articletype", *FOREIGN_LEVELS)  # fmt: skip

# What a shop pays is no one's business on the page.
NEVER_KEPT = frozenset(
    ["cost", "cost_price", "cost_per_item", "cost_of_goods_sold", "wholesale_price", "purchase_price", "margin"]
)


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What each column is.

    ``columns``: column as the source writes it -> fact. ``templates``: fact -> text with {column} in it.
    ``synonyms``: those that were found by a synonym, for the report. ``nested``: keys inside nested values.
    """

    columns: dict[str, str] = field(default_factory=dict)
    templates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: dict[str, str] = field(default_factory=dict)
    nested: dict[str, str] = field(default_factory=dict)

    def fact_of(self, column: str) -> str:
        """The fact of a column, also of one that turned up after the plan was made."""
        if column not in self.columns:
            name = snake(column)
            taken = name in SYNONYMS and name in (*self.columns.values(), *self.templates)
            self.columns[column] = "" if name in NEVER_KEPT else f"{name}_2" if taken else name
        return self.columns[column]

    def has(self, fact: str) -> bool:
        """Whether the source has a column or a template for a fact."""
        return fact in self.columns.values() or fact in self.templates

    def gather(self, values: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Values of one row by fact, in the order of the plan; nested ones are flattened one level."""
        facts: dict[str, list[Any]] = {}
        for column, value in values.items():
            fact = self.fact_of(column)
            if isinstance(value, dict) and fact not in SYNONYMS:
                for name, inner in value.items():
                    if inner_fact := self.fact_of_nested(str(name)):
                        facts.setdefault(inner_fact, []).append(with_unit(inner, str(name), inner_fact))
            elif fact:
                facts.setdefault(fact, []).append(with_unit(value, column, fact))
        for fact, templates in self.templates.items():
            facts[fact] = [filled for t in templates if (filled := _fill(t, values))] + facts.get(fact, [])
        return facts

    def fact_of_nested(self, name: str) -> str:
        """The fact of a key inside a nested value: a top-level column of that meaning has the first word."""
        if name not in self.nested:
            own = snake(name)
            fact = next((fact for fact, names in SYNONYMS.items() if own == fact or own in names), own)
            self.nested[name] = own if fact in _SINGLE else "" if own in NEVER_KEPT else fact
        return self.nested[name]

    def levels(self, values: Mapping[str, Any]) -> list[Any]:
        """Values of the columns that make the product type, broad to narrow; so are those of one that lists them."""
        chosen = [column for column, fact in self.columns.items() if fact == "product_type" and column in values]
        if len(chosen) == 1 and snake(chosen[0]) != "categories" and _is_path(listed := values[chosen[0]]):
            return list(listed)
        order = {name: place for place, name in enumerate(LEVELS)}
        return [values[c] for c in sorted(chosen, key=lambda c: order.get(folded(snake(c)), -1))]


# Facts that a nested value must not set: "attributes.name" is no title.
_SINGLE = frozenset(("id", "title", "price", "sale_price", "former_price", "currency", "stock", "availability",
                     "item_group_id", "link", "image_link", "additional_image_link", "product_type",
                     "description"))  # fmt: skip


def _is_path(value: Any) -> bool:
    """Whether a value lists names, none of which is a path itself."""
    return isinstance(value, (list, tuple)) and all(isinstance(n, str) and not set(n) & set(">/") for n in value)


def with_unit(value: Any, column: str, fact: str) -> Any:
    """A bare number with the unit, or the currency, that the name of its column ends on.

    >>> with_unit(180, "Width (cm)", "width"), with_unit("5.2", "ABV [%]", "abv"), with_unit("3", "Pieces", "pieces")
    ('180 cm', '5.2 %', '3')
    """
    ending = _UNIT_AT_END.search(column.strip())
    unit = next(filter(None, ending.groups()), "%") if ending else ""  # "protein_pct"
    if fact in _PRICES and (named := _CURRENCY_AT_END.search(column.strip())):
        unit = named[1].upper()
    bare = not isinstance(value, bool) and re.fullmatch(r"\d[\d.,]*", str(value).strip())
    fits = known_currency(unit) if fact in _PRICES else unit.lower() in UNITS
    return f"{value} {unit}" if bare and fits else value


def snake(name: str) -> str:
    """A column name as ours: "g:Image Link" gives "image_link", "Color (product.metafields.x)" gives "color"."""
    name = re.sub(r"\((?!html\)).*?\)|\[\w+\]$", "", name, flags=re.IGNORECASE).strip().removeprefix("g:")
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[A-Z][a-z])", "_", name)
    return re.sub(r"\W+", "_", name.lower()).strip("_")


def parse_map(text: str) -> tuple[str, str]:
    """One ``--map`` argument: "price=retail_price" gives ("price", "retail_price").

    Raises
    ------
    SourceError
        It has not the form FACT=COLUMN or FACT=TEMPLATE.
    """
    fact, equals, column = text.partition("=")
    if not equals or not fact.strip() or not column.strip():
        raise SourceError(f"--map {text!r}: write FACT=COLUMN, for example price=retail_price")
    return snake(fact), column.strip()


def plan_columns(columns: Iterable[str], column_map: Sequence[tuple[str, str]] = ()) -> ColumnPlan:
    """Decide for the columns seen first; ``column_map`` has (fact, column or template) and wins.

    Raises
    ------
    SourceError
        ``column_map`` names a column that the source does not have.
    """
    present = list(dict.fromkeys(columns))
    plan = ColumnPlan()
    for fact, wanted in column_map:
        _apply(plan, fact, wanted, present)
    said = {fact for fact, _ in column_map}
    for column in present:
        if column not in plan.columns and snake(column) in SYNONYMS and snake(column) not in said:
            plan.columns[column] = snake(column)
    for fact in SYNONYMS:
        if fact not in said and fact not in plan.columns.values():
            _find_synonym(plan, fact, present)
    for column in present:
        plan.fact_of(column)
    return plan


def _apply(plan: ColumnPlan, fact: str, wanted: str, present: Sequence[str]) -> None:
    if "{" in wanted:
        names = [name for _, name in _pieces(wanted) if name is not None]
        plan.templates[fact] = (*plan.templates.get(fact, ()), wanted)
    else:
        names = [wanted]
    for name in names:
        column = next((c for c in present if c == name), next((c for c in present if snake(c) == snake(name)), None))
        if column is None:
            raise SourceError(f"--map {fact}={wanted}: no column {name!r}; there are: {', '.join(present)}")
        if "{" not in wanted:
            plan.columns[column] = fact


def _find_synonym(plan: ColumnPlan, fact: str, present: Sequence[str]) -> None:
    """Take the best synonym; for the product type, all levels of the path."""
    unused = [column for column in present if column not in plan.columns]
    free = {name: column for column in unused for name in _both(column, fact)} | {snake(c): c for c in unused}
    free = {folded(name): column for name, column in free.items()} | free
    synonyms = (*SYNONYMS[fact], *FOREIGN.get(fact, ()))
    if fact in _PRICES:
        free = {name: c for c in reversed(unused) if (name := _without_currency(c))} | free
        synonyms = (fact, *synonyms)
    names = [name for name in synonyms if name in free]
    if fact == "product_type" and names and names[0] in LEVELS:
        names = [name for name in names if name in LEVELS]
    elif fact != "additional_image_link":
        names = names[:1]
    for name in names:
        plan.columns[free[name]] = fact
        plan.synonyms[free[name]] = fact


def _without_currency(column: str) -> str:
    """The name before the currency that it ends on: "Preis in EUR" gives "preis"; "" where it ends on none."""
    ending = _CURRENCY_AT_END.search(name := folded(snake(column)))
    return name[: ending.start()] if ending and known_currency(ending[1].upper()) else ""


def _both(column: str, fact: str) -> list[str]:
    """The names that a slash parts, where all of them mean the fact: "ISBN / Code" is an id."""
    names = [snake(part) for part in column.split("/")]
    return names if all(name in (fact, *SYNONYMS[fact]) for name in names) else []


def _fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with this row's values; empty when one of them is."""
    found = {snake(column): value for column, value in values.items()}
    parts = []
    for literal, name in _pieces(template):
        parts.append(literal)
        if name is not None:
            value = values.get(name, found.get(snake(name)))
            if value is None or not str(value).strip():
                return ""
            parts.append(str(value).strip())
    return "".join(parts)


def _pieces(template: str) -> list[tuple[str, str | None]]:
    """Literal text and the column after it, in turn."""
    try:
        return [(literal, name) for literal, name, _, _ in string.Formatter().parse(template)]
    except ValueError as error:
        raise SourceError(f"--map template {template!r}: {error}; write columns as {{name}}") from error
