"""A store is trained end to end, on made-up and on held dialogues, and every system of the bench then runs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from retrievers.base import EncodedQuery, Query
from retrievers.errors import GeneratorError
from retrievers.generative import FILE, Model
from retrievers.semantic_ids import IndexMethod
from store.errors import SourceError
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training import train_generator
from training.bench import SYSTEMS, open_store, open_systems
from training.dialogues import words_of_now
from training.evaluate_dialogue import evaluate
from training.train_store import Indexing, preparation, train_store

SESSIONS = [
    {
        "session_id": f"s{at}",
        "turns": [{"text": "a mug"}, {"text": "in green", "shown": ["m1"]}],
        "target_item_id": "m2",
    }
    for at in range(8)
]


@pytest.fixture
def home(tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the real model files; training takes a few batches."""
    for name, value in {"BATCH": 16, "CHECK_EVERY": 10, "BATCHES": 20, "WARM_UP": 5}.items():
        monkeypatch.setattr(train_generator, name, value)
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models_dir)
    return home


def test_training_makes_every_system_run(home: Path, tmp_path: Path) -> None:
    catalog, sessions = write_catalog(tmp_path), tmp_path / "sessions.jsonl"
    sessions.write_text("".join(json.dumps(session) + "\n" for session in SESSIONS))
    args = argparse.Namespace(train=True, train_catalog=None, train_sessions=sessions)
    prepare = preparation(args, home, WordEncoder(), None, lambda _: words_of_now)
    found = evaluate(str(catalog), sessions, None, home, WordEncoder(), prepare=prepare, progress=False)
    assert list(found["systems"]) == list(SYSTEMS)
    assert all(0 <= values["last"]["mrr"] <= 1 for values in found["systems"].values())


def test_a_store_is_trained_by_name_and_then_ranked_by_it(home: Path, tmp_path: Path) -> None:
    store = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)
    named = store.folder.parent.parent  # where a catalog given as a file is kept
    (named / "models").symlink_to(home / "models")
    file = train_store(store.catalog.name, named, WordEncoder())
    assert file == store.folder / FILE
    assert Model.load(file).about.store == store.catalog.name
    assert max(Model.load(file).reranking.powers.values()) > 0
    assert set(open_systems(store, None)) == set(SYSTEMS)


def test_a_store_is_indexed_by_visits_and_ranked_by_such_ids(home: Path, tmp_path: Path) -> None:
    store = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)
    named = store.folder.parent.parent
    (named / "models").symlink_to(home / "models")
    with pytest.raises(SourceError, match="--interactions FILE"):
        train_store(store.catalog.name, named, WordEncoder(), indexing=Indexing(IndexMethod.HYBRID))
    visits = tmp_path / "visits.csv"
    visits.write_text("user_id,item_id,timestamp\nu1,d1,1\nu1,d2,2\nu2,m1,3\nu2,m2,4\n")
    (store.folder / "generator.semantic.training.pt").touch()
    with pytest.raises(GeneratorError, match="no half-done training"):
        train_store(store.catalog.name, named, WordEncoder(), None, True, None, Indexing(IndexMethod.HYBRID, visits))
    file = train_store(store.catalog.name, named, WordEncoder(), indexing=Indexing(IndexMethod.HYBRID, visits))
    assert Model.load(file).about.index_method is IndexMethod.HYBRID
    query = EncodedQuery(Query("mug"), np.ones(4, dtype=bool), WordEncoder().encode_texts(["mug"])[0], None)
    assert len(open_systems(store, ["generative"])["generative"].retrieve(query, 4)) == 4
