from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.engines.conversion import convert
from agent.shop import Shop
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from store.weights import WeightsSpec
from tests.agent.engines.tiny_llama import write_gguf
from tests.agent.small_store import small_shop, small_understanding


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return small_shop(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def understanding(shop: Shop) -> RuleUnderstanding:
    return small_understanding(shop)


Talk = Callable[..., DialogueState]


@pytest.fixture
def talk(understanding: RuleUnderstanding) -> Talk:
    """Folds messages into a state; the cards named by ``cards`` lie on the table from the second message on."""

    def run(*messages: str, cards: tuple[str, ...] = ("DR0", "DR1", "DR2"), photo: str = "") -> DialogueState:
        state = DialogueState()
        for message in messages:
            state = fold(state, understanding.understand(message, state, photo))
            state, photo = state.with_cards(cards), ""
        return state

    return run


@pytest.fixture(scope="session")
def tiny_spec() -> WeightsSpec:
    return WeightsSpec(
        name="tiny-gguf",
        package="none",
        version="0",
        wheel_sha256="",
        wheel_size=0,
        inside="",
        model_file="tiny.gguf",
        model_sha256="1" * 64,
        unpacked_size=0,
        licence="none",
    )


@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that holds ``tiny.gguf``, as fetching would give it."""
    folder = tmp_path_factory.mktemp("gguf")
    write_gguf(folder / "tiny.gguf")
    return folder


@pytest.fixture(scope="session")
def tiny_folder(tiny_spec: WeightsSpec, tiny_gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as a transformers folder, made by the conversion itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.engines.conversion.fetch", lambda spec, models_dir: tiny_gguf)
        return convert(tiny_spec, tmp_path_factory.mktemp("models"))
