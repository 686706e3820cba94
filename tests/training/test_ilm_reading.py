"""A training goes through both phases, can be stopped at any batch, and ends in its best state."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from retrievers.errors import ItemTokensError
from retrievers.item_inputs import users
from retrievers.item_language_model import ItemEncoder
from tests.retrievers.small_inputs import small_encoder, stir
from tests.training.small_material import SPLIT, TAKEN, piece_table, small_material
from training import ilm_reading
from training.frozen_llm import Asked, FrozenLLM
from training.ilm_material import StoreMaterial
from training.ilm_reading import Pace, Training, batches, drawn_pairs, rows_of
from training.ilm_tasks import Drawn, Questions

PACE = Pace(aligned=6, align_batches=2, read=4, told=2, read_batches=2, patience=6)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two batches of each phase, a checkpoint after every one and a check after those of the second."""
    small = {"ON_CPU": PACE, "WARM_UP": 1, "CHECK_EVERY": 1, "KEEP_EVERY": 1, "DEV_QUESTIONS": 4}
    for name, value in small.items():
        monkeypatch.setattr(ilm_reading, name, value)


@pytest.fixture
def material(halved_llm: FrozenLLM) -> StoreMaterial:
    return small_material(halved_llm)


def training(llm: FrozenLLM, material: StoreMaterial, about: str = "these items") -> Training:
    return Training(small_encoder(), llm, [material], piece_table(), about)


