"""Ablations of a small trained store: each part is switched off, each cut takes away what it says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from retrievers.base import PastTurn
from retrievers.evaluators import EVALUATORS
from retrievers.generative import FILE, Model, Reranking, TrainedOn, id_hashes
from retrievers.generator import Generator
from retrievers.rqvae import fit
from tests.training.small_bench import small_bench, write_catalog
from training.ablation import CUTS, WHOLE, Questions, ablate, table
from training.bench import OpenStore
from training.sessions import read_sessions
from training.simulated_sessions import simulated_sessions
from training.train_store import features_of


@pytest.fixture
def store(tmp_path: Path, models_dir: Path) -> OpenStore:
    """A store with a generator that nobody trained."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(models_dir)
    write_catalog(tmp_path)
    store = small_bench(tmp_path).store
    joint, ids = features_of(store).joint, store.facts.item_ids
    torch.manual_seed(0)
    dim = joint.shape[1] // 2
    about = TrainedOn(store.catalog.name, store.encoder.fingerprint, dim, 2, 2)
    powers = dict.fromkeys(EVALUATORS, 1.0)
    model = Model(about, fit(joint, 2, 2, 1), Generator(dim, 2, 2), id_hashes(ids), Reranking(powers))
    model.save(store.folder / FILE)
    return store


def test_every_part_has_its_lines(store: OpenStore, tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "blue mug", "image": "p/m1.png"}\n')
    (tmp_path / "qrels.tsv").write_text("q\tm1\t1\n")
    printed = ablate(store, Questions.of_queries(tmp_path / "queries.jsonl", tmp_path / "qrels.tsv"))
    lines = printed.splitlines()
    assert lines[2].startswith(f"| {WHOLE} | ")
    for name in EVALUATORS:
        assert f"\n| without “{name}” (power 1.00) | " in printed
        assert f"\n| “{name}” alone | " in printed
    assert all(f"\n| {name} | " in printed for name in (*CUTS, "no reranking", "not joined: beams alone", "GQR"))


def test_differences_are_taken_query_by_query() -> None:
    found = {WHOLE: {"a": ["x"], "b": ["x"]}, "half": {"a": ["x"], "b": ["y", "x"]}}
    lines = table(found, {"a": {"x": 1}, "b": {"x": 1}}).splitlines()
    assert lines[2].split(" | ")[2] == "0.000 (0.000 to 0.000)"
    assert lines[3].split(" | ")[1:3] == ["0.750 (0.500 to 1.000)", "0.250 (0.000 to 0.500)"]


def test_a_cut_takes_away_what_it_names_and_nothing_else() -> None:
    turns = (PastTurn("one", None, ("a",), ("b",), ("c",)), PastTurn("two", None, ("d",), (), ("e",)))
    assert CUTS["without refused items"](turns) == (
        PastTurn("one", None, ("a",), ("b",)),
        PastTurn("two", None, ("d",)),
    )
    assert CUTS["without history: the last turn alone"](turns) == turns[1:]
    assert CUTS["without images"](turns) == turns


def test_simulated_sessions_are_sessions_and_keep_to_their_seed(store: OpenStore, tmp_path: Path) -> None:
    drawn = simulated_sessions(store, 40, seed=5)
    assert drawn == simulated_sessions(store, 40, seed=5) != simulated_sessions(store, 40, seed=6)
    (tmp_path / "sessions.jsonl").write_text("\n".join(map(json.dumps, drawn)))
    sessions = read_sessions(tmp_path / "sessions.jsonl")
    assert len(sessions) == 40
    assert {session.target for session in sessions} == set(store.facts.item_ids)
    pictures = [path for session in sessions for turn in session.turns for path in turn.image_paths]
    assert pictures
    assert all(path.is_file() for path in pictures)
    assert np.mean([len(session.turns) > 1 for session in sessions]) > 0.3
    questions = Questions.of_sessions(tmp_path / "sessions.jsonl", store.catalog)
    assert questions.grades["s0"] == {sessions[0].target: 1}
