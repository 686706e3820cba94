"""A synthetic store is what a real one is to a training, and every cost of it is told."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from retrievers.generator import Generator
from training.bench_generator import main, weight_bytes
from training.synthetic_store import SyntheticPieces, synthetic_store


def test_a_seed_makes_one_store_whose_items_can_be_told_apart() -> None:
    one, same = synthetic_store(40), synthetic_store(40)
    assert one.items == same.items
    np.testing.assert_array_equal(one.features.joint, same.features.joint)
    assert len({item.item_id for item in one.items}) == len(np.unique(one.features.joint, axis=0)) == 40
    np.testing.assert_allclose(np.linalg.norm(one.features.image, axis=1), 1.0, atol=1e-5)


def test_a_word_is_always_the_same_pieces_and_none_is_padding() -> None:
    pieces = SyntheticPieces()
    first, second, nothing = pieces.of(["red scarves", "scarves", ""])
    assert first[1:] == second
    assert len(second) == 2
    assert nothing == []
    assert 0 not in first


def test_weights_of_a_search_are_most_of_the_model_and_no_table() -> None:
    model = Generator(16, 3, 4)
    reading, writing = weight_bytes(model)
    whole = sum(parameter.nbytes for parameter in model.parameters())
    assert 0.7 * whole < reading + writing < whole
    bigger = weight_bytes(Generator(16, 3, 8))
    assert bigger == (reading, writing + 4 * model.code.shape[2] * 4)


def test_every_cost_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--store-size", "70", "--batches", "1", "--searches", "1", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["synthetic"] is True
    assert found["items"] == found["train"]["dialogues"] == 70
    assert found["train"]["seconds_per_batch"] * 1000 >= found["train"]["draw_ms"]
    assert found["search"].keys() == {"1", "64"}
    assert all(figures["ms_p95"] >= figures["ms_p50"] > 0 for figures in found["search"].values())
    read_mb = found["floor"]["reading_mb"] + 3 * found["floor"]["a_level_mb"] + found["floor"]["items_mb"]
    assert found["floor"]["ms"] == pytest.approx(read_mb / found["floor"]["copy_gb_s"], rel=0.02)
    assert found["device"].endswith("threads") is not torch.cuda.is_available()
