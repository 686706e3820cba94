"""Placeholder until the fold lands; the page needs only that the state is a frozen value with ``to_json``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DialogueState:
    """What the conversation has established so far."""

    def to_json(self) -> dict[str, Any]:
        """JSON types only."""
        return {}
