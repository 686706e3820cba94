"""How much of a message is read: its words without markup, and of a very long one the beginning.

A pasted page is no request. What was left unread is told, so that nobody waits for an answer to it.
"""

from __future__ import annotations

import re

MOST = 2000  # characters
_QUOTED = 4  # words that tell where the reading ended
_TAG = re.compile(r"<[^<>]{0,200}>")


def readable(text: str) -> str:
    """The message without markup, cut at a word."""
    text = _TAG.sub(" ", text).strip()
    return text if len(text) <= MOST else text[:MOST].rsplit(" ", 1)[0]


def unread_notice(text: str) -> str:
    """What to say of a message that is read in part only, "" where all of it is read."""
    read = readable(text)
    if len(_TAG.sub(" ", text).strip()) == len(read):
        return ""
    end = " ".join(read.split()[-_QUOTED:])[-MOST // 50 :]
    return f"Your message is very long: I read its first {MOST:,} characters, up to “{end}”. "
