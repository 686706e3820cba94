"""The tiny language model as training sees it, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import frozen_llm
from training.frozen_llm import FrozenLLM


@pytest.fixture(scope="session")
def llm(tiny_folder: Path) -> FrozenLLM:
    """Multiplied in single precision, so that figures can be compared closely."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frozen_llm, "_halve", lambda model: None)
        return FrozenLLM(tiny_folder)


@pytest.fixture(scope="session")
def halved_llm(tiny_folder: Path) -> FrozenLLM:
    """As it is used."""
    return FrozenLLM(tiny_folder)