def stopped(made: Training, checkpoint: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Run until batch ``at`` of phase 2 is to begin, as if the program were killed there."""
    step = made._read_step

    def killed(*args: object) -> float:
        if made.progress.read == at:
            raise KeyboardInterrupt
        return step(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(made, "_read_step", killed)
    with pytest.raises(KeyboardInterrupt):
        made.run(checkpoint, 60.0)


def test_both_phases_run_and_the_encoder_learns(
    halved_llm: FrozenLLM, material: StoreMaterial, tmp_path: Path
) -> None:
    made, checkpoint = training(halved_llm, material), tmp_path / "t.pt"
    before = {name: value.clone() for name, value in made.encoder.state_dict().items()}
    made.run(checkpoint, 60.0)
    assert (made.progress.aligned, made.progress.read) == (2, 2)
    assert made.progress.best_loss < float("inf")
    assert not all(torch.equal(value, before[name]) for name, value in made.encoder.state_dict().items())
    assert list(tmp_path.iterdir()) == []  # the checkpoint has served


def test_a_stopped_training_goes_on_where_it_was(
    halved_llm: FrozenLLM, material: StoreMaterial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, checkpoint = training(halved_llm, material), tmp_path / "t.pt"
    stopped(first, checkpoint, monkeypatch, at=1)
    again = training(halved_llm, material)
    again.restore(checkpoint)
    assert again.progress == first.progress
    assert (again.progress.aligned, again.progress.read) == (2, 1)
    for name, value in first.encoder.state_dict().items():
        assert torch.equal(again.encoder.state_dict()[name], value)
        assert torch.equal(again.best[name], first.best[name])
    assert again._read.state_dict()["state"].keys() == first._read.state_dict()["state"].keys() != set()
    steps: list[int] = []
    step = again._read_step
    monkeypatch.setattr(again, "_read_step", lambda *args: steps.append(again.progress.read) or step(*args))
    monkeypatch.setattr(again, "_aligned_step", lambda draw: pytest.fail("phase 1 is done"))
    again.run(checkpoint, 60.0)
    assert steps == [1]


def test_phase_1_goes_on_where_it_was_stopped(
    halved_llm: FrozenLLM, material: StoreMaterial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, checkpoint = training(halved_llm, material), tmp_path / "t.pt"
    step = first._aligned_step

    def killed(draw: random.Random) -> dict[str, str]:
        if first.progress.aligned == 1:
            raise KeyboardInterrupt
        return step(draw)

    monkeypatch.setattr(first, "_aligned_step", killed)
    with pytest.raises(KeyboardInterrupt):
        first.run(checkpoint, 60.0)
    again = training(halved_llm, material)
    again.restore(checkpoint)
    assert (again.progress.aligned, again.progress.read) == (1, 0)
    for name, value in first.encoder.state_dict().items():
        assert torch.equal(again.encoder.state_dict()[name], value)
    again.run(checkpoint, 60.0)
    assert (again.progress.aligned, again.progress.read) == (2, 2)


def test_a_checkpoint_of_no_use_is_refused(
    halved_llm: FrozenLLM, material: StoreMaterial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = tmp_path / "t.pt"
    with pytest.raises(ItemTokensError, match=r"no half-done training at .*t\.pt; train without --resume"):
        training(halved_llm, material).restore(checkpoint)
    stopped(training(halved_llm, material), checkpoint, monkeypatch, at=0)
    with pytest.raises(ItemTokensError, match=r"t\.pt is of other items .*; train without --resume"):
        training(halved_llm, material, "others").restore(checkpoint)
    whole = checkpoint.read_bytes()
    for data in (b"", b"none", whole[: len(whole) // 2]):
        checkpoint.write_bytes(data)
        with pytest.raises(ItemTokensError, match=r"t\.pt is damaged .*; train without --resume"):
            training(halved_llm, material).restore(checkpoint)
    torch.save({"about": "these items"}, checkpoint)
    with pytest.raises(ItemTokensError, match=r"t\.pt is damaged .*; train without --resume"):
        training(halved_llm, material).restore(checkpoint)


def test_the_best_state_is_kept_and_patience_ends(
    halved_llm: FrozenLLM, material: StoreMaterial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps that make the encoder worse and worse after the first: the state of the first check is the end."""
    monkeypatch.setattr(ilm_reading, "ON_CPU", replace(PACE, read_batches=50, patience=2))
    made = training(halved_llm, material)
    seen: list[torch.Tensor] = []

    def spoil(*_: object) -> float:
        if made.progress.read:
            with torch.no_grad():
                made.encoder.spelling.project.bias += 3.0 * torch.randn(32)
        seen.append(made.encoder.spelling.project.bias.detach().clone())
        return 0.0

    monkeypatch.setattr(made, "_read_step", spoil)
    made.run(tmp_path / "t.pt", 60.0)
    losses = [loss_with(made, material, halved_llm, bias) for bias in seen]
    best = int(np.argmin(losses))
    assert torch.equal(made.encoder.spelling.project.bias, seen[best])
    assert made.progress.best_loss == pytest.approx(losses[best], rel=1e-3)
    assert made.progress.read == best + 1 + 2


def loss_with(made: Training, material: StoreMaterial, llm: FrozenLLM, bias: torch.Tensor) -> float:
    """The mean over the dev questions with this bias, by hand."""
    encoder = small_encoder()
    encoder.load_state_dict(made.encoder.state_dict())
    drawn = Questions(material, SPLIT.dev, ilm_reading.SEED).draw(4)
    with torch.no_grad():
        encoder.spelling.project.bias.copy_(bias)
        each = [
            nats
            for asked, rows in batches(drawn, 2)
            for nats in llm.tell(asked, rows_of(encoder, material, rows, llm.table)).nats.tolist()
        ]
    return float(np.mean(each))


def test_time_that_is_up_ends_it(halved_llm: FrozenLLM, material: StoreMaterial, tmp_path: Path) -> None:
    made = training(halved_llm, material)
    made.run(tmp_path / "t.pt", 1e-9)
    assert (made.progress.aligned, made.progress.read) == (2, 1)


def test_steps_lower_the_loss_of_the_same_questions(
    halved_llm: FrozenLLM, material: StoreMaterial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ilm_reading, "ON_CPU", replace(PACE, read_batches=100))
    made, drawn = training(halved_llm, material), Questions(material, SPLIT.train, 1).draw(4)
    losses = [made._read_step(material, drawn, 60.0) for _ in range(15)]
    assert losses[-1] < 0.9 * losses[0]


def test_batches_keep_each_questions_rows_and_weigh_all() -> None:
    drawn = Drawn()
    drawn.add([5], "What is it called, if anything at all?", "a very long answer " * 3)
    drawn.add([7, -1], "Both?", "No")
    drawn.add([2], "What?", "x")
    found = batches(drawn, 2)
    assert found == [
        ([Asked((0, "\nWhat?"), "x"), Asked((1, " ", 2, "\nBoth?"), "No")], [2, 7, -1]),
        ([Asked((0, "\nWhat is it called, if anything at all?"), "a very long answer " * 3)], [5]),
    ]


def test_rows_of_shoppers_come_from_their_behaviour_alone(halved_llm: FrozenLLM, material: StoreMaterial) -> None:
    encoder = small_encoder()
    stir(encoder)
    with torch.no_grad():
        rows = rows_of(encoder, material, [3, -2, 0], halved_llm.table)
        silent = torch.full((1, 1), -1)
        user = encoder(users(material.users[1:2]), silent, halved_llm.table)
        items = [rows_of(encoder, material, [at], halved_llm.table)[0] for at in (3, 0)]
    torch.testing.assert_close(rows[1], user[0], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(rows[0], items[0], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(rows[2], items[1], atol=1e-4, rtol=1e-4)


def row_like(one: torch.Tensor, many: torch.Tensor) -> int:
    return int((many.float() - one).flatten(1).abs().sum(1).argmin())


def test_pairs_were_taken_in_a_row_by_one_shopper(material: StoreMaterial) -> None:
    batch = drawn_pairs(material, random.Random(0), PACE.aligned)
    assert batch.following is not None
    assert batch.takers is not None
    assert batch.same_user is not None
    trained = [[at for at in taken if at in SPLIT.train] for taken in TAKEN]
    first, second = (
        [row_like(row, material.inputs.behaviour) for row in each.behaviour]
        for each in (batch.inputs, batch.following)
    )
    people = [row_like(row, torch.from_numpy(material.users)) for row in batch.takers.behaviour]
    for user, one, other in zip(people, first, second, strict=True):
        assert (one, other) in list(zip(trained[user], trained[user][1:], strict=False))
    assert batch.same_user.tolist() == [[item in TAKEN[user] for item in second] for user in people]
    assert torch.equal(batch.pieces, material.pieces[first])


@pytest.mark.parametrize("taken", [[], [[0], [3, 10], [11]]], ids=["no shopper", "no shopper with a pair"])
def test_without_pairs_items_stand_alone(halved_llm: FrozenLLM, taken: list[list[int]]) -> None:
    batch = drawn_pairs(small_material(halved_llm, taken=taken), random.Random(0), PACE.aligned)
    assert batch.following is batch.takers is batch.same_user is None
    assert len(batch.inputs) == 6


def test_a_store_without_items_to_check_by_is_trained_all_the_same(halved_llm: FrozenLLM, tmp_path: Path) -> None:
    few = small_material(halved_llm, split=replace(SPLIT, dev=[]))
    made = training(halved_llm, few)
    made.run(tmp_path / "t.pt", 60.0)
    assert made.progress.read == 2
    assert isinstance(made.encoder, ItemEncoder)
