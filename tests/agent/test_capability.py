"""What is found out about a server when Mercer connects."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.responses import JSONResponse
from langchain_core.messages import HumanMessage

from agent.capability import connect
from agent.slots import content
from tests.agent.engines.mixed_tokens import MixedTokens
from tests.agent.engines.scripted_server import Server

ASK = [HumanMessage(content("Is {item:D1} warm?"))]


def test_a_server_that_takes_rows_is_shown_items(server: Server, tiny_folder: Path, tmp_path: Path) -> None:
    found = connect(server.address, None, "EMPTY", tiny_folder, tmp_path)
    assert found.prompts
    found.read_items(MixedTokens(found.prompts.table), "demo")
    assert found.chat.invoke(ASK).content == "Written text"


def test_a_server_that_takes_none_reads_their_words_and_that_is_said_once(
    server: Server, tiny_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    table = connect(server.address, None, "EMPTY", tiny_folder, tmp_path).prompts.table  # type: ignore[union-attr]
    server.write = lambda body: JSONResponse({"error": {"message": "set --enable-prompt-embeds"}}, 400)
    found = connect(server.address, None, "EMPTY", tiny_folder, tmp_path)
    found.read_items(MixedTokens(table), "demo")
    assert found.chat.invoke(ASK).content == "Hello there"
    assert server.seen[-1]["messages"][0]["content"] == "Is <item D1> warm?"
    assert [record.message for record in caplog.records if "takes no prompt embeddings" in record.message] != []
    assert len(caplog.records) == 1


def test_item_tokens_of_another_model_are_refused_and_their_words_go_out(
    server: Server, tiny_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = connect(server.address, None, "EMPTY", tiny_folder, tmp_path)
    assert found.prompts
    other = MixedTokens(found.prompts.table)
    other.llm = "0" * 64
    found.read_items(other, "demo")
    assert "python -m training.train_ilm --store demo" in caplog.text
    found.chat.invoke(ASK)
    as_words = found.prompts.rows([HumanMessage("Is <item D1> warm?")], 10_000)
    assert len(as_words) == len(found.prompts.rows(ASK, 10_000))
