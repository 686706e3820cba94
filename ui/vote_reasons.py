"""The reasons that the page offers with a vote: the store's codes in a shopper's words."""

from __future__ import annotations

from store.transcripts import Reason as Code
from ui.wiring import Reason

REASONS = (
    Reason(Code.PERFECT, "Just right", "up"),
    Reason(Code.TOO_EXPENSIVE, "Too expensive", "down"),
    Reason(Code.WRONG_TYPE, "Not what I asked for", "down"),
    Reason(Code.WRONG_COLOUR, "Wrong colour", "down"),
    Reason(Code.WRONG_SIZE, "Wrong size", "down"),
    Reason(Code.NOT_MY_STYLE, "Not my style", "down"),
    Reason(Code.IGNORED_WHAT_I_SAID, "Ignored what I said", "down"),
    Reason(Code.WRONG_FACTS, "Wrong facts", "down"),
    Reason(Code.OTHER, "Something else", "down"),
)
