"""Every message, answer, vote, press and rating, kept in one SQLite file under the home folder.

What a shopper says is durable when ``begin`` returns, before it is answered, so that a turn that is cut off leaves
its message; the answer is durable when ``append`` returns, so whoever shows one as complete calls it first. A session
that the shopper declined is never begun here, and ``forget`` removes one that was declined later. A changed vote or
rating replaces the current value and moves the old one to a history. What a session looks like as rows is known to
``transcript_rows``, locks and errors of SQLite to ``sqlite_file``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from store.errors import TranscriptError
from store.migrations import migrate
from store.photos_kept import PhotoStore
from store.schemas import Act, FinishedTurn, StoredTurn, UnfinishedTurn, UserTurn, Vote
from store.sqlite_file import SqliteFile
from store.transcript_queries import (
    dicts,
    read_judgements,
    read_photos,
    read_presses,
    read_session,
    read_session_ids,
    read_stores,
    read_summaries,
    read_turns,
    read_unfinished,
)
from store.transcript_rows import (
    Consent,
    Session,
    SessionSummary,
    Transcript,
    shown_rows,
    storable,
    storable_message,
    storable_turn,
    turn_row,
    unfinished_row,
)

NOTICE_VERSION = 1  # of the wording that tells shoppers what is kept; raise it whenever the wording changes
CHANNELS = ("page", "cli")
_NEVER = "A"  # sorts behind every moment


class Reason(StrEnum):
    """Why a vote was given; a vote may also give no reason."""

    PERFECT = "perfect"
    TOO_EXPENSIVE = "too_expensive"
    WRONG_TYPE = "wrong_type"
    WRONG_COLOUR = "wrong_colour"
    WRONG_SIZE = "wrong_size"
    NOT_MY_STYLE = "not_my_style"
    IGNORED_WHAT_I_SAID = "ignored_what_i_said"
    WRONG_FACTS = "wrong_facts"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which turns to read; None means no limit. Days are UTC, both included."""

    session_id: str | None = None
    store: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise TranscriptError(f"no day lies from {self.first_day} to {self.last_day}; exchange the two")

    @property
    def begin(self) -> str:
        """The first moment, as it sorts among ``created_at``."""
        return self.first_day.isoformat() if self.first_day else ""

    @property
    def end(self) -> str:
        """The first moment after the last day."""
        if self.last_day is None or self.last_day == date.max:
            return _NEVER
        return (self.last_day + timedelta(days=1)).isoformat()

    def covers(self, created_at: str) -> bool:
        """Whether a moment lies within the days."""
        return self.begin <= created_at < self.end


