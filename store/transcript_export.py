"""Transcripts as files for others: JSONL with everything, CSV for spreadsheets.

Both are streamed one session at a time, each session as it was at one moment; memory holds one conversation.

A line of JSONL is a message of the shopper with its answer, in the order of time within a session; CSV has the
columns ``CSV_COLUMNS``, one row per shown item, and one with empty item columns for a turn that showed none. What
each field means is told in ``docs/transcripts.md``.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from store.errors import StoreUnavailable
from store.schemas import Press, ShownItem, StoredTurn, UnfinishedTurn, UserTurn
from store.transcript_rows import Judgements, Rating, Session, StoredVote, Transcript
from store.transcripts import Selection, Transcripts

Form = Literal["jsonl", "csv"]
Turn = StoredTurn | UnfinishedTurn

CSV_COLUMNS = (
    *("session_id", "store", "channel", "turn_id", "position", "created_at", "user_text", "reply", "outcome"),
    *("rank", "item_id", "title", "price", "currency", "score", "reason"),
    *("item_vote", "item_vote_reason", "item_vote_comment", "reply_vote", "reply_vote_reason", "reply_vote_comment"),
    *("session_stars", "session_comment", "versions", "timings_ms"),
    *("images", "acts", "understood", "item_voted_at", "reply_voted_at", "ending", "problem", "acts_after"),
)
UNFINISHED = "unfinished"  # the ending of a message that no answer is kept to
# What some readers take for the end of a line, though it may stand inside a JSON string.
_LINE_ENDS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
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


def in_time(transcript: Transcript) -> list[tuple[Turn, tuple[Press, ...]]]:
    """All messages of a session in the order of time, each with the presses up to the next one.

    Presses before the first message was answered are told with it.
    """
    told: tuple[Turn, ...] = (*transcript.turns, *transcript.unfinished)
    turns = sorted(told, key=lambda turn: turn.created_at)
    begins = [turn.created_at for turn in turns]
    after: list[list[Press]] = [[] for _ in turns]
    for press in transcript.presses if turns else ():
        after[max(bisect_right(begins, press.pressed_at), 1) - 1].append(press)
    return [(turn, tuple(presses)) for turn, presses in zip(turns, after, strict=True)]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One message with what came of it, and the presses up to the next message."""

    transcript: Transcript
    turn: Turn
    after: tuple[Press, ...]


def _selected(transcripts: Transcripts, selection: Selection) -> Iterator[_Entry]:
    for session_id in transcripts.session_ids(selection):
        transcript = transcripts.transcript(session_id)
        for turn, after in in_time(transcript):
            if selection.covers(turn.created_at):
                yield _Entry(transcript, turn, after)


def _write_jsonl(entries: Iterator[_Entry], target: TextIO) -> int:
    count = 0
    for entry in entries:
        target.write(json.dumps(_line(entry), ensure_ascii=False).translate(_LINE_ENDS) + "\n")
        count += 1
    return count


def _write_csv(entries: Iterator[_Entry], target: TextIO) -> int:
    writer = csv.DictWriter(target, CSV_COLUMNS)
    writer.writeheader()
    count = 0
    for entry in entries:
        shown = entry.turn.turn.shown if isinstance(entry.turn, StoredTurn) else ()
        for item in shown or (None,):
            writer.writerow({name: _cell(value) for name, value in _row(entry, item).items()})
        count += 1
    return count


def _line(entry: _Entry) -> dict[str, Any]:
    judgements, turn = entry.transcript.judgements, entry.turn
    return {
        "session": _session_json(entry.transcript.session),
        "turn_id": turn.turn_id,
        "created_at": turn.created_at,
        **(_answered_json(turn) if isinstance(turn, StoredTurn) else _unfinished_json(turn)),
        "acts_after": [_press_json(press) for press in entry.after],
        "votes": [_vote_json(vote) for vote in _votes_on(judgements, turn.turn_id).values()],
        "session_rating": _rating_json(judgements.rating),
    }


def _answered_json(stored: StoredTurn) -> dict[str, Any]:
    turn = stored.turn
    return {
        "position": stored.position,
        "ending": turn.ending,
        "problem": "",
        "messages": [_message_json(turn.user), {"role": "assistant", "content": turn.reply}],
        "acts": [asdict(act) for act in turn.user.acts],
        "outcome": turn.outcome,
        "shown": [asdict(item) for item in turn.shown],
        "understood": turn.understood,
        "state": turn.state,
        "versions": turn.versions,
        "timings_ms": turn.timings_ms,
    }


def _unfinished_json(turn: UnfinishedTurn) -> dict[str, Any]:
    """The same keys, empty where there is no answer to tell of."""
    empty: dict[str, Any] = {"understood": {}, "state": {}, "versions": {}, "timings_ms": {}}
    return {
        "position": None,
        "ending": UNFINISHED,
        "problem": turn.problem,
        "messages": [_message_json(turn.user)],
        "acts": [asdict(act) for act in turn.user.acts],
        "outcome": "",
        "shown": [],
        **empty,
    }


def _message_json(user: UserTurn) -> dict[str, Any]:
    said: dict[str, Any] = {"role": "user", "content": user.text}
    return said | ({"images": list(user.image_paths)} if user.image_paths else {})


def _press_json(press: Press) -> dict[str, Any]:
    return {**asdict(press.act), "pressed_at": press.pressed_at}


def _row(entry: _Entry, shown: ShownItem | None) -> dict[str, Any]:
    session, rating = entry.transcript.session, entry.transcript.judgements.rating
    votes = _votes_on(entry.transcript.judgements, entry.turn.turn_id)
    told = _line(entry)
    reply = [message["content"] for message in told["messages"][1:]]
    written = ("versions", "timings_ms", "acts", "understood", "acts_after")
    return {
        "session_id": session.session_id,
        "store": session.store,
        "channel": session.channel,
        **{name: told[name] for name in ("turn_id", "position", "created_at", "outcome", "ending", "problem")},
        "user_text": told["messages"][0]["content"],
        "reply": "".join(reply),
        **(asdict(shown) if shown else {}),
        **_vote_cells("item_vote", votes.get(shown.item_id) if shown else None),
        **_vote_cells("reply_vote", votes.get("")),
        "session_stars": rating.stars if rating else None,
        "session_comment": rating.comment if rating else None,
        "images": json.dumps(told["messages"][0].get("images", [])),
        **{name: json.dumps(told[name], ensure_ascii=False) for name in written},
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
