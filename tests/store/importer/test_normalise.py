from typing import Any

import pytest

from store.importer.mapping import plan_columns
from store.importer.normalise import Normalised, Remark, normalise


def made(row: dict[str, Any], currency: str | None = None) -> Normalised:
    found = normalise(row, plan_columns(row), currency)
    assert isinstance(found, Normalised), found
    return found


def rejected(row: dict[str, Any]) -> Remark:
    found = normalise(row, plan_columns(row))
    assert isinstance(found, Remark)
    return found


def test_entities_in_a_title_are_characters() -> None:
    assert made({"id": 1, "title": "Dry&reg; tee &amp; shorts", "price": "5 EUR"}).item.title == "Dry® tee & shorts"


def test_entities_with_digits_in_their_name_are_characters_everywhere() -> None:
    row = {"id": 1, "title": "&frac14; zip", "description": "A &frac12; pint &amp; more", "size": "10&frac34;"}
    item = made(row).item
    assert (item.title, item.description, item.attributes["size"]) == ("¼ zip", "A ½ pint & more", ("10¾",))


@pytest.mark.parametrize("nobody", [{"rating": 0}, {"rating": "0.0"}, {"rating": 5, "rating_count": 0}])
def test_zero_is_no_rating(nobody: dict[str, Any]) -> None:
    assert made({"id": 1, "title": "x", "pattern": "plain", **nobody}).item.attributes == {"pattern": ("plain",)}
    assert made({"id": 1, "title": "x", "rating": 0.5}).item.attributes == {"rating": ("0.5",)}


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("4.50", "4.50"),
        ("4,5", "4.5"),
        ("4/5", "4"),
        ("4,5 / 5", "4.5"),
        ("4 out of 5 stars", "4"),
        ("3 stars", "3"),
        ("4.333", "4.333"),
        ("4.5/5 (1,234 reviews)", "4.5"),
        ("92", "92"),
    ],
)
def test_a_rating_is_kept_as_a_number(told: str, kept: str) -> None:
    found = made({"id": 1, "title": "x", "rating": told, "rating_count": 7})
    assert found.item.attributes == {"rating": (kept,), "rating_count": ("7",)}
    assert found.item.rating == float(kept)
    assert not found.warnings


@pytest.mark.parametrize(
    "told", ["good", "6/5", "-1", "4 to 5", "4.5.1", "1,234", "4,333", "1234", "450", "1.234,5", "101/1000"]
)
def test_a_rating_that_is_none_is_left_out_with_a_warning(told: str) -> None:
    found = made({"id": 1, "title": "x", "rating": told})
    assert not found.item.attributes
    assert (found.warnings[0].field, found.warnings[0].value) == ("rating", told)
    assert "not a number of stars" in found.warnings[0].reason


@pytest.mark.parametrize(
    ("rating", "kept"),
    [
        ({"rate": 4.6, "count": 1832}, {"rating": ("4.6",), "rating_count": ("1832",)}),
        ({"ratingValue": "4,5", "reviewCount": "1.234"}, {"rating": ("4.5",), "rating_count": ("1234",)}),
        ({"average": 3}, {"rating": ("3",)}),
        ({"rate": 0, "count": 0}, {}),
        (None, {}),
    ],
)
def test_a_rating_may_be_a_record(rating: Any, kept: dict[str, tuple[str, ...]]) -> None:
    assert made({"id": 1, "title": "x", "rating": rating}).item.attributes == kept


def test_ratings_are_found_under_other_names() -> None:
    found = made({"id": 1, "title": "x", "average_rating": 4.5, "review_count": "1,234"})
    assert found.item.attributes == {"rating": ("4.5",), "rating_count": ("1234",)}


@pytest.mark.parametrize(
    ("row", "stock"),
    [
        ({"availability": "nein"}, "out_of_stock"),
        ({"availability": "ja", "stock": "0"}, "in_stock"),
        ({"availability": "Auf Lager"}, "in_stock"),
        ({"availability": "vorbestellbar"}, "preorder"),
        ({"availability": "non disponible", "stock": "0"}, "out_of_stock"),
        ({"availability": "disponible", "stock": "3"}, "in_stock"),
    ],
)
def test_what_can_be_bought_is_read_from_words_and_else_from_the_count(row: dict[str, Any], stock: str) -> None:
    found = made({"id": 1, "title": "x", **row})
    assert found.item.availability == stock
    assert not found.warnings


