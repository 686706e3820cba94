"""Composes the products of the demo store from product types: style families, variants, colourways.

A **family** is one style with a name, a brand, a material and a backdrop. Its **variants** share everything but
one visible attribute (or the pattern), and each variant comes in several colours, of which two are common to
the whole family: that is what gives "like this but in blue" and "without the hood" a right answer. Every
product of one variant shares an ``item_group_id``. Seeded: the same types give the same products. Writes no
text (see ``writing``) and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from random import Random

from training.demo_store.materials import MATERIALS
from training.demo_store.names import BRANDS, STYLES
from training.demo_store.palette import COLORS
from training.demo_store.pictures import TINTS
from training.demo_store.product_type import Facts, ProductType, View

SEED = 20
FIRST_COLORS = ("Red", "Blue", "Black", "Green", "White")  # every type comes in these where it can
CENTS = (0.0, 0.0, 0.5, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Product:
    """One colourway of one variant of one style: everything the catalog and the pictures say about it."""

    item_id: str
    kind: ProductType
    style: str
    brand: str
    facts: Facts
    extras: Mapping[str, str]
    group: str
    family: str
    tint: str
    price: float
    sale_price: float | None
    stock: int
    rating: float
    rating_count: int
    occasions: tuple[str, ...]
    seasons: tuple[str, ...]
    views: tuple[View, ...] = ()

    @property
    def noun(self) -> str:
        """What it is called: the type's noun, unless one of its visible values has a word of its own."""
        named = (self.kind.renamed[value] for value in self.facts.visible.values() if value in self.kind.renamed)
        return next(named, self.kind.noun)

    @property
    def care(self) -> str:
        """How to clean it."""
        return self.kind.care or MATERIALS[self.facts.material].care

    def picture_name(self, view: View = "front") -> str:
        """File name of one view."""
        return f"{self.item_id}.webp" if view == "front" else f"{self.item_id}-{view}.webp"


@dataclass(frozen=True, slots=True)
class _Variant:
    visible: Mapping[str, str]
    pattern: str


@dataclass(frozen=True, slots=True)
class _Family:
    """What the products of one style have in common."""

    kind: ProductType
    style: str
    brand: str
    material: str
    gender: str
    tint: str
    price: float
    extras: Mapping[str, str]
    occasions: tuple[str, ...]
    variants: tuple[_Variant, ...] = field(default=())

    @property
    def slug(self) -> str:
        """The name of the family in the catalog: "marlow-dresses"."""
        words = f"{self.style} {self.kind.plural}".replace("&", "").lower().split()
        return "-".join(words)


def compose(types: Sequence[ProductType]) -> tuple[Product, ...]:
    """All products of the given types, numbered in order."""
    rng = Random(SEED)
    styles = cycle(rng.sample(STYLES, len(STYLES)))
    products: list[Product] = []
    groups = 0
    for number, kind in enumerate(types):
        colors, forms = _color_deck(kind, rng), _forms(kind, rng)
        for index in range(kind.families):
            family = _family(kind, index, number, next(styles), next(forms), rng)
            for variant, names in zip(family.variants, _colors(family, colors), strict=True):
                groups += 1
                for name in names:
                    item_id = f"D{len(products) + 1:04d}"
                    products.append(_product(item_id, family, variant, name, f"G{groups:03d}", rng))
    return tuple(products)


def _color_deck(kind: ProductType, rng: Random) -> Iterator[str]:
    """The type's colours for ever, those that most shoppers ask for first."""
    first = [name for name in FIRST_COLORS if name in kind.colors]
    rest = [name for name in kind.colors if name not in first]
    return cycle([*first, *rng.sample(rest, len(rest))])


def _colors(family: _Family, deck: Iterator[str]) -> list[list[str]]:
    """Colours of each variant: two that the whole family shares; the usual form comes in a third."""
    shared = [next(deck), next(deck)]
    own = [[next(deck)] if index == 0 else [] for index in range(len(family.variants))]
    return [list(dict.fromkeys(shared + more)) for more in own]


def _family(kind: ProductType, index: int, number: int, style: str, form: Mapping[str, str], rng: Random) -> _Family:
    material = kind.materials[index % len(kind.materials)]
    low, high = kind.price
    step = max(1.0, (high - low) / 12)
    price = round(low + step * rng.randint(0, 12)) + rng.choice(CENTS)
    brands = BRANDS[kind.department]
    return _Family(
        kind=kind,
        style=style,
        brand=brands[(index * 2 + number) % len(brands)],
        material=material,
        gender=kind.genders[index % len(kind.genders)],
        tint=TINTS[(index * 3 + number) % len(TINTS)],
        price=min(price, high + 0.0),
        extras={name: rng.choice(values) for name, values in kind.extras.items()},
        occasions=tuple(rng.sample(kind.occasions, min(len(kind.occasions), 1 + index % 2))),
        variants=_variants(kind, form, index, material, rng),
    )


