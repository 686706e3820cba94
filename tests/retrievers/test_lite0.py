"""The trunk with random weights: shapes, and that folding the norms changes nothing."""

from __future__ import annotations

import pytest
import torch

from retrievers.lite0 import Lite0, fold_norms


def test_folding_the_norms_changes_nothing() -> None:
    torch.manual_seed(0)
    trunk = Lite0().eval()
    for module in trunk.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.uniform_(-1, 1)  # type: ignore[union-attr]
            module.running_var.uniform_(0.5, 2)  # type: ignore[union-attr]
    pixels = torch.randn(1, 3, 64, 64)
    with torch.inference_mode():
        before = trunk(pixels)
        after = fold_norms(trunk)(pixels)
    for one, other in zip(before, after, strict=True):
        assert other.numpy() == pytest.approx(one.numpy(), abs=1e-3)


def test_shapes() -> None:
    with torch.inference_mode():
        maps = Lite0().eval()(torch.zeros(1, 3, 64, 64))
    assert [tuple(each.shape[1:]) for each in maps][-3:] == [(192, 2, 2), (320, 2, 2), (1280, 2, 2)]
