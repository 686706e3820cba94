"""What to call an item in a sentence: its title, or the begin of one that lists all there is to say.

Marketplaces have titles of two hundred letters ("Weekly Planner Notepad - Tear Off Pad with Daily Schedule, 52
Sheets, ..."); nobody says them, and twice in a reply they bury it.

This module knows no item.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_TITLE = 100  # letters; a longer one is shortened
LONGEST_NAME = 72
_BREAK = re.compile(r",\s|\s?[;|(\[–—]|\s-\s|:\s")  # "Planner (8.5x11, blue)", "Pixel 6a - 5G phone"
_BESIDE = re.compile(r"\s(?:with|for|compatible)\s", re.IGNORECASE)  # "headphones with microphone"


@lru_cache(maxsize=4096)
def name_of(title: str) -> str:
    """The title, or of a long one what stands before its first break.

    >>> name_of("Weekly Planner Notepad - " + "Tear Off Planning Pad, 52 Sheets, Undated, " * 3)
    'Weekly Planner Notepad'
    >>> name_of("Silk dress, blue")
    'Silk dress, blue'
    """
    if len(title) <= LONGEST_TITLE:
        return title
    for breaks in (_BREAK, _BESIDE):
        name = next((title[: cut.start()] for cut in breaks.finditer(title) if " " in title[: cut.start()]), title)
        if len(name) <= LONGEST_NAME:
            return name
    return title[:LONGEST_NAME].rsplit(None, 1)[0]
