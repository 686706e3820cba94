"""What is read from the transcripts' tables, inside a transaction that the caller holds."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store.errors import TranscriptError
from store.schemas import Press, StoredTurn, UnfinishedTurn
from store.transcript_rows import (
    Judgements,
    Row,
    Session,
    SessionSummary,
    press_of,
    rating_of,
    session_of,
    summary_of,
    turn_of,
    unfinished_of,
    vote_of,
)

# Every message of a shopper, answered or not.
_MESSAGES = """(
    SELECT session_id, created_at, user_text, image_paths FROM turns
    UNION ALL SELECT session_id, created_at, user_text, image_paths FROM unfinished_turns
) AS messages"""

_SUMMARIES = f"""
    SELECT sessions.*,
        (SELECT count(*) FROM turns WHERE turns.session_id = sessions.session_id) AS turns,
        (SELECT count(*) FROM votes JOIN turns USING (turn_id)
            WHERE turns.session_id = sessions.session_id AND value = 1) AS votes_up,
        (SELECT count(*) FROM votes JOIN turns USING (turn_id)
            WHERE turns.session_id = sessions.session_id AND value = -1) AS votes_down,
        (SELECT stars FROM session_ratings WHERE session_id = sessions.session_id) AS stars,
        (SELECT user_text FROM {_MESSAGES} WHERE messages.session_id = sessions.session_id AND user_text <> ''
            ORDER BY messages.created_at LIMIT 1) AS first_words
    FROM sessions WHERE (:store IS NULL OR store = :store)
        AND EXISTS (SELECT 1 FROM {_MESSAGES} WHERE messages.session_id = sessions.session_id)
    ORDER BY created_at DESC, rowid DESC LIMIT :limit
"""

_SELECTED = f"""
    SELECT session_id FROM sessions
    WHERE (:session_id IS NULL OR session_id = :session_id) AND (:store IS NULL OR store = :store)
        AND EXISTS (SELECT 1 FROM {_MESSAGES} WHERE messages.session_id = sessions.session_id
            AND messages.created_at >= :begin AND messages.created_at < :end)
    ORDER BY created_at, rowid
"""


def dicts(cursor: sqlite3.Cursor) -> list[dict[str, Any]]:
    """All rows of a query, by column name."""
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def read_summaries(db: Database, limit: int, store: str | None) -> list[SessionSummary]:
    """The newest sessions first; those in which nothing was said are left out."""
    return [summary_of(row) for row in dicts(db.execute(_SUMMARIES, {"store": store, "limit": limit}))]


def read_session_ids(db: Database, wanted: dict[str, str | None]) -> list[str]:
    """The sessions in which something was said between two moments, oldest first."""
    return [row[0] for row in db.execute(_SELECTED, wanted).fetchall()]


def read_stores(db: Database) -> tuple[str, ...]:
    """The stores in which something was said, in alphabetical order."""
    rows = db.execute(f"SELECT DISTINCT store FROM sessions JOIN {_MESSAGES} USING (session_id) ORDER BY store")
    return tuple(row[0] for row in rows.fetchall())


def read_session(db: Database, session_id: str) -> Session:
    """One session; raises TranscriptError where none of that id is kept."""
    rows = dicts(db.execute("SELECT * FROM sessions WHERE session_id = ?", [session_id]))
    if not rows:
        raise TranscriptError(
            f"no session {session_id!r} is kept; `python app.py transcripts list` shows those that are"
        )
    return session_of(rows[0])


def read_turns(db: Database, session_id: str, turn_id: str | None = None) -> tuple[StoredTurn, ...]:
    """The answered turns of a session in order, or the one of that id, with what they showed by rank."""
    wanted = {"session_id": session_id, "turn_id": turn_id}
    selected = "FROM turns WHERE session_id = :session_id AND (:turn_id IS NULL OR turn_id = :turn_id)"
    of_turns = f"turn_id IN (SELECT turn_id {selected})"
    shown: dict[str, list[Row]] = defaultdict(list)
    for row in dicts(db.execute(f"SELECT * FROM shown_items WHERE {of_turns} ORDER BY rank", wanted)):
        shown[row["turn_id"]].append(row)
    rows = dicts(db.execute(f"SELECT * {selected} ORDER BY position", wanted))
    return tuple(turn_of(row, shown[row["turn_id"]]) for row in rows)


def read_unfinished(db: Database, session_id: str) -> tuple[UnfinishedTurn, ...]:
    """The messages of a session without an answer, oldest first."""
    rows = db.execute("SELECT * FROM unfinished_turns WHERE session_id = ? ORDER BY created_at, rowid", [session_id])
    return tuple(unfinished_of(row) for row in dicts(rows))


def read_presses(db: Database, session_id: str) -> tuple[Press, ...]:
    """The acts of a session as they were done."""
    rows = db.execute("SELECT * FROM presses WHERE session_id = ? ORDER BY id", [session_id])
    return tuple(press_of(row) for row in dicts(rows))


def read_judgements(db: Database, session_id: str) -> Judgements:
    """Votes and rating of a session, with what they replaced."""
    votes = "SELECT {0}.* FROM {0} JOIN turns USING (turn_id) WHERE session_id = ? ORDER BY {1}"
    earlier: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in dicts(db.execute(votes.format("vote_history", "id"), [session_id])):
        earlier[row["turn_id"], row["item_id"]].append(row)
    now = dicts(db.execute(votes.format("votes", "position, item_id"), [session_id]))
    ratings = "SELECT * FROM {} WHERE session_id = ? ORDER BY rowid"
    rated = dicts(db.execute(ratings.format("session_ratings"), [session_id]))
    rated_before = dicts(db.execute(ratings.format("session_rating_history"), [session_id]))
    return Judgements(
        votes=tuple(vote_of(row, earlier[row["turn_id"], row["item_id"]]) for row in now),
        rating=rating_of(rated[0], rated_before) if rated else None,
    )


def read_photos(db: Database, where: str = "", parameters: list[str] | None = None) -> dict[str, datetime]:
    """The photos that messages refer to, relative to the home folder, with the moment of the latest such message."""
    photos = f"{_MESSAGES}, json_each(messages.image_paths) AS photo {where} GROUP BY photo.value"
    rows = db.execute(f"SELECT photo.value, max(created_at) FROM {photos}", parameters or []).fetchall()
    return {photo: datetime.fromisoformat(moment) for photo, moment in rows}
