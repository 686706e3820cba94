"""From a query to an answer: which of this shop's items to show, or which of the other outcomes it is.

The constraints become a mask before anything is ranked, so every item that is found satisfies them, and the nearest
items of ``nothing_in_range`` break only what ``relaxed`` names. Whether the shop carries a kind at all is decided
from data: from its own vocabulary where the kind is a constraint, else from how near the nearest item comes to the
words, in meaning and literally.

This module does not know the dialogue; it answers one query.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np

from retrievers.atlas import Atlas
from retrievers.base import UNLIKE, EncodedQuery, Encoder, Outcome, Query, Recommendation, Retrieval, Vectors
from retrievers.content_words import content_words
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.errors import GeneratorError
from retrievers.fusion import FusedItem
from retrievers.generative import GenerativeRetriever
from retrievers.hybrid import DEPTH, HybridResult, HybridRetriever, open_hybrid, traced
from retrievers.judge import JudgePanel
from retrievers.photo_floor import FLOORS, NEIGHBOURS
from retrievers.photos import shows_nothing
from retrievers.pipeline import full_over, generator_file, open_generative
from retrievers.query_encoder import QueryEncoder
from retrievers.relaxation import KIND, relaxations
from retrievers.reranker import Spending
from retrievers.rounds import unlike_shown
from retrievers.stock import buyable_first, buyable_pick
from store.catalog import Catalog
from store.facts import FactTable, Mask
from store.schemas import Constraints

log = logging.getLogger(__name__)

# Below both, the shop has nothing of the kind that the words name; calibrated in docs/RESULTS.md, "Not carried".
COSINE_FLOOR = 0.42
SAID_FLOOR = 0.6

AS_NEAR = 30  # so many of the best are sorted by price where the price could not be met


class Ranker(Protocol):
    """Whatever ranks the allowed items: the plain hybrid, or the whole pipeline around it."""

    def search(self, query: EncodedQuery, depth: int) -> HybridResult:
        """Candidates, best first."""
        ...


class Recommender:
    """Answers queries over one catalog; ``atlas`` tells what its semantic IDs mean, None without a generator."""

    def __init__(
        self,
        catalog: Catalog,
        facts: FactTable,
        queries: QueryEncoder,
        hybrid: HybridRetriever,
        generative: GenerativeRetriever | None = None,
        spending: Spending | None = None,
    ) -> None:
        self._catalog = catalog
        self._facts = facts
        self._queries = queries
        self._hybrid = hybrid
        self._spending = spending = spending or Spending()
        panel = JudgePanel(spending.judge, catalog.items) if spending.judge else None
        self._ranker: Ranker = hybrid
        if generative:
            self._ranker = full_over(generative, hybrid, facts, budget_ms=spending.budget_ms, panel=panel)
        self.atlas = Atlas(catalog.items, generative.ids, generative.features.joint) if generative else None
        self._features = generative.features if generative else None
        self._floor = FLOORS.get(queries.encoder_name)

    @classmethod
    def open(
        cls,
        catalog: Catalog,
        facts: FactTable,
        client: Any,
        encoder: Encoder,
        folder: Path,
        models_dir: Path,
        spending: Spending | None = None,
    ) -> Self:
        """Read what the store in ``folder`` needs for answering; without a generator the plain hybrid ranks alone.

        So it does where the generator belongs to another encoder or another catalog; a warning says so.

        Raises
        ------
        VectorMismatch
            The vectors were made by another encoder, or from another catalog.
        """
        hybrid = open_hybrid(catalog, facts, client, encoder, folder)
        file, generative = generator_file(folder), None
        try:
            generative = open_generative(file, catalog, hybrid, encoder, models_dir) if file else None
        except GeneratorError as error:
            log.warning("The plain hybrid ranks alone: %s", error)
        return cls(catalog, facts, QueryEncoder(encoder, facts), hybrid, generative, spending)

    def content(self) -> Vectors:
        """What is known of each item, vectors of its text and of its pictures side by side, (n_items, 2 * dim)."""
        features = self._features or ItemFeatures.of(self._hybrid.text.vectors, self._hybrid.image.vectors)
        return features.joint

    def recommend(self, query: Query, k: int) -> Retrieval:
        """At most k items for a query, and how the search ended; see ``Retrieval``."""
        if not self._asks(query):
            return Retrieval(Outcome.NEED_CLARIFICATION)
        started = time.perf_counter()
        allowed = self._facts.allowed(query.constraints)
        filtered = time.perf_counter()
        encoded = self._queries.encode(_with_words(query), allowed)
        timings = {"filter": (filtered - started) * 1000, "encode": (time.perf_counter() - filtered) * 1000}
        if not self._knows_kind(query.constraints):
            return Retrieval(Outcome.NOT_CARRIED, timings_ms=timings)
        kin = self._kin(encoded)
        if (allowed & kin).any():
            ranked = self._ranked(encoded, k, timings)
            recommendations, matches = self._recommendations(ranked.items[:k]), int(allowed.sum())
            unlike = self._unlike_photo(encoded, [r.item.item_id for r in recommendations])
            if self._resembles_nothing(encoded):
                outcome = Outcome.NOTHING_IN_RANGE
                return Retrieval(outcome, recommendations, matches, (UNLIKE,), timings, ranked.trace, unlike)
            return Retrieval(Outcome.FOUND, recommendations, matches, (), timings, ranked.trace, unlike)
        if not kin.any():
            return Retrieval(Outcome.NOT_CARRIED, timings_ms=timings)
        return replace(self._nearest(encoded, kin, k, timings), matches=int(allowed.sum()), timings_ms=timings)

    def _ranked(self, query: EncodedQuery, k: int, timings: dict[str, float]) -> HybridResult:
        """Allowed items, best first; in the order of the catalog where there is nothing to rank by.

        Either way what is sold out gives its place to what is as good and can be bought.
        """
        if query.text_vector is None and query.image_vector is None:
            alike = [self._catalog.get(self._facts.item_ids[i]) for i in np.flatnonzero(query.allowed)]
            alike.sort(key=lambda item: item.sold_out)
            unranked = [FusedItem(item.item_id, 0.0, ()) for item in alike[:k]]
            return HybridResult(tuple(unranked), {}, traced(query, unranked))
        query = self._widened(query, timings)
        result = self._ranker.search(query, max(k, DEPTH))
        timings |= result.timings_ms
        items = tuple(self._buyable(query.query, self._unlike_shown(query.query, result.items)))
        return replace(result, items=items, trace=result.trace.led_by([item.item_id for item in items]))

    def _buyable(self, query: Query, items: Sequence[FusedItem]) -> list[FusedItem]:
        """What can be bought before what is sold out and no better; with a photo the picture tells what is better."""
        found = buyable_first(items, self._catalog)
        if query.image is not None:
            return found
        says = self._facts.says(content_words(query.text))
        return buyable_pick(
            found, self._catalog, says[self._facts.positions(each.item_id for each in found)].tolist()
        )

    def _widened(self, query: EncodedQuery, timings: dict[str, float]) -> EncodedQuery:
        """The query with a text vector that heeds a language model's keywords, where one may be asked."""
        widening = self._spending.widening
        if widening is None or query.text_vector is None:
            return query
        began = time.perf_counter()
        text = widening.widened(query.query.text, self._spending.budget_ms / 1000)
        vector = query.text_vector if text == query.query.text else self._queries.text_vector(text)
        timings["keywords"] = (time.perf_counter() - began) * 1000
        return replace(query, text_vector=vector)

    def _unlike_shown(self, query: Query, items: tuple[FusedItem, ...]) -> tuple[FusedItem, ...]:
        """Where everything that was shown is ruled out ("something else"), what is like it gives way."""
        if not set(query.history) <= set(query.constraints.exclude_items):
            return items
        positions = self._facts.positions(item.item_id for item in items)
        shown = self._facts.positions(query.history)
        kinds = (self._hybrid.text.vectors, self._hybrid.image.vectors)
        return tuple(unlike_shown(items, positions, shown, kinds))

    def _asks(self, query: Query) -> bool:
        """Whether there is anything to search by."""
        c = query.constraints
        bounded = c.price_min is not None or c.price_max is not None
        constrained = bool(c.include or c.exclude or c.exclude_words or c.on_sale) or bounded
        return query.image is not None or constrained or bool(content_words(query.text))

    def _knows_kind(self, constraints: Constraints) -> bool:
        """Whether the shop has any item of the kinds that are asked for as facts."""
        kinds = {name: values for name, values in constraints.include.items() if name in KIND}
        return not kinds or bool(self._facts.allowed(Constraints(include=kinds)).any())

    def _kin(self, query: EncodedQuery) -> Mask:
        """The items that are of the kind that is asked for, as far as data can tell.

        With a photo, a kind given as a fact, or a purpose in place of a kind, every item is; words alone must be met
        in meaning or literally.
        """
        asked = content_words(query.query.text)
        named = any(name in query.query.constraints.include for name in KIND) or not query.query.names_kind
        everything = np.ones(len(self._facts), dtype=np.bool_)
        if query.image_vector is not None or query.text_vector is None or named or not asked:
            return everything
        literally = self._facts.says(asked) >= SAID_FLOOR
        if (literally & query.allowed).any():
            return literally
        return literally | (self._hybrid.text.vectors.scores(query.text_vector, everything) >= COSINE_FLOOR)

    def _resembles_nothing(self, query: EncodedQuery) -> bool:
        """Whether a photo, of which no words say what it shows, is like nothing among the shop's photos."""
        named = any(name in query.query.constraints.include for name in KIND)
        if query.query.image is None or named or self._floor is None:
            return False
        if shows_nothing(query.query.image):
            return True
        photo = self._queries.photo_vector(query.query.image)
        everything = np.ones(len(self._facts), dtype=np.bool_)
        near = self._hybrid.image.vectors.search(photo, NEIGHBOURS, everything)
        if not near:
            texts = self._hybrid.text.vectors.search(photo, 1, everything)
            return bool(texts) and texts[0][1] < self._floor.texts
        kinds = [self._catalog.get(item_id).category for item_id, _ in near]
        return not self._floor.resembles([cosine for _, cosine in near], kinds)

    def _unlike_photo(self, query: EncodedQuery, item_ids: Sequence[str]) -> frozenset[str]:
        """Which of these items the photo does not resemble by their pictures, or by their texts without one."""
        if query.query.image is None or self._floor is None:
            return frozenset()
        if shows_nothing(query.query.image):
            return frozenset(item_ids)
        photo, positions = self._queries.photo_vector(query.query.image), self._facts.positions(item_ids)
        these = np.zeros(len(self._facts), dtype=np.bool_)
        these[positions] = True
        pictures = self._hybrid.image.vectors.scores(photo, these)[positions]
        texts = self._hybrid.text.vectors.scores(photo, these)[positions]
        near = np.where(np.isfinite(pictures), pictures >= self._floor.photos, texts >= self._floor.texts)
        return frozenset(item_id for item_id, like in zip(item_ids, near, strict=True) if not like)

    def _nearest(self, query: EncodedQuery, kin: Mask, k: int, timings: dict[str, float]) -> Retrieval:
        """The best items of the kind after letting go of as little as possible; none where exclusions forbid all."""
        for relaxed in relaxations(query.query.constraints):
            wider = replace(query, allowed=self._facts.allowed(relaxed.constraints) & kin)
            if not wider.allowed.any():
                continue
            ranked = self._ranked(wider, max(3 * k, DEPTH), timings)
            items: Sequence[FusedItem] = ranked.items
            if "price_max" in relaxed.names or "price_min" in relaxed.names:
                items = self._nearest_in_price(items[: max(3 * k, AS_NEAR)], query.query.constraints)
            items = sorted(
                items[:k], key=lambda item: self._catalog.get(item.item_id).sold_out
            )  # stands in for another
            nearest = self._recommendations(items)
            trace = ranked.trace.led_by([item.item_id for item in items])
            return Retrieval(Outcome.NOTHING_IN_RANGE, nearest, relaxed=relaxed.names, trace=trace)
        return Retrieval(Outcome.NOTHING_IN_RANGE)

    def _nearest_in_price(self, items: Sequence[FusedItem], constraints: Constraints) -> Sequence[FusedItem]:
        """The same items, those that miss the price bounds by least first; without a price last.

        Of two that miss them by as much, one that can be bought comes first.
        """

        def missed_by(candidate: FusedItem) -> tuple[float, bool]:
            item = self._catalog.get(candidate.item_id)
            if item.price_now is None:
                return math.inf, item.sold_out
            low = -math.inf if constraints.price_min is None else constraints.price_min
            high = math.inf if constraints.price_max is None else constraints.price_max
            return max(low - item.price_now, item.price_now - high, 0.0), item.sold_out

        return sorted(items, key=missed_by)

    def _recommendations(self, items: Sequence[FusedItem]) -> tuple[Recommendation, ...]:
        return tuple(
            Recommendation(self._catalog.get(item.item_id), rank, item.score, item.sources)
            for rank, item in enumerate(items, start=1)
        )


def _with_words(query: Query) -> Query:
    """A query without words or photo is ranked by its own constraints' values."""
    if query.image is not None or query.text.strip():
        return query
    return replace(query, text=" ".join(value for values in query.constraints.include.values() for value in values))
