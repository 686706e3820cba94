"""A shop of tanks, bowls and workbenches that counts parts, and tells by a value what is not there."""

from __future__ import annotations

from store.schemas import Item

_TANKS = (
    # shape, lighting, length
    ("cube", "led", "40 cm"),
    ("bowl", "none", "60 cm"),
    ("cube", "tube", "80 cm"),
    ("long", "none", "120 cm"),
)
_BOWLS = ("600 ml", "1200 ml")  # capacity
_BENCHES = (
    # drawers, rail, foldable, edge
    ("0", "with side rail", "yes", "railed edge"),
    ("1", "without side rail", "no", "round edge"),
    ("2", "with side rail", "no", "round edge"),
    ("0", "without side rail", "yes", "railed edge"),
)


def _item(item_id: str, title: str, kind: str, **attributes: str) -> Item:
    facts = {"color": ("Grey",), **{name: (value,) for name, value in attributes.items()}}
    words = f"A {title.lower()}, light, scratchless and easy to store in drawers."
    return Item(item_id, title, words, 20.0, None, "EUR", product_type=kind, brand="Holl", attributes=facts)


def hardware() -> tuple[Item, ...]:
    """Four tanks (T0 to T3), two bowls (B0, B1), four benches (W0 to W3) and half a dozen others."""
    tanks = [
        _item(f"T{n}", "Fish tank", "Fish > Fish Tanks", shape=shape, lighting=lighting, length=length)
        for n, (shape, lighting, length) in enumerate(_TANKS)
    ]
    bowls = [_item(f"B{n}", "Food bowl", "Dogs > Food Bowls", capacity=capacity) for n, capacity in enumerate(_BOWLS)]
    benches = [
        _item(f"W{n}", "Workbench", "Tools > Workbenches", drawers=drawers, rail=rail, foldable=foldable, edge=edge)
        for n, (drawers, rail, foldable, edge) in enumerate(_BENCHES)
    ]
    others = [
        _item("F0", "Fish food with vitamin C", "Fish > Food"),
        _item("F1", "Fish food with vitamin E", "Fish > Food"),
        _item("C0", "City bike", "Cycling > City Bikes"),
        _item("C1", "Mountain bike", "Cycling > Mountain Bikes"),
        _item("C2", "Volt e-bike", "Cycling > Electric Bikes"),
        _item("R0", "Rail", "Tools > Rails"),
        _item("S0", "Work shorts", "Clothes > Shorts", leg="short leg"),
        _item("S1", "Hose", "Clothes > Hoses", leg="short"),
    ]
    return (*tanks, *bowls, *benches, *others)
