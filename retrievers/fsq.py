"""Finite scalar quantisation: codes without any training (FSQ, Mentzer et al. 2024, arXiv:2309.15505).

Each number of a vector is bounded and rounded to one of a few values, and the values of several numbers together are
one code, as RecGPT does for items (arXiv:2506.06270). RecGPT learns the projection before the rounding; here it is
in closed form, the whitened principal components, and the bound is the normal distribution function, so that every
value is about as frequent as any other. The first level takes the components with the most variance: codes go from
coarse to fine.

This module does not know what the vectors stand for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

MOST_VALUES = 8  # of one number
SAME = 1e-6  # variance, as a share of the largest, below which a component says nothing


class Fsq(nn.Module):
    """Vectors (batch, dim) to codes (batch, levels), each below the product of ``values``."""

    mean: Tensor  # (dim,)
    directions: Tensor  # (dim, levels * len(values)), whitened
    values: Tensor  # (len(values),), of how many values each number of a level is

    def __init__(self, mean: Tensor, directions: Tensor, values: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("directions", directions)
        self.register_buffer("values", values)

    @classmethod
    def of_state(cls, state: Mapping[str, Tensor]) -> Self:
        """From what ``state_dict`` gave."""
        return cls(state["mean"], state["directions"], state["values"])

    @torch.inference_mode()
    def codes(self, vectors: NDArray[np.float32]) -> NDArray[np.int64]:
        """Codes of vectors, (len(vectors), levels), whether the projection was made from them or not."""
        white = (torch.from_numpy(vectors) - self.mean) @ self.directions
        share = torch.special.ndtr(white).unflatten(1, (-1, len(self.values)))  # (batch, levels, numbers), in [0, 1]
        rounded = torch.minimum((share * self.values).long(), self.values - 1)
        codes = torch.zeros(rounded.shape[:2], dtype=torch.long)
        for number, count in enumerate(self.values.tolist()):
            codes = codes * count + rounded[:, :, number]
        found: NDArray[np.int64] = codes.numpy()
        return found

    def borrowed(self, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
        """None of the vectors, (len(vectors),): content always has codes of its own."""
        return np.zeros(len(vectors), dtype=np.bool_)


def fit(vectors: NDArray[np.float32], levels: int, size: int) -> Fsq:
    """The quantiser of these vectors, (n, dim), with ``size`` codes a level: at most 8, or a power of two."""
    values = torch.tensor(values_of(size))
    mean, directions = whitening(torch.from_numpy(vectors), levels * len(values))
    return Fsq(mean, directions, values)


def values_of(size: int) -> list[int]:
    """How many values each number has, so that together they make ``size`` codes: 64 is 8 by 8."""
    if size <= MOST_VALUES:
        return [size]
    bits = size.bit_length() - 1
    if size != 1 << bits:
        raise ValueError(f"{size} codes a level: more than {MOST_VALUES} must be a power of two")
    numbers = -(-bits // 3)
    return [1 << (bits // numbers + (number < bits % numbers)) for number in range(numbers)]


def whitening(data: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Mean (dim,) and the first principal directions (dim, count), scaled so that each has variance one.

    Directions without variance, and those beyond the dimensions of the data, are zero.
    """
    mean, directions, variance = principal(data, count)
    told = variance > SAME * variance.max().clamp_min(SAME)
    return mean, directions * torch.where(told, variance.clamp_min(1e-12).rsqrt(), 0.0)


def principal(data: Tensor, count: int) -> tuple[Tensor, Tensor, Tensor]:
    """Mean (dim,), principal directions (dim, count), most variance first, and the variances (count,).

    A direction's sign is the one that makes its largest number positive, so the same data give the same directions.
    """
    mean = data.mean(0)
    centred = (data - mean).double()
    variance, directions = torch.linalg.eigh(centred.T @ centred / len(data))
    variance, directions = variance.flip(0)[:count], directions.flip(1)[:, :count]
    largest = directions.gather(0, directions.abs().argmax(0, keepdim=True))
    directions = directions * torch.where(largest < 0, -1.0, 1.0)
    missing = count - len(variance)
    return (
        mean,
        nn.functional.pad(directions, (0, missing)).float(),
        nn.functional.pad(variance.clamp_min(0), (0, missing)).float(),
    )
