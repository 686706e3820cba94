"""A small store is learned: its items are found by words, training can be cut off and resumed, files are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrievers.base import EncodedQuery, Query
from retrievers.errors import GeneratorError
from retrievers.generative import GenerativeRetriever, Model, TrainedOn, id_hashes
from retrievers.minilm import WordPieces
from retrievers.pipeline import full_over
from retrievers.rqvae import fit
from store.weights import MINILM, fetch
from tests.retrievers.small_evidence import FACTS, FEATURES, HYBRID
from tests.retrievers.small_shop import ITEMS, WordEncoder
from training import train_generator
from training.fit_reranker import fit_powers, judged
from training.generator_examples import MadeUpDialogues, every_item
from training.id_shape import book_size
from training.materials import DialogueMaterial
from training.simulated_dialogues import Simulator
from training.train_generator import Progress, to_learn_from, train


@pytest.fixture(scope="module")
def pieces(models_dir: Path) -> WordPieces:
    return WordPieces(fetch(MINILM, models_dir))


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {"BATCH": 16, "BATCHES": 120, "LEAST_BATCHES": 120, "WARM_UP": 5, "CHECK_EVERY": 20, "KEEP_EVERY": 20}
    for name, value in sizes.items():
        monkeypatch.setattr(train_generator, name, value)


def trained(pieces: WordPieces, checkpoint: Path, resume: bool = False, encoder: str = "1") -> Model:
    about = TrainedOn("shop", encoder, 64, 2, 7)
    source = MadeUpDialogues(Simulator(ITEMS, FEATURES, 0), FEATURES, pieces, WordEncoder(), every_item(len(ITEMS)))
    known = id_hashes([item.item_id for item in ITEMS])
    quantiser = fit(FEATURES.joint, about.levels, about.size, epochs=30)
    return train(
        about, quantiser, [DialogueMaterial(FEATURES, source, source, 1.0)], known, pieces.table, checkpoint, resume
    )


def ranks(model: Model, pieces: WordPieces) -> list[int]:
    """Of each item among all, asked by its title."""
    retriever = GenerativeRetriever(model, FACTS.item_ids, FEATURES, pieces)
    everything = np.ones(len(ITEMS), dtype=bool)
    found = []
    for item in ITEMS:
        text = item.title.lower()
        query = EncodedQuery(Query(text), everything, WordEncoder().encode_texts([text])[0], None)
        found.append([c.item_id for c in retriever.retrieve(query, 7)].index(item.item_id) + 1)
    return found


@pytest.mark.usefixtures("short")
def test_items_are_found_by_their_titles_after_training(pieces: WordPieces, tmp_path: Path) -> None:
    model = trained(pieces, tmp_path / "checkpoint.pt")
    assert np.mean(ranks(model, pieces)) < 2.0  # by chance 4
    retriever = GenerativeRetriever(model, FACTS.item_ids, FEATURES, pieces)

    full = full_over(retriever, HYBRID, FACTS)
    everything = np.ones(len(ITEMS), dtype=bool)
    queries = [EncodedQuery(Query(i.title.lower()), everything, None, None) for i in ITEMS]
    lists = [judged(full, query, at) for at, query in enumerate(queries)]
    fitted = fit_powers([each for each in lists if each is not None], held=False)
    assert min(fitted.powers.values()) >= 0
    assert fitted.powers["exact words"] > fitted.powers["photo"]


@pytest.mark.usefixtures("short")
def test_a_training_that_was_cut_off_is_resumed(
    pieces: WordPieces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = tmp_path / "checkpoint.pt"
    kept: list[int] = []
    keep = train_generator.Run._keep

    def keep_and_stop(run: train_generator.Run, path: Path) -> None:
        keep(run, path)
        kept.append(run._progress.batch)
        if len(kept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(train_generator.Run, "_keep", keep_and_stop)
    with pytest.raises(KeyboardInterrupt):
        trained(pieces, checkpoint)
    trained(pieces, checkpoint, resume=True)
    assert kept == [20, 40, 60, 80, 100, 120, 120]  # and at the end


@pytest.mark.usefixtures("short")
def test_only_a_checkpoint_of_these_items_is_resumed(pieces: WordPieces, tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match="no half-done training"):
        trained(pieces, tmp_path / "none.pt", resume=True)

    checkpoint = tmp_path / "checkpoint.pt"
    trained(pieces, checkpoint)
    whole = checkpoint.read_bytes()
    way_out = "train it with: python app.py train --store shop"
    for torn in (whole[: len(whole) // 2], whole[:3], b"", b"PK\x03\x04 not a checkpoint"):
        checkpoint.write_bytes(torn)
        with pytest.raises(GeneratorError, match=f"is damaged .*{way_out}"):
            trained(pieces, checkpoint, resume=True)
    checkpoint.write_bytes(whole)
    with pytest.raises(GeneratorError, match="of other items or another encoder"):
        trained(pieces, checkpoint, resume=True, encoder="2")


def test_books_grow_with_the_catalog_and_never_beyond_it() -> None:
    assert [book_size(n) for n in (1, 3, 100, 1_500, 10_000, 44_000)] == [1, 3, 16, 64, 128, 256]


def test_nothing_to_learn_from_means_the_base_order() -> None:
    assert set(fit_powers([], held=True).powers.values()) == {0.0}


def test_a_training_is_as_long_as_there_is_to_learn(pieces: WordPieces) -> None:
    source = MadeUpDialogues(Simulator(ITEMS, FEATURES, 0), FEATURES, pieces, WordEncoder(), every_item(len(ITEMS)))
    own, held = (
        DialogueMaterial(FEATURES, source, source, 1.0),
        DialogueMaterial(FEATURES, source, source, 3.0, held=40),
    )
    assert to_learn_from(500, [own]) == 500
    assert to_learn_from(500, [own, held]) == 540


def test_before_the_first_check_no_loss_is_told() -> None:
    assert Progress().told == "not yet"
    assert Progress(best_loss=1.25).told == "1.250"
