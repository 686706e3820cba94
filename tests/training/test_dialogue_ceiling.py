"""The ceiling of words: what is kept is what the target's record holds, and knowing it can only help."""

from __future__ import annotations

from pathlib import Path

from tests.retrievers.small_shop import ITEMS, open_catalog
from training.dialogue_ceiling import SAID, asked_words
from training.sessions import Session, SessionTurn


def test_only_words_of_the_target_are_kept(tmp_path: Path) -> None:
    catalog = open_catalog(ITEMS, tmp_path)
    target, other = ITEMS[0], ITEMS[-1]
    word = target.title.split()[0]
    turn = SessionTurn(f"{word} zebra", (), (other.item_id,), (), ())
    words = asked_words(Session("s", (turn,), target.item_id), catalog)
    record = set(words["the target's own record"])
    assert words[SAID]
    assert set(words[SAID]) <= record
    assert set(words["of both only what holds"]) <= record
    assert len(words["the words as they are"]) > len(words["of both only what holds"])
