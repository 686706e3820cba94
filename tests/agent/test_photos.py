"""Photos of turns that are not kept lie nowhere but where they came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.events import Finished
from agent.shopping_agent import ShoppingAgent
from store.schemas import UserTurn
from tests.retrievers.small_shop import picture


@pytest.mark.parametrize("record", [True, False])
def test_no_passing_copy_stays(
    agent: ShoppingAgent, record: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing, photo = tmp_path / "passing", tmp_path / "photo.png"
    passing.mkdir()
    picture("red").save(photo)
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    session_id, state = agent.start("page")
    for turn in (UserTurn("like this", (str(photo),)), UserTurn("but in blue")):
        *_, last = agent.respond(session_id, state, turn, record)
        assert isinstance(last, Finished)
        state = last.state
    assert state.need.photo
    assert photo.is_file()
    assert list(passing.iterdir()) == []
