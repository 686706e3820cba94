from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.errors import StoreUnavailable, TranscriptError
from store.schemas import Act, ActKind, FinishedTurn, ShownItem, StoredTurn, UserTurn, Vote
from store.transcript_export import Form, export, export_file, export_session
from store.transcripts import Selection, Transcripts
from tests.store.made_turns import finished, photo


@pytest.fixture
def transcripts(tmp_path: Path) -> Iterator[Transcripts]:
    opened = Transcripts(tmp_path / "home" / "transcripts.db")
    yield opened
    opened.close()


def _exported(transcripts: Transcripts, form: Form, selection: Selection | None = None) -> str:
    target = io.StringIO(newline="")
    export(transcripts, selection or Selection(), form, target)
    return target.getvalue()


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


def _read_back(line: dict[str, Any]) -> StoredTurn:
    user, assistant = line["messages"]
    acts = tuple(Act(ActKind(act["kind"]), act["target"], act["value"]) for act in line["acts"])
    turn = FinishedTurn(
        UserTurn(user["content"], tuple(user.get("images", ())), acts),
        assistant["content"],
        line["outcome"],
        tuple(ShownItem(**item) for item in line["shown"]),
        *(line[name] for name in ("understood", "state", "versions", "timings_ms")),
    )
    return StoredTurn(line["turn_id"], line["session"]["session_id"], line["position"], line["created_at"], turn)


def test_jsonl_holds_everything_that_was_kept(transcripts: Transcripts, tmp_path: Path) -> None:
    sessions = [transcripts.start_session("demo", "page"), transcripts.start_session("shoes", "cli")]
    words = ["line\u2028break", 'quote " and\nnewline', "half \ud83d emoji"]
    turns = [
        transcripts.append(session, finished(word, photos=(photo(str(tmp_path / "a.jpg")),)))
        for session in sessions
        for word in words
    ]
    lines = _lines(_exported(transcripts, "jsonl"))
    assert [_read_back(line) for line in lines] == turns
    assert lines[0]["session"] == asdict(transcripts.session(sessions[0]))


