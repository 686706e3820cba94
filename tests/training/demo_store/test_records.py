from __future__ import annotations

import pytest

from training.demo_store.catalog import Product, compose
from training.demo_store.departments import TYPES
from training.demo_store.records import readme, record


@pytest.fixture(scope="module")
def products() -> tuple[Product, ...]:
    return compose(TYPES)


def test_a_record_speaks_google_merchant(products: tuple[Product, ...]) -> None:
    product = next(product for product in products if product.sale_price and product.views)
    line = record(product)
    assert line["id"] == product.item_id
    assert line["price"] == f"{product.price:.2f} USD"
    assert line["sale_price"] == f"{product.sale_price:.2f} USD"
    assert line["product_type"] == f"{product.kind.department} > {product.kind.plural}"
    assert line["image_link"] == f"images/{product.item_id}.webp"
    assert line["additional_image_link"] == [f"images/{product.item_id}-{view}.webp" for view in product.views]


def test_visible_attributes_are_keys_of_their_own(products: tuple[Product, ...]) -> None:
    for product in products:
        line = record(product)
        for name, value in {**product.facts.visible, **product.extras}.items():
            assert line[name] == value


def test_what_has_no_stock_is_out_of_stock(products: tuple[Product, ...]) -> None:
    for product in products:
        assert record(product)["availability"] == ("in_stock" if product.stock else "out_of_stock")


def test_only_what_is_worn_has_a_gender(products: tuple[Product, ...]) -> None:
    worn = {"Apparel", "Footwear", "Bags & Accessories"}
    for product in products:
        assert ("gender" in record(product)) == (product.kind.department in worn)


def test_the_readme_labels_the_store_synthetic_and_counts_it(products: tuple[Product, ...]) -> None:
    text = readme(products)
    assert "synthetic" in text
    assert f"{len(products):,} products" in text
