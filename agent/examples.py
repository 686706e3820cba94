"""First messages that work in a store, for a page that has nothing on it yet."""

from __future__ import annotations

from agent.shop import Shop
from agent.shopping_agent import Example

DEMO_EXAMPLES = (
    "A linen dress for a summer wedding, under 90",
    "Blue sneakers, no leather",
    "A warm light for my reading corner",
    "What do you have for a rainy hike?",
)


def examples_of(shop: Shop, demo: str) -> tuple[Example, ...]:
    """Messages for a shop, two of them with one of its own pictures; the store called ``demo`` has its own."""
    types = [name.lower() for name in shop.departments()[:1]]
    pictured = [item for item in shop.catalog.items if shop.image(item)]
    photos = [shop.image(pictured[len(pictured) * part // 3]) for part in (1, 2)] if pictured else []
    texts = DEMO_EXAMPLES if shop.catalog.name == demo else tuple(f"Show me your {name}" for name in types)
    worded = tuple(Example(text) for text in texts)
    return (*worded, *(Example("Something like this, but in blue", photo) for photo in photos))
