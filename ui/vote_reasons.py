"""The reasons that the page offers with a vote: the store's codes in a shopper's words."""

from __future__ import annotations

from store.transcripts import Reason
from ui.widgets import VoteReason

REASONS = (
    VoteReason(Reason.PERFECT, "Just right", "up"),
    VoteReason(Reason.TOO_EXPENSIVE, "Too expensive", "down"),
    VoteReason(Reason.WRONG_TYPE, "Not what I asked for", "down"),
    VoteReason(Reason.WRONG_COLOUR, "Wrong colour", "down"),
    VoteReason(Reason.WRONG_SIZE, "Wrong size", "down"),
    VoteReason(Reason.NOT_MY_STYLE, "Not my style", "down"),
    VoteReason(Reason.IGNORED_WHAT_I_SAID, "Ignored what I said", "down"),
    VoteReason(Reason.WRONG_FACTS, "Wrong facts", "down"),
    VoteReason(Reason.OTHER, "Something else", "down"),
)
