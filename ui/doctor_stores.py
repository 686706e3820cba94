"""What ``doctor`` finds in the stores: whether each can be opened, and what was made for it. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.catalog import iterate_items, read_hashes
from store.errors import StoreError, StoreUnavailable, VectorMismatch
from store.generations import Pointer, StoreFolder, list_stores
from store.vector_index import check_vectors, connect
from ui.finding import Finding

_AT_ONCE = 1000  # items in memory while a catalog is read through


def stores(
    home: Path, chroma_url: str | None, encoder: str, llm: Path | None, only: str | None = None
) -> Iterator[Finding]:
    """Every finding about Chroma and about each store, or ``only`` one; ``llm`` is the folder of the model in use."""
    names, client = [only] if only else list_stores(home), None
    try:
        client = connect(home, chroma_url) if chroma_url or (home / "chroma").exists() or names else None
        state = "" if client else ": will be made at the first start"
        yield Finding("chroma", (chroma_url or f"embedded in {home / 'chroma'}") + state)
    except StoreError as error:
        remedy = "start the Chroma server, or unset MERCER_CHROMA_URL" if chroma_url else "see to that folder"
        yield Finding("chroma", str(error), remedy)
    if not names:
        yield Finding("stores", "none yet; the demo store is made at the first start")
    for name in names:
        yield from _store(StoreFolder(home, name), client, encoder, llm)


def _store(folder: StoreFolder, client: Any, encoder: str, llm: Path | None) -> Iterator[Finding]:
    name = folder.name
    try:
        pointer = folder.require()
    except StoreError as error:
        yield Finding("store", f"{name}: cannot be opened", f"{error}: python app.py import SOURCE --store {name}")
        return
    anew = f"python app.py import {pointer.source} --store {name}"
    try:
        _read_through(folder, pointer)
    except StoreError as error:
        yield Finding("store", f"{name}: cannot be opened", f"{error}: {anew}")
        return
    says = f"{name}: {pointer.items:,} items, {pointer.photos:,} photos, encoder {pointer.encoder_name}"
    stale = f"MERCER_ENCODER is {encoder}: set it to {pointer.encoder_name}, or make the store anew with {anew}"
    yield Finding("store", says, stale if pointer.encoder_name != encoder else "")
    try:
        if client:
            check_vectors(client, name, pointer)
    except VectorMismatch as error:
        yield Finding("vectors", f"{name}: {error.problem}", f"make them anew with {anew}")
    yield _generator(folder, pointer)
    yield _behaviour(folder, pointer)
    yield _item_tokens(folder, pointer, llm)


def _read_through(folder: StoreFolder, pointer: Pointer) -> None:
    """Raise ``StoreError`` where the items of a store cannot be read."""
    path = folder.catalog_path(pointer.generation)
    if not path.is_file():
        raise StoreUnavailable(f"{path} is missing; import the catalog again")
    for _ in iterate_items(path, _AT_ONCE):
        pass


def _generator(folder: StoreFolder, pointer: Pointer) -> Finding:
    """Whether the store is ranked by a generator of its own."""
    # What reads the file brings torch with it, which no other finding needs.
    from retrievers.errors import GeneratorError
    from retrievers.generative import load_for, rebuild
    from retrievers.pipeline import generator_file

    name, file = folder.name, generator_file(folder.path)
    if file is None:
        return Finding("generator", f"{name}: not trained, the plain hybrid ranks alone; {rebuild(name)}")
    item_ids = list(read_hashes(folder.catalog_path(pointer.generation)))
    try:
        about = load_for(file, name, pointer.encoder_fingerprint, item_ids, pointer.photos > 0).about
    except GeneratorError as error:
        return Finding("generator", f"{name}: the plain hybrid ranks alone: {error}", rebuild(name))
    return Finding(
        "generator", f"{name}: {file}, {about.index_method} IDs of {about.levels} levels of {about.size} codes"
    )


def _behaviour(folder: StoreFolder, pointer: Pointer) -> Finding:
    """Whether the store has behaviour vectors, and how many are predicted."""
    # What reads the file brings the encoders' types with it, which no other finding needs.
    from retrievers.behaviour import FILE, coverage
    from retrievers.errors import BehaviourError

    name, path = folder.name, folder.path / FILE
    if not path.exists():
        return Finding("behaviour", f"{name}: none; python app.py import-interactions FILE --store {name}")
    item_ids = list(read_hashes(folder.catalog_path(pointer.generation)))
    try:
        observed, users = coverage(folder.path, name, pointer.encoder_fingerprint, item_ids)
    except BehaviourError as error:
        return Finding("behaviour", f"{name}: not used", str(error))
    says = f"{name}: vectors of {observed:,} items and {users:,} shoppers from visits, "
    return Finding("behaviour", f"{says}of {len(item_ids) - observed:,} items predicted from content")


def _item_tokens(folder: StoreFolder, pointer: Pointer, llm: Path | None) -> Finding:
    """Whether the language model in the folder ``llm`` can be shown the store's products as item tokens."""
    # What reads the file brings torch with it, which no other finding needs.
    from retrievers.errors import ItemTokensError
    from retrievers.item_adapter import SHIPPED, adapter_file, check, rebuild
    from retrievers.llm_identity import llm_fingerprint

    name, file = folder.name, adapter_file(folder.path)
    if file is None:
        return Finding("item tokens", f"{name}: none, language models read products as text; {rebuild(name)}")
    item_ids = [] if file == SHIPPED else list(read_hashes(folder.catalog_path(pointer.generation)))
    try:
        made_for = check(file, folder.path, name, pointer.encoder_fingerprint, item_ids)
    except ItemTokensError as error:
        return Finding("item tokens", f"{name}: refused, products are read as text: {error}", rebuild(name))
    whose = "shipped with Mercer" if file == SHIPPED else "its own"
    says = f"{name}: {whose}, {made_for.shape.queries} tokens an item, for the language model {made_for.llm_name}"
    if llm is None:
        return Finding("item tokens", f"{says}; not compared, as no language model that takes them is there now")
    try:
        fits = llm_fingerprint(llm) == made_for.llm
    except ItemTokensError as error:
        return Finding("item tokens", f"{says}: {error}", f"remove {llm}, Mercer makes it anew at the next start")
    if fits:
        return Finding("item tokens", f"{says}, which is the one in use")
    return Finding("item tokens", f"{says}; that in {llm} is another and reads text", rebuild(name, str(llm)))
