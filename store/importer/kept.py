"""Items whose row became broken: what the store had of them stays, for a slip in one cell takes nothing off a shop.

Knows ids and records as they were. An item whose row has left the file is none of its business, nor is one whose row
cannot be told apart from others, which has no id.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from store.catalog import CatalogWriter, iterate_items

ITEMS_AT_ONCE = 256


def keep_as_before(broken: Collection[str], before: Path, writer: CatalogWriter) -> tuple[str, ...]:
    """Write the ``broken`` items that the generation in ``before`` has, as it has them; their ids, in its order.

    Raises
    ------
    StoreUnavailable
        The generation cannot be read, or its successor not written.
    """
    kept: list[str] = []
    if broken and before.is_file():
        for items in iterate_items(before, ITEMS_AT_ONCE):
            known = [item for item in items if item.item_id in broken]
            writer.add(known)
            kept += (item.item_id for item in known)
    return tuple(kept)
