"""Sessions of other people, and what is said about broken ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.errors import SourceError
from tests.retrievers.small_shop import picture
from training.refusals import Refusal
from training.sessions import Session, SessionTurn, read_sessions

GOOD = {"session_id": "s1", "turns": [{"text": "longer", "shown": ["A1"]}], "target_item_id": "B7"}


def write(folder: Path, *lines: Any) -> Path:
    path = folder / "s.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_every_field(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    picture("red").save(tmp_path / "p" / "1.jpg")
    turn = {"text": "no", "images": ["p/1.jpg"], "shown": ["A1", 2], "liked": [], "rejected": ["A1"]}
    path = write(tmp_path, GOOD, "", {"session_id": 2, "turns": [turn, {}], "target_item_id": 9, "more": 1})
    assert read_sessions(path) == [
        Session("s1", (SessionTurn("longer", (), ("A1",), (), ()),), "B7"),
        Session(
            "2",
            (
                SessionTurn("no", (tmp_path / "p" / "1.jpg",), ("A1", "2"), (), ("A1",)),
                SessionTurn("", (), (), (), ()),
            ),
            "9",
        ),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "the line is no object"),
        ({**GOOD, "turns": []}, "turns is no list"),
        ({**GOOD, "turns": ["red"]}, r"turns\[0\] is no object"),
        ({**GOOD, "turns": [{"text": 3}]}, r"turns\[0\]\.text is no text"),
        ({**GOOD, "turns": [{}, {"shown": "A1"}]}, r"turns\[1\]\.shown is no list"),
        ({**GOOD, "turns": [{"liked": [None]}]}, r"turns\[0\]\.liked is no list"),
        ({**GOOD, "turns": [{"refused": ["red"]}]}, r"turns\[0\]\.refused is no object"),
        ({**GOOD, "turns": [{"refused": {"words": "red"}}]}, r"turns\[0\]\.refused\.words is no list"),
        ({**GOOD, "turns": [{"refused": {"price_max": "9"}}]}, r"turns\[0\]\.refused\.price_max is no number"),
        ({**GOOD, "target_item_id": ""}, "target_item_id is missing"),
        ({"turns": GOOD["turns"], "target_item_id": "B7"}, "session_id is missing"),
    ],
)
def test_a_broken_line_is_named_with_its_field_and_the_form(tmp_path: Path, line: Any, said: str) -> None:
    with pytest.raises(SourceError, match=rf"s\.jsonl, line 2: .*{said}.*a session is \{{"):
        read_sessions(write(tmp_path, {**GOOD, "session_id": "s0"}, line))


def test_what_a_turn_rules_out(tmp_path: Path) -> None:
    turn = {"text": "no leather under 80", "refused": {"words": ["leather"], "brands": ["Acme"], "price_max": 80}}
    (session,) = read_sessions(write(tmp_path, {**GOOD, "turns": [turn]}))
    assert session.turns[0].refused == Refusal(("leather",), ("Acme",), 80)


def test_an_id_twice(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="line 2: session_id 's1' stands on another line"):
        read_sessions(write(tmp_path, GOOD, GOOD))


def test_no_file_and_no_session(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.jsonl cannot be read"):
        read_sessions(tmp_path / "none.jsonl")
    with pytest.raises(SourceError, match="holds no session"):
        read_sessions(write(tmp_path, ""))


@pytest.mark.parametrize(("image", "said"), [("gone.jpg", "is not there"), ("s.jsonl", "cannot be opened")])
def test_a_photo_that_cannot_be_used_is_named_with_its_line(image: str, said: str, tmp_path: Path) -> None:
    photo = {"session_id": "s2", "turns": [{"images": [image]}], "target_item_id": "B7"}
    with pytest.raises(SourceError, match=rf"s\.jsonl, line 2: The photo .*{image} {said}"):
        read_sessions(write(tmp_path, GOOD, photo))
