"""A store opened for measuring, and every system by name.

A catalog given as a file is imported into a store of its own, kept apart from the user's stores and found again by
its content, so a second run only searches. Every system answers the same queries over the same items.

This module does not know how a store is filled, how a system ranks, or what was right.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrievers.base import Encoder, Query, Retriever
from retrievers.generative import GenerativeRetriever, rebuild
from retrievers.gqr import GuidedRefinement
from retrievers.hybrid import HybridRetriever, MinMaxHybrid, open_hybrid
from retrievers.indexing import import_catalog
from retrievers.pipeline import full_over, generator_file, open_generative
from retrievers.query_encoder import QueryEncoder
from retrievers.standalone import DialogueEncoder
from store.catalog import Catalog
from store.errors import SourceError, StoreNotFound, VectorMismatch
from store.facts import FactTable
from store.generations import list_stores
from store.importer.mapping import parse_map
from store.importer.stage import ImportOptions
from store.vector_index import connect
from training.bench_import import lacks_files, tell_left_out

DEPTH = 100  # items ranked for each query
HASHED_AT_ONCE = 1 << 20
AS_IT_IS = ImportOptions()


@dataclass(frozen=True, slots=True)
class OpenStore:
    """A store with all that systems are made from; ``hybrid`` holds its vectors and its word index."""

    folder: Path  # of the store
    models: Path  # where model files are kept
    catalog: Catalog
    facts: FactTable
    encoder: Encoder
    queries: QueryEncoder
    hybrid: HybridRetriever

    @property
    def is_measured_file(self) -> bool:
        """Whether it was made from a file for a bench alone; no other command knows it by name."""
        return self.folder.parents[1] != self.models.parent


def _min_max(store: OpenStore) -> Retriever:
    return MinMaxHybrid(store.hybrid.text, store.hybrid.image, store.hybrid.lexical)


def _gqr(store: OpenStore) -> Retriever:
    return GuidedRefinement(store.hybrid.text, store.hybrid.image, store.hybrid.lexical)


# Every system that can be measured: how it is made from a store, and from its generator where it needs one.
PLAIN: dict[str, Callable[[OpenStore], Retriever]] = {
    "bm25": lambda store: store.hybrid.lexical,
    "dense-text": lambda store: store.hybrid.text,
    "dense-image": lambda store: store.hybrid.image,
    "hybrid-rrf": lambda store: store.hybrid,
    "hybrid-minmax": _min_max,
    "gqr": _gqr,
}
TRAINED: dict[str, Callable[[OpenStore, GenerativeRetriever], Retriever]] = {
    "generative": lambda _, generative: generative,
    "generative+ttr": lambda store, generative: full_over(generative, store.hybrid, store.facts, joined=False),
    "full": lambda store, generative: full_over(generative, store.hybrid, store.facts),
}
SYSTEMS = (*PLAIN, *TRAINED)
WITHOUT_VECTORS = frozenset({"bm25"})  # systems that are not charged for encoding the query


def open_systems(store: OpenStore, names: Sequence[str] | None) -> dict[str, Retriever]:
    """The named systems over a store, in this order; None means all, trained ones where the store has a generator.

    Raises
    ------
    SourceError
        None is named, one that does not exist, or one that needs a generator where there is none.
    """
    if names is None:
        names = tuple(PLAIN) if generator_file(store.folder) is None else SYSTEMS
    if not TRAINED.keys() & set(checked(names)):
        return {name: PLAIN[name](store) for name in names}
    generative = open_generator(store, "measure with --train")
    return {name: PLAIN[name](store) if name in PLAIN else TRAINED[name](store, generative) for name in names}


def open_generator(store: OpenStore, way_out: str = "") -> GenerativeRetriever:
    """The store's generator; ``way_out`` is what the command at hand can do about one that is missing.

    Raises
    ------
    SourceError
        It has none.
    GeneratorError
        Its file is damaged, or belongs to another store or encoder.
    """
    file = generator_file(store.folder)
    if file is None:
        if store.is_measured_file:
            first = f"{way_out}, or " if way_out else ""
            raise SourceError(
                f"The catalog is a file and has no generator yet; {first}bring it into a store "
                f"(python app.py import FILE --store NAME) and {rebuild('NAME')}"
            )
        name = store.catalog.name
        told = f"Store {name!r} has no generator yet; {rebuild(name)}"
        raise SourceError(f"{told}, or {way_out}" if way_out else told)
    return open_generative(file, store.catalog, store.hybrid, store.encoder, store.models)


def catalog_arguments(parser: argparse.ArgumentParser) -> None:
    """The catalog to measure on, and how the columns of a file are to be taken."""
    parser.add_argument("--catalog", required=True, help="file or folder to import, or name of a store")
    parser.add_argument("--map", action="append", default=[], metavar="FACT=COLUMN", help="title=label")
    parser.add_argument("--currency", help="currency of prices that name none, such as USD")


def options_of(args: argparse.Namespace) -> ImportOptions:
    """How ``--map`` and ``--currency`` have a file imported; raises ``SourceError`` as ``parse_map`` does."""
    return ImportOptions(column_map=tuple(parse_map(text) for text in args.map), currency=args.currency)


def bench_arguments(parser: argparse.ArgumentParser) -> None:
    """What every bench takes."""
    catalog_arguments(parser)
    parser.add_argument(
        "--systems", type=_names, help=f"comma-separated, default all that the store can run: {', '.join(SYSTEMS)}"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--train", action="store_true", help="train the generator first; that of a store takes the place of its own"
    )
    parser.add_argument("--train-sessions", type=Path, metavar="FILE", help="held dialogues to train on as well")
    parser.add_argument("--train-catalog", metavar="FILE_OR_STORE", help="what they are about, if not --catalog")


def _names(listed: str) -> Sequence[str]:
    return checked([name.strip() for name in listed.split(",") if name.strip()])


def checked(names: Sequence[str]) -> Sequence[str]:
    """The names, each known to be a system's; raises ``SourceError`` as ``open_systems`` does."""
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown or not names:
        raise SourceError(f"No system {', '.join(unknown) or 'given'}; systems: {', '.join(SYSTEMS)}")
    return names


