from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from store.errors import StoreUnavailable
from store.migrations import STEPS, migrate
from store.schemas import StoredTurn, Vote
from store.sqlite_file import SqliteFile
from store.transcript_rows import shown_rows, turn_row
from store.transcripts import Transcripts
from tests.store.made_turns import finished


def _steps_of(path: Path) -> list[str]:
    return [row["name"] for row in Database(path).query("SELECT name FROM _sqlite_migrations ORDER BY id")]


def _old_row(stored: StoredTurn) -> dict[str, object]:
    """The row of a turn before replies could be stopped."""
    return {name: value for name, value in turn_row(stored).items() if name != "ending"}


def test_a_new_file_gets_every_step_once(tmp_path: Path) -> None:
    path = tmp_path / "transcripts.db"
    for _ in range(2):
        Transcripts(path).close()
    assert _steps_of(path) == [step.__name__ for step in STEPS]
    assert Database(path).journal_mode == "wal"


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_an_older_file_is_brought_up_and_keeps_its_turns(tmp_path: Path, steps: int) -> None:
    new = Transcripts(tmp_path / "new.db")
    stored = new.append(new.start_session("demo", "page"), finished("from the past"))
    session = new.session(stored.session_id)
    old = SqliteFile(tmp_path / "old.db")
    migrate(old, STEPS[:steps])
    with old.writing() as db:
        db.table("sessions").insert(
            {
                "session_id": session.session_id,
                "created_at": session.created_at,
                "store": session.store,
                "channel": session.channel,
                "notice_version": session.notice_version,
                "consent": session.consent.value,
            }
        )
        db.table("turns").insert(_old_row(stored))
        db.table("shown_items").insert_all(shown_rows(stored))
    old.close()
    assert len(_steps_of(tmp_path / "old.db")) == steps
    transcripts = Transcripts(tmp_path / "old.db")
    assert transcripts.turns(session.session_id) == [stored]
    assert transcripts.session(session.session_id) == session
    transcripts.vote(Vote(stored.turn_id, 1, "item-1"))
    transcripts.rate(session.session_id, 5)
    assert _steps_of(tmp_path / "old.db") == [step.__name__ for step in STEPS]


def test_votes_of_an_older_file_are_kept_and_can_be_taken_back(tmp_path: Path) -> None:
    path, turn = tmp_path / "old.db", finished()
    migrate(SqliteFile(path), STEPS[:3])
    old = Database(path)
    old.table("sessions").insert(
        {"session_id": "s", "created_at": "2026", "store": "demo", "channel": "page"}
        | {"notice_version": 1, "consent": "noticed"}
    )
    old.table("turns").insert(_old_row(StoredTurn("t", "s", 1, "2026", turn)))
    for table, value in (("votes", -1), ("vote_history", 1)):
        row = {"turn_id": "t", "item_id": "", "value": value, "reason": "", "comment": "hm", "voted_at": "2026"}
        old.table(table).insert(row)
    old.close()
    transcripts = Transcripts(path)
    transcripts.vote(Vote("t", 0))
    (stored,) = transcripts.transcript("s").judgements.votes
    assert stored.vote == Vote("t", 0)
    assert [earlier.vote.value for earlier in stored.earlier] == [1, -1]


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def m002_votes(db: Database) -> None:
        db.execute("CREATE TABLE half_done (a TEXT)")
        raise RuntimeError("power cut")

    file = SqliteFile(tmp_path / "transcripts.db")
    migrate(file, STEPS[:1])
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(file, (STEPS[0], m002_votes))
    assert _steps_of(tmp_path / "transcripts.db") == ["m001_sessions_and_turns"]
    assert "half_done" not in Database(tmp_path / "transcripts.db").table_names()
    Transcripts(tmp_path / "transcripts.db")


def test_a_rebuilt_table_does_not_take_its_children_along(tmp_path: Path) -> None:
    def m005_sessions_rebuilt(db: Database) -> None:
        db.table("sessions").transform(rename={"store": "shop"})

    path = tmp_path / "transcripts.db"
    transcripts = Transcripts(path)
    transcripts.append(transcripts.start_session("demo", "page"), finished())
    transcripts.close()
    migrate(SqliteFile(path), (*STEPS, m005_sessions_rebuilt))
    assert Database(path)["turns"].count == 1
    assert Database(path)["shown_items"].count == 3


def test_a_file_of_a_newer_mercer_is_refused_untouched(tmp_path: Path) -> None:
    def m999_from_the_future(db: Database) -> None:
        db.execute("CREATE TABLE future (a TEXT)")

    path = tmp_path / "transcripts.db"
    migrate(SqliteFile(path), (*STEPS, m999_from_the_future))
    with pytest.raises(StoreUnavailable, match=r"newer Mercer .*m999_from_the_future.*update Mercer"):
        Transcripts(path)
