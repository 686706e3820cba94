"""EfficientNet-Lite0 in plain torch: the image trunk whose feature maps the image tower reads.

The network is EfficientNet-B0 without squeeze-and-excitation and with ReLU6 (Tan and Le 2019, arXiv:1905.11946; the
Lite variants: github.com/tensorflow/tpu, ``efficientnet/lite``). Forty lines of torch replace an import of timm and
torchvision, which would add seconds to every start of the program. Outputs equal timm's ``tf_efficientnet_lite0``.

This module knows nothing of text, of heads, or of where the weights come from.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils import fuse_conv_bn_eval

BN_EPS = 1e-3
STEM_CHANNELS = 32
LAST_CHANNELS = 1280
CLASSES = 1000  # ImageNet


class Stage(NamedTuple):
    """A run of blocks with the same output: how often, kernel, stride of the first, expansion, channels."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    channels: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)


class ConvNorm(nn.Module):
    """Convolution with TensorFlow's "same" padding, then batch norm, then ReLU6 where ``active``."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1, active: bool = True
    ) -> None:
        super().__init__()
        before, after = (kernel - stride) // 2, (kernel - stride + 1) // 2
        self.pad = nn.ZeroPad2d((before, after, before, after)) if kernel > 1 else nn.Identity()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, groups=groups, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(outputs, eps=BN_EPS)
        self.act = nn.ReLU6(inplace=True) if active else nn.Identity()

    def forward(self, maps: Tensor) -> Tensor:
        """(batch, inputs, height, width) -> (batch, outputs, height / stride, width / stride)."""
        out: Tensor = self.act(self.norm(self.conv(self.pad(maps))))
        return out


class Block(nn.Module):
    """Inverted residual (Sandler et al. 2018, arXiv:1801.04381): widen, filter each channel, narrow."""

    def __init__(self, inputs: int, stage: Stage, stride: int) -> None:
        super().__init__()
        wide = inputs * stage.expansion
        layers = [ConvNorm(inputs, wide)] if stage.expansion > 1 else []
        layers.append(ConvNorm(wide, wide, stage.kernel, stride, groups=wide))
        layers.append(ConvNorm(wide, stage.channels, active=False))
        self.layers = nn.Sequential(*layers)
        self.residual = stride == 1 and inputs == stage.channels

    def forward(self, maps: Tensor) -> Tensor:
        """Filtered maps, added to the input where the shapes allow."""
        out: Tensor = self.layers(maps)
        return out + maps if self.residual else out


class Lite0(nn.Module):
    """Pixels to the output of every stage."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = ConvNorm(3, STEM_CHANNELS, 3, 2)
        stages, inputs = [], STEM_CHANNELS
        for stage in STAGES:
            blocks = []
            for repeat in range(stage.repeats):
                blocks.append(Block(inputs, stage, stage.stride if repeat == 0 else 1))
                inputs = stage.channels
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)
        self.last = ConvNorm(inputs, LAST_CHANNELS)
        self.classes = nn.Linear(LAST_CHANNELS, CLASSES)

    def forward(self, pixels: Tensor) -> list[Tensor]:
        """Feature maps of the seven stages and of the last convolution, coarsest last.

        ``pixels`` is (batch, 3, side, side), scaled to (-1, 1), side a multiple of 32: then "same" padding does
        not depend on it. The classifier is not applied: it is linear in the mean of the last maps.
        """
        maps = [self.stem(pixels)]
        for stage in self.stages:
            maps.append(stage(maps[-1]))
        return [*maps[1:], self.last(maps[-1])]


def load_lite0(path: Path) -> Lite0:
    """The published weights, ready for inference.

    The checkpoint has other names for the same tensors in the same order; ``strict`` zip and ``load_state_dict``
    refuse anything else.
    """
    published = torch.load(path, map_location="cpu", weights_only=True)
    model = Lite0()
    model.load_state_dict(dict(zip(model.state_dict(), published.values(), strict=True)))
    return model.eval()


def fold_norms(model: Lite0) -> Lite0:
    """Fold every batch norm into its convolution: the same outputs, about a fifth faster; inference only."""
    for module in model.modules():
        if isinstance(module, ConvNorm) and isinstance(module.norm, nn.BatchNorm2d):
            module.conv = fuse_conv_bn_eval(module.conv, module.norm)
            module.norm = nn.Identity()
    return model
