"""``python app.py transcripts list | show | export | forget``: what was kept, for the people who run the shop."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from store.schemas import Act, Press, StoredTurn, UnfinishedTurn, UserTurn
from store.transcript_export import Form, export, export_file, in_time
from store.transcript_rows import Judgements, SessionSummary, StoredVote
from store.transcripts import Selection, Transcripts

WORDS_SHOWN = 48  # characters of a session's first words in the list


def run(arguments: argparse.Namespace, home: Path) -> None:
    """One of the four actions, on the transcripts of a home folder."""
    transcripts = Transcripts(home / "transcripts.db")
    try:
        if arguments.action == "list":
            list_sessions(transcripts, arguments.limit, arguments.store, sys.stdout)
        elif arguments.action == "show":
            show_session(transcripts, arguments.session_id, sys.stdout)
        elif arguments.action == "forget":
            forget_session(transcripts, arguments.session_id, sys.stdout)
        else:
            first, last = arguments.first_day, arguments.last_day
            selection = Selection(arguments.session_id, arguments.store, first, last)
            export_turns(transcripts, selection, arguments.format, arguments.out)
    finally:
        transcripts.close()


def list_sessions(transcripts: Transcripts, limit: int, store: str | None, out: TextIO) -> None:
    """The newest sessions, one a line."""
    summaries = transcripts.sessions(limit, store)
    if not summaries:
        print(f"{_nothing_kept(transcripts, store)}.", file=out)
        return
    print(f"{'session':32}  {'began (UTC)':16}  {'store':12}  turns  up  down  stars  first words", file=out)
    for summary in summaries:
        print(_summary_line(summary), file=out)


def forget_session(transcripts: Transcripts, session_id: str, out: TextIO) -> None:
    """Delete one conversation for good, without asking back, and say what is gone.

    Raises
    ------
    TranscriptError
        No such session is kept.
    """
    transcript = transcripts.transcript(session_id)
    transcripts.forget(session_id)
    turns, store = len(transcript.turns), plain(transcript.session.store)
    print(f"Forgotten: session {session_id} of store {store}, {turns} turns with their votes and photos.", file=out)
    print("It is deleted for good; files exported before still have it.", file=out)


def show_session(transcripts: Transcripts, session_id: str, out: TextIO) -> None:
    """One conversation as it was read, with what was shown and how it was judged.

    Raises
    ------
    TranscriptError
        No such session is kept.
    """
    transcript = transcripts.transcript(session_id)
    session = transcript.session
    print(f"Session {session.session_id}, {_minute(session.created_at)} UTC", file=out)
    print(f"Store {plain(session.store)}, by {session.channel}; consent: {session.consent.value}", file=out)
    for turn, presses in in_time(transcript):
        lines = _turn_lines(turn, transcript.judgements) if isinstance(turn, StoredTurn) else _unfinished_lines(turn)
        for line in (*lines, *map(_press_line, presses)):
            print(line, file=out)
    if rating := transcript.judgements.rating:
        print(f"\nRated {rating.stars} of 5. {plain(rating.comment)}".rstrip(), file=out)


def export_turns(transcripts: Transcripts, selection: Selection, form: Form, path: Path | None) -> None:
    """Write the selected turns to a file, or to standard output where none is named.

    Raises
    ------
    StoreError
        Unknown session, or the file cannot be written.
    """
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        try:
            turns = export(transcripts, selection, form, sys.stdout)
            sys.stdout.flush()
            if not turns:
                print(_none_selected(transcripts, selection), file=sys.stderr)
        except BrokenPipeError:  # "| head" has read enough; what Python flushes at exit must go somewhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    turns = export_file(transcripts, selection, form, path)
    print(f"{turns:,} turns written to {path}", file=sys.stderr)
    if not turns:
        print(_none_selected(transcripts, selection), file=sys.stderr)


def _nothing_kept(transcripts: Transcripts, store: str | None) -> str:
    """That nothing is kept, of a store or at all, and of which stores something is."""
    stores = transcripts.stores()
    if not stores:
        return "No transcripts are kept yet"
    others = f"there are some of: {', '.join(map(plain, stores))}"
    return f"No transcripts are kept of store {store!r}; {others}" if store else f"None is shown; {others}"


def _none_selected(transcripts: Transcripts, selection: Selection) -> str:
    """Why an export is empty."""
    if selection.store not in (None, *transcripts.stores()) or not transcripts.stores():
        return f"{_nothing_kept(transcripts, selection.store)}."
    of = f" of store {selection.store!r}" if selection.store else ""
    days = [f" {word} {day}" for word, day in (("from", selection.first_day), ("to", selection.last_day)) if day]
    return f"No turn is kept{of}{''.join(days)}" + (" in that session." if selection.session_id else ".")


def plain(text: str) -> str:
    """Untrusted text for a terminal: on one line, and without control characters, which terminals obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))


def _minute(created_at: str) -> str:
    return created_at[:16].replace("T", " ")


def _summary_line(summary: SessionSummary) -> str:
    words = plain(summary.first_words)
    words = words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1] + "…"
    session = summary.session
    return (
        f"{session.session_id:32}  {_minute(session.created_at)}  {plain(session.store):12.12}  "
        f"{summary.turns:5}  {summary.votes_up:2}  {summary.votes_down:4}  {summary.stars or '':5}  {words}"
    ).rstrip()


def _turn_lines(stored: StoredTurn, judgements: Judgements) -> Iterator[str]:
    turn = stored.turn
    votes = {v.vote.item_id: v for v in judgements.votes if v.vote.turn_id == stored.turn_id}
    yield ""
    yield f"{stored.position:3}  you:     {_message(turn.user)}"
    yield f"     Mercer:  {plain(turn.reply)}{_vote_note(votes.get(''))}"
    for item in turn.shown:
        price = "" if item.price is None else f"  {item.price:.2f} {plain(item.currency or '')}".rstrip()
        reason = f"  ({plain(item.reason)})" if item.reason else ""
        known_as = f"[{plain(item.item_id)} {item.score:.3f}]{reason}{_vote_note(votes.get(item.item_id))}"
        yield f"       {item.rank:2}. {plain(item.title)}{price}  {known_as}"
    total = turn.timings_ms.get("to_finish")
    stopped = ", stopped by the shopper" if turn.ending == "stopped" else ""
    yield f"     ({turn.outcome}{'' if total is None else f', {total:.0f} ms'}{stopped})"


def _unfinished_lines(turn: UnfinishedTurn) -> Iterator[str]:
    yield ""
    yield f"  -  you:     {_message(turn.user)}"
    yield f"     (unfinished{f': {plain(turn.problem)}' if turn.problem else ''})"


def _message(user: UserTurn) -> str:
    photos = [f"[{plain(path)}]" for path in user.image_paths]
    return " ".join([*filter(None, [plain(user.text)]), *photos, *map(_act, user.acts)])


def _act(act: Act) -> str:
    return f"[{act.kind.value} {plain(act.target)} {plain(act.value)}".rstrip() + "]"


def _press_line(press: Press) -> str:
    return f"     {press.pressed_at[11:19]}  {_act(press.act)}"


def _vote_note(stored: StoredVote | None) -> str:
    if stored is None:
        return ""
    vote = stored.vote
    told = " ".join(filter(None, [vote.reason, f'"{plain(vote.comment)}"' if vote.comment else ""]))
    thumb = {1: "up", -1: "down", 0: "vote taken back"}[vote.value]
    return f"  <- {thumb}{f': {told}' if told else ''}"