@dataclass(frozen=True, slots=True)
class Answer:
    """What one system found for one query, best first, and how long it took from query to ranking."""

    item_ids: tuple[str, ...]
    seconds: float


class Bench:
    """Asks systems over one store."""

    def __init__(self, store: OpenStore, systems: Mapping[str, Retriever]) -> None:
        self.store = store
        self.systems = systems
        self.encoder = DialogueEncoder(store.queries, store.catalog.get, store.facts, store.hybrid.text.vectors)

    def ask(self, query: Query, only: Iterable[str] | None = None) -> dict[str, Answer]:
        """Every system's answer.

        The query is encoded once and the time of it counts for each system that uses vectors. With ``only`` nothing
        but these items is ranked; those that a system has no score for follow in the order of the catalog.
        """
        started = time.perf_counter()
        allowed = self.store.facts.allowed(query.constraints)
        if only is not None:
            among = np.zeros_like(allowed)
            among[self.store.facts.positions(only)] = True
            allowed &= among
        masked = time.perf_counter()
        words = self.encoder.lexical(query, allowed)
        worded = time.perf_counter()
        encoded = self.encoder.encode(query, allowed) if self.systems.keys() - WITHOUT_VECTORS else words
        done = time.perf_counter()
        rest = [self.store.facts.item_ids[i] for i in np.flatnonzero(allowed)] if only is not None else []
        answers = {}
        for name, system in self.systems.items():
            plain = name in WITHOUT_VECTORS
            began = time.perf_counter()
            found = system.retrieve(words if plain else encoded, DEPTH)
            seconds = time.perf_counter() - began + masked - started + (worded - masked if plain else done - worded)
            answers[name] = Answer(tuple(dict.fromkeys([*(c.item_id for c in found), *rest])), seconds)
        return answers


def open_bench(
    catalog: str,
    systems: Sequence[str] | None,
    home: Path,
    load: Callable[[], Encoder],
    chroma_url: str | None = None,
    progress: bool = True,
    prepare: Callable[[OpenStore], None] = lambda _: None,
    options: ImportOptions = AS_IT_IS,
) -> Bench:
    """Systems over a catalog, ready to be asked.

    Parameters
    ----------
    catalog
        A file or folder to import, or the name of a store.
    systems
        Some of ``SYSTEMS``; None for all that the store can run. Wrong names are told before anything is loaded.
    load
        Gives the encoder.
    prepare
        Called on the open store before the systems are made.
    options
        How a file is imported.

    Raises
    ------
    SourceError
        As ``open_store`` and ``open_systems``.
    StoreError
        The store cannot be opened.
    """
    if systems is not None:
        checked(systems)
    store = open_store(catalog, home, load(), chroma_url, progress, options)
    prepare(store)
    return Bench(store, open_systems(store, systems))


def open_store(
    catalog: str,
    home: Path,
    encoder: Encoder,
    chroma_url: str | None,
    progress: bool,
    options: ImportOptions = AS_IT_IS,
) -> OpenStore:
    """Open a store by name, or import a source into a store of its own below ``home/evaluation``.

    Rows of the source that are no items, and pictures that could not be had, are counted on standard error. A source
    of which picture files were missing is looked through again, as they may be there by now.

    Raises
    ------
    SourceError
        The catalog is neither, or cannot be imported.
    StoreError
        The store cannot be opened.
    """
    source, models = Path(catalog), home / "models"
    if source.exists():
        home = home / "evaluation"
        name = f"eval-{_content(source, options)}"
    elif catalog in list_stores(home):
        if options != AS_IT_IS:
            raise SourceError(f"{catalog!r} is a store: its columns were taken when it was imported")
        name = catalog
    else:
        raise SourceError(f"{catalog!r} is no file and no store; stores: {', '.join(list_stores(home)) or 'none'}")
    client = connect(home, chroma_url)

    def opened() -> OpenStore:
        found = Catalog.open(home, name)
        facts = FactTable(found.items)
        folder = home / "stores" / name
        hybrid = open_hybrid(found, facts, client, encoder, folder)
        return OpenStore(folder, models, found, facts, encoder, QueryEncoder(encoder, facts), hybrid)

    try:
        if not (source.exists() and lacks_files(home / "stores" / name)):
            return opened()
    except (StoreNotFound, VectorMismatch):
        if not source.exists():
            raise
    report = import_catalog(source, name, options, home, client, encoder, progress)
    tell_left_out(report)
    return opened()


def _content(source: Path, options: ImportOptions) -> str:
    """A hash of a file's bytes, or of the names, sizes and times of a folder's files, and of how they are taken."""
    digest = hashlib.sha256(repr(options).encode() if options != AS_IT_IS else b"")
    if source.is_dir():
        for path in sorted(path for path in source.rglob("*") if path.is_file()):
            stat = path.stat()
            digest.update(f"{path.relative_to(source)}\n{stat.st_size}\n{stat.st_mtime_ns}\n".encode())
    else:
        with source.open("rb") as file:
            while part := file.read(HASHED_AT_ONCE):
                digest.update(part)
    return digest.hexdigest()[:16]
