"""Sessions with refusals, drawn from a store's records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.agent.small_store import items
from training.refusing_sessions import MOST_TURNS, Shopper, values_of
from training.sessions import Session, read_sessions

ITEMS = {item.item_id: item for item in items()}


@pytest.fixture
def sessions(tmp_path: Path) -> list[Session]:
    lines = [json.dumps(session) for session in Shopper(items(), 0).sessions(60)]
    (tmp_path / "s.jsonl").write_text("\n".join(lines))
    return read_sessions(tmp_path / "s.jsonl")


def test_each_refuses_once_something_that_was_shown_and_goes_on(sessions: list[Session]) -> None:
    assert len(sessions) == 60
    for session in sessions:
        assert 3 <= len(session.turns) <= MOST_TURNS
        (at,) = [at for at, turn in enumerate(session.turns) if turn.refused]
        refusal, shown = session.turns[at].refused, session.turns[at].shown
        assert 0 < at < len(session.turns) - 1
        assert refusal.broken_by(ITEMS[shown[0]])
        assert not refusal.broken_by(ITEMS[session.target])
        later = [item_id for turn in session.turns[at + 1 :] for item_id in turn.shown]
        assert later
        assert not any(refusal.broken_by(ITEMS[item_id]) for item_id in later)


def test_words_brands_and_prices_are_refused(sessions: list[Session]) -> None:
    refusals = [turn.refused for session in sessions for turn in session.turns]
    assert any(refusal.words for refusal in refusals)
    assert any(refusal.brands for refusal in refusals)
    assert any(refusal.price_max for refusal in refusals)


def test_a_seed_draws_the_same_sessions() -> None:
    assert list(Shopper(items(), 1).sessions(5)) == list(Shopper(items(), 1).sessions(5))
    assert list(Shopper(items(), 1).sessions(5)) != list(Shopper(items(), 2).sessions(5))


def test_a_store_of_a_few_things_has_nothing_to_refuse() -> None:
    assert list(Shopper(items()[:3], 0).sessions(5)) == []


def test_values_say_what_a_thing_is_like() -> None:
    jacket = next(item for item in items() if item.category == "Jackets" and item.values("hood") == ("no hood",))
    assert set(values_of(jacket)) == {*jacket.values("color"), *jacket.values("material")}
