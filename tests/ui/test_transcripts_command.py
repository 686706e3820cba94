from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from app import command_of
from store.errors import TranscriptError
from store.schemas import Act, ActKind, FinishedTurn, UserTurn, Vote
from store.transcripts import Transcripts
from tests.store.made_turns import finished
from ui.transcripts_command import plain, run


@pytest.fixture
def session(tmp_path: Path) -> str:
    transcripts = Transcripts(tmp_path / "transcripts.db")
    session = transcripts.start_session("demo", "page")
    turn = finished("warm coat")
    reply = "Here \x1b[2Jare\ncoats"
    spoken = FinishedTurn(UserTurn("warm coat"), reply, *(getattr(turn, n) for n in turn.__slots__[2:]))
    turn_id = transcripts.append(session, spoken).turn_id
    transcripts.vote(Vote(turn_id, -1, "item-2", "too_expensive", "sorry"))
    transcripts.rate(session, 4, "good")
    transcripts.close()
    return session


def _run(home: Path, *words: str) -> None:
    run(command_of(["transcripts", *words]), home)


def test_list_has_a_line_per_session(tmp_path: Path, session: str, capsys: pytest.CaptureFixture[str]) -> None:
    _run(tmp_path, "list")
    _, line = capsys.readouterr().out.splitlines()
    assert line.split()[0] == session
    assert line.split()[3:] == ["demo", "1", "0", "1", "4", "warm", "coat"]


def test_list_of_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(tmp_path, "list", "--store", "demo")
    assert capsys.readouterr().out == "No transcripts are kept yet.\n"


def test_a_store_without_transcripts_is_named_with_those_that_have_some(
    tmp_path: Path, session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "No transcripts are kept of store 'nope'; there are some of: demo.\n"
    _run(tmp_path, "list", "--store", "nope")
    assert capsys.readouterr().out == told
    _run(tmp_path, "export", "--store", "nope")
    assert capsys.readouterr().err == told
    _run(tmp_path, "export", "--store", "demo", "--to", "1999-12-31")
    assert capsys.readouterr().err == "No turn is kept of store 'demo' to 1999-12-31.\n"


def test_the_last_day_of_the_calendar_ends_nothing(
    tmp_path: Path, session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(tmp_path, "export", "--from", "0001-01-01", "--to", "9999-12-31")
    assert json.loads(capsys.readouterr().out)["session"]["session_id"] == session


def test_show_reads_like_the_conversation(tmp_path: Path, session: str, capsys: pytest.CaptureFixture[str]) -> None:
    _run(tmp_path, "show", session)
    shown = capsys.readouterr().out
    assert "  1  you:     warm coat\n     Mercer:  Here \N{REPLACEMENT CHARACTER}[2Jare coats\n" in shown
    assert '2. Dress 2  19.00 USD  [item-2 0.500]  (because warm coat)  <- down: too_expensive "sorry"' in shown
    assert "(found, 30 ms)\n\nRated 4 of 5. good\n" in shown


def test_export_to_a_file_and_to_standard_output(
    tmp_path: Path, session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(tmp_path, "export", "--out", str(tmp_path / "all.jsonl"), "--store", "demo")
    lines = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["session"]["session_id"] for line in lines] == [session]
    assert capsys.readouterr().err == f"1 turns written to {tmp_path / 'all.jsonl'}\n"
    _run(tmp_path, "export", session, "--format", "csv")
    assert capsys.readouterr().out.splitlines()[1].startswith(f"{session},demo,page,")


def test_forget_deletes_one_session_and_says_so(
    tmp_path: Path, session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(tmp_path, "forget", session)
    told = capsys.readouterr().out
    assert told.startswith(f"Forgotten: session {session} of store demo, 1 turns with their votes and photos.\n")
    with pytest.raises(TranscriptError, match="no session"):
        _run(tmp_path, "forget", session)


@pytest.mark.parametrize(("text", "safe"), [("a\x1b[31mb", "a\ufffd[31mb"), ("a\n\tb ", "a b"), ("é🧥", "é🧥")])
def test_a_terminal_obeys_nothing_in_a_text(text: str, safe: str) -> None:
    assert plain(text) == safe


def test_show_and_list_have_messages_that_got_no_answer(
    tmp_path: Path, session: str, capsys: pytest.CaptureFixture[str]
) -> None:
    transcripts = Transcripts(tmp_path / "transcripts.db")
    for words, problem in (("in blue", "The disk\x1b[2J is full."), ("in green", "")):
        time.sleep(0.005)  # moments are kept to the millisecond
        turn_id = transcripts.begin(session, UserTurn(words, (), (Act(ActKind.LIKE, "item-2"),)))
        transcripts.give_up(turn_id, problem)
    transcripts.close()
    _run(tmp_path, "show", session)
    out = capsys.readouterr().out
    *_, blue, green = (part.splitlines() for part in out.partition("\nRated")[0].split("you:     "))
    assert blue[:2] == ["in blue [like item-2]", "     (unfinished: The disk�[2J is full.)"]
    assert green[:2] == ["in green [like item-2]", "     (unfinished)"]
