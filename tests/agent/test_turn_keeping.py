"""What a turn that is cut off leaves in the transcripts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.errors import EngineBusy
from agent.events import Failed, Finished, Recommended, TextDelta
from agent.planner import ToolRunner
from agent.shopping_agent import ShoppingAgent
from store.schemas import UserTurn
from store.transcripts import Transcripts


def test_a_message_is_kept_before_it_is_answered_and_its_answer_takes_it_over(
    agent: ShoppingAgent, transcripts: Transcripts
) -> None:
    session_id, state = agent.start("page")
    running = iter(agent.respond(session_id, state, UserTurn("a red dress under 60")))
    next(running)
    (begun,) = transcripts.transcript(session_id).unfinished
    assert (begun.user.text, begun.problem) == ("a red dress under 60", "")
    *_, last = running
    assert isinstance(last, Finished)
    kept = transcripts.transcript(session_id)
    assert last.turn_id == begun.turn_id
    assert ([turn.turn_id for turn in kept.turns], kept.unfinished) == ([begun.turn_id], ())


def test_a_turn_that_nobody_listens_to_any_more_leaves_its_message(
    agent: ShoppingAgent, transcripts: Transcripts
) -> None:
    session_id, state = agent.start("page")
    running = agent.respond(session_id, state, UserTurn("boots for the rain"))
    assert any(isinstance(event, TextDelta) for event in running)
    running.close()  # type: ignore[attr-defined]
    kept = transcripts.transcript(session_id)
    assert ([turn.user.text for turn in kept.unfinished], kept.turns) == (["boots for the rain"], ())


def test_an_engine_that_fails_leaves_the_message_and_what_the_shopper_was_told(
    agent: ShoppingAgent, transcripts: Transcripts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise EngineBusy("The model is busy.")

    monkeypatch.setattr(ToolRunner, "run", busy)
    session_id, state = agent.start("page")
    *_, last = agent.respond(session_id, state, UserTurn("a red dress"))
    assert isinstance(last, Failed)
    (left,) = transcripts.transcript(session_id).unfinished
    assert (left.user.text, left.problem) == ("a red dress", last.message)


def test_a_photo_that_cannot_be_read_does_not_take_the_words_with_it(
    agent: ShoppingAgent, transcripts: Transcripts, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"none")
    session_id, state = agent.start("page")
    *_, last = agent.respond(session_id, state, UserTurn("like this", (str(tmp_path / "a.jpg"),)))
    assert isinstance(last, Failed)
    (left,) = transcripts.transcript(session_id).unfinished
    assert left.user == UserTurn("like this")
    assert left.problem == last.message


def test_nothing_of_a_declined_turn_that_fails_is_kept(
    agent: ShoppingAgent, transcripts: Transcripts, tmp_path: Path
) -> None:
    session_id, state = agent.start("page")
    list(agent.respond(session_id, state, UserTurn("like this", (str(tmp_path / "no.jpg"),)), record=False))
    assert transcripts.transcript(session_id).unfinished == ()


def test_the_turn_so_far_is_what_is_kept_when_the_reply_is_stopped(
    agent: ShoppingAgent, transcripts: Transcripts
) -> None:
    session_id, state = agent.start("page")
    running = agent.respond(session_id, state, UserTurn("a red dress under 60"))
    shown = next(event for event in running if isinstance(event, Recommended))
    assert shown.so_far is not None
    stopped = replace(shown.so_far, reply="Here", ending="stopped")
    kept = transcripts.append(session_id, stopped, shown.begun)
    assert [item.item_id for item in kept.turn.shown] == [card.item.item_id for card in shown.cards]
    assert agent.restore(session_id).state.cards == tuple(card.item.item_id for card in shown.cards)
    *_, last = running  # its thread may still come to the end
    assert isinstance(last, Finished)
    assert transcripts.turns(session_id) == [kept]
    assert transcripts.transcript(session_id).unfinished == ()
