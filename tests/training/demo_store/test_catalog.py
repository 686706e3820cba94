from __future__ import annotations

from collections import defaultdict

import pytest

from training.demo_store.catalog import Product, compose
from training.demo_store.departments import TYPES


@pytest.fixture(scope="module")
def products() -> tuple[Product, ...]:
    return compose(TYPES)


def test_composing_twice_gives_the_same_products(products: tuple[Product, ...]) -> None:
    assert compose(TYPES) == products


def test_item_ids_are_unique_and_stable_in_form(products: tuple[Product, ...]) -> None:
    assert len({product.item_id for product in products}) == len(products)
    assert products[0].item_id == "D0001"


def test_a_group_differs_in_colour_only(products: tuple[Product, ...]) -> None:
    groups = defaultdict(list)
    for product in products:
        groups[product.group].append(product)
    for members in groups.values():
        first = members[0]
        assert len({member.facts.color.name for member in members}) == len(members) >= 2
        for member in members:
            assert (member.style, member.facts.pattern, member.facts.visible, member.price) == (
                first.style,
                first.facts.pattern,
                first.facts.visible,
                first.price,
            )


def test_variants_of_a_family_differ_from_its_usual_form_in_one_thing(products: tuple[Product, ...]) -> None:
    families: defaultdict[str, dict[str, Product]] = defaultdict(dict)
    for product in products:
        families[product.family].setdefault(product.group, product)
    related = 0
    for groups in families.values():
        usual, *others = groups.values()
        related += bool(others)
        for other in others:
            changed = sum(usual.facts[name] != other.facts[name] for name in usual.facts.visible)
            assert changed + (usual.facts.pattern != other.facts.pattern) == 1
    assert related >= 80


def test_variants_of_a_family_share_two_colours(products: tuple[Product, ...]) -> None:
    families: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for product in products:
        families[product.family][product.group].add(product.facts.color.name)
    for groups in families.values():
        assert len(set.intersection(*groups.values())) >= 2


def test_every_type_comes_in_five_colours_and_in_those_most_asked_for(products: tuple[Product, ...]) -> None:
    colors = defaultdict(set)
    for product in products:
        colors[product.kind.plural].add(product.facts.color.name)
    for kind in TYPES:
        assert len(colors[kind.plural]) >= 5
        assert {"Red", "Blue", "Black", "Green"} & set(kind.colors) <= colors[kind.plural]


def test_sale_prices_are_below_prices_and_prices_within_the_range_of_the_type(products: tuple[Product, ...]) -> None:
    assert any(product.sale_price for product in products)
    for product in products:
        low, high = product.kind.price
        assert low <= product.price <= high + 1
        assert product.sale_price is None or 0 < product.sale_price < product.price