def test_google_s_attributes_make_an_item() -> None:
    item = made(
        {
            "id": 7,
            "title": "  Linen   Dress ",
            "description": "<p>Cool.</p>",
            "price": "59.00 EUR",
            "sale_price": "49.00 EUR",
            "availability": "out of stock",
            "brand": "Mara",
            "product_type": "Apparel > Dresses",
            "color": "Red/White",
            "size": "S, M",
            "gender": "female",
            "item_group_id": "g1",
            "link": "https://shop.example/7",
            "sleeve": "long",
            "cost": "12",
        }
    ).item
    assert (item.item_id, item.title, item.description) == ("7", "Linen Dress", "Cool.")
    assert (item.price, item.sale_price, item.currency) == (59.0, 49.0, "EUR")
    assert (item.availability, item.brand, item.category) == ("out_of_stock", "Mara", "Dresses")
    assert item.link == "https://shop.example/7"
    assert item.attributes == {
        "color": ("Red", "White"),
        "size": ("S", "M"),
        "gender": ("female",),
        "sleeve": ("long",),
    }


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ({"id": "", "title": "x"}, "id", "missing"),
        ({"title": "x"}, "id", "missing"),
        ({"id": 1, "title": "\x00 "}, "title", "missing"),
        ({"id": "x" * 300, "title": "x"}, "id", "longer"),
        ({"id": 1, "title": "x", "price": "free"}, "price", "no amount"),
        ({"id": 1, "title": "x", "price": -3}, "price", "negative"),
        ({"id": 1, "title": "x", "price": float("nan")}, "price", "finite"),
    ],
)
def test_what_would_mislead_rejects_the_row(row: dict[str, Any], field: str, reason: str) -> None:
    remark = rejected(row)
    assert remark.field == field
    assert reason in remark.reason


@pytest.mark.parametrize(
    ("sale", "reason"),
    [
        ("70 USD", "higher"),
        ("40 EUR", "currency"),
        ("soon", "no amount"),
        ("-1 USD", "negative"),
        ("0 USD", "no price"),
    ],
)
def test_a_sale_price_that_is_none_is_left_out_with_a_warning(sale: str, reason: str) -> None:
    found = made({"id": 1, "title": "x", "price": "60 USD", "sale_price": sale})
    assert (found.item.price, found.item.sale_price) == (60.0, None)
    assert reason in found.warnings[0].reason


def test_a_sale_counts_on_its_days_only() -> None:
    row = {"id": 1, "title": "x", "price": "60 USD", "sale_price": "50 USD"}
    past = made({**row, "sale_price_effective_date": "2016-02-24T13:00-0800/2016-02-29T15:30-0800"})
    now = made({**row, "sale_price_effective_date": "2016-02-24T13:00Z/2999-01-01T00:00Z"})
    assert (past.item.sale_price, now.item.sale_price) == (None, 50.0)


def test_a_sale_price_alone_is_the_price_and_an_equal_one_is_no_sale() -> None:
    alone = made({"id": 1, "title": "x", "sale_price": "50 USD"}).item
    equal = made({"id": 1, "title": "x", "price": 50, "sale_price": 50}).item
    assert (alone.price, alone.sale_price) == (50.0, None)
    assert (equal.price, equal.sale_price) == (50.0, None)


@pytest.mark.parametrize(
    ("row", "availability"),
    [
        ({}, "in_stock"),
        ({"availability": "https://schema.org/OutOfStock"}, "out_of_stock"),
        ({"availability": "Sold out"}, "out_of_stock"),
        ({"availability": "pre-order"}, "preorder"),
        ({"in_stock": False}, "out_of_stock"),
        ({"qty": "0"}, "out_of_stock"),
        ({"stock": 12}, "in_stock"),
        ({"availability": "perhaps"}, "in_stock"),
    ],
)
def test_availability(row: dict[str, Any], availability: str) -> None:
    assert made({"id": 1, "title": "x", **row}).item.availability == availability


def test_the_number_in_stock_stays_a_fact() -> None:
    assert made({"id": 1, "title": "x", "qty": 12}).item.attributes == {"stock": ("12",)}


@pytest.mark.parametrize(
    ("row", "path"),
    [
        ({"categories": ["Gear/Bags"]}, "Gear > Bags"),
        ({"categories": ["Gear/Bags/Collections/New"]}, "Gear > Bags"),  # a shelf is no kind
        ({"categories": ["Sale/Tees"]}, "Sale > Tees"),  # unless there is nothing else
        ({"category": ["Computers", "Laptops"]}, "Computers > Laptops"),
        ({"categories": ["New", "Tees"]}, "New"),  # several, where a category is the path of one
        ({"categories": ["New", "Men/Tops/Tees", "Sale/Tees"]}, "Men > Tops > Tees"),
        ({"product_type": "Home & Garden > Lamps"}, "Home & Garden > Lamps"),
        ({"department": "Home", "category": "Light", "article_type": "Lamps"}, "Home > Light > Lamps"),
        ({"google_product_category": 2271}, ""),
        ({"type": "Mug"}, "Mug"),
    ],
)  # fmt: skip
def test_product_types_become_one_path(row: dict[str, Any], path: str) -> None:
    assert made({"id": 1, "title": "x", **row}).item.product_type == path


