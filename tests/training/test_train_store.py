"""A store is trained end to end, on made-up and on held dialogues, and every system of the bench then runs."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from retrievers.base import EncodedQuery, Query, Vectors
from retrievers.errors import GeneratorError
from retrievers.generative import FILE, Model
from retrievers.semantic_ids import IndexMethod
from store.errors import SourceError, StoreUnavailable
from store.generations import StoreFolder
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training import train_generator
from training.bench import SYSTEMS, Bench, open_bench, open_store, open_systems
from training.dialogues import ReaderOf, words_of_now
from training.evaluate_dialogue import evaluate
from training.sessions import read_sessions
from training.train_store import Indexing, StoreTraining, preparation, train_store

BY_WORDS: ReaderOf = lambda _: words_of_now  # noqa: E731
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
    for name, value in {"BATCH": 16, "CHECK_EVERY": 10, "BATCHES": 20, "LEAST_BATCHES": 20, "WARM_UP": 5}.items():
        monkeypatch.setattr(train_generator, name, value)
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models_dir)
    return home


def test_training_makes_every_system_run(home: Path, tmp_path: Path) -> None:
    catalog, sessions = write_catalog(tmp_path), tmp_path / "sessions.jsonl"
    sessions.write_text("".join(json.dumps(session) + "\n" for session in SESSIONS))
    args = argparse.Namespace(train=True, train_catalog=None, train_sessions=sessions)
    prepare = preparation(args, home, None, lambda _: words_of_now)
    bench = open_bench(str(catalog), None, home, WordEncoder, prepare=prepare, progress=False)
    found = evaluate(bench, read_sessions(sessions), progress=False)
    assert list(found["systems"]) == list(SYSTEMS)
    assert all(0 <= values["last"]["mrr"] <= 1 for values in found["systems"].values())


def test_a_store_is_trained_by_name_and_then_ranked_by_it(home: Path, tmp_path: Path) -> None:
    store = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)
    named = store.folder.parent.parent  # where a catalog given as a file is kept
    (named / "models").symlink_to(home / "models")
    file = train_store(store.catalog.name, named, WordEncoder(), BY_WORDS)
    assert file == store.folder / FILE
    assert Model.load(file).about.store == store.catalog.name
    assert max(Model.load(file).reranking.powers.values()) > 0
    assert set(open_systems(store, None)) == set(SYSTEMS)


def test_a_reranking_that_cannot_be_fitted_costs_no_batch(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)

    def fail(training: StoreTraining, model: Model) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(StoreTraining, "_fitted", fail)
        with pytest.raises(OSError, match="no space left"):
            StoreTraining(store).run()
    checkpoint = store.folder / "generator.semantic.training.pt"
    assert checkpoint.exists()
    monkeypatch.setattr(train_generator.Run, "step", None)  # no further batch is learned from
    assert StoreTraining(store).run(resume=True).reranking.powers
    assert not checkpoint.exists()


def test_the_generator_is_read_once_for_all_systems(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)
    StoreTraining(store).run().save(store.folder / FILE)
    read: list[Path] = []
    load = Model.load
    monkeypatch.setattr(Model, "load", lambda path: read.append(path) or load(path))
    open_systems(store, None)
    assert read == [store.folder / FILE]


def test_a_store_is_indexed_by_visits_and_ranked_by_such_ids(home: Path, tmp_path: Path) -> None:
    store = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)
    named = store.folder.parent.parent
    (named / "models").symlink_to(home / "models")
    with pytest.raises(SourceError, match="--interactions FILE"):
        train_store(store.catalog.name, named, WordEncoder(), BY_WORDS, indexing=Indexing(IndexMethod.HYBRID))
    visits = tmp_path / "visits.csv"
    visits.write_text("user_id,item_id,timestamp\nu1,d1,1\nu1,d2,2\nu2,m1,3\nu2,m2,4\n")
    (store.folder / "generator.semantic.training.pt").touch()
    with pytest.raises(GeneratorError, match="no half-done training"):
        train_store(
            store.catalog.name, named, WordEncoder(), BY_WORDS, None, True, None, Indexing(IndexMethod.HYBRID, visits)
        )
    file = train_store(
        store.catalog.name, named, WordEncoder(), BY_WORDS, indexing=Indexing(IndexMethod.HYBRID, visits)
    )
    assert Model.load(file).about.index_method is IndexMethod.HYBRID
    query = EncodedQuery(Query("mug"), np.ones(4, dtype=bool), WordEncoder().encode_texts(["mug"])[0], None)
    assert len(open_systems(store, ["generative"])["generative"].retrieve(query, 4)) == 4


@pytest.mark.parametrize(
    "catalog",
    [
        pytest.param("id,title,price,color\na,Linen dress,50 USD,Red\n", id="one item"),
        pytest.param("id,title\n" + "".join(f"{i},Linen dress\n" for i in "abc"), id="three that are the same"),
        pytest.param("id,title,description\na,Linen dress,\nb,Tin mug,\n", id="titles alone"),
        pytest.param("id,title,image_link\na,a,p/d1.png\nb,b,p/m2.png\n", id="pictures alone"),
    ],
)
def test_the_smallest_stores_are_trained_and_searched(home: Path, tmp_path: Path, catalog: str) -> None:
    write_catalog(tmp_path).write_text(catalog)
    store = open_store(str(tmp_path / "catalog.csv"), home, WordEncoder(), None, progress=False)
    model = StoreTraining(store).run()
    assert model.about.pictures == ("image_link" in catalog)
    model.save(store.folder / FILE)
    bench = Bench(store, open_systems(store, None))
    photo = Image.effect_noise((32, 32), 80.0).convert("RGB")
    for query in (Query("linen dress"), Query("nothing here is called this"), Query("", photo), Query("")):
        for name in ("generative", "generative+ttr", "full"):
            found = bench.ask(query)[name].item_ids
            assert sorted(found) == sorted(store.facts.item_ids)


def test_a_store_is_trained_by_one_training_at_a_time(home: Path, tmp_path: Path) -> None:
    store = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)
    folder = StoreFolder(store.folder.parents[1], store.catalog.name)
    with folder.locked("training"), pytest.raises(StoreUnavailable, match="Another training is running on store"):
        StoreTraining(store).run()


def test_another_stores_generator_is_refused_with_the_command_that_rebuilds(home: Path, tmp_path: Path) -> None:
    first = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)
    StoreTraining(first).run().save(first.folder / FILE)
    (tmp_path / "other.csv").write_text("id,title\nx,Glass vase\n")
    other = open_store(str(tmp_path / "other.csv"), home, WordEncoder(), None, progress=False)
    shutil.copy(first.folder / FILE, other.folder / FILE)
    rebuild = f"train it with: python app.py train --store {other.catalog.name}"
    with pytest.raises(GeneratorError, match=f"of whose items .* has 0%; {rebuild}"):
        open_systems(other, None)
    whole = (other.folder / FILE).read_bytes()
    (other.folder / FILE).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GeneratorError, match="is not a generator's file"):
        open_systems(other, None)


def test_nothing_to_resume_is_told_before_anything_is_encoded(home: Path, tmp_path: Path) -> None:
    store = open_store(str(write_catalog(tmp_path)), home, WordEncoder(), None, progress=False)
    named = store.folder.parent.parent
    (named / "models").symlink_to(home / "models")
    counting = CountingEncoder()
    with pytest.raises(GeneratorError, match="train without --resume"):
        train_store(store.catalog.name, named, counting, BY_WORDS, resume=True)
    assert counting.encoded == 0


class CountingEncoder(WordEncoder):
    """The word encoder, counting the texts that it was given."""

    encoded = 0

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return super().encode_texts(texts)
