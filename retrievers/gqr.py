"""Guided Query Refinement (arXiv:2510.05038): one retriever's scores move the query vector of another.

The candidates C are the union of both top lists. With D_C the vectors of the candidates, z the query vector of the
primary retriever (dense), s2 the scores of the complementary one (BM25, or the other kind of vector) and T a
temperature,

    target = (softmax(D_C z0 / T) + softmax(s2 / T)) / 2,    loss(z) = KL(target || softmax(D_C z / T)),
    gradient = D_C^T (softmax(D_C z / T) - target) / T,

and Adam takes a few steps on z alone; the candidates are ranked by D_C z. As in the authors' code, and against their
text, the target is frozen at step 0: recomputed in every step it drifts to wherever z goes. Ours: s2 is stretched to
the range that the primary's scores span on C, since BM25 has no common unit with cosines.

This module does not know where vectors or words come from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrievers.base import Candidate, EncodedQuery, Scorer, Vectors
from retrievers.dense import DenseRetriever
from retrievers.hybrid import DEPTH
from store.item_vectors import best

NAME = "gqr"
DECAY = 0.9, 0.999  # Adam's
EPSILON = 1e-8
SETTLED = 1e-12  # a smaller gradient is rounding; Adam divides by the gradient's own size and would step on it

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tuning:
    """How far the query vector is moved; the defaults are the best of a grid on dev (docs/RESULTS.md)."""

    rate: float = 1e-2
    steps: int = 25
    temperature: float = 0.2


class GuidedRefinement:
    """Searches by a moved query vector: that of the photo where a query has one, else that of the words."""

    name = NAME

    def __init__(
        self, text: DenseRetriever, image: DenseRetriever, lexical: Scorer, tuning: Tuning | None = None
    ) -> None:
        self._text = text
        self._image = image
        self._lexical = lexical
        self._tuning = tuning or Tuning()

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """The k best of both lists; those of one retriever where no other has anything to say."""
        primary, other = self._text, self._image
        if query.image_vector is not None and self._image.vectors.owners.size:
            primary, other = other, primary
        depth, item_ids = max(k, DEPTH), primary.vectors.item_ids
        vector, own = primary.query_vector(query), primary.score_all(query)
        guides = (self._lexical.score_all(query), other.score_all(query))
        guide = next((scores for scores in guides if np.isfinite(scores).any()), None)
        if vector is None or guide is None or not np.isfinite(own).any():
            alone = own if guide is None else guide
            return [Candidate(item_ids[i], float(alone[i]), NAME) for i in best(alone, k)]
        union = np.array(list(dict.fromkeys([*best(own, depth), *best(guide, depth)])))
        rows = primary.vectors.nearest_rows(vector, union)
        scores = rows @ refine(vector, rows, guide[union], self._tuning)
        order = np.argsort(-scores, kind="stable")[:k]
        return [Candidate(item_ids[union[at]], float(scores[at]), NAME) for at in order]


def refine(vector: Vectors, rows: Vectors, guide: Vectors, tuning: Tuning) -> Floats:
    """The query vector (dim,) moved so that it ranks candidates ``rows`` (C, dim) more as ``guide`` (C,) does.

    A candidate that the guide cannot score (-inf) counts 0.
    """
    z, documents = vector.astype(np.float64), rows.astype(np.float64)
    temperature = tuning.temperature
    start = _softmax(documents @ z / temperature)
    other = _stretched(np.where(np.isfinite(guide), guide, 0.0), documents @ z)
    target = (start + _softmax(other / temperature)) / 2
    mean, spread = np.zeros_like(z), np.zeros_like(z)
    now = start
    for step in range(1, tuning.steps + 1):
        gradient = documents.T @ (now - target) / temperature
        if np.abs(gradient).max() < SETTLED:
            break
        mean = DECAY[0] * mean + (1 - DECAY[0]) * gradient
        spread = DECAY[1] * spread + (1 - DECAY[1]) * gradient**2
        unbiased = mean / (1 - DECAY[0] ** step), spread / (1 - DECAY[1] ** step)
        z = z - tuning.rate * unbiased[0] / (np.sqrt(unbiased[1]) + EPSILON)
        now = _softmax(documents @ z / temperature)
    return z


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


def _stretched(scores: Floats, like: Floats) -> Floats:
    """The scores on the range of others; where all are equal they say nothing, and stay equal."""
    span = np.ptp(scores)
    if span == 0:
        return np.full_like(scores, like.mean())
    stretched: Floats = like.min() + (scores - scores.min()) / span * np.ptp(like)
    return stretched
