"""Import a catalog: read it, encode it, write its vectors, and only then make it the current one.

Everything is built beside the current generation of the store. Vectors come from the import cache where the same
text or picture was encoded before by the same encoder, so a second import is quick and one that was killed goes
on where it stopped. Knows no file formats (``store.importer``) and no search.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from tqdm import tqdm

from retrievers.base import Encoder, Vectors
from retrievers.errors import EncoderError
from retrievers.item_text import item_text
from store.catalog import CatalogWriter, iterate_items, read_hashes
from store.errors import SourceError, VectorMismatch
from store.generations import Pointer, StoreFolder, disk_errors
from store.importer.cache import ImportCache
from store.importer.kept import keep_as_before
from store.importer.pictures import PictureShelf
from store.importer.price_notes import price_notes
from store.importer.report import ImportReport, Tally, render
from store.importer.source import Source, open_source
from store.importer.stage import ImportOptions, stage
from store.schemas import Item, VectorKind
from store.vector_index import VectorIndex, delete_generation, item_metadata

ITEMS_AT_ONCE = 256
ENCODED_AT_ONCE = 64
KEPT_NAMED = 10  # ids in a note
SHORT = 0.5  # seconds before a progress bar is drawn


@dataclass(frozen=True, slots=True)
class _VectorRow:
    """One vector to be: its id in the index, the key of its content, and whose it is."""

    row_id: str
    key: str
    content: str  # the text, or the picture's path relative to the store
    item: Item


@dataclass
class _Run:
    """One import while it runs."""

    folder: StoreFolder
    source: Source
    generation: str
    client: Any  # a Chroma client; its type belongs to the store
    encoder: Encoder
    cache: ImportCache
    progress: bool
    tally: Tally = field(default_factory=Tally)
    seconds: dict[str, float] = field(default_factory=dict)
    encoded: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    kept: tuple[str, ...] = ()  # items whose row is rejected now, as they were before

    @property
    def path(self) -> Path:
        return self.folder.catalog_path(self.generation)


def import_catalog(
    source: Path,
    store_name: str,
    options: ImportOptions,
    home: Path,
    vectors: Any,
    encoder: Encoder,
    progress: bool = True,
) -> ImportReport:
    """Bring a catalog into a store, new or existing; the store is changed at the very end and at once.

    Parameters
    ----------
    source
        File or folder, see ``store.importer.source``.
    vectors
        The Chroma client of ``store.vector_index.connect``.
    progress
        Draw progress bars on standard error.

    Raises
    ------
    SourceError
        The source cannot be read, or has not one good row; the store is as before.
    StoreUnavailable
        Disk, database or Chroma server; the store is as before and the import can be run again.
    EncoderError
        The encoder gave a vector that is none; names the item.
    """
    started = time.monotonic()
    folder = StoreFolder(home, store_name)
    found = open_source(source)
    with folder.locked():
        cache = ImportCache(folder.path)
        try:
            sweep(folder, vectors)
            run = _Run(folder, found, folder.next_generation(), vectors, encoder, cache, progress)
            report = _build(run, options)
        finally:
            cache.close()
        report = replace(report, seconds={**report.seconds, "total": round(time.monotonic() - started, 1)})
        _write_report(folder, report)
    return report


def sweep(folder: StoreFolder, client: Any) -> None:
    """Remove generations that no reader needs, vectors first, so that nothing is forgotten half-way."""
    for generation in folder.to_sweep():
        delete_generation(client, folder.name, generation)
        folder.remove(generation)


def _build(run: _Run, options: ImportOptions) -> ImportReport:
    """Stage the items; unless nothing changed, encode them and swap."""
    writer = CatalogWriter(run.path)
    bar = _bar(run, "Reading rows and pictures", run.source.rows or None, "row")
    started = time.monotonic()
    current = run.folder.pointer()
    with bar:
        columns = stage(run.source, options, run.folder.path, writer, run.cache, run.tally, bar.update)
        if current is not None and writer.count:
            run.kept = keep_as_before(run.tally.broken, run.folder.catalog_path(current.generation), writer)
        writer.close()
    run.seconds["reading"] = round(time.monotonic() - started, 1)
    if not writer.count:
        first = "; ".join(str(finding) for finding in run.tally.rejections[:3]) or "it has no rows"
        raise SourceError(f"{run.source.path}: not one row could be imported, the store is as before ({first})")
    before = read_hashes(run.folder.catalog_path(current.generation)) if current else {}
    after = read_hashes(run.path)
    pointer = Pointer(
        generation=run.generation,
        fingerprint=_fingerprint(run, writer.fingerprint),
        items=writer.count,
        photos=writer.photos,
        encoder_name=run.encoder.name,
        encoder_fingerprint=run.encoder.fingerprint,
        imported_at=datetime.now(UTC).isoformat(timespec="seconds"),
        source=str(run.source.path),
    )
    if current is not None and before == after and _is_current(run, current, pointer):
        run.folder.remove(run.generation)
        pointer = replace(current, imported_at=pointer.imported_at, source=pointer.source)
        run.folder.swap(pointer)
    else:
        _encode(run, pointer)
        run.folder.swap(pointer)
        _clean_up(run)
    return replace(_report(run, pointer, before, after), columns=columns)


def _fingerprint(run: _Run, items: str) -> str:
    """Of the items and of the texts made from them: another way to write these texts needs other vectors."""
    digest = hashlib.sha256(items.encode())
    for page in iterate_items(run.path, ITEMS_AT_ONCE):
        digest.update("\n".join(map(item_text, page)).encode())
    return digest.hexdigest()[:16]


def _is_current(run: _Run, current: Pointer, new: Pointer) -> bool:
    """Whether the current generation is what the new one would be, vectors included."""
    wanted = (new.fingerprint, new.encoder_name, new.encoder_fingerprint)
    if (current.fingerprint, current.encoder_name, current.encoder_fingerprint) != wanted:
        return False
    rows: dict[VectorKind, int] = {"text": new.items, "image": new.photos}
    try:
        return all(
            VectorIndex.open(run.client, run.folder.name, current.generation, kind, *wanted[1:], wanted[0]).count == n
            for kind, n in rows.items()
        )
    except VectorMismatch:
        return False


def _encode(run: _Run, pointer: Pointer) -> None:
    """Fill the collections of the new generation."""
    _fill(run, pointer, "text", pointer.items, _text_rows, run.encoder.encode_texts)

    def encode_pictures(names: Sequence[str]) -> Vectors:
        return run.encoder.encode_images([_open(run.folder.path / name) for name in names])

    _fill(run, pointer, "image", pointer.photos, _image_rows, encode_pictures)


def _fill(
    run: _Run,
    pointer: Pointer,
    kind: VectorKind,
    total: int,
    rows_of: Callable[[Item, str], Iterable[_VectorRow]],
    encode: Callable[[Sequence[str]], Vectors],
) -> None:
    """One collection: vectors from the cache, the others encoded and cached."""
    started = time.monotonic()
    fingerprints = (pointer.encoder_name, pointer.encoder_fingerprint, pointer.fingerprint)
    index = VectorIndex.create(run.client, run.folder.name, run.generation, kind, *fingerprints)
    run.encoded[kind] = 0
    with _bar(run, f"Encoding {'texts' if kind == 'text' else 'pictures'}", total, kind) as bar:
        for items in iterate_items(run.path, ITEMS_AT_ONCE):
            rows = [row for item in items for row in rows_of(item, pointer.encoder_fingerprint)]
            known = run.cache.vectors([row.key for row in rows])
            missing = {row.key: row for row in rows if row.key not in known}
            bar.update(len(rows) - len(missing))
            for part in _parts(missing.values(), ENCODED_AT_ONCE):
                made = _checked(part, encode([row.content for row in part]))
                run.cache.put_vectors(made)
                known |= made
                run.encoded[kind] += len(made)
                bar.update(len(made))
            run.keys.update(known)
            if rows:
                vectors = np.stack([known[row.key] for row in rows])  # (rows, dim)
                index.add([row.row_id for row in rows], vectors, [item_metadata(row.item) for row in rows])
    run.seconds[f"{kind} vectors"] = round(time.monotonic() - started, 1)


def _text_rows(item: Item, fingerprint: str) -> Iterator[_VectorRow]:
    text = item_text(item)
    yield _VectorRow(item.item_id, _key("text", fingerprint, text), text, item)


def _image_rows(item: Item, fingerprint: str) -> Iterator[_VectorRow]:
    for n, name in enumerate(item.image_paths):
        # A picture's file is named by its content, so its name is all that the key needs.
        yield _VectorRow(f"{item.item_id}|{n}", _key("image", fingerprint, name), name, item)


def _key(kind: str, fingerprint: str, content: str) -> str:
    digest = hashlib.sha256(f"{fingerprint}\n{content}".encode()).hexdigest()
    return f"{kind}:{digest[:32]}"


def _checked(rows: Sequence[_VectorRow], vectors: Vectors) -> dict[str, Vectors]:
    """Vectors by key, after a look at each: what is no unit vector would spoil every ranking."""
    lengths = np.linalg.norm(vectors, axis=1)
    wrong = np.flatnonzero(~(np.abs(lengths - 1) < 1e-3))  # NaN compares false
    if wrong.size:
        row = rows[wrong[0]]
        raise EncoderError(
            f"The vector of item {row.item.item_id!r} ({row.content[:60]!r}) has length {lengths[wrong[0]]}"
        )
    return {row.key: vector for row, vector in zip(rows, vectors, strict=True)}


def _open(path: Path) -> Image.Image:
    with disk_errors(path), Image.open(path) as image:
        return image.convert("RGB")


def _parts(rows: Iterable[_VectorRow], size: int) -> Iterator[list[_VectorRow]]:
    rows = iter(rows)
    while part := list(itertools.islice(rows, size)):
        yield part


def _clean_up(run: _Run) -> None:
    """After the swap: old generations, and pictures and vectors that none of the rest uses."""
    sweep(run.folder, run.client)
    run.cache.keep_only_vectors(run.keys)
    names: set[str] = set()
    for generation in run.folder.generations():
        for items in iterate_items(run.folder.catalog_path(generation), ITEMS_AT_ONCE):
            names.update(name for item in items for name in item.image_paths)
    with disk_errors(run.folder.path):
        PictureShelf(run.folder.path).keep_only(names)


def _report(run: _Run, pointer: Pointer, before: dict[str, str], after: dict[str, str]) -> ImportReport:
    tally = run.tally
    return ImportReport(
        store=run.folder.name,
        source=pointer.source,
        generation=pointer.generation,
        rows_read=tally.rows_read,
        items=pointer.items,
        imported=len(after.keys() - before.keys()),
        updated=sum(before[item_id] != digest for item_id, digest in after.items() if item_id in before),
        unchanged=sum(before.get(item_id) == digest for item_id, digest in after.items()),
        removed=len(before.keys() - after.keys()),
        rejected=tally.rejected,
        warned=tally.warned,
        photos=pointer.photos,
        rejections=tuple(tally.rejections),
        warnings=tuple(tally.warnings),
        pictures=dict(tally.pictures),
        encoded=run.encoded,
        notes=_notes(run),
        seconds=run.seconds,
    )


def _notes(run: _Run) -> tuple[str, ...]:
    notes = []
    if run.source.left_out:
        notes.append(f"other tables in the folder were not read: {', '.join(run.source.left_out)}")
    if run.kept:
        ids = ", ".join(run.kept[:KEPT_NAMED]) + (", ..." if len(run.kept) > KEPT_NAMED else "")
        notes.append(f"{len(run.kept):,} items whose rows are rejected now stay as they were before: {ids}")
    notes += price_notes(run.tally)
    return tuple(notes)


def _write_report(folder: StoreFolder, report: ImportReport) -> None:
    with disk_errors(folder.path):
        text = json.dumps(report.to_json(), indent=1, ensure_ascii=False)
        (folder.path / "import-report.json").write_text(text, encoding="utf-8")
        (folder.path / "import-report.txt").write_text(render(report), encoding="utf-8")


def _bar(run: _Run, label: str, total: int | None, unit: str) -> Any:
    """A progress bar, drawn only for what takes longer than a moment."""
    return tqdm(total=total, desc=label, unit=unit, disable=not run.progress, delay=SHORT)
