"""Train the generator of one store, end to end: ``python app.py train --store NAME [--resume]``.

First the quantiser (``index_methods.py``); it gives each item its codes. Then the generator
(``train_generator.py``), on dialogues made up anew for every batch and on held ones where they are given; then
test-time reranking is fitted on dialogues that the generator was not trained on. The file lands in the store's folder
at once and whole; until then the store is served as before.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from retrievers.base import Encoder
from retrievers.dialogue_prefix import ItemFeatures, PrefixReader
from retrievers.errors import GeneratorError
from retrievers.full import FullRetriever
from retrievers.generative import FILE, GenerativeRetriever, Model, Reranking, TrainedOn, id_hashes
from retrievers.minilm import WordPieces
from retrievers.pipeline import full_over
from retrievers.quantiser import Quantiser
from retrievers.semantic_ids import IndexMethod
from store.generations import StoreFolder
from store.weights import MINILM, fetch
from training.bench import Bench, OpenStore, open_store
from training.checkpoints import must_be_kept
from training.dialogues import Reader, ReaderOf, asked, so_far, words_of_now
from training.fit_reranker import Judged, fit_powers, judged
from training.generator_examples import MadeUpDialogues, every_item
from training.held_examples import held_examples, split_by_target
from training.id_shape import LEVELS, book_size
from training.index_methods import fit, read_visits
from training.made_up_queries import MadeUpQueries
from training.materials import DialogueMaterial, HeldDialogues, Source
from training.sessions import Session, read_sessions
from training.simulated_dialogues import Simulator
from training.train_generator import train

HELD_SHARE = 3.0  # of the batches, for dialogues about the store's own items; made-up ones have 1
DEV_DIALOGUES = 400
DEV_OF_AN_ITEM = 10  # in a store of few items
DEV_SEED = 1
DEV_KNOWN = 1024
CHECKPOINT = "generator.{method}.training.pt"  # codes of another method cannot be gone on with


@dataclass(frozen=True, slots=True)
class Indexing:
    """How items get their codes; ``interactions`` is a file of who visited what."""

    method: IndexMethod = IndexMethod.SEMANTIC
    interactions: Path | None = None


class StoreTraining:
    """The training of one store's generator; ``held`` are dialogues about the items of ``held_about``."""

    def __init__(
        self,
        store: OpenStore,
        held: Sequence[Session] = (),
        held_about: OpenStore | None = None,
        reader: Reader = words_of_now,
        indexing: Indexing = Indexing(),
    ) -> None:
        self._store = store
        self._indexing = indexing
        self._features = features_of(store)
        self._pieces = WordPieces(fetch(MINILM, store.models))
        self._held_about = held_about or store
        self._held, self._held_dev = split_by_target(held)
        self._reader = reader

    @property
    def _checkpoint(self) -> Path:
        """Where a training that is stopped can be gone on with."""
        return self._store.folder / CHECKPOINT.format(method=self._indexing.method)

    def run(self, resume: bool = False) -> Model:
        """Quantiser, generator, reranking; raises ``StoreUnavailable`` where the store is being trained already."""
        with StoreFolder(self._store.folder.parents[1], self._store.folder.name).locked("training"):
            return self._run(resume)

    def _run(self, resume: bool) -> Model:
        if resume:  # before minutes of encoding
            must_be_kept(self._checkpoint, GeneratorError)
        items = self._store.catalog.items
        about = TrainedOn(
            self._store.catalog.name,
            self._store.encoder.fingerprint,
            self._features.text.shape[1],
            LEVELS,
            book_size(len(items), self._indexing.method),
            self._indexing.method,
            bool(self._features.image.any()),
        )
        quantiser = quantiser_of(self._store, self._features, self._indexing)
        known = id_hashes([item.item_id for item in items])
        materials, table = self._materials(), self._pieces.table
        model = train(about, quantiser, materials, known, table, self._checkpoint, resume)
        model.reranking = self._fitted(model)
        self._checkpoint.unlink(missing_ok=True)
        return model

    def _materials(self) -> list[DialogueMaterial]:
        simulator = Simulator(self._store.catalog.items, self._features, 0)
        own = DialogueMaterial(self._features, *self._made_up(simulator), 1.0)
        if not self._held:
            return [own]
        about = self._held_about
        prefixes = PrefixReader(self._pieces, about.facts.item_ids)
        held, dev = (held_examples(about, part, self._reader, prefixes) for part in (self._held, self._held_dev))
        if not held:
            return [own]
        share = HELD_SHARE if about is self._store else 1.0
        return [
            own,
            DialogueMaterial(features_of(about), HeldDialogues(held), HeldDialogues(dev or held), share, len(held)),
        ]

    def _made_up(self, simulator: Simulator) -> tuple[Source, Source]:
        """To train on, and to choose the best state by."""
        count = len(self._features.text)
        some = np.random.default_rng(DEV_SEED).integers(0, count, DEV_KNOWN).tolist()
        train, dev = (
            MadeUpDialogues(simulator, self._features, self._pieces, self._store.encoder, targets)
            for targets in (every_item(count), some)
        )
        return train, dev

    def _fitted(self, model: Model) -> Reranking:
        """From held dialogues where there are any, else from made-up ones of another seed."""
        store = self._held_about if self._held_dev else self._store
        generative = GenerativeRetriever(model, store.facts.item_ids, features_of(store), self._pieces)
        full = full_over(generative, store.hybrid, store.facts)
        if self._held_dev:
            lists = _judge_held(full, store, self._held_dev[:DEV_DIALOGUES], self._reader)
        else:
            lists = _judge_made_up(full, store, generative.features, self._reader)
        return fit_powers(lists, bool(self._held_dev))


