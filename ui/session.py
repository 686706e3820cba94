"""What one browser tab sees: plain frozen values that ride in the page's state and are never shared.

A ``Session`` is everything that the chat is painted from; handlers take one and return the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from agent.events import Card, Chip, Prompt, Recommended
from agent.state import DialogueState
from retrievers.trace import Trace


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn as painted: what the shopper brought on top, reply and cards below.

    ``act`` is the line shown for a turn without words ("More like: Linen shirt"). ``turn_id`` is "" while the turn
    runs, when it failed and when nothing is recorded: then there is nothing to vote on.
    """

    text: str = ""
    photos: tuple[str, ...] = ()
    act: str = ""
    step: str = ""
    reply: str = ""
    cards: tuple[Card, ...] = ()
    outcome: str = ""
    turn_id: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation in one tab; ``session_id`` is "" until the first turn starts it.

    ``rerank`` is the presenter's switch; ``trace`` and ``timings_ms`` tell how the last answer was found, ``prompt``
    what a language model could answer it from. ``running`` is what the turn under way has shown, None before it did.
    """

    session_id: str = ""
    state: DialogueState | None = None
    record: bool = True
    turns: tuple[TurnView, ...] = ()
    chips: tuple[Chip, ...] = ()
    rerank: bool = True
    trace: Trace | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    prompt: Prompt = ()
    running: Recommended | None = None

    def with_last(self, **changes: object) -> Session:
        """The session with its last turn changed."""
        last = replace(self.turns[-1], **changes)  # type: ignore[arg-type]
        return replace(self, turns=(*self.turns[:-1], last))


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the input box."""

    text: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """One repaint: the session now, whether a turn is running, what a screen reader hears, what the box must hold.

    ``draft`` is None where the box stays as it is: a shopper may already be typing the next message.
    """

    session: Session
    busy: bool
    announce: str = ""
    draft: Draft | None = None
