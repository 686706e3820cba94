"""Every product type of the demo store, department by department; the catalog is composed in this order."""

from __future__ import annotations

from training.demo_store import (
    accessories,
    accessories_worn,
    apparel_bottoms,
    apparel_dresses,
    apparel_outer,
    apparel_skirts,
    apparel_tailored,
    apparel_tops,
    bags,
    bags_small,
    footwear,
    footwear_boots,
    footwear_dress,
    footwear_open,
    home,
    kitchen,
    outdoor,
)
from training.demo_store.product_type import ProductType

TYPES: tuple[ProductType, ...] = (
    *apparel_dresses.TYPES,
    *apparel_tops.TYPES,
    *apparel_outer.TYPES,
    *apparel_tailored.TYPES,
    *apparel_bottoms.TYPES,
    *apparel_skirts.TYPES,
    *footwear.TYPES,
    *footwear_boots.TYPES,
    *footwear_dress.TYPES,
    *footwear_open.TYPES,
    *bags.TYPES,
    *bags_small.TYPES,
    *accessories_worn.TYPES,
    *accessories.TYPES,
    *home.TYPES,
    *kitchen.TYPES,
    *outdoor.TYPES,
)
