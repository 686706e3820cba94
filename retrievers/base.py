"""The contracts of retrieval: a query in, candidates out, and the encoder that both sides share.

One tiny protocol per role, no registry: ``app.py`` builds the objects and hands them in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from retrievers.trace import Trace
from store.schemas import Constraints, Item

if TYPE_CHECKING:  # a machine that trains on vectors may have no Pillow
    from PIL.Image import Image

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Text and images to unit vectors in one space, so that either can find the other.

    ``fingerprint`` changes whenever any weight or preprocessing step changes: stored vectors carry it.
    """

    name: str
    fingerprint: str
    dim: int

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), dim) float32."""
        ...

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Unit vectors of RGB images, (len(images), dim) float32, in the space of ``encode_texts``."""
        ...


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One message of a dialogue as retrieval sees it: the words, the photo, and the items that they speak of.

    ``shown`` were on the table when the words were said; ``liked`` and ``rejected`` are what the shopper says of
    items in this very message.
    """

    text: str = ""
    image: Image | None = None
    shown: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    ``text`` is the standalone request in words (may be empty), ``image`` an RGB photo or a card's picture.
    ``overrides`` are the facts that the words change on the image ("like this but in blue" gives
    {"color": ("Blue",)}): they also stand in ``constraints.include``; the image must not pull back towards its own.
    ``history`` are item ids already shown, oldest first; where all are excluded ("something else"), the answer keeps
    away from what is like them. ``names_kind`` is false when the words describe a purpose
    ("something for a rainy hike") and no kind of thing, so that no item can be of the wrong kind. ``turns`` is the
    dialogue that led here, oldest first, the message of now last; empty where a query stands alone. ``wishes`` are
    facts that are wished for and only rank ({"color": ("Blue",)}), where ``constraints.include`` would filter.
    Without ``rerank`` a store with a generator shows the order of the generator's own scores (w = 1).
    """

    text: str = ""
    image: Image | None = None
    constraints: Constraints = field(default_factory=Constraints)
    overrides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    history: tuple[str, ...] = ()
    names_kind: bool = True
    turns: tuple[PastTurn, ...] = ()
    wishes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rerank: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item proposed by one retriever; scores of different sources are not comparable."""

    item_id: str
    score: float
    source: str  # "dense-text", "dense-image", "bm25", ...


@dataclass(frozen=True, slots=True)
class EncodedQuery:
    """A query with what every retriever needs of it, worked out once (``retrievers/query_encoder.py``).

    ``allowed`` is the mask of the hard constraints over the catalog's items; ``image_vector`` is where the photo
    stands after ``overrides``. A vector is None where the query has no words or no photo.
    """

    query: Query
    allowed: NDArray[np.bool_]  # (n_items,)
    text_vector: Vectors | None  # (dim,)
    image_vector: Vectors | None  # (dim,)


class Retriever(Protocol):
    """One way to propose candidates; every returned item is one of ``query.allowed``."""

    name: str

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """At most k candidates, best first; empty when this retriever has nothing to go by."""
        ...


class Scorer(Retriever, Protocol):
    """A retriever that can score every item of its catalog."""

    def score_all(self, query: EncodedQuery) -> Vectors:
        """(n_items,), higher is better; -inf for an item that is not allowed or that it has no score for."""
        ...


class Outcome(StrEnum):
    """How a search ended; decided from data, never read from prose."""

    FOUND = "found"
    NOTHING_IN_RANGE = "nothing_in_range"  # the shop has the kind, but not within these constraints
    NOT_CARRIED = "not_carried"  # the shop has nothing of that kind at all
    NEED_CLARIFICATION = "need_clarification"  # nothing to search by


UNLIKE = "photo"  # in ``Retrieval.relaxed``: nothing resembles the photo


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One item of an answer: ``rank`` from 1, ``sources`` that proposed it."""

    item: Item
    rank: int
    score: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The answer to a query.

    ``matches`` counts all items that satisfy the constraints. With ``nothing_in_range`` the
    recommendations are the nearest items, which break the constraints named in ``relaxed``
    ("price_max", "color", ...; ``UNLIKE`` when nothing resembles the photo), never an exclusion.
    ``unlike`` are the ids of those that do not resemble the photo.
    ``trace`` tells how the items were ranked, None where nothing was.
    """

    outcome: Outcome
    recommendations: tuple[Recommendation, ...] = ()
    matches: int = 0
    relaxed: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    trace: Trace | None = None
    unlike: frozenset[str] = frozenset()

    def missed(self, item: Item) -> tuple[str, ...]:
        """What an item of the answer may miss: what was relaxed, and the photo that it does not resemble."""
        return tuple(dict.fromkeys((*self.relaxed, *((UNLIKE,) if item.item_id in self.unlike else ()))))
