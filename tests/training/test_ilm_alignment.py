"""The losses of phase 1 fall, push no true pair apart, and do not let the queries read what they should write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from retrievers.item_inputs import users
from tests.retrievers.small_inputs import SHAPE, drawn_inputs, small_encoder, stir
from tests.training.small_material import drawn_pieces, piece_table
from training import ilm_alignment
from training.ilm_alignment import Alignment, Batch, written_mask

COUNT = 6
NO_PAIR = torch.eye(COUNT, dtype=torch.bool)


def aligned(seed: int = 0) -> Alignment:
    encoder = small_encoder(seed)
    return Alignment(encoder, piece_table())


def batch(same_user: Tensor = NO_PAIR) -> Batch:
    takers = users(drawn_inputs(COUNT, seed=8).behaviour.numpy())
    return Batch(drawn_inputs(COUNT), drawn_pieces(COUNT), drawn_inputs(COUNT, seed=7), takers, same_user)


@pytest.fixture
def nothing_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ilm_alignment, "HIDDEN_TEXTS", 0.0)


def trained(alignment: Alignment, names: Sequence[str], steps: int) -> list[dict[str, float]]:
    """The losses of each step of a training on these."""
    drawn, history = batch(), []
    both = [*alignment.parameters(), *alignment._encoder[0].parameters()]
    optimiser = torch.optim.AdamW(both, 1e-2)
    for _ in range(steps):
        losses = alignment.losses(drawn)
        optimiser.zero_grad()
        torch.stack([losses[name] for name in names]).sum().backward()
        torch.nn.utils.clip_grad_norm_(both, 1.0)
        optimiser.step()
        history.append({name: loss.item() for name, loss in losses.items()})
    return history


@pytest.mark.usefixtures("nothing_hidden")
def test_losses_fall_on_six_distinct_items() -> None:
    names = ("itc", "itg", "ii", "ui")
    history = trained(aligned(), names, 40)
    assert {name for name in names if not history[-1][name] < 0.4 * history[0][name]} == set(), history[-1]


@pytest.mark.usefixtures("nothing_hidden")
def test_matching_learns_more_than_how_often_pairs_match() -> None:
    """A third of the pairs are true, so a guess that reads nothing has 0.64 nats."""
    alignment, drawn = aligned(), batch()
    last = [step["itm"] for step in trained(alignment, ("itm",), 250)[-20:]]
    assert sum(last) / len(last) < 0.5
    wrong = replace(drawn, pieces=drawn.pieces.roll(1, 0))  # each item with another's text
    with torch.no_grad():
        found = [alignment.losses(wrong)["itm"].item() for _ in range(10)]
    assert sum(found) / len(found) > 0.8


def test_without_doings_there_are_the_three_losses_of_texts() -> None:
    losses = aligned().losses(Batch(drawn_inputs(COUNT), drawn_pieces(COUNT)))
    assert list(losses) == ["itc", "itm", "itg"]


def test_items_of_one_text_do_not_push_each_other() -> None:
    alignment = aligned()
    losses = alignment.losses(Batch(drawn_inputs(COUNT), drawn_pieces(1).expand(COUNT, -1)))
    assert losses["itc"].item() == pytest.approx(0, abs=1e-5)
    losses["itc"].backward(retain_graph=True)
    queries = alignment._encoder[0].queries
    assert queries.grad is not None
    assert queries.grad.abs().max() < 1e-6
    assert losses["itm"].isfinite()  # true pairs alone: no wrong text is left


def test_what_one_shopper_took_is_not_pushed_apart() -> None:
    everything = torch.ones(COUNT, COUNT, dtype=torch.bool)
    losses, apart = aligned().losses(batch(everything)), aligned().losses(batch())
    assert losses["ii"].item() == pytest.approx(0, abs=1e-5)
    assert losses["ui"].item() == pytest.approx(0, abs=1e-5)
    assert apart["ii"] > 0.1
    assert apart["ui"] > 0.1


@pytest.mark.usefixtures("nothing_hidden")
def test_a_shopper_is_compared_with_the_items_that_the_mask_is_about() -> None:
    """``same_user`` tells who took the following items, so it is these that a shopper is drawn to."""
    alignment, drawn = aligned(), batch()
    before = alignment.losses(drawn)["ui"]
    other = alignment.losses(replace(drawn, inputs=drawn_inputs(COUNT, seed=9)))["ui"]
    assert other.item() == pytest.approx(before.item(), abs=1e-5)
    moved = alignment.losses(replace(drawn, following=drawn_inputs(COUNT, seed=9)))["ui"]
    assert moved.item() != pytest.approx(before.item(), abs=1e-4)


def test_who_sees_whom_while_a_text_is_written() -> None:
    there = torch.tensor([[True, True, False], [True, True, True]])
    sees = written_mask(2, there)
    assert sees.shape == (2, 1, 5, 5)
    assert sees[0, 0].int().tolist() == [
        [1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 1, 1, 0, 0],
        [1, 1, 1, 1, 0],
        [1, 1, 1, 1, 0],
    ]
    assert sees[1, 0, 4].all()


def test_queries_do_not_see_the_text_that_they_write_and_pieces_not_what_follows() -> None:
    alignment = aligned()
    stir(alignment)
    stir(alignment._encoder[0])
    memory = alignment._encoder[0].memory(drawn_inputs(3))
    pieces, other = drawn_pieces(3), drawn_pieces(3)
    other[:, 2] = (other[:, 2] % 20) + 7
    with torch.no_grad():
        (texts, there), (changed, still) = alignment._texts(pieces), alignment._texts(other)
        assert torch.equal(there, still)
        mask = written_mask(SHAPE.queries, there)
        one, two = alignment._read(memory, texts, mask), alignment._read(memory, changed, mask)
        alone = alignment._queries(memory)
    place = SHAPE.queries + 3  # of the third piece, behind the queries and the first mark
    torch.testing.assert_close(one[:, :place], two[:, :place])
    assert (one[:, place] - two[:, place]).abs().max() > 1e-3
    torch.testing.assert_close(one[:, : SHAPE.queries], alone, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(alone, alignment._encoder[0].answers(drawn_inputs(3)), atol=1e-5, rtol=1e-5)


def test_texts_are_hidden_from_about_half_of_the_items() -> None:
    torch.manual_seed(0)
    hidden = ilm_alignment._hide_texts(drawn_inputs(400)).said
    assert (hidden.all(1) | ~hidden.any(1)).all()
    assert 150 < hidden.all(1).sum() < 250
