"""What is found out about a server when Mercer connects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.responses import JSONResponse
from langchain_core.messages import HumanMessage

from agent.capability import Server as Capable
from agent.capability import calls_tools, connect
from agent.slots import content
from tests.agent.engines.mixed_tokens import MixedTokens
from tests.agent.engines.scripted_server import Server

ASK = [HumanMessage(content("Is {item:D1} warm?"))]


@pytest.fixture
def connected(server: Server, tiny_folder: Path, tmp_path: Path) -> Iterator[Callable[[], Capable]]:
    """Connects as often as it is called."""
    with ExitStack() as open_chats:

        def call() -> Capable:
            found = connect(server.address, None, "EMPTY", tiny_folder, tmp_path)
            open_chats.enter_context(found.chat)
            return found

        yield call


def test_a_server_that_takes_rows_is_shown_items(connected: Callable[[], Capable]) -> None:
    found = connected()
    assert found.prompts
    found.read_items(MixedTokens(found.prompts.table), "demo")
    assert found.chat.invoke(ASK).content == "Written text"


def test_a_server_that_takes_none_reads_their_words_and_that_is_said_once(
    server: Server, connected: Callable[[], Capable], caplog: pytest.LogCaptureFixture
) -> None:
    table = connected().prompts.table  # type: ignore[union-attr]
    server.write = lambda body: JSONResponse({"error": {"message": "set --enable-prompt-embeds"}}, 400)
    found = connected()
    found.read_items(MixedTokens(table), "demo")
    assert found.chat.invoke(ASK).content == "Hello there"
    assert server.seen[-1]["messages"][0]["content"] == "Is <item D1> warm?"
    assert len([record for record in caplog.records if "takes no prompt embeddings" in record.message]) == 1


def test_why_a_model_is_not_trusted_is_in_the_log(
    server: Server, connected: Callable[[], Capable], caplog: pytest.LogCaptureFixture
) -> None:
    server.reply = lambda body: JSONResponse({"error": {"message": "out of memory"}}, 500)
    found = connected()
    assert not calls_tools(found.chat)
    assert not found.capable
    for trusted in ("facts", "tools"):
        told = [r.message for r in caplog.records if f"not trusted with {trusted}" in r.message]
        assert len(told) == 1
        assert "HTTP 500" in told[0]


def test_item_tokens_of_another_model_are_refused_and_their_words_go_out(
    connected: Callable[[], Capable], caplog: pytest.LogCaptureFixture
) -> None:
    found = connected()
    assert found.prompts
    other = MixedTokens(found.prompts.table)
    other.llm = "0" * 64
    found.read_items(other, "demo")
    assert "python -m training.train_ilm --store demo" in caplog.text
    found.chat.invoke(ASK)
    as_words = found.prompts.rows([HumanMessage("Is <item D1> warm?")], 10_000)
    assert len(as_words) == len(found.prompts.rows(ASK, 10_000))
