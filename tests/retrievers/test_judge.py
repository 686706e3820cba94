"""What judges may do to an order and what they may not: reorder what they saw, within the time, or change nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrievers.base import PastTurn, Query
from retrievers.errors import LanguageModelUnavailable
from retrievers.evaluators import EVALUATORS, Evidence
from retrievers.judge import FITS, LETTERS, MOST_LISTED, MOST_SHUFFLES, VOTES, JudgePanel, Shares, TimedJudge, Wanted
from retrievers.pace import PLANNED
from retrievers.reranker import Reranker
from tests.retrievers.small_evidence import evidence
from tests.retrievers.small_shop import ITEMS

BASES = st.lists(st.floats(-50, 0, width=32), min_size=len(ITEMS), max_size=len(ITEMS))
SHARES = st.floats(0, 1, width=32)


class WordJudge:
    """Candidates that say a word are what is wanted, any others are not; keeps what it was asked."""

    def __init__(self, word: str, takes_s: float = 0.0) -> None:
        self.word = word
        self.takes_s = takes_s
        self.wanted: list[Wanted] = []
        self.fitted: list[int] = []
        self.shuffles: list[int] = []

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        self.wanted.append(wanted)
        self.fitted.append(len(texts))
        time.sleep(min(self.takes_s * len(texts), within_s))
        return np.array([self.word in text.lower() for text in texts], dtype=np.float32)

    def letters(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        return self.votes(wanted, texts, shuffles, within_s)

    def votes(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        self.shuffles.append(shuffles)
        return self.fits(wanted, texts, within_s)


class Drawn(WordJudge):
    """Gives the verdicts that it was made with."""

    def __init__(self, verdicts: Sequence[float]) -> None:
        super().__init__("")
        self.verdicts = np.array(verdicts, dtype=np.float32)

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        return self.verdicts[: len(texts)]


class Failing(WordJudge):
    def __init__(self) -> None:
        super().__init__("")
        self.asked = 0

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        self.asked += 1
        raise LanguageModelUnavailable("the server is gone")


def reranker(
    judge: WordJudge, fit_s: float = 1e-4, vote_s: float = 1e-4, budget_ms: float = 1000.0, letter_s: float = 1e-4
) -> Reranker:
    return Reranker({}, 1.0, budget_ms, JudgePanel(TimedJudge(judge, fit_s, vote_s, letter_s), ITEMS))


def falling() -> np.ndarray:
    return -np.arange(len(ITEMS), dtype=np.float32)


def test_what_fits_comes_first_and_the_rest_keeps_its_order() -> None:
    found = reranker(WordJudge("mug")).rerank(evidence(Query("a mug")), 0.1 * falling())
    mugs = [at for at, item in enumerate(ITEMS) if "mug" in item.title.lower()]
    assert found.order.tolist() == [*mugs, *(at for at in range(len(ITEMS)) if at not in mugs)]
    assert set(found.verdicts) == {FITS, VOTES}


def test_the_judge_hears_the_request_and_what_was_liked_and_refused() -> None:
    judge = WordJudge("")
    turns = (PastTurn("a coat"), PastTurn("in blue", shown=("c1", "c2"), liked=("c1",), rejected=("c2", "unknown")))
    reranker(judge).rerank(evidence(Query("blue coat", turns=turns)), falling())
    titles = {item.item_id: item.title for item in ITEMS}
    assert judge.wanted[0] == Wanted("a coat / in blue", (titles["c1"],), (titles["c2"],), ("c1",))


def test_letters_are_asked_for_once_something_is_liked() -> None:
    turns = (PastTurn("a coat", shown=("c1", "c2"), liked=("c1",)),)
    judge = WordJudge("coat")
    found = reranker(judge).rerank(evidence(Query("coat", turns=turns)), 0.1 * falling())
    assert set(found.verdicts) == {FITS, LETTERS, VOTES}
    assert {ITEMS[at].item_id for at in found.order[:2]} == {"c1", "c2"}
    alone = reranker(WordJudge("coat"), fit_s=100.0, vote_s=100.0).rerank(
        evidence(Query("coat", turns=turns)), 0.1 * falling()
    )
    assert set(alone.verdicts) == {LETTERS}
    assert alone.order.tolist() == found.order.tolist()


def test_letters_have_their_time_or_are_not_asked() -> None:
    liked = evidence(Query("coat", turns=(PastTurn("a coat", shown=("c1",), liked=("c1",)),)))
    judge = WordJudge("coat")
    for budget_ms in (100.0, 400.0, 10_000.0):
        reranker(judge, fit_s=100.0, vote_s=100.0, letter_s=0.1, budget_ms=budget_ms).rerank(liked, falling())
    assert judge.shuffles == [2, MOST_SHUFFLES]


@given(BASES, st.lists(SHARES, min_size=len(ITEMS), max_size=len(ITEMS)), st.integers(0, 12))
def test_judged_reranking_is_a_permutation_and_lifts_nothing_unseen(
    base: list[float], verdicts: list[float], fitted: int
) -> None:
    scores = np.array(base, dtype=np.float32)
    paid = reranker(Drawn(verdicts), fit_s=PLANNED / (fitted + 0.5), vote_s=5.0)  # time for so many, and for no vote
    found = paid.rerank(evidence(Query("coat")), scores)
    assert sorted(found.order.tolist()) == list(range(len(ITEMS)))
    before = np.argsort(-scores, kind="stable").tolist()
    seen = min(fitted, len(ITEMS)) if fitted >= 2 else len(ITEMS)
    assert set(found.order[:seen].tolist()) == set(before[:seen])
    assert found.order[seen:].tolist() == before[seen:]
    if FITS in found.verdicts:
        assert ((found.verdicts[FITS] >= 0) & (found.verdicts[FITS] <= 1)).all()


@given(BASES, st.dictionaries(st.sampled_from(sorted(EVALUATORS)), st.floats(0, 20)))
def test_a_judge_that_fails_changes_nothing(base: list[float], powers: dict[str, float]) -> None:
    scores, seen = np.array(base, dtype=np.float32), evidence(Query("blue coat"), "red")
    alone = Reranker(powers).rerank(seen, scores)
    beside = Reranker(powers, panel=JudgePanel(TimedJudge(Failing(), 1e-4, 1e-4), ITEMS)).rerank(seen, scores)
    assert beside.order.tolist() == alone.order.tolist()
    assert beside.scores.tolist() == alone.scores.tolist()
    assert beside.verdicts.keys() == alone.verdicts.keys()


@given(BASES, st.dictionaries(st.sampled_from(sorted(EVALUATORS)), st.floats(0, 20)))
def test_no_time_is_the_base_order_with_a_judge_too(base: list[float], powers: dict[str, float]) -> None:
    judge, scores = WordJudge("mug"), np.array(base, dtype=np.float32)
    panel = JudgePanel(TimedJudge(judge, 1e-9, 1e-9), ITEMS)
    found = Reranker(powers, budget_ms=0.0, panel=panel).rerank(evidence(Query("mug")), scores)
    assert found.order.tolist() == np.argsort(-scores, kind="stable").tolist()
    assert not found.verdicts
    assert not judge.fitted


def test_a_judge_that_failed_is_not_asked_again_at_once() -> None:
    judge = Failing()
    asked = reranker(judge)
    turns = (PastTurn("a coat", shown=("c1",), liked=("c1",)),)
    for _ in range(5):
        asked.rerank(evidence(Query("coat", turns=turns)), falling())
    assert judge.asked == 3  # once in each form


def test_a_larger_budget_judges_more_candidates() -> None:
    judge = WordJudge("mug")
    for budget_ms in (50.0, 80.0, 1000.0):
        reranker(judge, fit_s=0.01, vote_s=10.0, budget_ms=budget_ms).rerank(evidence(Query("mug")), falling())
    assert judge.fitted[0] < judge.fitted[1] < judge.fitted[2] == len(ITEMS)


def test_shuffles_are_as_many_as_are_paid_for() -> None:
    judge = WordJudge("mug")
    for budget_ms in (400.0, 10_000.0):
        reranker(judge, fit_s=100.0, vote_s=0.1, budget_ms=budget_ms).rerank(evidence(Query("mug")), falling())
    assert judge.shuffles == [2, MOST_SHUFFLES]
    assert max(judge.fitted) <= MOST_LISTED


def test_trying_a_judge_learns_what_it_takes() -> None:
    timed = TimedJudge.tried(WordJudge("wool", takes_s=0.02))
    texts = ["wool"] * 20
    judged = timed.fits(Wanted("wool"), texts, 0.16)
    assert judged is not None
    assert 2 <= len(judged) <= 5
    assert timed.fits(Wanted("wool"), texts, 0.03) is None  # one candidate alone cannot be reordered


def test_a_judge_that_cannot_is_not_taken() -> None:
    with pytest.raises(LanguageModelUnavailable, match="gone"):
        TimedJudge.tried(Failing())


def test_judges_are_asked_about_the_best_after_the_evaluators() -> None:
    judge = WordJudge("nothing")
    seen: list[str] = []

    def keep(wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        seen.extend(texts)
        return np.ones(len(texts), dtype=np.float32)

    judge.fits = keep  # type: ignore[method-assign]
    panel = JudgePanel(TimedJudge(judge, 0.024, 10.0), ITEMS)
    found: Evidence = evidence(Query("mx204"))
    Reranker({"exact words": 50.0}, budget_ms=100.0, panel=panel).rerank(found, falling())
    assert len(seen) == 2
    assert ITEMS[5].title in seen[0]
