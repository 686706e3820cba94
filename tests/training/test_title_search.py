"""The search over titles finds what scoring each title finds."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from training.frozen_llm import FrozenLLM
from training.title_search import BEAMS, TitleTrie, likeliest

TITLES = [f"the {what} {number}" for what in ("mug", "red dress", "x") for number in range(BEAMS // 3)]


@pytest.fixture
def items() -> Tensor:
    """Rows of one item."""
    return torch.randn(1, 3, 32, generator=torch.Generator().manual_seed(4))


def test_the_likeliest_titles_are_those_of_scoring_all(llm: FrozenLLM, items: Tensor) -> None:
    question = (0, "\nWhat is it?")
    scores = llm.scores(question, TITLES, items)
    found = likeliest(llm, question, items, TitleTrie(llm, TITLES), 5, set())
    best = scores.argsort(descending=True)[:5].tolist()
    assert [number for _, number in found] == best
    assert [score for score, _ in found] == pytest.approx(scores[best].tolist(), abs=1e-3)


def test_titles_that_are_left_out_are_not_found(llm: FrozenLLM, items: Tensor) -> None:
    trie = TitleTrie(llm, TITLES)
    first = likeliest(llm, (0,), items, trie, 2, set())
    second = likeliest(llm, (0,), items, trie, 2, {first[0][1]})
    assert second[0] == pytest.approx(first[1])


def test_fewer_titles_than_asked_for_are_all_found(llm: FrozenLLM, items: Tensor) -> None:
    found = likeliest(llm, (0,), items, TitleTrie(llm, ["a", "b"]), 5, set())
    assert sorted(number for _, number in found) == [0, 1]


def test_of_titles_that_are_spelled_alike_the_first_stands_for_both(llm: FrozenLLM, items: Tensor) -> None:
    found = likeliest(llm, (0,), items, TitleTrie(llm, ["a", "b", "a"]), 5, set())
    assert sorted(number for _, number in found) == [0, 1]
