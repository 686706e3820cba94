"""The bench end to end over a small catalog: import, every system, the shape of its answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from retrievers.base import Constraints, PastTurn, Query
from store.errors import SourceError
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import small_bench, write_catalog
from training.beir import BenchQuery, read_judged
from training.bench import PLAIN
from training.dialogues import words_of_now
from training.evaluate_retrieval import evaluate, main

QUERIES = [
    {"_id": "q1", "text": "evening dress in silk"},
    {"_id": "q2", "text": "mx204"},
    {"_id": "q3", "text": "", "image": "p/m2.png"},
    {"_id": "q4", "text": "nobody judged this"},
]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    write_catalog(tmp_path)
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, QUERIES)))
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\tm1\t1\nq3\tm2\t2\n")
    return {name: tmp_path / file for name, file in (("queries", "queries.jsonl"), ("qrels", "qrels.tsv"))}


def test_every_system_is_measured(files: dict[str, Path], tmp_path: Path) -> None:
    result = evaluate(small_bench(tmp_path), *read_judged(**files), progress=False)
    assert result["n"] == 3
    assert list(result["systems"]) == list(PLAIN)
    metrics = {"mrr", "ndcg@1", "ndcg@10", "recall@1", "recall@2", "recall@10", "recall@50", "p@10"}
    for values in result["systems"].values():
        assert set(values) == metrics | {"ci95", "ms_p50", "ms_p95"}
        assert set(values["ci95"]) == metrics
    assert result["systems"]["bm25"]["recall@10"] == pytest.approx(2 / 3, abs=1e-3)  # a photo has no words
    assert result["systems"]["dense-image"]["recall@1"] >= 1 / 3 - 1e-3
    assert result["systems"]["hybrid-rrf"]["recall@10"] == 1
    assert result["peak_memory_mb"] > 50


def test_queries_are_read_as_first_messages(files: dict[str, Path], tmp_path: Path) -> None:
    def reader(turns: Sequence[PastTurn]) -> Query:
        return replace(words_of_now(turns), constraints=Constraints(exclude_items=("d2",)))

    judged = read_judged(**files)
    found = evaluate(small_bench(tmp_path, ["bm25"]), *judged, reader, progress=False)["systems"]["bm25"]
    assert found["recall@10"] == pytest.approx(1 / 3, abs=1e-3)  # d2 is refused, and a photo has no words


def test_only_the_judged_items_can_be_ranked(files: dict[str, Path], tmp_path: Path) -> None:
    found = evaluate(small_bench(tmp_path, ["bm25"]), *read_judged(**files), judged_only=True, progress=False)
    assert found["systems"]["bm25"]["mrr"] == 1  # also for the photo: its one judged item follows without a score


def test_a_second_run_finds_the_store_and_the_command_prints_json(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--catalog", str(tmp_path / "catalog.csv"), "--json", "--systems", "bm25,dense-text"]
    arguments += ["--queries", str(files["queries"]), "--qrels", str(files["qrels"])]
    home = tmp_path / "home"
    assert main(arguments, home, WordEncoder, None, lambda _: words_of_now) == 0
    stores = sorted(path.name for path in (home / "evaluation" / "stores").iterdir())
    assert main(arguments, home, WordEncoder, None, lambda _: words_of_now) == 0
    assert sorted(path.name for path in (home / "evaluation" / "stores").iterdir()) == stores
    assert len(stores) == 1
    assert not (home / "stores").exists()
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["systems"].keys() == {"bm25", "dense-text"}
    assert first["systems"]["bm25"]["mrr"] == second["systems"]["bm25"]["mrr"]


@pytest.mark.parametrize(
    ("systems", "catalog", "message"),
    [
        (["bm26"], "catalog.csv", "bm26; systems: bm25"),
        ([], "catalog.csv", "systems: bm25"),
        (["bm25"], "nowhere", "nowhere' is no file and no store"),
    ],
)
def test_what_cannot_be_measured_is_said(tmp_path: Path, systems: list[str], catalog: str, message: str) -> None:
    write_catalog(tmp_path)
    with pytest.raises(SourceError, match=message):
        small_bench(tmp_path, systems, catalog)


def test_queries_that_nobody_judged(files: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "qrels.tsv").write_text("other\td2\t1\n")
    with pytest.raises(SourceError, match="No query"):
        read_judged(**files)


def test_what_the_catalog_does_not_hold_is_told(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files["qrels"].write_text("q1\td1\t1\nq1\tghost\t1\nq1\tother\t0\n")
    asked = ["--catalog", str(tmp_path / "catalog.csv"), "--systems", "bm25", "--json"]
    asked += ["--queries", str(files["queries"]), "--qrels", str(files["qrels"])]
    assert main(asked, tmp_path / "home", WordEncoder, None, lambda _: words_of_now) == 0
    told = capsys.readouterr().err
    assert "1 of 2 relevant items are not in the catalog ('ghost', ...); they count as not found" in told


def test_a_photo_that_is_not_there_is_named(files: dict[str, Path], tmp_path: Path) -> None:
    gone = BenchQuery("q7", "", tmp_path / "gone.jpg")
    with pytest.raises(SourceError, match=r"photo .*gone\.jpg is not there"):
        evaluate(small_bench(tmp_path, ["bm25"]), [gone], {"q7": {"d1": 1}}, progress=False)