def features_of(store: OpenStore) -> ItemFeatures:
    """What a generator knows of a store's items."""
    return ItemFeatures.of(store.hybrid.text.vectors, store.hybrid.image.vectors)


def quantiser_of(store: OpenStore, features: ItemFeatures, indexing: Indexing) -> Quantiser:
    """A quantiser for a store's items.

    Raises
    ------
    SourceError
        The index method needs interactions or reads none, or the file holds none that are of use.
    """
    file = indexing.interactions
    visits = None if file is None else read_visits(file, store.facts.item_ids)
    return fit(indexing.method, features.joint, visits)


def _judge_held(full: FullRetriever, store: OpenStore, sessions: Sequence[Session], reader: Reader) -> list[Judged]:
    encoder = Bench(store, {}).encoder
    lists = []
    for session in tqdm(sessions, desc="Fitting the reranking", unit="dialogue"):
        position = store.facts.positions([session.target])
        if not position:
            continue
        *_, turns = so_far(session, store.catalog)
        query = asked(reader(turns), turns, session.target)
        lists.append(judged(full, encoder.encode(query, store.facts.allowed(query.constraints)), position[0]))
    return [found for found in lists if found is not None]


def _judge_made_up(full: FullRetriever, store: OpenStore, features: ItemFeatures, reader: Reader) -> list[Judged]:
    simulator = Simulator(store.catalog.items, features, DEV_SEED)
    count = min(DEV_DIALOGUES, DEV_OF_AN_ITEM * len(store.facts))
    targets = np.random.default_rng(DEV_SEED).integers(0, len(store.facts), count).tolist()
    asking = MadeUpQueries(store, reader)
    lists = []
    for at, target in enumerate(tqdm(targets, desc="Fitting the reranking", unit="dialogue")):
        ask = asking.shop if at % 2 else asking.bench
        lists.append(judged(full, ask(simulator.dialogue(target)), target))
    return [found for found in lists if found is not None]


def preparation(
    args: argparse.Namespace, home: Path, chroma_url: str | None, reader_of: ReaderOf
) -> Callable[[OpenStore], None]:
    """What a bench's ``--train``, ``--train-sessions`` and ``--train-catalog`` ask for, done to its store."""

    def prepare(store: OpenStore) -> None:
        if not args.train:
            return
        about = store
        if args.train_catalog:
            about = open_store(args.train_catalog, home, store.encoder, chroma_url, True)
        held = read_sessions(args.train_sessions) if args.train_sessions else []
        StoreTraining(store, held, about, reader_of(about)).run().save(store.folder / FILE)

    return prepare


def train_store(
    name: str,
    home: Path,
    encoder: Encoder,
    reader_of: ReaderOf,
    chroma_url: str | None = None,
    resume: bool = False,
    out: Path | None = None,
    indexing: Indexing = Indexing(),
) -> Path:
    """Train the generator of a store and write it into the store's folder, or to ``out``; returns the file.

    Raises
    ------
    StoreError
        No such store, or its vectors cannot be read.
    GeneratorError
        There is nothing to resume.
    SourceError
        The index method needs interactions or reads none, or the file holds none that are of use.
    """
    store = open_store(name, home, encoder, chroma_url, progress=True)
    file = out or store.folder / FILE
    StoreTraining(store, reader=reader_of(store), indexing=indexing).run(resume).save(file)
    return file
