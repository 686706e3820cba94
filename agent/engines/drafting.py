"""A draft of a reply, looked up while the reply grows, so that a model checks many tokens in the time of one.

Greedy decoding with a draft gives the tokens that it gives without, but for rounding (speculative decoding: Leviathan
et al. 2023, arXiv:2211.17192; looking the draft up in a text: Saxena 2023, prompt lookup decoding). The draft is
what somebody else would say to the same turn: names and prices are the same in both.
"""

from __future__ import annotations

from collections.abc import Sequence

SPAN = 24  # tokens that are checked at once: on two cores a pass of so many takes half as long again as one of one


class Draft:
    """Where in a draft the reply is; it may begin as the draft does."""

    def __init__(self, ids: Sequence[int]) -> None:
        self._ids = list(ids)
        self._next = 0
        self._last = -1

    def ahead(self) -> list[int]:
        """What may follow, at most ``SPAN`` ids; none where the draft says nothing of it."""
        return self._ids[self._next : self._next + SPAN]

    def add(self, id_: int) -> None:
        """``id_`` was generated.

        Where the draft has another id, it goes on where it has the last two ids, or else the last.

        >>> draft = Draft([1, 2, 3, 4])
        >>> [(draft.add(id_), draft.ahead())[1] for id_ in (1, 9, 3, 4)]
        [[2, 3, 4], [], [4], []]
        >>> draft = Draft([1, 2, 3, 2, 4])
        >>> [(draft.add(id_), draft.ahead())[1] for id_ in (3, 2)]
        [[2, 4], [4]]
        """
        if self.ahead()[:1] == [id_]:
            self._next += 1
        else:
            places = [at for at, each in enumerate(self._ids) if each == id_]
            pairs = [at for at in places if at and self._ids[at - 1] == self._last]
            # The nearest from here on before those that the reply has passed.
            self._next = min(pairs or places, key=lambda at: (at < self._next, at), default=len(self._ids) - 1) + 1
        self._last = id_
