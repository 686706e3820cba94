from __future__ import annotations

from pathlib import Path

from store.transcripts import Transcripts
from tests.store.durability import Acknowledged, Tally, check, kill_writers
from tests.store.made_turns import finished


def test_killed_writers_lose_no_finished_turn() -> None:
    tally = kill_writers(kills=3, processes=2, threads=2, longest_s=0.3, seed=1)
    assert tally.passed, tally.summary()
    assert tally.turns_acknowledged > 0
    assert tally.integrity_ok == 3


def test_the_harness_notices_what_is_missing(tmp_path: Path) -> None:
    transcripts = Transcripts(tmp_path / "transcripts.db")
    session = transcripts.start_session("demo", "cli")
    stored = transcripts.append(session, finished("kept"))
    transcripts.close()
    lost, changed = Acknowledged("none", session, "kept", 1.0), Acknowledged(stored.turn_id, session, "other", 1.0)
    tally = Tally(kills=1)
    check(tmp_path, [Acknowledged(stored.turn_id, session, "kept", 1.0), lost, changed], tally)
    assert (tally.turns_lost, tally.turns_changed, tally.integrity_ok) == (1, 1, 1)
    assert not tally.passed
