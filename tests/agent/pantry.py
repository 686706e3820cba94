"""A shop of food, drink and shelves whose columns are called otherwise than shoppers speak."""

from __future__ import annotations

from store.schemas import Item

_WINES = (
    # vintage, alcohol, vegan
    ("Barolo", "2018", "14.1", "yes"),
    ("Chianti", "2021", "11.5", "no"),
    ("Rioja", "2020", "13.0", "no"),
)
_FOOD = (
    # title, kind, sugar, allergens, gluten-free, tags
    ("Spelt spaghetti", "Pasta", "3.1", ("gluten",), "no", ("vegan",)),
    ("Corn penne", "Pasta", "0.3", (), "yes", ("vegan", "palm-oil-free", "salt-free")),
    ("Egg tagliatelle", "Pasta", "2.0", ("gluten", "egg"), "no", ("palm-oil-free",)),
    ("White chocolate", "Chocolate", "47.2", ("milk",), "yes", ("palm-oil-free",)),
    ("Dark chocolate", "Chocolate", "14.0", (), "yes", ("vegan", "salt-free")),
)
_SHELVES = (
    # height, depth, assembly, delivery
    ("Low shelf", "90 cm", "31 cm", "yes", "1-2 weeks"),
    ("Tall shelf", "164 cm", "36 cm", "no", "3-5 days"),
)


def _item(n: int, title: str, kind: str, **attributes: tuple[str, ...]) -> Item:
    filled = {"color": ("White",), **{name: values for name, values in attributes.items() if values}}
    return Item(
        f"P{n}", title, f"{title} of ours.", 5.0 + n, None, "EUR", product_type=kind, brand="Holl", attributes=filled
    )


def pantry() -> tuple[Item, ...]:
    """Three wines (P0 to P2), three pastas, two chocolates (P3 to P7) and two shelves (P8, P9)."""
    found: list[Item] = []
    for title, vintage, alcohol, vegan in _WINES:
        facts = {"vintage": (vintage,), "alcohol_percent": (alcohol,), "vegan": (vegan,)}
        found.append(_item(len(found), title, "Drinks > Wine", **facts))
    for title, kind, sugar, allergens, free, tags in _FOOD:
        food = {"sugar_g": (sugar,), "allergens": allergens, "gluten_free": (free,), "tags": tags}
        found.append(_item(len(found), title, f"Food > {kind}", **food))
    for title, height, depth, assembly, delivery in _SHELVES:
        shelf = {
            "height": (height,),
            "depth": (depth,),
            "assembly_required": (assembly,),
            "delivery_time": (delivery,),
        }
        found.append(_item(len(found), title, "Furniture > Shelves", **shelf))
    return tuple(found)
