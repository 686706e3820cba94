"""Answers that branch off one prompt are what each would be of its own prompt alone."""

from __future__ import annotations

import torch

from training.branches import Piece, Tree, answers_of
from training.frozen_llm import Asked, FrozenLLM


def history(llm: FrozenLLM, titles: list[str], last: str) -> Tree:
    """A question, three items of two rows each, and after each of them the answer that is asked for there."""
    pieces = [Piece(llm.ids("Next?\n"))]
    for number, title in enumerate(titles):
        parent = 0 if number == 0 else 2 * number - 1
        pieces.append(Piece((-1 - 2 * number, -2 - 2 * number), parent))
        pieces.append(Piece([*llm.ids(last), *llm.ids(title), *llm.end], len(pieces) - 1, answer=True))
    return pieces


def test_branches_are_what_prompts_of_their_own_say(llm: FrozenLLM) -> None:
    rows = torch.randn(6, 32, generator=torch.Generator().manual_seed(2))
    titles = ["A mug", "the blue dress", "x"]
    after = llm.tokenizer.decode(llm.after)
    trees = [history(llm, titles, after), history(llm, titles[:1], after)]
    found = answers_of(llm, trees, rows)
    asked = [
        Asked(("Next?\n", *range(count + 1)), title)
        for each in (titles, titles[:1])
        for count, title in enumerate(each)
    ]
    told = llm.tell(asked, rows.view(3, 2, 32))
    begun = len(llm.after)
    for number, row in enumerate(asked):
        mine = found.log_probs[found.owners == number][begun:]
        expected = told.log_probs[number][told.there[number]]
        assert len(mine) == len(expected), row
        torch.testing.assert_close(mine, expected, atol=2e-4, rtol=1e-4)


def test_what_one_answer_says_leaves_the_others_alone(llm: FrozenLLM) -> None:
    rows = torch.randn(6, 32, generator=torch.Generator().manual_seed(3))
    one = answers_of(llm, [history(llm, ["A mug", "red"], "?")], rows).sums()
    other = answers_of(llm, [history(llm, ["teapot of clay", "red"], "?")], rows).sums()
    assert one[0] != other[0]
    torch.testing.assert_close(one[1], other[1], atol=2e-4, rtol=1e-4)


def test_learning_reaches_the_rows_that_an_answer_sees_and_no_others(llm: FrozenLLM) -> None:
    rows = torch.randn(6, 32, generator=torch.Generator().manual_seed(4)).requires_grad_()
    answers_of(llm, [history(llm, ["A mug", "red", "x"], "?")], rows).sums()[1].backward()
    assert rows.grad is not None
    assert rows.grad.abs().sum(1).bool().tolist() == [True] * 4 + [False] * 2
