"""Reranking is a permutation; with nothing to weigh by it is the base order; verdicts move candidates as they say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrievers.base import PastTurn, Query
from retrievers.evaluators import EVALUATORS, Evidence
from retrievers.generative import Reranking
from retrievers.reranker import Reranker
from tests.retrievers.small_evidence import evidence
from tests.retrievers.small_shop import ITEMS

BASE = np.zeros(len(ITEMS), dtype=np.float32)


def first(found: Evidence, powers: dict[str, float]) -> str:
    return ITEMS[Reranker(powers).rerank(found, BASE).order[0]].item_id


@given(
    st.lists(st.floats(-50, 0, width=32), min_size=len(ITEMS), max_size=len(ITEMS)),
    st.dictionaries(st.sampled_from(sorted(EVALUATORS)), st.floats(0, 20)),
)
def test_reranking_is_a_permutation_and_verdicts_are_shares(base: list[float], powers: dict[str, float]) -> None:
    turns = (PastTurn("wool coat"), PastTurn("in blue", shown=("c2",), liked=("c1",), rejected=("c2",)))
    query = Query("blue coat", turns=turns, wishes={"color": ("Blue",)})
    found = Reranker(powers).rerank(evidence(query, "red"), np.array(base, dtype=np.float32))
    assert sorted(found.order.tolist()) == list(range(len(ITEMS)))
    for verdict in found.verdicts.values():
        assert ((verdict >= 0) & (verdict <= 1 + 1e-6)).all()


@given(st.lists(st.floats(-50, 0, width=32), min_size=len(ITEMS), max_size=len(ITEMS)))
def test_without_powers_the_base_order_comes_back(base: list[float]) -> None:
    scores = np.array(base, dtype=np.float32)
    found = Reranker(dict.fromkeys(EVALUATORS, 0.0)).rerank(evidence(Query("blue coat")), scores)
    assert found.order.tolist() == np.argsort(-scores, kind="stable").tolist()


def test_a_photo_brings_what_looks_like_it() -> None:
    assert first(evidence(Query(), "green"), {"photo": 5.0}) in ("d3", "m2")


def test_words_of_earlier_turns_count() -> None:
    turns = (PastTurn("something in wool"), PastTurn("for the winter"))
    assert first(evidence(Query("winter", turns=turns)), {"said words": 5.0}) == "c2"


def test_exact_words_find_a_model_number() -> None:
    assert first(evidence(Query("mx204")), {"exact words": 5.0}) == "m1"


def test_the_wish_is_heard_where_there_is_one() -> None:
    wish = np.linspace(-1, 1, len(ITEMS), dtype=np.float32)
    assert first(replace(evidence(Query()), wish=wish), {"wish": 5.0}) == ITEMS[-1].item_id


def test_no_time_means_the_base_order() -> None:
    found = Reranker({"photo": 5.0}, budget_ms=0.0).rerank(evidence(Query(), "green"), BASE)
    assert found.order.tolist() == list(range(len(ITEMS)))
    assert not found.verdicts


def test_the_base_counts_less_where_words_alone_ask() -> None:
    scores = np.linspace(-1, 0, len(ITEMS), dtype=np.float32)
    reranker = Reranker({}, sharpness=2.0, words_trust=0.5)
    words, photo = (reranker.rerank(found, scores) for found in (evidence(Query("coat")), evidence(Query(), "green")))
    assert words.scores.tolist() == scores.tolist()
    assert photo.scores.tolist() == (2 * scores).tolist()
    assert words.order.tolist() == photo.order.tolist()


def test_what_was_fitted_on_held_dialogues_is_trusted_in_full() -> None:
    assert Reranking({}, 1.3, held=True).words_trust == 1.0
    assert 0 < Reranking({}, 1.3).words_trust < 1
