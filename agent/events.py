"""What a turn looks like from outside while it happens: a tagged union, yielded in order.

The page and the command line paint these; neither sees a model or a store, nor looks into a prompt.
Order within a turn: Step*, Understood, Step*, Recommended, TextDelta*, then Finished; or Failed at any point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from langchain_core.messages import BaseMessage

from agent.state import DialogueState
from retrievers.trace import Trace
from store.schemas import FinishedTurn, Item

Prompt = tuple[BaseMessage, ...]  # of a language model; its messages may have slots


@dataclass(frozen=True, slots=True)
class Step:
    """Something visible began: "Looking at your photo", "Searching 1,240 items"."""

    label: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One understood constraint that a person can remove or edit; ``key`` goes back in ``Act.target``."""

    key: str
    label: str  # "under $60", "no leather", "blue"
    editable: bool = False
    value: str = ""  # what the edit box starts from


@dataclass(frozen=True, slots=True)
class Understood:
    """The dialogue state after the user's words, before any answer."""

    state: DialogueState
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One product as shown. Everything but ``reason`` is the store's record; ``image`` is an absolute path or ""."""

    item: Item
    rank: int
    score: float
    reason: str
    image: str


@dataclass(frozen=True, slots=True)
class Recommended:
    """The cards of this turn; ``outcome`` is a value of ``retrievers.base.Outcome`` or "answered".

    ``so_far`` is the turn as it is kept when the shopper stops the reply, once what was said of it is filled in;
    ``begun`` is the id under which its message is kept, "" when nothing is.
    """

    outcome: str
    cards: tuple[Card, ...]
    so_far: FinishedTurn | None = None
    begun: str = ""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of the reply; already checked against the cards, so it is never taken back."""

    text: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The turn could not be answered; ``message`` is for the shopper and the state is as before the turn."""

    message: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The turn is done and durable. ``turn_id`` is "" when the shopper declined transcripts.

    ``trace`` tells how the cards were ranked, None where the turn made no search; ``prompt`` is what a language model
    could answer the turn from, empty where there is nothing to tell it.
    """

    turn_id: str
    text: str
    outcome: str
    state: DialogueState
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    trace: Trace | None = None
    prompt: Prompt = ()


TurnEvent = Step | Understood | Recommended | TextDelta | Failed | Finished
