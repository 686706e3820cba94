"""Powers are listed by value for time, so that a budget that runs out has bought the most."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.evaluators import EVALUATORS
from training.fit_reranker import Judged, fit_powers

NAMES = list(EVALUATORS)


def lists(slow: str) -> list[Judged]:
    """Two evaluators that know the wanted item equally well, of which one is slow, and seven that know nothing."""
    verdicts = np.ones((4, len(NAMES)), dtype=np.float32)
    verdicts[1:, [NAMES.index("said words"), NAMES.index("request")]] = 0.2
    seconds = np.array([1e-3 if name == slow else 1e-4 for name in NAMES])
    return [Judged(verdicts, np.zeros(4, dtype=np.float32), 0, seconds)] * 5


@pytest.mark.parametrize(("slow", "quick"), [("said words", "request"), ("request", "said words")])
def test_of_two_that_are_worth_the_same_the_quick_one_comes_first(slow: str, quick: str) -> None:
    fitted = fit_powers(lists(slow), held=False)
    assert list(fitted.powers)[:2] == [quick, slow]
    assert fitted.powers[quick] == pytest.approx(fitted.powers[slow], rel=0.01)
