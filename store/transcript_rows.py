"""What the transcripts hold besides turns, and how a turn becomes rows and comes back. Knows no connection."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from store.schemas import (
    Act,
    ActKind,
    FinishedTurn,
    Press,
    ShownItem,
    StoredTurn,
    UnfinishedTurn,
    UserTurn,
    Vote,
)

Row = Mapping[str, Any]


class Consent(StrEnum):
    """How the shopper stands to being kept; who declines is not kept, so there is no word for it."""

    NOTICED = "noticed"  # the notice was in view, and nothing was clicked


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation of one shopper with one store."""

    session_id: str
    created_at: str  # ISO 8601, UTC
    store: str
    channel: str  # "page" or "cli"
    notice_version: int
    consent: Consent


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A line of a list of sessions."""

    session: Session
    turns: int
    votes_up: int
    votes_down: int
    stars: int | None
    first_words: str


@dataclass(frozen=True, slots=True)
class StoredVote:
    """A vote as it stands now; ``earlier`` are those it replaced, oldest first (theirs is empty)."""

    vote: Vote
    voted_at: str
    earlier: tuple[StoredVote, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """Stars for a whole session; ``earlier`` are the ratings it replaced, oldest first (theirs is empty)."""

    stars: int
    comment: str
    rated_at: str
    earlier: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgements:
    """Everything the shopper judged in one session."""

    votes: tuple[StoredVote, ...]
    rating: Rating | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """All of one session, read at one moment."""

    session: Session
    turns: tuple[StoredTurn, ...]
    judgements: Judgements
    unfinished: tuple[UnfinishedTurn, ...] = ()
    presses: tuple[Press, ...] = ()


def storable(text: str) -> str:
    """Text that SQLite can hold: halves of emoji, which JSON may bring in, become whole or U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_turn(turn: FinishedTurn, photos: tuple[str, ...]) -> FinishedTurn:
    """The turn as it will be read back: text that SQLite can hold, JSON types, and the photos where they are kept."""
    return FinishedTurn(
        user=storable_message(turn.user, photos),
        reply=storable(turn.reply),
        outcome=turn.outcome,
        shown=tuple(replace(item, title=storable(item.title), reason=storable(item.reason)) for item in turn.shown),
        understood=json.loads(_json(dict(turn.understood))),
        state=json.loads(_json(dict(turn.state))),
        versions=json.loads(_json(dict(turn.versions))),
        timings_ms=json.loads(_json(dict(turn.timings_ms))),
        ending=turn.ending,
    )


def storable_message(user: UserTurn, photos: tuple[str, ...]) -> UserTurn:
    """What the shopper brought as it will be read back, with the photos where they are kept."""
    acts = tuple(Act(act.kind, storable(act.target), storable(act.value)) for act in user.acts)
    return UserTurn(storable(user.text), photos, acts)


def _json(value: object) -> str:
    return storable(json.dumps(value, ensure_ascii=False))


def session_of(row: Row) -> Session:
    """A session from its row."""
    return Session(
        row["session_id"],
        row["created_at"],
        row["store"],
        row["channel"],
        row["notice_version"],
        Consent(row["consent"]),
    )


def summary_of(row: Row) -> SessionSummary:
    """A summary from a session's row with counts."""
    words = " ".join((row["first_words"] or "").split())
    return SessionSummary(session_of(row), row["turns"], row["votes_up"], row["votes_down"], row["stars"], words)


def turn_row(stored: StoredTurn) -> dict[str, Any]:
    """The row of a turn, without what it showed."""
    turn = stored.turn
    return {
        "turn_id": stored.turn_id,
        "session_id": stored.session_id,
        "position": stored.position,
        "created_at": stored.created_at,
        **_message_cells(turn.user),
        "reply": turn.reply,
        "outcome": turn.outcome,
        "understood": _json(dict(turn.understood)),
        "state": _json(dict(turn.state)),
        "versions": _json(dict(turn.versions)),
        "timings_ms": _json(dict(turn.timings_ms)),
        "ending": turn.ending,
    }


def unfinished_row(begun: UnfinishedTurn) -> dict[str, Any]:
    """The row of a message without an answer."""
    own = {"turn_id": begun.turn_id, "session_id": begun.session_id, "created_at": begun.created_at}
    return {**own, **_message_cells(begun.user), "problem": begun.problem}


def _message_cells(user: UserTurn) -> dict[str, str]:
    acts = [{"kind": act.kind.value, "target": act.target, "value": act.value} for act in user.acts]
    return {"user_text": user.text, "image_paths": _json(user.image_paths), "acts": _json(acts)}


def shown_rows(stored: StoredTurn) -> list[dict[str, Any]]:
    """The rows of what a turn showed."""
    return [{"turn_id": stored.turn_id, **asdict(shown)} for shown in stored.turn.shown]


def turn_of(row: Row, shown: Sequence[Row]) -> StoredTurn:
    """A turn from its rows; ``shown`` in order of rank."""
    turn = FinishedTurn(
        user=_message_of(row),
        reply=row["reply"],
        outcome=row["outcome"],
        shown=tuple(shown_of(item) for item in shown),
        understood=json.loads(row["understood"]),
        state=json.loads(row["state"]),
        versions=json.loads(row["versions"]),
        timings_ms=json.loads(row["timings_ms"]),
        ending=row["ending"],
    )
    return StoredTurn(row["turn_id"], row["session_id"], row["position"], row["created_at"], turn)


def unfinished_of(row: Row) -> UnfinishedTurn:
    """A message without an answer from its row."""
    return UnfinishedTurn(row["turn_id"], row["session_id"], row["created_at"], _message_of(row), row["problem"])


def press_of(row: Row) -> Press:
    """An act with its moment from its row."""
    return Press(Act(ActKind(row["kind"]), row["target"], row["value"]), row["pressed_at"])


def _message_of(row: Row) -> UserTurn:
    acts = tuple(Act(ActKind(a["kind"]), a["target"], a["value"]) for a in json.loads(row["acts"]))
    return UserTurn(row["user_text"], tuple(json.loads(row["image_paths"])), acts)


def shown_of(row: Row) -> ShownItem:
    """A shown item from its row."""
    names = ("item_id", "rank", "score", "title", "price", "currency", "reason")
    return ShownItem(**{name: row[name] for name in names})


def vote_of(row: Row, earlier: Sequence[Row] = ()) -> StoredVote:
    """A vote from its row and those it replaced, oldest first."""
    vote = Vote(row["turn_id"], row["value"], row["item_id"], row["reason"], row["comment"])
    return StoredVote(vote, row["voted_at"], tuple(vote_of(old) for old in earlier))


def rating_of(row: Row, earlier: Sequence[Row] = ()) -> Rating:
    """A rating from its row and those it replaced, oldest first."""
    return Rating(row["stars"], row["comment"], row["rated_at"], tuple(rating_of(old) for old in earlier))
