from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.engines.prompt_embeds import enable
from agent.engines.server import ServerChat, connect_server
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from store.transcripts import Transcripts
from store.weights import WeightsSpec
from tests.agent.engines.answering import Reader, answering_folder
from tests.agent.engines.mixed_tokens import MixedTokens
from tests.agent.engines.scripted_server import Server
from tests.agent.hardware import hardware
from tests.agent.pantry import pantry
from tests.agent.small_store import small_agent, small_shop, small_understanding


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return small_shop(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def understanding(shop: Shop) -> RuleUnderstanding:
    return small_understanding(shop)


@pytest.fixture(scope="session")
def pantry_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return small_shop(tmp_path_factory.mktemp("pantry"), pantry())


@pytest.fixture(scope="session")
def in_pantry(pantry_shop: Shop) -> RuleUnderstanding:
    """Understands messages about the shop of ``tests/agent/pantry.py``."""
    return small_understanding(pantry_shop)


@pytest.fixture(scope="session")
def hardware_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return small_shop(tmp_path_factory.mktemp("hardware"), hardware())


@pytest.fixture(scope="session")
def in_hardware(hardware_shop: Shop) -> RuleUnderstanding:
    """Understands messages about the shop of ``tests/agent/hardware.py``."""
    return small_understanding(hardware_shop)


Left = Callable[[tuple[str, ...]], set[str]]


@pytest.fixture
def left_in_hardware(in_hardware: RuleUnderstanding, hardware_shop: Shop) -> Left:
    """The ids of the shop of ``tests/agent/hardware.py`` that a conversation's messages leave."""

    def left(messages: tuple[str, ...]) -> set[str]:
        state = DialogueState()
        for message in messages:
            state = fold(state, in_hardware.understand(message, state))
        allowed = hardware_shop.facts.allowed(state.constraints)
        return {item.item_id for item, kept in zip(hardware_shop.catalog.items, allowed, strict=True) if kept}

    return left


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


@pytest.fixture
def transcripts(tmp_path: Path) -> Transcripts:
    return Transcripts(tmp_path / "transcripts.db")


@pytest.fixture
def agent(shop: Shop, transcripts: Transcripts, tmp_path: Path) -> ShoppingAgent:
    """The real agent over the small store; the model of its engine has nothing to say."""
    return small_agent(shop, transcripts, tmp_path)


@pytest.fixture
def server() -> Iterator[Server]:
    """A language model server that says what a test has it say."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def chat(server: Server) -> Iterator[ServerChat]:
    with connect_server(server.address, timeout_s=5.0) as chat:
        yield chat


@pytest.fixture(scope="session")
def answering(tiny_spec: WeightsSpec, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny model to which Yes and No are tokens."""
    return answering_folder(tiny_spec, tmp_path_factory.mktemp("answering"))


@pytest.fixture
def reader(server: Server, chat: ServerChat, answering: Path) -> Reader:
    """What reads the rows that ``chat`` sends from then on."""
    prompts = enable(chat, answering)
    prompts.use(MixedTokens(prompts.table), "demo")
    server.written.clear()
    return Reader(prompts)
