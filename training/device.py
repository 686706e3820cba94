"""Where a training runs: on the GPU where there is one, else on the processor.

Modules and losses follow their inputs; only commands ask here.
"""

from __future__ import annotations

import torch


def best_device() -> torch.device:
    """The first GPU, or the processor where there is none."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def use_best_device() -> torch.device:
    """Let every tensor and module that is made from here on lie on ``best_device``; returns it.

    ``torch.from_numpy`` gives tensors of the processor whatever is set here; ``torch.as_tensor`` follows. A GPU may
    round factors of single-precision products to TensorFloat-32: learning does not need more.
    """
    device = best_device()
    if device.type != "cpu":  # on the processor it would only cost: torch looks at every call once a default is set
        torch.set_default_device(device)
        torch.set_float32_matmul_precision("high")
    return device


def on_gpu() -> bool:
    """Whether tensors are made on a GPU."""
    return torch.get_default_device().type == "cuda"
