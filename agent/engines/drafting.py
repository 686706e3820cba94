"""A draft of a reply, looked up while the reply grows, so that a model checks many tokens in the time of one.

Greedy decoding with a draft gives the tokens that it gives without, but for rounding (speculative decoding: Leviathan
et al. 2023, arXiv:2211.17192; looking the draft up in a text: Saxena 2023, prompt lookup decoding). The draft is
what somebody else would say to the same turn: names and prices are the same in both.
"""

from __future__ import annotations

from collections.abc import Sequence

SPAN = 16  # tokens that are checked at once


class Draft:
    """Where in a draft the reply is."""

    def __init__(self, ids: Sequence[int]) -> None:
        self._ids = list(ids)
        self._next = 0
        self._last = -1

    def following(self, id_: int) -> list[int]:
        """What may follow once ``id_`` was generated, at most ``SPAN`` ids; none where the draft says nothing of it.

        >>> draft = Draft([1, 2, 3, 4])
        >>> draft.following(1), draft.following(9), draft.following(3), draft.following(4)
        ([2, 3, 4], [], [], [])
        >>> draft = Draft([1, 2, 3, 4])
        >>> draft.following(7), draft.following(2), draft.following(3)
        ([], [], [4])
        """
        ids = self._ids
        if self._next < len(ids) and ids[self._next] == id_:
            self._next += 1
        else:
            places = [at for at in range(1, len(ids)) if ids[at - 1 : at + 1] == [self._last, id_]]
            self._next = places[0] + 1 if places else len(ids)
        self._last = id_
        return ids[self._next : self._next + SPAN]
