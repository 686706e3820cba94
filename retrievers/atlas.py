"""What the semantic IDs of a catalog mean to people: the words of each code, and a map of all items.

The words of a prefix of codes are those that its items have far more often than the catalog. Everything is worked
out from the records and their vectors when somebody first looks at it; no search needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrievers.base import Vectors
from retrievers.content_words import content_words
from retrievers.semantic_ids import Codes
from store.facts import fact_values
from store.schemas import Item
from store.words import fold, stems

MOST_WORDS = 3  # of one code
MOST_POINTS = 1500  # of the map: beyond them they hide one another
OFTEN = 0.25  # share of a prefix's items that must have a word before it stands for them
LONGEST_VALUE = 3  # words; longer values are texts
UNSAID = frozenset(("product_type", "availability", "size"))  # a path that ends in the category; no kinds of things
_NAMING = re.compile(r"[^\W\d_]{3}")  # no mere number, unit or size


@dataclass(frozen=True, slots=True)
class Point:
    """One item on the map; ``x`` and ``y`` from 0 to 1, ``code`` is the first of its semantic ID."""

    item_id: str
    title: str
    x: float
    y: float
    code: int


@dataclass(frozen=True, eq=False)
class Atlas:
    """A catalog's items with their semantic IDs (n_items, levels + 1) and the vectors that these were made from."""

    items: Sequence[Item]
    ids: Codes
    vectors: Vectors  # (n_items, dim)

    def words(self, prefix: Sequence[int]) -> tuple[str, ...]:
        """The words that the last code of a prefix adds to those before it; () where it adds none.

        Ranked by their part of the Kullback-Leibler divergence of the prefix's items from the catalog, p log(p / q).
        """
        spoken = {
            stem for depth in range(1, len(prefix)) for word in self.words(prefix[:depth]) for stem in stems(word)
        }
        below = np.all(self.ids[:, : len(prefix)] == np.asarray(prefix), axis=1)
        shares = self._shares(below)
        gains = shares * np.log(np.maximum(shares, 1e-9) / np.maximum(self._everywhere, 1e-9))
        gains[shares < OFTEN] = 0.0
        chosen: list[str] = []
        for at in np.argsort(-gains, kind="stable"):
            if gains[at] <= 0 or len(chosen) == MOST_WORDS:
                break
            word = self._index.words[at]
            if spoken.isdisjoint(stems(word)):
                chosen.append(word)
                spoken.update(stems(word))
        return tuple(chosen)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The map: the two principal components of the vectors; of a large catalog every so-many-th item."""
        shown = np.linspace(0, len(self.items) - 1, min(len(self.items), MOST_POINTS)).astype(int)
        return tuple(
            Point(self.items[at].item_id, self.items[at].title, float(x), float(y), int(self.ids[at, 0]))
            for at, (x, y) in zip(shown, _principal(self.vectors[shown]), strict=True)
        )

    @cached_property
    def first_codes(self) -> dict[int, int]:
        """The first codes in use with the number of their items, most items first."""
        codes, counts = np.unique(self.ids[:, 0], return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return {int(codes[at]): int(counts[at]) for at in order}

    @cached_property
    def _index(self) -> _WordsOfItems:
        return _WordsOfItems.of(self.items)

    @cached_property
    def _everywhere(self) -> NDArray[np.float64]:
        return self._shares(np.ones(len(self.items), dtype=np.bool_))

    def _shares(self, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Share of the items of a mask that have each word, (words,)."""
        held = self._index.held[mask[self._index.owners]]
        counts: NDArray[np.float64] = np.bincount(held, minlength=len(self._index.words)).astype(np.float64)
        return counts / max(1, int(mask.sum()))


@dataclass(frozen=True, slots=True)
class _WordsOfItems:
    """Which item has which word: entry for entry the word's place in ``words`` and the item's position."""

    words: tuple[str, ...]
    held: NDArray[np.int64]  # (entries,)
    owners: NDArray[np.int64]  # (entries,)

    @classmethod
    def of(cls, items: Sequence[Item]) -> _WordsOfItems:
        places: dict[str, int] = {}
        pairs = [
            (places.setdefault(word, len(places)), position)
            for position, item in enumerate(items)
            for word in dict.fromkeys(_words(item))
        ]
        held, owners = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return cls(tuple(places), held, owners)


def _words(item: Item) -> Iterator[str]:
    """What a record says of its item: short values of its facts, then the words of its title."""
    for name, values in fact_values(item).items():
        for value in values if name not in UNSAID else ():
            if len(value.split()) <= LONGEST_VALUE and _NAMING.search(value):
                yield fold(value)
    yield from (word for word in content_words(item.title) if _NAMING.search(word))


def _principal(vectors: Vectors) -> Vectors:  # (n, dim) -> (n, 2)
    """The two directions of largest spread (principal component analysis), each stretched to 0..1."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)  # ascending
    flat = centred @ axes[:, :-3:-1]
    low, high = flat.min(axis=0), flat.max(axis=0)
    stretched: Vectors = (flat - low) / np.maximum(high - low, 1e-9)
    return stretched
