"""A draft of a reply, looked up while the reply grows, so that a model checks many tokens in the time of one.

Greedy decoding with a draft gives the tokens that it gives without, but for rounding (speculative decoding: Leviathan
et al. 2023, arXiv:2211.17192; looking the draft up in a text: Saxena 2023, prompt lookup decoding). The draft is
what somebody else would say to the same turn, in each of the ways in which it might be said: names and prices are the
same in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

SPAN = 24  # tokens that are checked at once: on two cores a pass of so many takes half as long again as one of one
MEMORY = 8  # of the last tokens that are looked for: ways of saying one thing part after a word and meet again


class Draft:
    """Where in a draft the reply is; it may begin as the draft does."""

    def __init__(self, ids: Sequence[int]) -> None:
        self._ids = list(ids)
        self._next = 0
        self._said = list[int]()

    def ahead(self) -> list[int]:
        """What may follow, at most ``SPAN`` ids; none where the draft says nothing of it."""
        return self._ids[self._next : self._next + SPAN]

    def add(self, id_: int) -> None:
        """``id_`` was generated.

        Where the draft has another id, it goes on where most of the last ids stand in a row.

        >>> draft = Draft([1, 2, 3, 4])
        >>> [(draft.add(id_), draft.ahead())[1] for id_ in (1, 9, 3, 4)]
        [[2, 3, 4], [], [4], []]
        >>> draft = Draft([1, 2, 3, 2, 4])
        >>> [(draft.add(id_), draft.ahead())[1] for id_ in (3, 2)]
        [[2, 4], [4]]
        """
        self._said = [*self._said[1 - MEMORY :], id_]
        if self.ahead()[:1] == [id_]:
            self._next += 1
        else:
            places = (at for at, each in enumerate(self._ids) if each == id_)
            # Of equals the nearest from here on before those that the reply has passed.
            self._next = min(places, key=self._rank, default=len(self._ids) - 1) + 1

    def _rank(self, at: int) -> tuple[int, bool, int]:
        alike = zip(reversed(self._said), reversed(self._ids[max(0, at + 1 - MEMORY) : at + 1]), strict=False)
        row = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], alike))
        return -row, at < self._next, at
