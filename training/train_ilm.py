"""Train a store's item encoder for a language model: ``python -m training.train_ilm --store NAME --llm FOLDER``.

``--also`` names further stores whose items are read too: from them the encoder learns how to spell, and only that,
since no shopper of theirs is known to this store. The file lands in the store's folder at once and whole.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from retrievers.base import Vectors
from retrievers.behaviour import Behaviour, load_behaviour
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.errors import ItemTokensError, RetrievalError
from retrievers.generative import id_hashes
from retrievers.item_adapter import FILE, Adapter, MadeFor
from retrievers.item_inputs import InputReader, scaled
from retrievers.item_language_model import BEHAVIOUR_DIM, ItemEncoder, Shape
from retrievers.minilm import WordPieces
from store.errors import StoreError
from store.generations import home_folder
from store.interactions import visits_in
from store.weights import LITE0, MINILM, SMOLLM2, fetch
from training.bench import OpenStore, open_store
from training.device import use_best_device
from training.frozen_llm import FrozenLLM
from training.ilm_material import StoreMaterial, pieces_of, read_items, split_items, words_of
from training.ilm_reading import Training

MOST_SECONDS = 50 * 60
CHECKPOINT = "ilm.training.pt"


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.train_ilm", description=__doc__.split("\n\n")[0])
    parser.add_argument("--store", required=True, help="the store that the item encoder is for")
    parser.add_argument("--also", nargs="*", default=[], metavar="NAME", help="further stores to learn spelling from")
    parser.add_argument("--llm", type=Path, help="folder of a causal language model (default: Mercer's small one)")
    parser.add_argument("--queries", type=int, default=8, help="soft tokens of an item")
    parser.add_argument("--minutes", type=float, default=MOST_SECONDS / 60, help="of phase 2, at most")
    parser.add_argument("--resume", action="store_true", help="go on with a training that was stopped")
    parser.add_argument(
        "--begin", type=Path, metavar="FILE", help="a trained item encoder to go on from, by phase 2 alone"
    )
    parser.add_argument(
        "--without", type=int, nargs="*", default=[], metavar="N", help="soft tokens of --begin to do without, from 0"
    )
    parser.add_argument("--out", type=Path, help="write the file here instead of into the store's folder")
    args = parser.parse_args(argv)
    if args.without and not args.begin:
        parser.error("--without says which soft tokens of --begin to leave out; give --begin FILE too")
    try:
        file = train_ilm(args, home_folder())
    except (StoreError, RetrievalError) as error:
        print(f"Mercer: {error}", file=sys.stderr)
        return 1
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB. It is used from the next start on.")
    return 0


def train_ilm(args: argparse.Namespace, home: Path) -> Path:
    """Train and save; returns the file."""
    models = home / "models"
    folder = llm_folder(args.llm, models)
    encoder = load_encoder(EMBEDDED, models)
    use_best_device()
    llm = FrozenLLM(folder)
    with torch.device("cpu"):  # where the frozen towers read
        stores = [open_store(name, home, encoder, None, True) for name in (args.store, *args.also)]
        _refuse_too_few(stores)
        materials = [material_of(store, llm, own=store is stores[0]) for store in stores]
    item_ids = [item.item_id for item in stores[0].catalog.items]
    known = behaviour_of(stores[0])
    made_for = MadeFor(
        args.store,
        llm.fingerprint,
        folder.name,
        encoder.fingerprint,
        Shape(llm.dim, args.queries),
        known.made_from.fingerprint if known else "",
    )
    names = [args.store, *args.also]
    about = json.dumps([asdict(made_for), names, [len(material.items) for material in materials]])
    torch.manual_seed(0)
    training = Training(ItemEncoder(made_for.shape), llm, materials, WordPieces(fetch(MINILM, models)).table, about)
    checkpoint = stores[0].folder / CHECKPOINT
    if args.resume:
        training.restore(checkpoint)
    elif args.begin:
        training.begin(fitting(args.begin, made_for, args.without))
    training.run(checkpoint, args.minutes * 60)
    file = args.out or stores[0].folder / FILE
    Adapter(made_for, training.encoder, id_hashes(item_ids), {}).save(file)
    return Path(file)


def _refuse_too_few(stores: Sequence[OpenStore]) -> None:
    """Before anything is read or written: raises ``ItemTokensError`` where no store has an item to train on."""
    if any(split_items(store.catalog.items).train for store in stores):
        return
    own, count = stores[0].catalog.name, sum(len(store.catalog.items) for store in stores)
    raise ItemTokensError(
        f"Store {own!r} is too small to train on: its items and those of --also, {count} in all, are held out to "
        f"test the encoder and to stop by. Import more, name larger stores with --also, or leave {own!r} to the "
        "encoder that ships with Mercer"
    )


def fitting(file: Path, wanted: MadeFor, without: Collection[int] = ()) -> ItemEncoder:
    """The item encoder in ``file``, less the queries that it is to do without.

    Raises
    ------
    ItemTokensError
        It is of another language model, encoder or shape than wanted, or has no such query to do without.
    """
    adapter = Adapter.load(file)
    queries = range(adapter.made_for.shape.queries)
    if beyond := [query for query in without if query not in queries]:
        raise ItemTokensError(f"--without {beyond[0]}: {file} has soft tokens 0 to {queries[-1]}; name one of them")
    kept = [query for query in queries if query not in without]
    shape = replace(adapter.made_for.shape, queries=len(kept))
    if replace(adapter.made_for, store=wanted.store, behaviour=wanted.behaviour, shape=shape) != wanted:
        raise ItemTokensError(
            f"{file} is made for {adapter.made_for.llm_name} with {shape}, this training is for "
            f"{wanted.llm_name} with {wanted.shape}; train without --begin"
        )
    return adapter.encoder.of_queries(kept)


def llm_folder(given: Path | None, models: Path) -> Path:
    """The folder of the language model; without one that of the small model, once Mercer has made it.

    Raises
    ------
    ItemTokensError
        There is no such folder.
    """
    folder = given or models / SMOLLM2.folder_name
    if not (folder / "config.json").is_file():
        wait = "give --llm the folder of a transformers model" if given else "start Mercer once: python app.py"
        raise ItemTokensError(f"{folder} holds no language model; {wait}")
    return folder


def material_of(store: OpenStore, llm: FrozenLLM, own: bool) -> StoreMaterial:
    """What there is to learn from a store; its shoppers count only where it is the encoder's ``own``."""
    items = store.catalog.items
    item_ids = [item.item_id for item in items]
    known = behaviour_of(store) if own else None
    vectors = np.zeros((len(items), BEHAVIOUR_DIM), np.float32) if known is None else scaled(known.items, known.items)
    users, taken = (np.zeros((0, BEHAVIOUR_DIM), np.float32), [])
    if known is not None:
        visits = visits_in(store.folder, item_ids)
        # A catalog that came since the fit may have brought back what only unfitted users took.
        fitted = [user for user, user_id in enumerate(visits.user_ids) if user_id in known.users]
        if fitted:
            users = scaled(np.stack([known.users[visits.user_ids[user]] for user in fitted]), known.items)
        taken = [visits.items[visits.users == user] for user in fitted]
    reader = InputReader(fetch(MINILM, store.models), fetch(LITE0, store.models) / LITE0.model_file)
    inputs = read_items(items, store.folder, reader, vectors)
    pieces = WordPieces(fetch(MINILM, store.models))
    return StoreMaterial(
        store.catalog.name,
        items,
        inputs,
        words_of(items, llm),
        pieces_of(items, pieces),
        split_items(items),
        users,
        taken,
    )


def behaviour_of(store: OpenStore) -> Behaviour | None:
    """How shoppers use the store's items; None where no interactions were imported."""
    item_ids = [item.item_id for item in store.catalog.items]
    return load_behaviour(store.folder, store.catalog.name, store.encoder.fingerprint, item_ids, content_of(store))


def content_of(store: OpenStore) -> Vectors:
    """What is known of each item, (n_items, 2 * dim)."""
    return ItemFeatures.of(store.hybrid.text.vectors, store.hybrid.image.vectors).joint


if __name__ == "__main__":
    sys.exit(main())
