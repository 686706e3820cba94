from retrievers.item_text import PROSE, item_text
from store.schemas import Item


def test_facts_come_before_prose() -> None:
    item = Item(
        "1",
        "Joust Duffle",
        description="Simply the best. " * 100,
        brand="Mara",
        product_type="Gear > Bags",
        attributes={
            "strap": ("Padded", "Adjustable"),
            "color": ("Navy",),
            "material": ("Nylon",),
            "waterproof": ("yes",),
            "vegan": ("no",),
            "size": ("S",),
            "article_number": ("AB 12",),
            "rating": ("good",),
            "year": ("2011",),
            "story": ("a very long value that says more than a fact ever should",),
        },
    )
    text = item_text(item)
    assert text.startswith("Joust Duffle. Navy Bags. Nylon. Padded, Adjustable. waterproof. Mara. Simply the best.")
    assert len(text) < PROSE + 100
    for silent in ("vegan", "AB 12", "good", "2011", "very long"):
        assert silent not in text


def test_a_brand_in_the_title_is_said_once_and_a_title_is_enough() -> None:
    assert item_text(Item("1", "Nike Cap", brand="Nike")) == "Nike Cap"
