"""Whether a sentence is put together as the shop's own wordings are: each word follows two that it follows there.

A small language model says odd things where it leaves the wordings that it learned from ("the ones closest are 6"),
and is not less sure of them than of others. All wordings of one sentence, among which the realiser would choose,
tell which three words may stand together. Knows nothing of grammar, nor whether a sentence is true.
"""

from __future__ import annotations

from collections.abc import Iterable

BEFORE = 2  # words that tell what may follow


class Phrasing:
    """The words of some sentences, each with those that it follows; ``given`` are whole sentences."""

    def __init__(self, given: Iterable[str]) -> None:
        self._following: dict[tuple[str, ...], set[str]] = {}
        self._last: set[tuple[str, ...]] = set()
        for sentence in given:
            words = ("",) * BEFORE + tuple(sentence.split())
            for at in range(BEFORE, len(words)):
                self._following.setdefault(words[at - BEFORE : at], set()).add(words[at])
            self._last.add(words[-BEFORE:])

    def strange(self, sentence: str) -> str:
        """The first word that follows the two before it in no wording, or after which none ends; "" where all do."""
        words = ("",) * BEFORE + tuple(sentence.split())
        for at in range(BEFORE, len(words)):
            if words[at] not in self._following.get(words[at - BEFORE : at], ()):
                return words[at]
        return "" if words[-BEFORE:] in self._last else words[-1]

    def may_begin(self, begun: str) -> bool:
        """Whether a sentence may begin so, the last word being whole or not yet."""
        words = ("",) * BEFORE + tuple(begun.split())
        for at in range(BEFORE, len(words) - 1):
            if words[at] not in self._following.get(words[at - BEFORE : at], ()):
                return False
        may_follow = self._following.get(words[-1 - BEFORE : -1], ())
        return len(words) == BEFORE or any(word.startswith(words[-1]) for word in may_follow)
