"""Half-done trainings on disk: kept whole or not at all, read back or refused in the same words.

Knows nothing of what is trained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from retrievers.errors import RetrievalError


def keep(path: Path, state: Mapping[str, Any]) -> None:
    """Write tensors and plain values; a checkpoint that was there before stays until this one is whole."""
    partial = path.with_suffix(".part")
    torch.save(dict(state), partial)
    partial.replace(path)


def must_be_kept(path: Path, error: type[RetrievalError]) -> None:
    """Raise ``error`` where no half-done training is kept."""
    if not path.is_file():
        raise error(f"There is no half-done training at {path}; train without --resume")


@contextmanager
def half_done(path: Path, error: type[RetrievalError], remedy: str) -> Iterator[dict[str, Any]]:
    """What ``keep`` wrote, on the processor, to be taken over inside the ``with``.

    Raises
    ------
    error
        There is none, or it lacks something that is taken, or that does not fit; a message on damage ends with the
        ``remedy``.
    """
    must_be_kept(path, error)
    try:
        yield torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, EOFError, UnpicklingError, RuntimeError, KeyError, TypeError, ValueError) as problem:
        reason = str(problem).split("\n")[0]
        raise error(f"{path} is damaged ({reason}); {remedy}") from problem
