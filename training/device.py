"""Where tensors are made while something is trained: on the CUDA device where there is one, else on the CPU."""

from __future__ import annotations

import torch


def use_best_device() -> torch.device:
    """Make all further tensors there; returns the device.

    Single-precision products of matrices may be rounded to TensorFloat-32: learning does not need more.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_default_device(device)
    torch.set_float32_matmul_precision("high")
    return device


def on_gpu() -> bool:
    """Whether tensors are made on a CUDA device."""
    return torch.get_default_device().type == "cuda"
