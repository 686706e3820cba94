"""The whole pipeline of one store: beams of the generator joined with the plain hybrid's candidates, then reranked.

Three systems come out of it, for the shop and for the bench alike: ``generative`` alone (``generative.py``), its
beams after test-time reranking, and all candidates after it. Every candidate has the generator's own log-probability
as its base score, whoever proposed it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrievers.base import Candidate, EncodedQuery
from retrievers.evaluators import Evidence
from retrievers.fusion import FusedItem
from retrievers.generative import BEAMS, GenerativeRetriever
from retrievers.hybrid import DEPTH, HybridResult, HybridRetriever
from retrievers.reranker import Reranker, Weighed
from retrievers.trace import Trace
from store.facts import FactTable

JOINED = "full"
BEAMS_ONLY = "generative+ttr"
UNWEIGHED = Reranker({})  # w = 1: the base order


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates of one query before reranking: positions in the catalog, who proposed each, and log s."""

    positions: NDArray[np.int64]  # (candidates,)
    sources: Sequence[tuple[str, ...]]
    log_scores: NDArray[np.float32]  # (candidates,)
    evidence: Evidence


class FullRetriever:
    """Generate, join, rerank; with ``joined`` false the beams alone are reranked."""

    def __init__(
        self,
        generative: GenerativeRetriever,
        hybrid: HybridRetriever,
        facts: FactTable,
        reranker: Reranker,
        joined: bool = True,
    ) -> None:
        self.name = JOINED if joined else BEAMS_ONLY
        self._generative = generative
        self._hybrid = hybrid
        self._facts = facts
        self._reranker = reranker
        self._joined = joined

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """The k best allowed items after reranking."""
        found = self.search(query, max(k, DEPTH)).items[:k]
        return [Candidate(item.item_id, item.score, self.name) for item in found]

    def search(self, query: EncodedQuery, depth: int = DEPTH) -> HybridResult:
        """All candidates, best first, with the milliseconds of each stage and how they were weighed."""
        timings: dict[str, float] = {}
        pool = self.pool(query, depth, timings)
        began = time.perf_counter()
        reranker = self._reranker if query.query.rerank else UNWEIGHED
        weighed = reranker.rerank(pool.evidence, pool.log_scores)
        timings["rerank"] = (time.perf_counter() - began) * 1000
        return HybridResult(tuple(self._fused(pool, weighed)), timings, self._traced(pool, weighed, reranker.powers))

    def pool(self, query: EncodedQuery, depth: int, timings: dict[str, float]) -> Pool:
        """Candidates with their base scores; stages are timed into ``timings``."""
        began = time.perf_counter()
        search = self._generative.search([query])
        [beams] = search.beams(BEAMS, depth)
        sources: dict[int, tuple[str, ...]] = {int(at): (self._generative.name,) for at in beams.positions}
        timings["generate"] = (time.perf_counter() - began) * 1000
        if self._joined:
            plain = self._hybrid.search(query, depth)
            timings |= plain.timings_ms
            for item, at in zip(plain.items, self._facts.positions([i.item_id for i in plain.items]), strict=True):
                sources[at] = (*sources.get(at, ()), *item.sources)
        positions = np.fromiter(sources, dtype=np.int64, count=len(sources))
        paths = self._generative.paths[positions]
        evidence = Evidence(
            query, positions, self._facts, self._generative.features, self._hybrid, search.nearness(paths)[0]
        )
        scores = np.concatenate([beams.scores, search.log_probs(paths[len(beams.positions) :])[0]])
        return Pool(positions, list(sources.values()), scores, evidence)

    def _fused(self, pool: Pool, weighed: Weighed) -> list[FusedItem]:
        ids = self._facts.item_ids
        return [
            FusedItem(ids[pool.positions[at]], float(weighed.scores[at]), pool.sources[at]) for at in weighed.order
        ]

    def _traced(self, pool: Pool, weighed: Weighed, powers: Mapping[str, float]) -> Trace:
        ids = self._facts.item_ids
        return Trace(
            request=pool.evidence.query.query.text,
            item_ids=tuple(ids[at] for at in pool.positions),
            sources=tuple(pool.sources),
            base_scores=pool.log_scores,
            scores=weighed.scores,
            order=weighed.order,
            verdicts=weighed.verdicts,
            powers=powers,
            ids=self._generative.ids[pool.positions],
            beams=sum(self._generative.name in named for named in pool.sources),
        )