class Transcripts:
    """The transcripts of one home folder; safe to share between threads, and between processes by path.

    Parameters
    ----------
    path
        The database file; made with its folders when missing, brought to the newest schema when old. Photos lie
        beside it in ``photos/``.
    busy_timeout_s
        How long a write waits for another program's lock.

    Raises
    ------
    StoreUnavailable
        Here and from every method: locked for too long, disk full, read-only, damaged, or from a newer Mercer.
    """

    def __init__(self, path: Path, busy_timeout_s: float = 10.0) -> None:
        self._file = SqliteFile(path, busy_timeout_s)
        self._home = path.parent
        self._photos = PhotoStore(path.parent)
        migrate(self._file)

    def close(self) -> None:
        """Close all connections; the next call opens new ones."""
        self._file.close()

    def start_session(self, store: str, channel: str) -> str:
        """Begin a conversation that will be kept, and return its unguessable id: who knows it may read it.

        Raises
        ------
        TranscriptError
            No such channel.
        """
        if channel not in CHANNELS:
            raise TranscriptError(f"no channel {channel!r}; it is one of {', '.join(CHANNELS)}")
        session = Session(_new_id(), _now(), store, channel, NOTICE_VERSION, Consent.NOTICED)
        with self._file.writing() as db:
            db.table("sessions").insert(
                {
                    "session_id": session.session_id,
                    "created_at": session.created_at,
                    "store": store,
                    "channel": channel,
                    "notice_version": session.notice_version,
                    "consent": session.consent.value,
                }
            )
        return session.session_id

    def begin(self, session_id: str, user: UserTurn) -> str:
        """Keep what a shopper said before it is answered, and return the id of the turn.

        Raises
        ------
        TranscriptError
            No such session.
        SourceError
            A photo cannot be read or is of an unknown kind.
        """
        kept = tuple(self._kept_photo(Path(path)) for path in user.image_paths)
        begun = UnfinishedTurn(_new_id(), session_id, _now(), storable_message(user, kept))
        with self._file.writing() as db:
            read_session(db, session_id)
            db.table("unfinished_turns").insert(unfinished_row(begun))
        return begun.turn_id

    def give_up(self, turn_id: str, problem: str) -> None:
        """Note why a turn that was begun has no answer."""
        with self._file.writing() as db:
            db.execute("UPDATE unfinished_turns SET problem = ? WHERE turn_id = ?", [storable(problem), turn_id])

    def press(self, session_id: str, act: Act) -> None:
        """Keep an act at the moment it is done; raises TranscriptError where no such session is kept."""
        row = {"kind": act.kind.value, "target": storable(act.target), "value": storable(act.value)}
        with self._file.writing() as db:
            read_session(db, session_id)
            db.table("presses").insert({"session_id": session_id, **row, "pressed_at": _now()})

    def append(self, session_id: str, finished: FinishedTurn, begun: str = "") -> StoredTurn:
        """Keep a turn with its answer and what it showed, in one transaction; durable when it returns.

        ``begun`` is the id that ``begin`` gave its message. One that is kept already stays as it is: of a reply that
        is stopped at its very end the first ending counts. Photos that do not lie in ``photos/`` yet are copied
        there; the stored turn names them relative to the home folder.

        Raises
        ------
        TranscriptError
            No such session.
        SourceError
            A photo cannot be read or is of an unknown kind.
        """
        kept = tuple(self._kept_photo(Path(path)) for path in finished.user.image_paths)
        finished = storable_turn(finished, kept)
        with self._file.writing() as db:
            read_session(db, session_id)
            earlier = read_turns(db, session_id, begun) if begun else ()
            if earlier:
                return earlier[0]
            last = db.execute("SELECT max(position) FROM turns WHERE session_id = ?", [session_id]).fetchone()[0]
            stored = StoredTurn(begun or _new_id(), session_id, (last or 0) + 1, _now(), finished)
            db.execute("DELETE FROM unfinished_turns WHERE turn_id = ?", [begun])
            db.table("turns").insert(turn_row(stored))
            db.table("shown_items").insert_all(shown_rows(stored))
        return stored

    def session(self, session_id: str) -> Session:
        """What is known about a session itself; raises TranscriptError where none of that id is kept."""
        with self._file.reading() as db:
            return read_session(db, session_id)

    def turns(self, session_id: str) -> list[StoredTurn]:
        """The turns of a session in order; raises TranscriptError where none of that id is kept."""
        return list(self.transcript(session_id).turns)

    def votes(self, session_id: str) -> list[Vote]:
        """The votes of a session as they stand; raises TranscriptError where none of that id is kept."""
        return [stored.vote for stored in self.transcript(session_id).judgements.votes]

    def transcript(self, session_id: str) -> Transcript:
        """All of one session at one moment; raises TranscriptError where none of that id is kept."""
        with self._file.reading() as db:
            return Transcript(
                read_session(db, session_id),
                read_turns(db, session_id),
                read_judgements(db, session_id),
                read_unfinished(db, session_id),
                read_presses(db, session_id),
            )

    def sessions(self, limit: int, store: str | None = None) -> list[SessionSummary]:
        """The newest sessions first, with counts and their first words."""
        with self._file.reading() as db:
            return read_summaries(db, limit, store)

    def stores(self) -> tuple[str, ...]:
        """The stores that turns are kept of, in alphabetical order."""
        with self._file.reading() as db:
            return read_stores(db)

    def session_ids(self, selection: Selection) -> list[str]:
        """The sessions with a message in the selection, oldest first; raises TranscriptError for an unknown id."""
        if selection.session_id is not None:
            self.session(selection.session_id)
        with self._file.reading() as db:
            wanted = {
                "session_id": selection.session_id,
                "store": selection.store,
                "begin": selection.begin,
                "end": selection.end,
            }
            return read_session_ids(db, wanted)

    def vote(self, vote: Vote) -> None:
        """Judge a reply or one of its items; a second vote on the same replaces the first, which goes to history.

        Raises
        ------
        TranscriptError
            Unknown turn, an item that the turn did not show, a value that is not 1, -1 or 0, or an unknown reason.
        """
        if vote.value not in (-1, 0, 1):
            raise TranscriptError(f"a vote is 1 (up), -1 (down) or 0 (taken back), not {vote.value!r}")
        if vote.reason and vote.reason not in set(Reason):
            raise TranscriptError(f"no reason {vote.reason!r}; it is one of {', '.join(Reason)}, or empty")
        row = {
            "turn_id": vote.turn_id,
            "item_id": vote.item_id,
            "value": vote.value,
            "reason": vote.reason,
            "comment": storable(vote.comment),
        }
        with self._file.writing() as db:
            _check_target(db, vote)
            _replace(db, "votes", "vote_history", ("turn_id", "item_id"), row, "voted_at")

    def rate(self, session_id: str, stars: int, comment: str = "") -> None:
        """Rate a whole session with 1 to 5 stars; a second rating replaces the first, which goes to history.

        Raises
        ------
        TranscriptError
            No such session, or stars outside of 1 to 5.
        """
        if stars not in range(1, 6):
            raise TranscriptError(f"a session gets 1 to 5 stars, not {stars!r}")
        row = {"session_id": session_id, "stars": stars, "comment": storable(comment)}
        with self._file.writing() as db:
            read_session(db, session_id)
            _replace(db, "session_ratings", "session_rating_history", ("session_id",), row, "rated_at")

    def forget(self, session_id: str) -> None:
        """Delete everything of a session, and its photos unless another session has the same; unknown ids pass.

        Deleted words are overwritten, in the file and in its write-ahead log.
        """
        with self._file.writing() as db:
            own = read_photos(db, "WHERE session_id = ?", [session_id])
            db.execute("DELETE FROM sessions WHERE session_id = ?", [session_id])
        with self._file.writing() as db:  # the lock keeps others from beginning to refer to what is being deleted
            self._photos.forget(own, referred=read_photos(db))
        self._file.checkpoint()

    def _kept_photo(self, photo: Path) -> str:
        return self._photos.kept_name(photo) or self._photos.keep(photo)


