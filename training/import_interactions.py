"""Bring interactions into a store, and its behaviour vectors up to date with them.

What the file says is kept first (``store/interactions.py``); the vectors are then fitted to all events of the store
(``behaviour.py``), and only where something changed. Knows no model.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from retrievers.base import Vectors
from retrievers.behaviour import FILE, MadeFrom, read_made_from
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.errors import BehaviourError
from store.catalog import Catalog
from store.errors import SourceError
from store.generations import StoreFolder
from store.importer.interaction_report import InteractionReport, write_report
from store.importer.interactions import read_events
from store.importer.report import Tally
from store.interactions import Event, InteractionLog, Visits, visits_of
from store.schemas import VectorKind
from store.vector_index import VectorIndex
from training.behaviour import described, fit_behaviour, made_from


def import_interactions(source: Path | None, name: str, home: Path, client: Any) -> InteractionReport:
    """Keep the events of a file in a store and fit its behaviour vectors to all that it has.

    Without a file the vectors are fitted anew to the events that are there. Nothing is fitted where nothing changed.

    Raises
    ------
    StoreNotFound
        No store of that name.
    SourceError
        The file cannot be read or has no usable row, or there is no file and the store has no events.
    StoreUnavailable
        Another import into the store is running, or its folder cannot be written.
    """
    started = time.monotonic()
    folder, tally = StoreFolder(home, name), Tally()
    folder.require()
    with folder.locked():
        catalog = Catalog.open(home, name)
        item_ids = [item.item_id for item in catalog.items]
        new = [] if source is None else read_events(source, item_ids, time.time(), tally)
        events, added = _kept(folder, new)
        visits = visits_of(events, item_ids)
        report = InteractionReport(
            store=name,
            source="" if source is None else str(source),
            rows_read=tally.rows_read,
            added=added,
            known=len(new) - added,
            rejected=tally.rejected,
            events=len(events),
            users=len(visits.user_ids),
            items=len(np.unique(visits.items)),
            rejections=tuple(tally.rejections),
            notes=_fitted(folder, catalog, events, visits, client),
            seconds=round(time.monotonic() - started, 1),
        )
        write_report(folder, report)
    return report


def _kept(folder: StoreFolder, new: list[Event]) -> tuple[list[Event], int]:
    """All events of a store, the new ones among them, and how many these are."""
    log = InteractionLog(folder.path)
    try:
        added = log.add(new)
        events = log.events()
    finally:
        log.close()
    if not events:
        raise SourceError(
            f"Store {folder.name!r} has no interactions; "
            f"give a file: python app.py import-interactions FILE --store {folder.name}"
        )
    return events, added


def _fitted(
    folder: StoreFolder, catalog: Catalog, events: list[Event], visits: Visits, client: Any
) -> tuple[str, ...]:
    """Fit and save, if anything changed; what there is to say of it."""
    item_ids = [item.item_id for item in catalog.items]
    belongs = made_from(catalog.name, catalog.encoder_fingerprint, item_ids, events)
    path = folder.path / FILE
    if len(visits.user_ids) < 2:
        who = f"one user only ({visits.user_ids[0]})" if visits.user_ids else "no event about a present item"
        return (f"{who}: no behaviour vectors, they need what several have in common; import the events of more",)
    if _is_current(path, belongs):
        return (f"behaviour vectors unchanged: {path}",)
    factors = fit_behaviour(belongs, visits, item_ids, content_of(catalog, client))
    factors.save(path)
    return (f"behaviour vectors: {path}", described(factors, len(item_ids)))


def _is_current(path: Path, belongs: MadeFrom) -> bool:
    try:
        return path.exists() and read_made_from(path).fingerprint == belongs.fingerprint
    except BehaviourError:
        return False


def content_of(catalog: Catalog, client: Any) -> Vectors:
    """Text and picture vectors of a store's items side by side, (n_items, width).

    Raises
    ------
    VectorMismatch
        The store's vectors are missing, or not of its catalog.
    """
    item_ids = [item.item_id for item in catalog.items]
    fingerprints = (catalog.encoder_name, catalog.encoder_fingerprint, catalog.fingerprint)

    def index(kind: VectorKind) -> VectorIndex:
        return VectorIndex.open(client, catalog.name, catalog.generation, kind, *fingerprints)

    return ItemFeatures.of(index("text").read(item_ids), index("image").read(item_ids)).joint
