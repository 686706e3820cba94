"""The rows of an item depend on what is known of it, and on nothing that stands beside it in a batch."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from retrievers.item_inputs import ItemInputs
from retrievers.item_language_model import BEHAVIOUR_DIM, LOUDNESS, ItemEncoder
from tests.retrievers.small_inputs import SHAPE, drawn_inputs, small_encoder, stir

TABLE = torch.randn(50, SHAPE.llm_dim, generator=torch.Generator().manual_seed(5)) * 0.1
WORDS = torch.tensor([[3, 7, 9, 11, 2, -1, -1], [4, 4, 8, -1, -1, -1, -1], [1, 2, 3, 4, 5, 6, 7]])


@pytest.fixture
def encoder() -> ItemEncoder:
    """With every part at work."""
    made = small_encoder()
    stir(made)
    return made


def nothing_known(count: int) -> ItemInputs:
    inputs, no = drawn_inputs(count), torch.zeros(count, dtype=torch.bool)
    return replace(inputs, said=inputs.said & False, pictured=no, priced=no, known=no)


@torch.no_grad()
def rows(encoder: ItemEncoder, inputs: ItemInputs, words: Tensor) -> Tensor:
    found: Tensor = encoder(inputs, words, TABLE)
    return found


def test_each_item_has_k_rows_of_the_language_models_size(encoder: ItemEncoder) -> None:
    assert encoder.answers(drawn_inputs(3)).shape == (3, SHAPE.queries, SHAPE.width)
    found = rows(encoder, drawn_inputs(3), WORDS)
    assert found.shape == (3, SHAPE.queries, SHAPE.llm_dim)
    assert not torch.allclose(found[:, 0], found[:, 1], atol=0.01)


def test_an_item_of_which_nothing_is_known_has_rows_all_the_same(encoder: ItemEncoder) -> None:
    inputs, silent = nothing_known(2), torch.full((2, 3), -1)
    found = rows(encoder, inputs, silent)
    assert found.isfinite().all()
    torch.testing.assert_close(found[0], found[1])  # what is not there is not read
    assert rows(encoder, inputs, torch.empty(2, 0, dtype=torch.long)).isfinite().all()


@pytest.mark.parametrize("part", ["states", "grid", "price", "behaviour"])
def test_each_part_is_read_where_it_is_there_and_only_there(encoder: ItemEncoder, part: str) -> None:
    inputs = drawn_inputs(2)
    changed = replace(inputs, **{part: getattr(inputs, part) + 1.0})
    flag = {"states": "said", "grid": "pictured", "price": "priced", "behaviour": "known"}[part]
    without = {flag: getattr(inputs, flag) & False}
    assert (rows(encoder, changed, WORDS[:2]) - rows(encoder, inputs, WORDS[:2])).abs().max() > 1e-3
    hidden, other = (rows(encoder, replace(each, **without), WORDS[:2]) for each in (inputs, changed))
    torch.testing.assert_close(hidden, other)


def test_words_that_are_not_there_are_not_copied(encoder: ItemEncoder) -> None:
    inputs, silent = drawn_inputs(1), torch.full((1, 4), -1)
    with torch.no_grad():
        projected = encoder.spelling.project(encoder.answers(inputs))
    torch.testing.assert_close(rows(encoder, inputs, silent), projected)


def test_before_training_the_rows_share_out_the_first_words() -> None:
    """Row k is nearly words 2k and 2k + 1, the first louder: the projection and the turn say next to nothing."""
    found = rows(small_encoder(), drawn_inputs(3), WORDS)
    words = TABLE[WORDS[2, :4]].reshape(2, 2, -1)  # (rows, POINTERS, dim)
    expected = LOUDNESS[0] * words[:, 0] + LOUDNESS[1] * words[:, 1]
    assert torch.cosine_similarity(found[2], expected, dim=-1).min() > 0.95
    assert torch.cosine_similarity(found[2], expected.flip(0), dim=-1).max() < 0.5
    assert not small_encoder().spelling.turn_out.any()
    assert not small_encoder().spelling.project.bias.any()


def test_rows_do_not_depend_on_the_batch(encoder: ItemEncoder) -> None:
    """A short text beside a long one, in states and in words, and beside words of another size."""
    inputs = drawn_inputs(3)
    length = torch.tensor([[4], [2], [6]])
    inputs = replace(inputs, said=torch.arange(6) < length)
    table = TABLE * torch.arange(50)[:, None]  # rare words are larger, as in real tables
    with torch.no_grad():
        together = encoder(inputs, WORDS, table)
        for row, words in enumerate(([3, 7, 9, 11, 2], [4, 4, 8], [1, 2, 3, 4, 5, 6, 7])):
            alone = encoder(inputs.take(torch.tensor([row])), torch.tensor([words]), table)
            torch.testing.assert_close(together[row], alone[0], atol=1e-4, rtol=1e-4)


def test_every_part_learns(encoder: ItemEncoder) -> None:
    """But for the Q-Former's feed-forward of texts, which phase 1 alone uses."""
    encoder(drawn_inputs(3), WORDS, TABLE).square().sum().backward()
    idle = [name for name, each in encoder.named_parameters() if each.grad is None or not each.grad.any()]
    of_texts = ("qformer.encoder.layer.0.intermediate.", "qformer.encoder.layer.0.output.")
    assert [name for name in idle if not name.startswith(of_texts)] == []


def test_taking_rows_cuts_texts_to_the_longest_among_them() -> None:
    inputs = drawn_inputs(3)
    inputs = replace(inputs, said=torch.arange(6) < torch.tensor([[4], [2], [6]]), states=inputs.states.half())
    some = inputs.take(torch.tensor([1, 0]))
    assert len(some) == 2
    assert some.states.shape[:2] == some.said.shape == (2, 4)
    assert some.states.dtype == torch.float32
    torch.testing.assert_close(some.states[1], inputs.states[0, :4].float())
    assert some.behaviour.shape == (2, BEHAVIOUR_DIM)
    torch.testing.assert_close(some.price[0], inputs.price[1])
