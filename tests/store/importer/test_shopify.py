import csv
import io
from typing import Any

from store.importer.readers import Row
from store.importer.shopify import is_shopify, products

HEADER = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,"
    "Option2 Value,"
    "Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,"
    "Variant Compare At Price,Image Src,Image Position,Variant Image,Cost per item,Status,"
    "Google Shopping / Gender,Fabric (product.metafields.shopify.fabric)"
)


def export(text: str) -> list[Row]:
    reader = csv.DictReader(io.StringIO(HEADER + "\n" + text))
    return list(products(Row("export.csv", n, values) for n, values in enumerate(reader, start=2)))


TEE = """\
tee,Tee,<p>Soft</p>,Mara,Apparel > Tops,T-Shirt,"new, soft",true,Color,Red,Size,S,T-R-S,shopify,0,deny,20.00,25.00,https://x/1.jpg,1,https://x/red.jpg,9.99,active,female,Cotton
tee,,,,,,,,,Red,,M,T-R-M,shopify,4,deny,22.00,25.00,https://x/2.jpg,2,https://x/red.jpg,9.99,,,
tee,,,,,,,,,Blue,,S,T-B-S,shopify,0,deny,20.00,,https://x/blue.jpg,3,https://x/blue.jpg,9.99,,,
"""


def test_recognised_by_its_columns() -> None:
    assert is_shopify(HEADER.split(","))
    assert is_shopify(["Title", "URL handle", "Price", "SKU", "Option1 name"])
    assert not is_shopify(["handle", "title", "price"])


def test_each_colour_is_a_record_with_its_own_sizes_price_stock_and_pictures() -> None:
    red, blue = export(TEE)
    expected: dict[str, Any] = {
        "id": "tee-red",
        "item_group_id": "tee",
        "title": "Tee",
        "description": "<p>Soft</p>",
        "brand": "Mara",
        "product_type": "Apparel > Tops > T-Shirt",
        "tags": ["new", " soft"],
        "gender": "female",
        "fabric": "Cotton",
        "color": ["Red"],
        "size": ["M"],
        "availability": "in_stock",
        "price": "25.00",
        "sale_price": "22.00",
        "image_link": ["https://x/red.jpg", "https://x/1.jpg", "https://x/2.jpg"],
    }
    assert red.values == expected
    assert (blue.values["id"], blue.values["availability"]) == ("tee-blue", "out_of_stock")
    assert (blue.values["price"], blue.values["size"]) == ("20.00", ["S"])
    assert "sale_price" not in blue.values
    assert blue.values["image_link"] == ["https://x/blue.jpg", "https://x/1.jpg", "https://x/2.jpg"]
    assert [(row.line, row.rows) for row in (red, blue)] == [(2, 3), (2, 0)]


def test_a_size_is_one_by_whatever_it_is_the_size_of() -> None:
    (red, _) = export(TEE.replace(",Size,", ",Shoe size,"))
    assert red.values["size"] == ["M"]


DESK = (
    "desk,Standing desk,,Mara,,Desk,,true,{one},{a},{two},120 cm,,,,,399.00,,desk.jpg,1,,,active,,\n"
    "desk,,,,,,,,,{b},,140 cm,,,,,399,449.00,,,,,,,\n"
    "desk,,,,,,,,,{b},,160 cm,,,,,479.00,,,,,,,,\n"
)


def test_sizes_that_cost_differently_are_records_of_their_own() -> None:
    small, reduced, wide = (row.values for row in export(DESK.format(one="Color", a="Oak", b="Oak", two="Size")))
    told = [(v["size"], v["price"], v.get("sale_price")) for v in (small, reduced, wide)]
    assert told == [(["120 cm"], "399.00", None), (["140 cm"], "449.00", "399"), (["160 cm"], "479.00", None)]
    assert [v["id"] for v in (small, reduced, wide)] == ["desk-120-cm", "desk-140-cm", "desk-160-cm"]
    assert {v["item_group_id"] for v in (small, reduced, wide)} == {"desk"}
    assert wide["image_link"] == ["desk.jpg"]


def test_only_the_colour_whose_sizes_differ_in_price_is_parted() -> None:
    white, *oak = (row.values for row in export(DESK.format(one="Color", a="White", b="Oak", two="Size")))
    assert (white["id"], white["size"]) == ("desk-white", ["120 cm"])
    assert [(v["id"], v["color"]) for v in oak] == [("desk-oak-140-cm", ["Oak"]), ("desk-oak-160-cm", ["Oak"])]


def test_sizes_of_one_price_stay_together_however_it_is_written() -> None:
    same = DESK.replace("399,449.00", "399,").replace("479.00", "399.0")
    (desk,) = (row.values for row in export(same.format(one="Color", a="Oak", b="Oak", two="Size")))
    assert (desk["id"], desk["size"]) == ("desk", ["120 cm", "140 cm", "160 cm"])


def test_a_product_without_options_is_one_record() -> None:
    (mug,) = export("mug,Mug,,Mara,,Mug,,true,Title,Default Title,,,M-1,,,deny,8.00,,mug.jpg,1,,,active,,\n")
    assert mug.values["id"] == "mug"
    assert mug.values["image_link"] == ["mug.jpg"]
    assert mug.values["availability"] == "in_stock"
    assert not {"color", "size", "title_2"} & mug.values.keys()


def test_drafts_and_unpublished_products_are_not_for_shoppers() -> None:
    draft, hidden = export(
        "a,A,,,,,,true,Title,Default Title,,,,,,,8.00,,,,,,draft,,\n"
        "b,B,,,,,,false,Title,Default Title,,,,,,,8.00,,,,,,active,,\n"
    )
    assert "draft" in draft.problem
    assert "not published" in hidden.problem


def test_the_unit_in_the_name_of_a_column_stays_with_its_numbers() -> None:
    header = HEADER.replace("Fabric (product.metafields.shopify.fabric)", "Width (cm)")
    reader = csv.DictReader(io.StringIO(header + "\n" + TEE.replace(",Cotton", ",180")))
    red, _ = products(Row("export.csv", n, values) for n, values in enumerate(reader, start=2))
    assert red.values["width"] == "180 cm"


def test_what_the_shop_paid_is_never_read() -> None:
    assert not any("9.99" in str(row.values) for row in export(TEE))
