"""A request with keywords of a language model beside it, where there is time to ask for them.

The model reasons what things that meet the request are called and like, in at most 16 words (LREM, arXiv:2510.14321,
which trains its model for that; ours is only asked). They join the text that is encoded and nothing else: whether the
shop carries a kind, and what must be there literally, is decided by the shopper's own words.
"""

from __future__ import annotations

import time
from typing import Protocol, Self

from retrievers.errors import LanguageModelUnavailable
from retrievers.pace import Pace

MOST_KEYWORDS = 16
TRIAL_S = 10.0


class KeywordWriter(Protocol):
    """Somebody who knows what things are called."""

    def keywords(self, text: str, within_s: float) -> tuple[str, ...]:
        """At most ``MOST_KEYWORDS`` words that the request does not say itself.

        Raises ``LanguageModelUnavailable`` where there is no usable answer within ``within_s`` seconds.
        """
        ...


class Widening:
    """Asks for keywords where they are expected within the time."""

    def __init__(self, writer: KeywordWriter, unit_s: float) -> None:
        self._writer = writer
        self._pace = Pace(unit_s)

    @classmethod
    def tried(cls, writer: KeywordWriter) -> Self:
        """Ask once, to know what it takes; raises ``LanguageModelUnavailable`` after ``TRIAL_S``."""
        began = time.perf_counter()
        writer.keywords("something warm for a winter hike", TRIAL_S)
        return cls(writer, time.perf_counter() - began)

    def widened(self, text: str, within_s: float) -> str:
        """The request with its keywords in brackets; as it is where there is no time or no answer."""
        if not text.strip() or not self._pace.affordable(within_s):
            return text
        began = time.perf_counter()
        try:
            found = self._writer.keywords(text, within_s)
        except LanguageModelUnavailable as error:
            self._pace.failed(error, 1, time.perf_counter() - began)
            return text
        self._pace.took(1, time.perf_counter() - began)
        return f"{text} ({', '.join(found)})" if found else text