def _variants(
    kind: ProductType, usual: Mapping[str, str], index: int, material: str, rng: Random
) -> tuple[_Variant, ...]:
    """The usual form of the style, then forms that differ from it in exactly one visible attribute."""
    patterns = _patterns(kind, material)
    pattern = patterns[0] if index % 3 != 1 else patterns[(1 + index // 3) % len(patterns)]
    base = _Variant(_settled(kind, usual), pattern)
    others = [_Variant(base.visible, other) for other in patterns if other != pattern]
    chosen = [rng.choice(others)] if others and index % 4 == 3 else []
    changes = [_Variant(changed, pattern) for changed in _changes(kind, usual, base.visible, index, rng)]
    spare = others[:1] if not changes else []
    return (base, *(chosen + changes + spare)[: 2 if index % 3 == 0 else 1])


def _changes(
    kind: ProductType, usual: Mapping[str, str], base: Mapping[str, str], index: int, rng: Random
) -> list[Mapping[str, str]]:
    """Forms that differ from the base in one attribute: one for each attribute, a different one first each time."""
    found = []
    for name, values in kind.visible.items():
        forms = [_settled(kind, {**usual, name: value}) for value in values]
        single = [form for form in forms if _differences(form, base) == 1]
        found += [rng.choice(single)] if single else []
    start = index % max(1, len(found))
    return found[start:] + found[:start]


def _patterns(kind: ProductType, material: str) -> tuple[str, ...]:
    """The patterns that the type is made in, if the material takes any."""
    return kind.patterns if MATERIALS[material].prints else kind.patterns[:1]


def _forms(kind: ProductType, rng: Random) -> Iterator[dict[str, str]]:
    """The usual form of each family in turn: first all first values, then every value about equally often."""
    yield {name: values[0] for name, values in kind.visible.items()}
    decks = {name: _shuffled_for_ever(values, rng) for name, values in kind.visible.items()}
    while True:
        yield {name: next(deck) for name, deck in decks.items()}


def _shuffled_for_ever(values: Sequence[str], rng: Random) -> Iterator[str]:
    while True:
        yield from rng.sample(values, len(values))


def _settled(kind: ProductType, visible: Mapping[str, str]) -> Mapping[str, str]:
    """The values with those that follow from others."""
    out = dict(visible)
    for value in visible.values():
        out.update(kind.implied.get(value, {}))
    return out


def _differences(first: Mapping[str, str], second: Mapping[str, str]) -> int:
    return sum(first[name] != second[name] for name in first)


def _product(item_id: str, family: _Family, variant: _Variant, color: str, group: str, rng: Random) -> Product:
    kind = family.kind
    worn = set(MATERIALS[family.material].seasons) if kind.department in ("Apparel", "Footwear") else kind.seasons
    seasons = tuple(season for season in kind.seasons if season in worn) or kind.seasons
    stock = 0 if rng.random() < 0.07 else rng.choice((2, 3, 5, 8, 12, 18, 25, 40, 60))
    views = tuple(view for view in kind.views if rng.random() < 0.5 / (1 + len(kind.views)))
    return Product(
        item_id=item_id,
        kind=kind,
        style=family.style,
        brand=family.brand,
        facts=Facts(COLORS[color], variant.pattern, family.material, family.gender, variant.visible),
        extras=family.extras,
        group=group,
        family=family.slug,
        tint=family.tint,
        price=family.price,
        sale_price=_sale(family.price, rng),
        stock=stock,
        rating=rng.choice((3.4, 3.7, 3.9, 4.0, 4.1, 4.2, 4.3, 4.4, 4.4, 4.5, 4.6, 4.7, 4.8, 4.9)),
        rating_count=round(3 + 400 * rng.random() ** 3),
        occasions=family.occasions,
        seasons=seasons,
        views=views,
    )


def _sale(price: float, rng: Random) -> float | None:
    """Every fifth product or so is reduced by 15 to 40 per cent, to a price that ends on .00 or .50."""
    if rng.random() >= 0.19:
        return None
    reduced = price * (1 - rng.choice((0.15, 0.2, 0.25, 0.3, 0.4)))
    return round(reduced * 2) / 2
