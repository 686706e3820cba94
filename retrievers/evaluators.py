"""How well candidates fit what is wanted, judged at test time: one number from 0 to 1 for each, by each evaluator.

An evaluator looks at one thing. Where it has nothing to go by (no photo, nothing refused) it gives every candidate 1,
which changes nothing. All are vectorised over the candidates and take well under a millisecond; what costs more
(a language model's opinion) belongs behind them.

This module does not know how the numbers are weighed (``reranker.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrievers.base import EncodedQuery, Vectors
from retrievers.content_words import content_words
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.hybrid import HybridRetriever
from store.facts import FactTable
from store.schemas import Constraints

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What evaluators look at: the query, the candidates' positions in the catalog, and all that is known of them.

    ``wish`` is the cosine of each candidate with the generator's wish, (candidates,).
    """

    query: EncodedQuery
    positions: Positions  # (candidates,)
    facts: FactTable
    features: ItemFeatures
    hybrid: HybridRetriever
    wish: Vectors

    def everything(self) -> NDArray[np.float32]:
        """Nothing to go by: 1 for each candidate."""
        return np.ones(len(self.positions), dtype=np.float32)


Evaluator = Callable[[Evidence], NDArray[np.float32]]


def wished_facts(evidence: Evidence) -> NDArray[np.float32]:
    """Share of the wished facts that a candidate has; those that were made hard conditions all have."""
    wishes = evidence.query.query.wishes
    if not wishes:
        return evidence.everything()
    having = [evidence.facts.allowed(Constraints(include={name: values})) for name, values in wishes.items()]
    share: NDArray[np.float32] = np.stack(having)[:, evidence.positions].mean(axis=0, dtype=np.float32)
    return share


def said_words(evidence: Evidence) -> NDArray[np.float32]:
    """Share of the shopper's words of all turns, rare ones counting more, that a candidate's record says."""
    query = evidence.query.query
    texts = [turn.text for turn in query.turns] or [query.text]
    asked = content_words(" ".join(texts))
    if not asked:
        return evidence.everything()
    return evidence.facts.says(asked)[evidence.positions].astype(np.float32)


def request_text(evidence: Evidence) -> NDArray[np.float32]:
    """Nearness of the standalone request in words to a candidate's text."""
    vector = evidence.query.text_vector
    if vector is None:
        return evidence.everything()
    return (evidence.features.text[evidence.positions] @ vector).clip(0, 1)


def photo_likeness(evidence: Evidence) -> NDArray[np.float32]:
    """Nearness of the photo, as the words have changed it, to the best of a candidate's pictures."""
    vector = evidence.query.image_vector
    if vector is None:
        return evidence.everything()
    looked_at = np.zeros(len(evidence.facts), dtype=np.bool_)  # a scan of all pictures would grow with the catalog
    looked_at[evidence.positions] = True
    scores = evidence.hybrid.image.vectors.scores(vector, looked_at)[evidence.positions]
    return np.clip(np.nan_to_num(scores, neginf=0.0), 0, 1)


def exact_words(evidence: Evidence) -> NDArray[np.float32]:
    """BM25 of the request, as a share of the best candidate's."""
    scores = evidence.hybrid.lexical.scores(evidence.query.query.text, evidence.query.allowed)[evidence.positions]
    most = float(scores.max(initial=0.0))
    if most <= 0:
        return evidence.everything()
    share: NDArray[np.float32] = (scores / most).clip(0, 1).astype(np.float32)
    return share


def learned_wish(evidence: Evidence) -> NDArray[np.float32]:
    """Nearness to what the generator believes is wanted."""
    nearness: NDArray[np.float32] = evidence.wish * np.float32(0.5) + np.float32(0.5)
    return nearness


def unlike_refused(evidence: Evidence) -> NDArray[np.float32]:
    """Distance to the nearest item that was refused."""
    return 1 - _likeness(evidence, [item for turn in evidence.query.query.turns for item in turn.rejected], 0.0)


def like_liked(evidence: Evidence) -> NDArray[np.float32]:
    """Nearness to the nearest item that was liked."""
    return _likeness(evidence, [item for turn in evidence.query.query.turns for item in turn.liked], 1.0)


def like_shown(evidence: Evidence) -> NDArray[np.float32]:
    """Nearness to what the last words were said about: a critique keeps most of its object."""
    turns = evidence.query.query.turns
    return _likeness(evidence, list(turns[-1].shown) if turns else [], 1.0)


def _likeness(evidence: Evidence, item_ids: list[str], without: float) -> NDArray[np.float32]:
    """Cosine of joint vectors with the nearest of some items, 0 to 1; ``without`` where there are none."""
    positions = evidence.facts.positions(item_ids)
    if not len(positions):
        return np.full(len(evidence.positions), without, dtype=np.float32)
    joint = evidence.features.joint
    rows, others = joint[evidence.positions], joint[positions]
    lengths = np.linalg.norm(rows, axis=1)[:, None] * np.linalg.norm(others, axis=1)
    nearest: NDArray[np.float32] = (rows @ others.T / np.maximum(lengths, 1e-6)).max(1)
    return nearest.clip(0, 1)


def _words_alone(evaluate: Evaluator) -> Evaluator:
    return lambda evidence: evidence.everything() if _has_photo(evidence) else evaluate(evidence)


def _beside_photo(evaluate: Evaluator) -> Evaluator:
    return lambda evidence: evaluate(evidence) if _has_photo(evidence) else evidence.everything()


def _has_photo(evidence: Evidence) -> bool:
    return evidence.query.image_vector is not None


# Words that come with a photo say how it is to be changed, and are weighed on their own.
EVALUATORS: dict[str, Evaluator] = {
    "wished facts": wished_facts,
    "said words": _words_alone(said_words),
    "request": _words_alone(request_text),
    "exact words": _words_alone(exact_words),
    "photo": photo_likeness,
    "said words beside a photo": _beside_photo(said_words),
    "request beside a photo": _beside_photo(request_text),
    "exact words beside a photo": _beside_photo(exact_words),
    "wish": learned_wish,
    "not like refused": unlike_refused,
    "like liked": like_liked,
    "like shown": like_shown,
}
