"""Which titles does a language model think likelier than this one? Found without scoring them all.

Titles are a trie of tokens. The probability of a title's beginning bounds that of the title, so whatever begins less
likely than the title in question is never looked into: branch and bound with an exact answer (Land and Doig 1960).
First comes what is furthest ahead of that title's own probability, token for token.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

AT_ONCE = 8  # beginnings that the model reads in one pass

Path = tuple[int, ...]
Following = Callable[[Sequence[Sequence[int]]], Tensor]


class TitleTrie:
    """Titles by their tokens, each ended; several may be the same."""

    def __init__(self, titles: Sequence[Sequence[int]]) -> None:
        self.paths = [tuple(title) for title in titles]
        self._next: dict[Path, set[int]] = defaultdict(set)
        self._named: dict[Path, list[int]] = defaultdict(list)
        for number, path in enumerate(self.paths):
            self._named[path].append(number)
            for at, token in enumerate(path):
                self._next[path[:at]].add(token)

    def lengths(self) -> NDArray[np.int64]:
        """How many tokens each has, (titles,)."""
        return np.array([len(path) for path in self.paths], dtype=np.int64)

    def likelier(
        self, following: Following, than: int, score: float, most: int, met: Collection[int]
    ) -> dict[int, float]:
        """Titles of more log-probability than ``score``, that of number ``than``, by number.

        The search ends with ``most`` of them that are not ``met``: then they are some, not always the best.
        """
        found: dict[int, float] = {}
        pace = score / len(self.paths[than])
        open_: list[tuple[float, float, Path]] = [(0.0, 0.0, ())]
        while open_ and len(found.keys() - set(met)) < most:
            paths = [heapq.heappop(open_) for _ in range(min(AT_ONCE, len(open_)))]
            for (_, so_far, path), shares in zip(paths, following([path for *_, path in paths]), strict=True):
                tokens = sorted(self._next[path])
                for token, share in zip(tokens, shares[tokens].tolist(), strict=True):
                    longer, reached = (*path, token), so_far + share
                    if reached <= score or longer == self.paths[than]:
                        continue
                    if longer in self._next:
                        heapq.heappush(open_, (pace * len(longer) - reached, reached, longer))
                    found |= dict.fromkeys(self._named.get(longer, ()), reached)
        return found
