"""The Kitchen department: every type of its modules, in the order of the catalog."""

from __future__ import annotations

from training.demo_store import kitchen_cooking, kitchen_drinks, kitchen_table
from training.demo_store.product_type import ProductType

TYPES: tuple[ProductType, ...] = (*kitchen_drinks.TYPES, *kitchen_table.TYPES, *kitchen_cooking.TYPES)