def test_jsonl_holds_votes_ratings_and_what_they_replaced(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    turn_id = transcripts.append(session, finished()).turn_id
    for vote in (Vote(turn_id, -1, "item-1", "wrong_colour"), Vote(turn_id, 1, "item-1", "perfect", "yes")):
        transcripts.vote(vote)
    transcripts.rate(session, 2)
    transcripts.rate(session, 4, "better")
    line = _lines(_exported(transcripts, "jsonl"))[0]
    (vote,) = line["votes"]
    assert (vote["item_id"], vote["value"], vote["reason"], vote["comment"]) == ("item-1", 1, "perfect", "yes")
    assert [(old["value"], old["reason"]) for old in vote["earlier"]] == [(-1, "wrong_colour")]
    rating = line["session_rating"]
    assert (rating["stars"], rating["comment"], [old["stars"] for old in rating["earlier"]]) == (4, "better", [2])


def test_csv_has_a_row_per_shown_item_with_its_votes(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    turn_id = transcripts.append(session, finished(shown=2)).turn_id
    transcripts.append(session, finished("nothing shown", shown=0))
    transcripts.vote(Vote(turn_id, -1, "item-2", "too_expensive", "really"))
    transcripts.vote(Vote(turn_id, 1))
    transcripts.rate(session, 3)
    first, second, empty = csv.DictReader(io.StringIO(_exported(transcripts, "csv"), newline=""))
    assert [first["item_id"], second["item_id"], empty["item_id"]] == ["item-1", "item-2", ""]
    assert [row["item_vote"] for row in (first, second, empty)] == ["", "-1", ""]
    assert [row["reply_vote"] for row in (first, second, empty)] == ["1", "1", ""]
    assert (second["rank"], second["score"], second["price"], second["currency"]) == ("2", "0.5", "19.0", "USD")
    assert (second["item_vote_reason"], second["item_vote_comment"]) == ("too_expensive", "really")
    assert {row["session_stars"] for row in (first, second, empty)} == {"3"}
    assert json.loads(first["versions"]) == finished().versions


def test_csv_holds_what_a_turn_without_words_did(transcripts: Transcripts, tmp_path: Path) -> None:
    session = transcripts.start_session("demo", "page")
    seen = photo(str(tmp_path / "a.jpg"))
    turn = replace(finished(), user=UserTurn("", (seen,), (Act(ActKind.REJECT, "item-1"),)))
    turn_id = transcripts.append(session, turn).turn_id
    transcripts.vote(Vote(turn_id, 1))
    (line,) = _lines(_exported(transcripts, "jsonl"))
    row, *_ = csv.DictReader(io.StringIO(_exported(transcripts, "csv"), newline=""))
    assert json.loads(row["images"]) == line["messages"][0]["images"] != []
    assert json.loads(row["acts"]) == [{"kind": "reject", "target": "item-1", "value": ""}]
    assert json.loads(row["understood"]) == turn.understood
    assert (row["reply_voted_at"], row["item_voted_at"]) == (line["votes"][0]["voted_at"], "")


@pytest.mark.parametrize("evil", ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(transcripts: Transcripts, evil: str) -> None:
    session = transcripts.start_session("demo", "page")
    turn = finished(evil)
    transcripts.append(session, FinishedTurn(**{**{f: getattr(turn, f) for f in turn.__slots__}, "reply": evil}))
    rows = list(csv.DictReader(io.StringIO(_exported(transcripts, "csv"), newline="")))
    assert {(row["user_text"], row["reply"]) for row in rows} == {(f"'{evil}", f"'{evil}")}


def test_a_selection_names_session_store_and_days(transcripts: Transcripts) -> None:
    demo, shoes = transcripts.start_session("demo", "page"), transcripts.start_session("shoes", "page")
    for session in (demo, shoes):
        transcripts.append(session, finished())
    today = datetime.now(UTC).date()
    day = timedelta(days=1)
    both = {demo, shoes}
    for selection, expected in [
        (Selection(), both),
        (Selection(session_id=demo), {demo}),
        (Selection(store="shoes"), {shoes}),
        (Selection(first_day=today - day, last_day=today + day), both),
        (Selection(first_day=today + day), set()),
        (Selection(last_day=today - day), set()),
    ]:
        lines = _lines(_exported(transcripts, "jsonl", selection))
        assert {line["session"]["session_id"] for line in lines} == expected, selection
    with pytest.raises(TranscriptError, match="no session 'nope'"):
        _exported(transcripts, "jsonl", Selection(session_id="nope"))


def test_both_days_are_included() -> None:
    selection = Selection(first_day=date(2026, 2, 27), last_day=date(2026, 2, 28))
    covered = ["2026-02-27T00:00:00.000+00:00", "2026-02-28T23:59:59.999+00:00"]
    assert all(selection.covers(moment) for moment in covered)
    assert not selection.covers("2026-02-26T23:59:59.999+00:00")
    assert not selection.covers("2026-03-01T00:00:00.000+00:00")


def test_a_file_appears_whole_or_not_at_all(transcripts: Transcripts, tmp_path: Path) -> None:
    session = transcripts.start_session("demo", "page")
    transcripts.append(session, finished("größe"))
    path = export_session(transcripts, tmp_path / "out", session, "jsonl")
    assert _lines(path.read_text("utf-8"))[0]["messages"][0]["content"] == "größe"
    with pytest.raises(TranscriptError):
        export_session(transcripts, tmp_path / "out", "nope", "csv")
    assert [p.name for p in (tmp_path / "out").iterdir()] == [path.name]
    (tmp_path / "in the way").write_text("")
    with pytest.raises(StoreUnavailable, match=r"cannot write .*name another place"):
        export_file(transcripts, Selection(), "csv", tmp_path / "in the way" / "out.csv")


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(TranscriptError, match="no day lies from 2026-02-02 to 2026-02-01"):
        Selection(first_day=date(2026, 2, 2), last_day=date(2026, 2, 1))


def test_a_message_without_an_answer_is_a_line_of_its_own_in_its_place(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    first = transcripts.append(session, finished("coats"), transcripts.begin(session, UserTurn("coats")))
    time.sleep(0.005)  # moments are kept to the millisecond
    cut = transcripts.begin(session, UserTurn("in blue", (), (Act(ActKind.LIKE, "item-1"),)))
    transcripts.give_up(cut, "The disk is full.")
    time.sleep(0.005)
    last = transcripts.append(session, replace(finished("shoes"), ending="stopped"))
    lines = _lines(_exported(transcripts, "jsonl"))
    assert [line["turn_id"] for line in lines] == [first.turn_id, cut, last.turn_id]
    assert [(line["ending"], line["position"]) for line in lines] == [
        ("complete", 1),
        ("unfinished", None),
        ("stopped", 2),
    ]
    assert lines[1]["messages"] == [{"role": "user", "content": "in blue"}]
    assert (lines[1]["problem"], lines[1]["acts"][0]["target"], lines[1]["shown"]) == (
        "The disk is full.",
        "item-1",
        [],
    )
    assert {frozenset(line) for line in lines} == {frozenset(lines[0])}  # the same keys in every line
    rows = list(csv.DictReader(io.StringIO(_exported(transcripts, "csv"), newline="")))
    (row,) = [row for row in rows if row["ending"] == "unfinished"]
    assert (row["user_text"], row["reply"], row["item_id"], row["problem"]) == (
        "in blue",
        "",
        "",
        "The disk is full.",
    )


def test_a_session_with_nothing_but_a_message_that_was_cut_off_is_listed_and_exported(
    transcripts: Transcripts, tmp_path: Path
) -> None:
    session = transcripts.start_session("demo", "page")
    transcripts.begin(session, UserTurn("a coat like this", (photo(str(tmp_path / "a.jpg")),)))
    (line,) = _lines(_exported(transcripts, "jsonl", Selection(store="demo")))
    (image,) = line["messages"][0]["images"]
    assert (tmp_path / "home" / image).is_file()
    (summary,) = transcripts.sessions(5)
    assert (summary.turns, summary.first_words) == (0, "a coat like this")
    transcripts.forget(session)
    assert not (tmp_path / "home" / image).exists()
    assert _exported(transcripts, "jsonl") == ""


def test_presses_after_the_last_turn_are_exported_with_it(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    for words, target in (("coats", "item-1"), ("shoes", "item-2")):
        transcripts.append(session, finished(words))
        time.sleep(0.005)  # moments are kept to the millisecond
        transcripts.press(session, Act(ActKind.LIKE, target))
        time.sleep(0.005)
    transcripts.press(session, Act(ActKind.DETAILS, "half \ud83d emoji"))
    lines = _lines(_exported(transcripts, "jsonl"))
    pressed = [[(act["kind"], act["target"]) for act in line["acts_after"]] for line in lines]
    assert pressed == [[("like", "item-1")], [("like", "item-2"), ("details", "half \ufffd emoji")]]
    assert all(act["pressed_at"] > line["created_at"] for line in lines for act in line["acts_after"])
    rows = list(csv.DictReader(io.StringIO(_exported(transcripts, "csv"), newline="")))
    assert json.loads(rows[-1]["acts_after"]) == lines[1]["acts_after"]
    with pytest.raises(TranscriptError):
        transcripts.press("never was", Act(ActKind.LIKE, "item-1"))


def test_a_press_before_the_first_answer_is_told_with_it(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    transcripts.press(session, Act(ActKind.UNLIKE, "item-1"))
    assert _exported(transcripts, "jsonl") == ""
    time.sleep(0.005)
    transcripts.append(session, finished("coats"))
    (line,) = _lines(_exported(transcripts, "jsonl"))
    assert [act["kind"] for act in line["acts_after"]] == ["unlike"]


def test_every_line_is_a_line_to_readers_of_unicode_too(transcripts: Transcripts) -> None:
    session = transcripts.start_session("demo", "page")
    words = "one\u2028two\u2029three\x85four\x0bfive\nsix"
    transcripts.append(session, finished(words))
    (line,) = _exported(transcripts, "jsonl").splitlines()
    assert json.loads(line)["messages"][0]["content"] == words
