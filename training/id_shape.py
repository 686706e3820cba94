"""How many levels an ID has, and how many codes a level: the same for whatever trains or measures."""

from __future__ import annotations

import numpy as np

from retrievers.semantic_ids import IndexMethod

LEVELS = 3


def book_size(items: int, method: IndexMethod = IndexMethod.SEMANTIC) -> int:
    """Codes of a level.

    Enough that three levels tell most items apart, few enough that each is often seen; for numbers in sequence the
    least base in which they have no more digits than levels.
    """
    if method is IndexMethod.SEQUENTIAL:
        return next(base for base in range(1, items + 1) if base**LEVELS >= items)
    return min(items, int(2 ** np.clip(round(np.log2(max(items, 1)) * 0.53), 3, 8)))