def _new_id() -> str:
    """128 random bits; hexadecimal, so that no id begins like an option or a spreadsheet formula."""
    return secrets.token_hex(16)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _check_target(db: Database, vote: Vote) -> None:
    if not db.execute("SELECT 1 FROM turns WHERE turn_id = ?", [vote.turn_id]).fetchone():
        raise TranscriptError(f"no turn {vote.turn_id!r} is kept, so it cannot be voted on")
    shown = [row[0] for row in db.execute("SELECT item_id FROM shown_items WHERE turn_id = ?", [vote.turn_id])]
    if vote.item_id and vote.item_id not in shown:
        raise TranscriptError(f"turn {vote.turn_id} did not show item {vote.item_id!r}; it showed {shown}")


def _replace(db: Database, table: str, history: str, key: tuple[str, ...], row: dict[str, Any], moment: str) -> None:
    """Write the current value under its key; a different earlier one moves to the history, an equal one stays."""
    where = " AND ".join(f"{name} = :{name}" for name in key)
    old = dicts(db.execute(f"SELECT * FROM {table} WHERE {where}", row))
    if old and {name: old[0][name] for name in row} == row:
        return
    if old:
        db.table(history).insert(old[0])
    db.table(table).insert({**row, moment: _now()}, pk=key, replace=True)
