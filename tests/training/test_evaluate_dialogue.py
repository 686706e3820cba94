"""The dialogue bench end to end over a small catalog."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from retrievers.base import PastTurn, Query
from store.errors import SourceError
from store.schemas import Constraints
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import small_bench, write_catalog
from training.bench import PLAIN
from training.dialogues import Reader, asked, words_of_now
from training.evaluate_dialogue import evaluate, main
from training.sessions import read_sessions

SESSIONS = [
    {
        "session_id": "a",
        "turns": [{"text": "a dress"}, {"text": "in silk", "shown": ["d1"]}],
        "target_item_id": "d2",
    },
    {"session_id": "b", "turns": [{"text": "", "images": ["p/m2.png"]}], "target_item_id": "m2"},
]


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    write_catalog(tmp_path)
    return write(tmp_path, SESSIONS)


def write(folder: Path, records: Sequence[dict[str, Any]]) -> Path:
    (folder / "sessions.jsonl").write_text("\n".join(map(json.dumps, records)))
    return folder / "sessions.jsonl"


def measured(sessions: Path, systems: Sequence[str] = tuple(PLAIN), reader: Reader = words_of_now) -> dict[str, Any]:
    return evaluate(small_bench(sessions.parent, systems), read_sessions(sessions), reader, progress=False)


def test_every_system_is_measured_at_the_last_turn_and_per_turn(sessions: Path) -> None:
    found = measured(sessions)
    assert found["n"] == 2
    assert list(found["systems"]) == list(PLAIN)
    metrics = {"mrr", "ndcg@1", "ndcg@10", "recall@1", "recall@2", "recall@10", "recall@50", "p@10"}
    for values in found["systems"].values():
        assert set(values["last"]) == metrics | {"ci95", "ms_p50", "ms_p95"}
        assert [values["turns"][number]["n"] for number in ("1", "2")] == [2, 1]
        assert set(values["turns"]["1"]) == set(values["last"]) | {"n"}
    assert found["systems"]["hybrid-rrf"]["last"]["recall@1"] == 1
    assert found["peak_memory_mb"] > 0
    assert found["reading"].keys() == {"ms_p50", "ms_p95"}


def test_what_was_on_the_table_is_not_looked_for(sessions: Path) -> None:
    found = measured(sessions, ["bm25"])["systems"]["bm25"]
    assert found["turns"]["2"]["mrr"] == 1  # d1 shares more words with itself than d2 does
    assert found["last"]["mrr"] == 0.5  # a photo has no words


def test_a_target_that_was_shown_may_still_be_found() -> None:
    turns = (PastTurn(shown=("d1", "d2"), rejected=("m1",)),)
    query = asked(Query("x", constraints=Constraints(exclude_items=("m2",))), turns, "d2")
    assert query.constraints.exclude_items == ("m2", "d1", "m1")
    assert query.turns == turns
    assert query.history == ("d1", "m1")


def test_a_reader_understands_for_all_systems(sessions: Path) -> None:
    def reader(turns: Sequence[PastTurn]) -> Query:
        return Query("green", constraints=Constraints(exclude={"color": ("Blue",)}))

    found = measured(sessions, ["bm25", "dense-text"], reader)
    for values in found["systems"].values():
        assert values["turns"]["2"]["mrr"] == 0  # its target is blue
        assert values["turns"]["1"]["mrr"] == 0.5


def test_items_that_break_a_refusal_are_counted_from_its_turn_on(
    sessions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = [{"text": "dress"}, {"text": "no linen", "refused": {"words": ["linen"]}}, {"text": "dress"}]
    file = write(sessions.parent, [{"session_id": "a", "turns": turns, "target_item_id": "d2"}, SESSIONS[1]])
    deaf = measured(file, ["bm25"])["systems"]["bm25"]
    assert [deaf["turns"][number]["violations"] for number in ("1", "2", "3")] == [0, 1, 1]
    assert deaf["last"]["violations"] == 1

    def reader(_: Sequence[PastTurn]) -> Query:
        return Query("dress", constraints=Constraints(exclude_words=("linen",)))

    heard = measured(file, ["bm25"], reader)["systems"]["bm25"]
    assert heard["last"]["violations"] == 0
    given = ["--catalog", str(file.parent / "catalog.csv"), "--sessions", str(file), "--systems", "bm25"]
    main(given, file.parent / "home", WordEncoder, None, lambda _: words_of_now)
    assert "break what was refused: bm25 1" in capsys.readouterr().out


def test_a_target_that_a_turn_rejects_may_still_be_found() -> None:
    turns = (PastTurn("not these", shown=("a", "b"), rejected=("b", "c")),)
    read = Query("not these", constraints=Constraints(exclude_items=("b", "c", "d")))
    constraints = asked(read, turns, "b").constraints
    assert dict.fromkeys(constraints.exclude_items).keys() == {"a", "c", "d"}


def test_without_a_reader_the_words_and_the_latest_photo_ask() -> None:
    from tests.retrievers.small_shop import picture

    photo = picture("red")
    assert words_of_now((PastTurn("one", photo), PastTurn("two"))) == Query("two", photo)


def test_unknown_items_are_told_and_count_as_not_found(sessions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = {"session_id": "c", "turns": [{"text": "mug", "shown": ["zz"]}], "target_item_id": "gone"}
    found = measured(write(sessions.parent, [*SESSIONS, strange]), ["hybrid-rrf"])
    assert found["systems"]["hybrid-rrf"]["last"]["mrr"] == pytest.approx(2 / 3, abs=1e-3)
    said = capsys.readouterr().err
    assert "1 of 3 targets are not in the catalog" in said
    assert "1 of 2 items on the table are not in the catalog" in said


def test_the_command_prints_json_and_a_table(sessions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sessions.parent
    given = ["--catalog", str(folder / "catalog.csv"), "--sessions", str(sessions), "--systems", "bm25, gqr"]
    assert main([*given, "--json"], folder / "home", WordEncoder, None, lambda _: words_of_now) == 0
    assert json.loads(capsys.readouterr().out)["systems"].keys() == {"bm25", "gqr"}
    assert main(given, folder / "home", WordEncoder, None, lambda _: words_of_now) == 0
    printed = capsys.readouterr().out
    assert "2 sessions, after the last turn" in printed
    assert "after turn 2 of 1 sessions" in printed


def test_an_unknown_system_is_refused_before_anything_is_opened(tmp_path: Path) -> None:
    given = ["--catalog", "nowhere", "--sessions", "none.jsonl", "--systems", "generatve"]
    with pytest.raises(SourceError, match=r"generatve; systems: bm25, .*gqr"):
        main(given, tmp_path, WordEncoder, None, lambda _: words_of_now)
