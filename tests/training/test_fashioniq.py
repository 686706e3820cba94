"""The clean split on made-up chains, and on the real data where this machine has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.errors import SourceError
from training.fashioniq import ATTRIBUTES, POOL, SESSIONS, catalog, main, part_of, read_sessions, split
from training.sessions import read_sessions as read_written


def chain(target: str, *shown: str) -> dict[str, object]:
    return {"target": ["url", target], "reference": [["url", ["is red ", "has sleeves"], item] for item in shown]}


def targets(part: str, n: int) -> list[str]:
    return [name for name in map(str, range(1000)) if part_of(name) == part][:n]


def test_a_chain_becomes_a_dialogue() -> None:
    (session,) = read_sessions([chain("t", "a", "b")])
    assert [(turn["text"], turn["shown"]) for turn in session["turns"]] == [
        ("is red and has sleeves", ["a"]),
        ("is red and has sleeves", ["b"]),
    ]
    assert session["target_item_id"] == "t"


def test_no_target_of_dev_or_test_occurs_in_training() -> None:
    (dev,), (test,), train = targets("dev", 1), targets("test", 1), targets("train", 3)
    chains = [chain(dev, train[0]), chain(test, dev), chain(train[0], train[1]), chain(train[1], train[2], test)]
    found = split(read_sessions([*chains, chain(train[2], dev)]))
    assert {part: [s["target_item_id"] for s in kept] for part, kept in found.parts.items()} == {
        "train": [train[0]],
        "dev": [dev],
        "test": [test],
    }
    assert found.left_out == 2


def test_items_are_their_attribute_words() -> None:
    groups = [["dress"], ["floral", "print"], [""], ["maxi"], [], ["chic"]]
    (item, twice, bare, _) = catalog(
        read_sessions([chain("t", "a", "bare")]), {"a": groups, "w": groups * 2}, ["a", "w", "bare", "t", "a"]
    )
    facts = {"garment": ["dress"], "pattern": ["floral", "print"], "shape": ["maxi"], "style": ["chic"]}
    assert item == {"id": "a", "title": "chic floral maxi dress", "product_type": "Dresses", **facts}
    assert twice == {"id": "w", "title": "chic floral maxi dress", "product_type": "", **facts}
    assert bare == {"id": "bare", "title": "dress", "product_type": "Dresses"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--data names the folder"):
        main(["--data", str(tmp_path), "--out", str(tmp_path / "out")])


def test_the_files_that_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / SESSIONS).write_text(json.dumps([chain(t, "a") for t in (*targets("train", 2), *targets("test", 1))]))
    (tmp_path / ATTRIBUTES).write_text(json.dumps({"a": [["top"], [], [], [], [], []]}))
    (tmp_path / POOL).write_text(json.dumps(["a", *targets("train", 2), *targets("test", 1)]))
    main(["--data", str(tmp_path), "--out", str(tmp_path / "out")])
    assert len((tmp_path / "out" / "catalog.jsonl").read_text().splitlines()) == 4
    assert len(read_written(tmp_path / "out" / "sessions.train.jsonl")) == 2
    assert "train: 2 sessions, 2 targets" in capsys.readouterr().out


def test_the_real_split_is_clean(shared_data: Path, tmp_path: Path) -> None:
    main(["--data", str(shared_data / "multiturn_fashioniq"), "--out", str(tmp_path)])
    parts = {part: read_written(tmp_path / f"sessions.{part}.jsonl") for part in ("train", "dev", "test")}
    held_out = {session.target for part in ("dev", "test") for session in parts[part]}
    seen = {i for s in parts["train"] for i in (s.target, *(i for turn in s.turns for i in turn.shown))}
    assert not held_out & seen
    assert not {s.target for s in parts["dev"]} & {s.target for s in parts["test"]}
    assert {part: len(sessions) for part, sessions in parts.items()} == {"train": 5082, "dev": 767, "test": 1547}
