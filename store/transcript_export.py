"""Transcripts as files for others: JSONL with everything, CSV for spreadsheets.

Both are streamed one session at a time, each session as it was at one moment; memory holds one conversation.

A line of JSONL is a turn: ``session`` (session_id, created_at, store, channel, notice_version, consent), ``turn_id``,
``position`` from 1, ``created_at``, ``messages`` (the user's with ``images`` relative to the home folder, then the
assistant's), ``acts`` (kind, target, value), ``outcome``, ``shown`` (item_id, rank, score, title, price, currency,
reason), ``understood``, ``state`` after the turn, ``votes`` (item_id, empty for the reply; value, reason, comment,
voted_at, and the ``earlier`` ones it replaced), ``session_rating`` (stars, comment, rated_at, earlier; or null),
``versions``, ``timings_ms``.

CSV has the columns ``CSV_COLUMNS``: one row per shown item, and one with empty item columns for a turn that showed
none; a vote stands beside what it judges. ``images``, ``acts`` and ``understood`` are JSON, as in a line of JSONL.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal, TextIO

from store.errors import StoreUnavailable
from store.schemas import ShownItem, StoredTurn
from store.transcript_rows import Judgements, Rating, Session, StoredVote, Transcript
from store.transcripts import Selection, Transcripts

Form = Literal["jsonl", "csv"]

CSV_COLUMNS = (
    *("session_id", "store", "channel", "turn_id", "position", "created_at", "user_text", "reply", "outcome"),
    *("rank", "item_id", "title", "price", "currency", "score", "reason"),
    *("item_vote", "item_vote_reason", "item_vote_comment", "reply_vote", "reply_vote_reason", "reply_vote_comment"),
    *("session_stars", "session_comment", "versions", "timings_ms"),
    *("images", "acts", "understood", "item_voted_at", "reply_voted_at"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run, not shown, by spreadsheet programs


def export(transcripts: Transcripts, selection: Selection, form: Form, target: TextIO) -> int:
    """Write the selected turns and return their number.

    Parameters
    ----------
    target
        Open it with ``newline=""``: both forms bring their own line ends.

    Raises
    ------
    TranscriptError
        The selection names a session that is not kept.
    StoreUnavailable
        The database cannot be read.
    """
    return (
        _write_jsonl(_selected(transcripts, selection), target)
        if form == "jsonl"
        else _write_csv(_selected(transcripts, selection), target)
    )


def export_file(transcripts: Transcripts, selection: Selection, form: Form, path: Path) -> int:
    """``export`` to a file, which appears only when it is whole; its folder is made.

    Raises
    ------
    StoreUnavailable
        The file cannot be written, or the database cannot be read.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".export-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as target:
                turns = export(transcripts, selection, form, target)
            Path(unfinished).replace(path)
        finally:
            Path(unfinished).unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"cannot write {path} ({error.strerror}); free some space, or name another place"
        ) from error
    return turns


def export_session(transcripts: Transcripts, folder: Path, session_id: str, form: Form) -> Path:
    """One session as a file for its own shopper: ``folder/mercer-SESSION.jsonl`` or ``.csv``."""
    path = folder / f"mercer-{session_id}.{form}"
    export_file(transcripts, Selection(session_id=session_id), form, path)
    return path


def _selected(transcripts: Transcripts, selection: Selection) -> Iterator[tuple[Transcript, StoredTurn]]:
    for session_id in transcripts.session_ids(selection):
        transcript = transcripts.transcript(session_id)
        yield from ((transcript, turn) for turn in transcript.turns if selection.covers(turn.created_at))


def _write_jsonl(turns: Iterator[tuple[Transcript, StoredTurn]], target: TextIO) -> int:
    count = 0
    for transcript, stored in turns:
        target.write(json.dumps(_line(transcript, stored), ensure_ascii=False) + "\n")
        count += 1
    return count


def _write_csv(turns: Iterator[tuple[Transcript, StoredTurn]], target: TextIO) -> int:
    writer = csv.DictWriter(target, CSV_COLUMNS)
    writer.writeheader()
    count = 0
    for transcript, stored in turns:
        for shown in stored.turn.shown or (None,):
            writer.writerow({name: _cell(value) for name, value in _row(transcript, stored, shown).items()})
        count += 1
    return count


def _line(transcript: Transcript, stored: StoredTurn) -> dict[str, Any]:
    turn = stored.turn
    user: dict[str, Any] = {"role": "user", "content": turn.user.text}
    if turn.user.image_paths:
        user["images"] = list(turn.user.image_paths)
    return {
        "session": _session_json(transcript.session),
        "turn_id": stored.turn_id,
        "position": stored.position,
        "created_at": stored.created_at,
        "messages": [user, {"role": "assistant", "content": turn.reply}],
        "acts": [asdict(act) for act in turn.user.acts],
        "outcome": turn.outcome,
        "shown": [asdict(item) for item in turn.shown],
        "understood": turn.understood,
        "state": turn.state,
        "votes": [_vote_json(vote) for vote in _votes_on(transcript.judgements, stored.turn_id).values()],
        "session_rating": _rating_json(transcript.judgements.rating),
        "versions": turn.versions,
        "timings_ms": turn.timings_ms,
    }


def _row(transcript: Transcript, stored: StoredTurn, shown: ShownItem | None) -> dict[str, Any]:
    turn, session, rating = stored.turn, transcript.session, transcript.judgements.rating
    votes = _votes_on(transcript.judgements, stored.turn_id)
    item = asdict(shown) if shown else {}
    return {
        "session_id": session.session_id,
        "store": session.store,
        "channel": session.channel,
        "turn_id": stored.turn_id,
        "position": stored.position,
        "created_at": stored.created_at,
        "user_text": turn.user.text,
        "reply": turn.reply,
        "outcome": turn.outcome,
        **item,
        **_vote_cells("item_vote", votes.get(shown.item_id) if shown else None),
        **_vote_cells("reply_vote", votes.get("")),
        "session_stars": rating.stars if rating else None,
        "session_comment": rating.comment if rating else None,
        "versions": json.dumps(dict(turn.versions)),
        "timings_ms": json.dumps(dict(turn.timings_ms)),
        "images": json.dumps(turn.user.image_paths),
        "acts": json.dumps([asdict(act) for act in turn.user.acts]),
        "understood": json.dumps(turn.understood, ensure_ascii=False),
    }


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _votes_on(judgements: Judgements, turn_id: str) -> dict[str, StoredVote]:
    return {stored.vote.item_id: stored for stored in judgements.votes if stored.vote.turn_id == turn_id}


def _vote_cells(prefix: str, stored: StoredVote | None) -> dict[str, Any]:
    if stored is None:
        return {}
    vote = stored.vote
    told = {prefix: vote.value, f"{prefix}_reason": vote.reason, f"{prefix}_comment": vote.comment}
    return {**told, f"{prefix}d_at": stored.voted_at}


def _vote_json(stored: StoredVote) -> dict[str, Any]:
    vote = stored.vote
    return {
        "item_id": vote.item_id,
        "value": vote.value,
        "reason": vote.reason,
        "comment": vote.comment,
        "voted_at": stored.voted_at,
        "earlier": [_vote_json(old) for old in stored.earlier],
    }


def _rating_json(rating: Rating | None) -> dict[str, Any] | None:
    return None if rating is None else asdict(rating)


def _session_json(session: Session) -> dict[str, Any]:
    return asdict(session)
