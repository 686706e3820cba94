"""A quantiser for a store by the index method that was asked for; see ``IndexMethod``.

This module does not know what a generator makes of the codes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrievers import fsq, rqvae
from retrievers.fsq import Fsq
from retrievers.hybrid_codes import HybridCodes
from retrievers.neighbour_codes import NeighbourCodes
from retrievers.quantiser import Quantiser
from retrievers.rqvae import RqVae
from retrievers.semantic_ids import Codes, IndexMethod
from store.errors import SourceError
from store.importer.interactions import read_events
from store.importer.report import Tally, findings_text
from store.interactions import Visits, visits_of
from training.covisits import embed
from training.id_shape import LEVELS, book_size

READ_VISITS = (IndexMethod.COLLABORATIVE, IndexMethod.SEQUENTIAL, IndexMethod.HYBRID)


def read_visits(path: Path, item_ids: Sequence[str]) -> Visits:
    """The events of a file that are about these items; rows of no use are counted and named on standard error.

    Raises
    ------
    SourceError
        The file cannot be read or has no usable row; see ``read_events``.
    """
    tally = Tally()
    events = read_events(path, item_ids, time.time(), tally)
    for line in findings_text("Rejected", tally.rejected, tuple(tally.rejections), str(path)):
        print(line, file=sys.stderr)
    return visits_of(events, item_ids)


def fit(method: IndexMethod, vectors: NDArray[np.float32], visits: Visits | None = None) -> Quantiser:
    """A quantiser of ``LEVELS`` levels for items (n, dim), rounded as a file holds it.

    Without the rounding one item in thirty has other codes in the shop than in the training.

    Raises
    ------
    SourceError
        The method needs visits and there are none, or no co-visits among them; or it reads no visits and has some.
    """
    if visits is not None and method not in READ_VISITS:
        raise SourceError(f"Index method {method} reads no interactions; leave out --interactions")
    return _fit(method, vectors, visits).half().float()


def _fit(
    method: IndexMethod, vectors: NDArray[np.float32], visits: Visits | None
) -> RqVae | Fsq | NeighbourCodes | HybridCodes:
    size = book_size(len(vectors), method)
    if method is IndexMethod.SEMANTIC:
        return rqvae.fit(vectors, LEVELS, size)
    if method is IndexMethod.FSQ:
        return fsq.fit(vectors, LEVELS, size)
    if method is IndexMethod.SEQUENTIAL:
        return NeighbourCodes.of(vectors, _digits(_ranks(len(vectors), visits), size))
    if visits is None:
        raise SourceError(f"Index method {method} needs who visited what: --interactions FILE")
    if method is IndexMethod.COLLABORATIVE:
        return _collaborative(vectors, visits, LEVELS, size)
    return HybridCodes(rqvae.fit(vectors, LEVELS - 1, size), _collaborative(vectors, visits, 1, size))


def _collaborative(vectors: NDArray[np.float32], visits: Visits, levels: int, size: int) -> NeighbourCodes:
    """Codes of the items' co-visits; an item without any has those of the one nearest in content."""
    together = embed(visits)
    codes = rqvae.fit(together.vectors, levels, size).codes(together.vectors)
    return NeighbourCodes.of(vectors[together.positions], codes)


def _ranks(items: int, visits: Visits | None) -> NDArray[np.int64]:
    """Each item's place in the sequence: by its first visit, then, without one, by the catalog."""
    visited = [] if visits is None else visits.items.tolist()
    order = list(dict.fromkeys([*visited, *range(items)]))
    return np.argsort(order)


def _digits(numbers: NDArray[np.int64], base: int) -> Codes:
    """Numbers (n,) as digits (n, LEVELS), the most significant first."""
    powers = base ** np.arange(LEVELS - 1, -1, -1)
    digits: Codes = numbers[:, None] // powers % base
    return digits
