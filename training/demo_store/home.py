"""The Home department: every type of its modules, in the order of the catalog."""

from __future__ import annotations

from training.demo_store import home_decor, home_furniture, home_lighting, home_textiles
from training.demo_store.product_type import ProductType

TYPES: tuple[ProductType, ...] = (
    *home_lighting.TYPES,
    *home_textiles.TYPES,
    *home_furniture.TYPES,
    *home_decor.TYPES,
)