def test_sizes_and_colours_out_of_nested_records() -> None:
    listed = made(
        {"id": 1, "title": "x", "sizes": [{"size": "S", "available": False}, {"size": "M", "available": True}]}
    )
    none_left = made({"id": 1, "title": "x", "sizes": [{"size": "S", "available": False}]})
    variants = [{"sku": "1", "size": "S", "color": "Red"}, {"sku": "2", "size": "M", "color": "Red"}]
    of_variants = made({"id": 1, "title": "x", "variants": variants, "links": [{"key": "a", "value": "b"}]})
    assert listed.item.attributes == {"size": ("M",)}
    assert none_left.item.attributes == {"size": ("S",)}
    assert of_variants.item.attributes == {"size": ("S", "M"), "color": ("Red",)}


def test_only_web_addresses_are_links() -> None:
    found = made({"id": 1, "title": "x", "link": "javascript:alert(1)"})
    assert found.item.link == ""
    assert found.warnings[0].field == "link"


def test_pictures_in_the_order_of_the_shop() -> None:
    row = {
        "id": 1,
        "title": "x",
        "image_link": "https://a.example/1.jpg?x=1,2",
        "additional_image_link": "b.jpg, c.jpg|d e.jpg",
    }
    assert made(row).pictures == ("https://a.example/1.jpg?x=1,2", "b.jpg", "c.jpg", "d e.jpg")
    listed = made({"id": 1, "title": "x", "images": ["a.jpg"], "images_by_colour": {"Red": ["a.jpg", "r.jpg"]}})
    assert listed.pictures == ("a.jpg", "r.jpg")


def test_prices_and_pictures_written_as_records() -> None:
    row = {
        "id": 1,
        "title": "x",
        "images": [{"alt": "front", "src": "a.jpg"}],
        "price": {"currency": "USD", "value": "5.50"},
    }
    found = made(row)
    assert found.pictures == ("a.jpg",)
    assert (found.item.price, found.item.currency) == (5.5, "USD")
    assert rejected({**row, "price": {"value": "-1", "currency": "USD"}}).reason == "negative"


def test_markup_in_a_title_stays_text() -> None:
    assert made({"id": 1, "title": "<script>alert(1)</script>"}).item.title == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ({"price": "60 USD", "was": "80"}, (80.0, 60.0)),
        ({"price": 60, "original_price": "60"}, (60.0, None)),
        ({"price": 60, "Was price": "50"}, (60.0, None)),
        ({"price": 60, "compare_at_price": ""}, (60.0, None)),
        ({"price": 60, "sale_price": 50, "was_price": 90}, (60.0, 50.0)),
        ({"sale_price": 50, "was_price": 90}, (90.0, 50.0)),
        ({"price": 60, "Original price (USD)": 75}, (75.0, 60.0)),
    ],
)
def test_a_former_price_above_the_price_makes_a_sale(row: dict[str, Any], kept: tuple[float, float | None]) -> None:
    item = made({"id": 1, "title": "x", **row}, "USD").item
    assert (item.price, item.sale_price) == kept
    assert item.attributes == {}


def test_a_former_price_that_is_none_is_left_out_with_a_warning() -> None:
    found = made({"id": 1, "title": "x", "price": "60 USD", "was": "a lot more"})
    assert (found.item.price, found.item.sale_price) == (60.0, None)
    assert [remark.field for remark in found.warnings] == ["former_price"]


@pytest.mark.parametrize("column", ["ABV (%)", "abv [%]", "abv %", "ABV_pct", "abv pct"])
def test_shares_keep_their_sign(column: str) -> None:
    (values,) = made({"id": 1, "title": "x", column: "5.2"}).item.attributes.values()
    assert values == ("5.2 %",)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Épuisé", "out_of_stock"),
        ("Rupture de stock", "out_of_stock"),
        ("Agotado", "out_of_stock"),
        ("Uitverkocht", "out_of_stock"),
        ("nicht vorrätig", "out_of_stock"),
        ("Nicht verfügbar", "out_of_stock"),
        ("Disponibile", "in_stock"),
        ("Sí", "in_stock"),
        ("Op voorraad", "in_stock"),
    ],
)
def test_stock_is_understood_in_other_languages(said: str, meant: str) -> None:
    row = {"id": "1", "title": "Mug", "price": "5 USD", "availability": said}
    found = normalise(row, plan_columns(row))
    assert isinstance(found, Normalised)
    assert (found.item.availability, found.warnings) == (meant, ())
