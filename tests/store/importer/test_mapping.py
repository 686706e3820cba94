import pytest

from store.errors import SourceError
from store.importer.mapping import parse_map, plan_columns, snake


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("g:Image Link", "image_link"),
        ("baseColour", "base_colour"),
        ("Body (HTML)", "body_html"),
        ("Color (product.metafields.shopify.color-pattern)", "color"),
        ("SKU", "sku"),
        ("5G", "5g"),
        ("Option1Name", "option1_name"),
        ("Weight [kg]", "weight"),
    ],
)
def test_column_names_in_one_spelling(written: str, ours: str) -> None:
    assert snake(written) == ours


def test_google_s_names_and_synonyms() -> None:
    plan = plan_columns(["SKU", "Product Name", "price", "special_price", "base_colour", "Photo", "sleeve", "cost"])
    assert plan.columns == {
        "SKU": "id",
        "Product Name": "title",
        "price": "price",
        "special_price": "sale_price",
        "base_colour": "color",
        "Photo": "image_link",
        "sleeve": "sleeve",
        "cost": "",
    }
    assert "price" not in plan.synonyms
    assert plan.synonyms["SKU"] == "id"


@pytest.mark.parametrize(
    ("column", "fact"),
    [
        ("Article no", "id"),
        ("ISBN / Code", "id"),
        ("EAN", "id"),
        ("Size / Colour", "size_colour"),
        ("Code/Year", "code_year"),
    ],
)
def test_a_name_with_a_slash_is_a_fact_where_both_names_are(column: str, fact: str) -> None:
    assert plan_columns(["title", column]).columns[column] == fact


def test_of_several_names_of_a_fact_the_likeliest_is_taken() -> None:
    columns = plan_columns(["EAN", "ISBN / Code", "Article no", "SKU"]).columns
    assert columns == {"SKU": "id", "EAN": "ean", "ISBN / Code": "isbn_code", "Article no": "article_no"}


def test_an_exact_name_wins_over_a_synonym() -> None:
    plan = plan_columns(["sku", "id", "name", "title"])
    assert plan.columns == {"sku": "sku", "id": "id", "name": "name", "title": "title"}


@pytest.mark.parametrize(
    ("columns", "facts"),
    [
        (("RRP £", "Our Price"), ("former_price", "price")),
        (("Selling price", "UVP"), ("price", "former_price")),
        (("MRP", "selling_price"), ("former_price", "price")),
        (("price", "MSRP"), ("price", "former_price")),
        (("List Price", "price"), ("former_price", "price")),
        (("List Price", "Special Price"), ("price", "sale_price")),
        (("MSRP", "Sale Price"), ("price", "sale_price")),
        (("Price", "Compare at price"), ("price", "former_price")),
        (("RRP",), ("price",)),
        (("Retail Price",), ("price",)),
        (("Regular price", "Sale price"), ("price", "sale_price")),
    ],
)
def test_of_two_prices_that_of_the_shop_is_paid(columns: tuple[str, ...], facts: tuple[str, ...]) -> None:
    plan = plan_columns(["id", "title", *columns])
    assert tuple(plan.columns[column] for column in columns) == facts


def test_a_price_that_is_pointed_out_leaves_the_recommended_one_to_compare_with() -> None:
    plan = plan_columns(["id", "title", "RRP", "Ours"], [("price", "Ours")])
    assert (plan.columns["RRP"], plan.columns["Ours"]) == ("former_price", "price")


def test_the_user_wins_over_both() -> None:
    plan = plan_columns(["id", "price", "retail_price", "name"], [("price", "retail_price"), ("headline", "name")])
    assert plan.gather({"id": 1, "price": 5, "retail_price": 7, "name": "x"}) == {
        "id": [1],
        "price_2": [5],
        "price": [7],
        "headline": ["x"],
    }


def test_templates_are_filled_from_the_row_or_left_out() -> None:
    plan = plan_columns(["id", "name", "Set"], [("image_link", "{Set}/{id}.jpg")])
    assert plan.gather({"id": 7, "name": "x", "Set": "red"})["image_link"] == ["red/7.jpg"]
    assert plan.gather({"id": 7, "name": "x", "Set": None})["image_link"] == []


def test_levels_of_a_category_make_one_path_broad_to_narrow() -> None:
    plan = plan_columns(["id", "article_type", "master_category", "sub_category", "type"])
    row = {"id": 1, "article_type": "Skirts", "master_category": "Apparel", "sub_category": "Bottomwear", "type": "x"}
    assert plan.levels(row) == ["Apparel", "Bottomwear", "Skirts"]
    assert plan.columns["type"] == "type"


