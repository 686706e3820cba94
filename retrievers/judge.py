"""What a language model thinks of candidates, as evaluators that are worth their milliseconds or are not asked.

Two forms (utility judgements, arXiv:2403.19216): pointwise, P(yes) of "does this fit?" for each candidate; and
listwise, a selection from the whole list repeated over k shuffles, where a candidate's verdict is the share of
shuffles that chose it, so that no place in the list is favoured. A third where a shopper has liked something: the
letters of a list that is shuffled in the same way, by their log-probabilities as what the shopper takes next. Only
the best candidates so far are judged, as many as the time that is left pays for. One that was not judged counts as
the worst that was, so a judge reorders what it has seen and never lifts what it has not.

This module knows no language model: a ``Judge`` is handed in.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from retrievers.base import Query
from retrievers.errors import LanguageModelUnavailable
from retrievers.evaluators import Evidence
from retrievers.item_text import item_text
from retrievers.pace import Pace
from store.schemas import Item

log = logging.getLogger(__name__)

FITS = "judged fit"
LETTERS = "judged letters"
VOTES = "judged votes"
# log s' falls by this much for a verdict of 0. Not learned: no capable model was at hand to learn from.
POWERS = {FITS: 2.0, LETTERS: 2.0, VOTES: 2.0}
MOST_FITS = 20  # candidates that are judged one by one
MOST_LISTED = 10  # candidates in a list, as in the paper
MOST_SHUFFLES = 5
TRIAL_S = 10.0  # most for each kind of judgement when a judge is first tried

Shares = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a judge holds candidates against: the standalone request, and the texts of items liked and refused.

    ``text`` is "" where nothing was asked for. ``liked``, oldest first, may have their ids beside them, for a model
    that reads items as soft tokens.
    """

    text: str
    liked: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    liked_ids: tuple[str, ...] = ()


