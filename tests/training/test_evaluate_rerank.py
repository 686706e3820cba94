"""The curve of quality against time over a small store whose generator is trained for a moment."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from retrievers.errors import LanguageModelUnavailable
from retrievers.generative import FILE, Model, Reranking, TrainedOn, id_hashes
from retrievers.generator import Generator
from retrievers.judge import TimedJudge, Wanted
from retrievers.pipeline import generator_file
from retrievers.reranker import Spending
from retrievers.rqvae import fit
from retrievers.widening import Widening
from store.errors import SourceError
from store.weights import MINILM, fetch
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training.bench import OpenStore, open_store
from training.dialogues import words_of_now
from training.evaluate_rerank import BUDGETS_MS, MODEL_BUDGETS_MS, POOLS, evaluate, main
from training.train_store import features_of

QUERIES = [{"_id": "q1", "text": "evening dress in silk"}, {"_id": "q2", "text": "mx204"}]
POWERS = {"exact words": 40.0, "photo": 1.0}


class Agreeable:
    """Says yes to everything, and knows one word."""

    def fits(self, wanted: Wanted, texts: list[str], within_s: float) -> np.ndarray:
        return np.ones(len(texts), dtype=np.float32)

    def letters(self, wanted: Wanted, texts: list[str], shuffles: int, within_s: float) -> np.ndarray:
        raise LanguageModelUnavailable("scores no letters")

    def votes(self, wanted: Wanted, texts: list[str], shuffles: int, within_s: float) -> np.ndarray:
        raise LanguageModelUnavailable("cannot choose")

    def keywords(self, text: str, within_s: float) -> tuple[str, ...]:
        return ("shop",)


@pytest.fixture
def bench(tmp_path: Path, models_dir: Path) -> dict[str, Path]:
    write_catalog(tmp_path)
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, QUERIES)))
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\tm1\t1\n")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(models_dir)
    fetch(MINILM, models_dir)
    return {"queries": tmp_path / "queries.jsonl", "qrels": tmp_path / "qrels.tsv"}


def opened(tmp_path: Path) -> OpenStore:
    return open_store(str(tmp_path / "catalog.csv"), tmp_path / "home", WordEncoder(), None, progress=False)


@pytest.fixture
def store(bench: dict[str, Path], tmp_path: Path) -> OpenStore:
    store = opened(tmp_path)
    torch.manual_seed(0)
    about = TrainedOn(store.catalog.name, "1", 64, 2, 4)
    quantiser = fit(features_of(store).joint, 2, 4, epochs=5)
    known = id_hashes([item.item_id for item in store.catalog.items])
    Model(about, quantiser, Generator(64, 2, 4), known, Reranking(POWERS)).save(store.folder / FILE)
    return store


def test_every_budget_and_pool_is_a_point(store: OpenStore, bench: dict[str, Path]) -> None:
    found = evaluate(store, **bench, progress=False)
    assert found["n"] == 2
    budgets = [p["budget_ms"] for p in found["points"] if p["curve"] == "budget"]
    assert budgets == list(BUDGETS_MS)
    assert [p["pool"] for p in found["points"] if p["curve"] == "pool"] == list(POOLS)
    base, *_, whole = (p for p in found["points"] if p["curve"] == "budget")
    assert whole["mrr"] == 1
    assert base["mrr"] < 1
    assert {row["name"] for row in found["evaluators"]} == set(POWERS)
    assert found["evaluators"][0]["name"] == "exact words"  # no query has a photo


def test_a_store_without_generator_is_told_what_this_command_can_do(bench: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a file and has no generator yet; bring it into a store") as refused:
        evaluate(opened(tmp_path), **bench, progress=False)
    assert "--train" not in str(refused.value)


def test_a_model_is_measured_where_one_is_given(store: OpenStore, bench: dict[str, Path]) -> None:
    model = Agreeable()
    spending = Spending(judge=TimedJudge.tried(model), widening=Widening.tried(model))
    found = evaluate(store, **bench, model=spending, progress=False)
    judged = [p for p in found["points"] if p["curve"] == "judge"]
    assert [p["budget_ms"] for p in judged] == list(MODEL_BUDGETS_MS)
    assert {p["mrr"] for p in judged} == {1.0}  # it says the same of all
    assert sum(p["curve"] == "keywords" for p in found["points"]) == 1


def test_the_command_prints_and_draws(
    store: OpenStore, bench: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    svg = tmp_path / "curve.svg"
    arguments = ["--catalog", str(tmp_path / "catalog.csv"), "--svg", str(svg)]
    arguments += ["--queries", str(bench["queries"]), "--qrels", str(bench["qrels"])]

    def no_model() -> Spending:
        raise AssertionError("no model was asked for")

    assert main(arguments, tmp_path / "home", WordEncoder, None, lambda _: words_of_now, no_model) == 0
    said = capsys.readouterr().out
    assert "budget: 100 candidates, 0 ms" in said
    assert "exact words" in said
    assert svg.read_text().startswith("<svg")


def test_a_store_without_a_generator_has_nothing_to_rerank(bench: dict[str, Path], tmp_path: Path) -> None:
    store = opened(tmp_path)
    assert generator_file(store.folder) is None
    with pytest.raises(SourceError, match=r"python app\.py train"):
        evaluate(store, **bench, progress=False)
