from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import pytest

from app import command_of
from ui.arguments import import_arguments, search_arguments, transcripts_arguments


def test_a_command_that_is_not_told_of_a_store_leaves_it_open() -> None:
    parser = argparse.ArgumentParser()
    search_arguments(parser)
    read = parser.parse_args(["red dress", "--k", "3", "--image", "a.jpg"])
    assert (read.text, read.k, read.image) == ("red dress", 3, Path("a.jpg"))
    assert "store" not in read


def test_import_takes_several_maps() -> None:
    parser = argparse.ArgumentParser()
    import_arguments(parser)
    assert parser.parse_args(["x.csv", "--map", "price=cost", "--map", "title=name"]).map == [
        "price=cost",
        "title=name",
    ]


def test_days_are_days(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    transcripts_arguments(parser)
    assert parser.parse_args(["export", "--from", "2026-01-31"]).first_day == date(2026, 1, 31)
    with pytest.raises(SystemExit):
        parser.parse_args(["export", "--from", "yesterday"])
    assert "'yesterday' is no day; write it as YYYY-MM-DD" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["search", "x", "--k", "0"], ["transcripts", "list", "--limit", "-1"]])
def test_fewer_than_one_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_of(words)
    assert f"{words[-1]!r} is no number from 1 on" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "-1", "65536", "http"])
def test_a_port_is_one(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command_of([f"--port={port}"])
    assert f"{port!r} is no port" in capsys.readouterr().err
    assert command_of(["--port", "65535"]).port == 65535


@pytest.mark.parametrize("command", ["train", "replies"])
def test_where_nothing_can_be_written_is_refused_before_the_work(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, reason in ((tmp_path, "is a folder"), (tmp_path / "gone" / "file", "a folder that is not there")):
        with pytest.raises(SystemExit):
            command_of([command, "--out", str(place)])
        assert reason in capsys.readouterr().err
    assert command_of([command, "--out", str(tmp_path / "file")]).out == tmp_path / "file"


def test_a_session_may_stand_behind_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_of(["transcripts", "export", "--format", "csv", "abc"]).session_id == "abc"
    assert command_of(["transcripts", "export", "abc", "--format", "csv"]).session_id == "abc"
    assert command_of(["transcripts", "export", "--format", "csv", "abc", "--store", "mine"]).session_id == "abc"
    for words in (["transcripts", "export", "abc", "--format", "csv", "def"], ["doctor", "abc"]):
        with pytest.raises(SystemExit):
            command_of(words)
        assert f"unrecognized arguments: {words[-1]}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("list --from 2030-01-01", "--from 2030-01-01"),
        ("list --format csv --out x.csv", "--format csv --out x.csv"),
        ("list abc", "abc"),
        ("show abc --limit 3", "--limit 3"),
        ("show abc --store demo", "--store demo"),
        ("forget abc --to 2030-01-01", "--to 2030-01-01"),
        ("export --limit=3", "--limit=3"),
    ],
)
def test_what_an_action_on_transcripts_does_not_heed_it_does_not_take(
    words: str, refused: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        command_of(["transcripts", *words.split()])
    assert left.value.code == 2
    assert f"unrecognized arguments: {refused}\n" in capsys.readouterr().err


@pytest.mark.parametrize("action", ["show", "forget"])
def test_which_session_is_shown_or_forgotten_must_be_said(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        command_of(["--store", "demo", "transcripts", action])
    assert left.value.code == 2
    assert "required: SESSION" in capsys.readouterr().err


def test_each_action_on_transcripts_takes_its_own_options() -> None:
    listed = command_of(["transcripts", "list", "--limit", "3", "--store", "mine"])
    assert (listed.action, listed.limit, listed.store) == ("list", 3, "mine")
    assert command_of(["--store", "mine", "transcripts", "list"]).store == "mine"
    exported = command_of(["transcripts", "export", "--from", "2026-01-31", "--to", "2026-02-01", "--format", "csv"])
    assert (exported.first_day, exported.last_day) == (date(2026, 1, 31), date(2026, 2, 1))
    assert (exported.session_id, exported.store, exported.format) == (None, None, "csv")
