from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.shop import Shop
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
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