class Judge(Protocol):
    """Somebody who can tell whether candidates, given as texts, are what is wanted.

    Every method raises ``LanguageModelUnavailable`` where there is no usable answer within ``within_s`` seconds.
    """

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Shares:
        """P(yes) for each candidate, (len(texts),) in [0, 1]."""
        ...

    def letters(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        """How likely each candidate comes next after what was liked, over shuffles of a lettered list.

        (len(texts),) in [0, 1], relative to the likeliest.
        """
        ...

    def votes(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Shares:
        """Share of the shuffles of the list in which each candidate was chosen, (len(texts),) in [0, 1]."""
        ...


Listwise = Callable[[Wanted, Sequence[str], int, float], Shares]

_TRIAL = Wanted("red wool scarf", liked=("Wool gloves. red Gloves",))
_TRIAL_TEXTS = ("Wool scarf. red Scarves", "Cotton scarf. red Scarves", "Steel kettle. Kitchen", "Wool hat. red Hats")


class TimedJudge:
    """A judge with the time that its judgements take: seconds for a candidate, and for a shuffle of a list."""

    def __init__(self, judge: Judge, fit_s: float, vote_s: float, letter_s: float = math.inf) -> None:
        self._judge = judge
        self._fits = Pace(fit_s)
        self._letters = Pace(letter_s)
        self._votes = Pace(vote_s)

    @classmethod
    def tried(cls, judge: Judge) -> Self:
        """Let it judge four made-up candidates, to know that it can and what it takes; without lists it does too.

        Raises
        ------
        LanguageModelUnavailable
            It cannot tell how likely a yes is, or takes longer than ``TRIAL_S``.
        """
        began = time.perf_counter()
        judge.fits(_TRIAL, _TRIAL_TEXTS, TRIAL_S)
        fit_s = (time.perf_counter() - began) / len(_TRIAL_TEXTS)
        vote_s = _seconds_a_shuffle("chooses from no list", judge.votes)
        return cls(judge, fit_s, vote_s, _seconds_a_shuffle("scores no letters", judge.letters))

    def fits(self, wanted: Wanted, texts: Sequence[str], left_s: float) -> Shares | None:
        """P(yes) of as many of the first texts as there is time for, (judged,); None for fewer than two."""
        count = min(len(texts), MOST_FITS, self._fits.affordable(left_s))
        if count < 2:
            return None
        return _timed(self._fits, count, lambda: self._judge.fits(wanted, texts[:count], left_s))

    def letters(self, wanted: Wanted, texts: Sequence[str], left_s: float) -> Shares | None:
        """Letters of the first texts after what was liked, (judged,); None without time, or with nothing liked."""
        return self._listed(self._letters, self._judge.letters, wanted, texts, left_s) if wanted.liked else None

    def votes(self, wanted: Wanted, texts: Sequence[str], left_s: float) -> Shares | None:
        """Votes on the first texts, (judged,); None without time."""
        return self._listed(self._votes, self._judge.votes, wanted, texts, left_s)

    def _listed(
        self, pace: Pace, judge: Listwise, wanted: Wanted, texts: Sequence[str], left_s: float
    ) -> Shares | None:
        """A judgement of the first texts in as many shuffles as there is time for."""
        listed = texts[:MOST_LISTED]
        shuffles = min(MOST_SHUFFLES, pace.affordable(left_s))
        if shuffles < 1 or len(listed) < 2:
            return None
        return _timed(pace, shuffles, lambda: judge(wanted, listed, shuffles, left_s))


def shuffled(wanted: Wanted, texts: Sequence[str], shuffles: int) -> list[list[int]]:
    """Places of the candidates in so many orders of their list; the same request and list have the same orders.

    Candidates come best first: the same orders for every list would favour the same ranks in all of them.
    """
    draw = random.Random("\n".join([wanted.text, *texts] if wanted.text else texts))
    return [draw.sample(range(len(texts)), len(texts)) for _ in range(shuffles)]


def _seconds_a_shuffle(otherwise: str, judge: Listwise) -> float:
    """What one shuffle of the made-up candidates takes; forever where the judge cannot."""
    began = time.perf_counter()
    try:
        judge(_TRIAL, _TRIAL_TEXTS, MOST_SHUFFLES, TRIAL_S)
    except LanguageModelUnavailable as error:
        log.warning("The language model %s: %s", otherwise, error)
        return math.inf
    return (time.perf_counter() - began) / MOST_SHUFFLES


def _timed(pace: Pace, units: int, ask: Callable[[], Shares]) -> Shares | None:
    began = time.perf_counter()
    try:
        found = ask()
    except LanguageModelUnavailable as error:
        pace.failed(error, units, time.perf_counter() - began)
        return None
    pace.took(units, time.perf_counter() - began)
    return found


class JudgePanel:
    """The judgements of one store's candidates; ``items`` in the order of its catalog."""

    def __init__(self, judge: TimedJudge, items: Sequence[Item]) -> None:
        self._judge = judge
        self._items = items
        self._position = {item.item_id: at for at, item in enumerate(items)}

    def fits(self, evidence: Evidence, order: NDArray[np.int64], left_s: float) -> Shares | None:
        """A verdict for each candidate, (candidates,); ``order`` holds their places, best first. None: not asked."""
        return self._judged(self._judge.fits, MOST_FITS, evidence, order, left_s)

    def letters(self, evidence: Evidence, order: NDArray[np.int64], left_s: float) -> Shares | None:
        """The same by the letters of a list, after what was liked."""
        return self._judged(self._judge.letters, MOST_LISTED, evidence, order, left_s)

    def votes(self, evidence: Evidence, order: NDArray[np.int64], left_s: float) -> Shares | None:
        """The same by votes."""
        return self._judged(self._judge.votes, MOST_LISTED, evidence, order, left_s)

    def _judged(
        self,
        judge: Callable[[Wanted, Sequence[str], float], Shares | None],
        most: int,
        evidence: Evidence,
        order: NDArray[np.int64],
        left_s: float,
    ) -> Shares | None:
        texts = [item_text(self._items[at]) for at in evidence.positions[order[:most]]]
        judged = judge(self._wanted(evidence.query.query), texts, left_s)
        return None if judged is None else _spread(judged, order)

    def _wanted(self, query: Query) -> Wanted:
        said = " / ".join(turn.text for turn in query.turns if turn.text)
        liked = self._known(item_id for turn in query.turns for item_id in turn.liked)
        refused = self._known(item_id for turn in query.turns for item_id in turn.rejected)
        return Wanted(said or query.text, _titles(liked), _titles(refused), tuple(item.item_id for item in liked))

    def _known(self, item_ids: Iterable[str]) -> list[Item]:
        return [self._items[self._position[each]] for each in dict.fromkeys(item_ids) if each in self._position]


def _titles(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(item.title for item in items)


def _spread(judged: Shares, order: NDArray[np.int64]) -> Shares:
    """Verdicts of the first in ``order`` as verdicts of all: the rest count as the worst of them."""
    verdicts = np.full(len(order), judged.min(), dtype=np.float32)
    verdicts[order[: len(judged)]] = judged
    return verdicts
