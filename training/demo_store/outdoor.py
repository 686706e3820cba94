"""The Outdoor department: every type of its modules, in the order of the catalog."""

from __future__ import annotations

from training.demo_store import outdoor_camp, outdoor_carry, outdoor_day, outdoor_rest
from training.demo_store.product_type import ProductType

TYPES: tuple[ProductType, ...] = (
    *outdoor_camp.TYPES,
    *outdoor_rest.TYPES,
    *outdoor_carry.TYPES,
    *outdoor_day.TYPES,
)
