"""How fast somebody answers whom retrieval asks for help, and whether to ask at all: learned from every answer.

After a failure nobody is asked for a while, so a server that is gone costs one query its time and not every query.
"""

from __future__ import annotations

import logging
import time

from retrievers.errors import LanguageModelUnavailable

log = logging.getLogger(__name__)

REST_S = 30.0
PLANNED = 0.6  # of the time that is left: an answer that comes too late is lost whole
MEMORY = 0.7  # of what was known before, when a new time is learned


class Pace:
    """Seconds that one unit of work takes (a candidate judged, a list voted on)."""

    def __init__(self, unit_s: float) -> None:
        self._unit_s = unit_s
        self._rests_until = 0.0

    def affordable(self, left_s: float) -> int:
        """How many units fit safely into the time that is left; none while it rests after a failure."""
        if left_s <= 0 or time.monotonic() < self._rests_until:
            return 0
        return int(PLANNED * left_s / self._unit_s)

    def took(self, units: int, seconds: float) -> None:
        """Learn from an answer; units that ran side by side share its time."""
        self._unit_s = max(MEMORY * self._unit_s + (1 - MEMORY) * seconds / units, 1e-6)

    def failed(self, error: LanguageModelUnavailable, units: int, seconds: float) -> None:
        """Rest, and say so; so many units take at least as long as was waited for them in vain."""
        self._unit_s = max(self._unit_s, seconds / units)
        self._rests_until = time.monotonic() + REST_S
        log.warning("Left out for %g s: %s", REST_S, error)
