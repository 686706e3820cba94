"""Every product type of the demo store, department by department; the catalog is composed in this order."""

from __future__ import annotations

from training.demo_store import (
    accessories,
    apparel_bottoms,
    apparel_dresses,
    apparel_outer,
    apparel_tops,
    bags,
    footwear,
    footwear_dress,
    home,
    kitchen,
    outdoor,
)
from training.demo_store.product_type import ProductType

TYPES: tuple[ProductType, ...] = (
    *apparel_dresses.TYPES,
    *apparel_tops.TYPES,
    *apparel_outer.TYPES,
    *apparel_bottoms.TYPES,
    *footwear.TYPES,
    *footwear_dress.TYPES,
    *bags.TYPES,
    *accessories.TYPES,
    *home.TYPES,
    *kitchen.TYPES,
    *outdoor.TYPES,
)