def test_nested_values_are_flattened_one_level_and_cannot_set_the_title() -> None:
    plan = plan_columns(["id", "title", "attributes"])
    facts = plan.gather({"id": 1, "title": "t", "attributes": {"Pattern": "Solid", "name": "n", "colour": "Red"}})
    assert facts == {"id": [1], "title": ["t"], "pattern": ["Solid"], "name": ["n"], "color": ["Red"]}


def test_a_wrong_map_lists_the_columns() -> None:
    with pytest.raises(SourceError, match=r"no column 'retail'; there are: id, price"):
        plan_columns(["id", "price"], [("price", "retail")])
    with pytest.raises(SourceError, match="no column 'nr'"):
        plan_columns(["id"], [("image_link", "{nr}.jpg")])
    with pytest.raises(SourceError, match="template"):
        plan_columns(["id"], [("image_link", "{id.jpg")])


def test_map_arguments() -> None:
    assert parse_map("Price=retail price") == ("price", "retail price")
    for bad in ("price", "=x", "price="):
        with pytest.raises(SourceError, match="FACT=COLUMN"):
            parse_map(bad)


def test_a_unit_in_the_name_of_a_column_goes_to_its_bare_numbers() -> None:
    row = {
        "Width (cm)": "35,5",
        "Weight [kg]": 1.3,
        "Depth (cm)": "about 40",
        "Size (EU)": "42",
        "Price (EUR)": "12.50",
        "Views (ALL)": "7",
        "Wireless (h)": True,
        "specs": {"Length (m)": 2},
    }
    found = plan_columns(row).gather(row)
    assert {name: values[0] for name, values in found.items()} == {
        "width": "35,5 cm",
        "weight": "1.3 kg",
        "depth": "about 40",
        "size": "42",
        "price": "12.50 EUR",
        "views": "7",
        "wireless": True,
        "length": "2 m",
    }


@pytest.mark.parametrize(
    ("header", "facts"),
    [
        (
            ("Artikelnummer", "Titel", "Preis", "Farbe", "Marke", "Bild", "Größe", "Verfügbarkeit", "Beschreibung"),
            ("id", "title", "price", "color", "brand", "image_link", "size", "availability", "description"),
        ),
        (
            ("Référence", "Désignation", "Prix TTC", "Couleur", "Marque", "Catégorie", "Matière", "Devise"),
            ("id", "title", "price", "color", "brand", "product_type", "material", "currency"),
        ),
        (
            ("Código", "Nombre", "Precio", "Precio oferta", "Talla", "Categoría", "Imagen", "Descripción"),
            ("id", "title", "price", "sale_price", "size", "product_type", "image_link", "description"),
        ),
        (
            ("Codice", "Nome prodotto", "Prezzo", "Colore", "Taglia", "Immagine", "Giacenza", "Sesso"),
            ("id", "title", "price", "color", "size", "image_link", "stock", "gender"),
        ),
        (
            ("Productnummer", "Productnaam", "Prijs", "Kleur", "Merk", "Afbeelding", "Maat", "Omschrijving"),
            ("id", "title", "price", "color", "brand", "image_link", "size", "description"),
        ),
        (("sku", "name", "Preis in EUR", "Bezeichnung"), ("id", "title", "price", "bezeichnung")),
        (("sku", "name", "price_usd", "price_eur"), ("id", "title", "price", "price_eur")),
        (("id", "title", "price", "Preis", "genre", "art"), ("id", "title", "price", "preis", "genre", "art")),
        (("id", "title", "price_all", "price_band"), ("id", "title", "price_all", "price_band")),
    ],
)
def test_columns_of_shops_that_write_other_languages(header: tuple[str, ...], facts: tuple[str, ...]) -> None:
    assert tuple(plan_columns(header).columns[column] for column in header) == facts


def test_categories_of_other_languages_make_a_path() -> None:
    plan = plan_columns(["id", "Titel", "Unterkategorie", "Hauptkategorie"])
    assert plan.levels({"Unterkategorie": "Lampen", "Hauptkategorie": "Wohnen"}) == ["Wohnen", "Lampen"]
    accents = plan_columns(["id", "Titre", "Sous-catégorie", "Catégorie"])
    assert accents.levels({"Sous-catégorie": "Robes", "Catégorie": "Mode"}) == ["Mode", "Robes"]


def test_a_bare_price_has_the_currency_that_its_column_ends_on() -> None:
    plan = plan_columns(["id", "title", "Preis in EUR"])
    assert plan.gather({"Preis in EUR": "12,50"})["price"] == ["12,50 EUR"]
    assert plan.gather({"Preis in EUR": "$12.50"})["price"] == ["$12.50"]
