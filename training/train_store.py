"""Train the generator of one store, end to end: ``python app.py train --store NAME [--resume]``.

Quantiser and generator come from ``train_generator.py``; then test-time reranking is fitted on dialogues that the
generator was not trained on. The file lands in the store's folder at once and whole; until then the store is served
as before.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from retrievers.base import EncodedQuery, Encoder, PastTurn, Query
from retrievers.dialogue_prefix import ItemFeatures, Role
from retrievers.generative import FILE, GenerativeRetriever, Reranking
from retrievers.hybrid import HybridRetriever, open_hybrid
from retrievers.minilm import WordPieces
from retrievers.pipeline import full_over
from store.catalog import Catalog
from store.facts import FactTable
from store.generations import StoreFolder
from store.vector_index import connect
from store.weights import MINILM, fetch
from training.fit_reranker import fit_powers, judged
from training.simulated_dialogues import Dialogue, Simulator
from training.train_generator import train

DEV_DIALOGUES = 600
DEV_SEED = 1
CHECKPOINT = "generator.training.pt"


def train_store(
    name: str, home: Path, encoder: Encoder, chroma_url: str | None, resume: bool, out: Path | None = None
) -> Path:
    """Train a store's generator and write it to ``out``, by default into the store's folder; returns the file.

    Raises
    ------
    StoreError
        No such store, or its vectors cannot be read.
    GeneratorError
        There is nothing to resume.
    """
    folder = StoreFolder(home, name)
    catalog = Catalog.open(home, name)
    facts = FactTable(catalog.items)
    hybrid = open_hybrid(catalog, facts, connect(home, chroma_url), encoder, folder.path)
    features = ItemFeatures.of(hybrid.text.vectors, hybrid.image.vectors)
    pieces = WordPieces(fetch(MINILM, home / "models"))
    model = train(name, catalog.items, features, encoder, pieces, folder.path / CHECKPOINT, resume)
    generative = GenerativeRetriever(model, facts.item_ids, features, pieces)
    model.reranking = _fitted(generative, hybrid, facts, catalog, encoder)
    file = out or folder.path / FILE
    model.save(file)
    return file


def _fitted(
    generative: GenerativeRetriever, hybrid: HybridRetriever, facts: FactTable, catalog: Catalog, encoder: Encoder
) -> Reranking:
    full = full_over(generative, hybrid, facts)
    simulator = Simulator(catalog.items, generative.features, DEV_SEED)
    targets = np.random.default_rng(DEV_SEED).integers(0, len(facts), DEV_DIALOGUES).tolist()
    dialogues = [simulator.dialogue(target) for target in targets]
    queries = encoded_queries(dialogues, facts, encoder)
    bar = tqdm(list(zip(queries, targets, strict=True)), desc="Fitting the reranking", unit="dialogue")
    lists = [judged(full, query, target) for query, target in bar]
    return fit_powers([each for each in lists if each is not None])


def encoded_queries(dialogues: list[Dialogue], facts: FactTable, encoder: Encoder) -> list[EncodedQuery]:
    """Simulated dialogues as queries, their words of all turns encoded as one request."""
    texts = [" ".join(dialogue.texts).strip() for dialogue in dialogues]
    vectors = encoder.encode_texts(texts)
    everything = np.ones(len(facts), dtype=np.bool_)
    return [
        EncodedQuery(Query(text, turns=_turns(each, facts)), everything, vector if text else None, each.photo)
        for each, text, vector in zip(dialogues, texts, vectors, strict=True)
    ]


def _turns(dialogue: Dialogue, facts: FactTable) -> tuple[PastTurn, ...]:
    def named(role: Role, turn: int) -> tuple[str, ...]:
        return tuple(facts.item_ids[at] for r, t, at in dialogue.items if r is role and t == turn)

    return tuple(
        PastTurn(text, None, named(Role.SHOWN, turn), named(Role.LIKED, turn), named(Role.REFUSED, turn))
        for turn, text in enumerate(dialogue.texts)
    )


def main(argv: Sequence[str], home: Path, load: Callable[[], Encoder], chroma_url: str | None = None) -> int:
    """Command line; ``load`` gives the encoder once the arguments are known to be good."""
    parser = argparse.ArgumentParser(prog="python app.py train", description="Train a store's generative retriever.")
    parser.add_argument("--store", default="demo", help="store to train for (default: %(default)s)")
    parser.add_argument("--resume", action="store_true", help="go on with a training that was stopped")
    parser.add_argument("--out", type=Path, help="write here instead of into the store's folder")
    args = parser.parse_args(argv)
    file = train_store(args.store, home, load(), chroma_url, args.resume, args.out)
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB. It is used from the next start on.")
    return 0
