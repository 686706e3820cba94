"""Judgements are told apart by whether the generator was trained on their item."""

from __future__ import annotations

from pathlib import Path

from retrievers.generative import Model, TrainedOn, id_hashes
from retrievers.generator import Generator
from retrievers.rqvae import fit
from tests.retrievers.small_evidence import FEATURES
from training.bench import Answer
from training.cold_items import known_items, report, split

QRELS = {"both": {"a": 1, "new": 1}, "old": {"b": 1}, "late": {"new": 2}}


def test_each_judgement_is_on_one_side(tmp_path: Path) -> None:
    file = tmp_path / "generator.safetensors"
    about = TrainedOn("shop", "1", 64, 2, 4)
    Model(about, fit(FEATURES.joint, 2, 4, epochs=1), Generator(64, 2, 4), id_hashes(["a", "b", "gone"])).save(file)
    known, later = split(QRELS, known_items(file, ["a", "b", "new"]))
    assert known == {"both": {"a": 1}, "old": {"b": 1}}
    assert later == {"both": {"new": 1}, "late": {"new": 2}}


def test_both_sides_are_measured_over_the_whole_ranking() -> None:
    answers = {"both": {"bm25": Answer(("a", "new"), 0.1)}}
    ((_, first),) = report({"both": {"a": 1}}, answers)
    ((name, second),) = report({"both": {"new": 1}}, answers)
    assert (name, first["mrr"], second["mrr"]) == ("bm25", 1.0, 0.5)
