"""The language model of the embedded default: SmolLM2-135M in this process, converted from its pinned file once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from agent.engines.conversion import convert
from agent.engines.in_process import InProcessChat
from store.weights import SMOLLM2

DEADLINE_S = 15.0  # of a reply; what it has not said by then, the realiser says
WAIT_S = 0.2  # while it speaks to somebody else nobody waits: the realiser has the same to say


def small_chat(models_dir: Path) -> InProcessChat:
    """The small model, not loaded yet."""
    prepare = partial(convert, SMOLLM2, models_dir)
    return InProcessChat(model=small_folder(models_dir).name, prepare=prepare, deadline_s=DEADLINE_S, wait_s=WAIT_S)


def small_folder(models_dir: Path) -> Path:
    """Where the small model lies once it is converted."""
    return models_dir / SMOLLM2.folder_name
