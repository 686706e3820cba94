"""Semantic IDs: a short tuple of codes that says what an item is like, and the trie of all IDs that exist.

Level by level the codes go from coarse to fine, so items that share a prefix resemble each other (TIGER, Rajput et
al. 2023, arXiv:2305.05065). A last token tells apart the items whose codes are the same; with it every ID is unique.
The trie holds exactly the IDs of real items, so a search along it cannot end anywhere else.

This module does not know where codes come from (``quantiser.py``) or who walks the trie (``trie_ways.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]


class IndexMethod(StrEnum):
    """Where the codes of a store's items come from (compared by Hua et al. 2023, arXiv:2305.06569)."""

    SEMANTIC = "semantic"  # content, by a trained RQ-VAE
    FSQ = "fsq"  # content, by rounding; no training
    COLLABORATIVE = "collaborative"  # who visited what
    SEQUENTIAL = "sequential"  # the order of the visits, or of the catalog
    HYBRID = "hybrid"  # semantic, then collaborative


@dataclass(frozen=True, slots=True)
class Level:
    """The nodes of one depth of the trie, in lexicographic order.

    A node's children are the nodes ``first_child[node]`` to ``first_child[node + 1]`` of the next level; its items
    are ``order[first_item[node]:first_item[node + 1]]`` of the trie.
    """

    codes: Codes  # (nodes,), the code that leads from the parent to the node
    first_item: Codes  # (nodes + 1,)
    first_child: Codes  # (nodes + 1,)


@dataclass(frozen=True, slots=True)
class Trie:
    """Every ID of a catalog as a tree: ``levels[0]`` are the first codes, the last level's nodes are single items."""

    levels: tuple[Level, ...]
    order: Codes  # (n_items,) positions of the items in lexicographic order of their IDs

    @classmethod
    def of(cls, ids: Codes) -> Trie:
        """The trie of unique IDs, (n_items, levels)."""
        order = np.lexsort(ids.T[::-1])
        ordered = ids[order]
        starts = [_starts(ordered[:, : depth + 1]) for depth in range(ids.shape[1])]
        levels = []
        for depth, start in enumerate(starts):
            below = starts[depth + 1] if depth + 1 < len(starts) else np.arange(len(ids))
            first_item = np.append(start, len(ids))
            first_child = np.searchsorted(below, first_item)
            levels.append(Level(ordered[start, depth], first_item, first_child))
        return cls(tuple(levels), order)

    def counts(self, allowed: Mask) -> list[Codes]:
        """For each level, how many items of ``allowed`` (n_items,) each node has below it, (nodes,)."""
        before = np.append(0, np.cumsum(allowed[self.order]))
        return [np.diff(before[level.first_item]) for level in self.levels]

    def paths(self, positions: Codes) -> Codes:
        """The nodes that lead to some items, (len(positions), levels)."""
        rank = np.empty(len(self.order), dtype=np.int64)
        rank[self.order] = np.arange(len(self.order))
        return np.stack(
            [np.searchsorted(level.first_item, rank[positions], "right") - 1 for level in self.levels], axis=1
        )


def _starts(prefixes: Codes) -> Codes:
    """Where a new prefix begins among sorted ones."""
    new = np.any(prefixes[1:] != prefixes[:-1], axis=1)
    return np.flatnonzero(np.append(len(prefixes) > 0, new))


def with_last_token(codes: Codes) -> Codes:
    """IDs that are unique: to the codes (n_items, levels) of each item its number among the items with these codes.

    Items count in their order, so an item that is added at the end changes no other's ID.
    """
    seen: dict[tuple[int, ...], int] = {}
    last = np.empty((len(codes), 1), dtype=np.int64)
    for position, row in enumerate(map(tuple, codes.tolist())):
        last[position] = seen[row] = seen.get(row, -1) + 1
    return np.hstack([codes, last])
