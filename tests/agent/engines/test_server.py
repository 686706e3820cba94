"""The client of OpenAI-compatible servers, against small real HTTP servers that behave and misbehave."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse, StreamingResponse
from langchain_core.messages import HumanMessage
from pydantic import BaseModel

from agent.engines.server import ServerChat, connect_server, structured
from agent.errors import EngineMismatch, EngineUnavailable
from tests.agent.engines.scripted_server import Server, chunk, say

ASK = [HumanMessage("hello")]


class Wish(BaseModel):
    """What a shopper wants."""

    kind: str
    budget: int | None


@pytest.fixture
def chat(server: Server) -> Iterator[ServerChat]:
    with connect_server(server.address, timeout_s=1.0) as chat:
        yield chat


@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/"])
def test_address_with_and_without_v1(server: Server, suffix: str) -> None:
    with connect_server(server.address + suffix) as chat:
        assert chat.invoke(ASK).content == "Hello there"
        assert chat.describe().detail == f"{server.address}/v1, context 4096, also serves shop-2"
        assert chat.describe().model == "shop-1"


def test_a_closed_chat_leaves_no_connection(server: Server) -> None:
    with connect_server(server.address) as chat:
        chat.invoke(ASK)
        client = chat.http_client
        assert not client.is_closed
    assert client.is_closed


@pytest.mark.parametrize("address", ["", "localhost:8000", "ftp://x", "http://"])
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(EngineUnavailable, match="is not the address of a language model server"):
        connect_server(address)


def test_configured_model_is_taken_or_missed_with_both_names(server: Server) -> None:
    assert connect_server(server.address, "shop-2").model_name == "shop-2"
    with pytest.raises(EngineMismatch, match=r"'shop-9' is configured.*'shop-1', 'shop-2'.*MERCER_LLM_MODEL"):
        connect_server(server.address, "shop-9")


def test_key_is_sent_and_a_refused_one_is_explained(server: Server) -> None:
    server.key = "secret"
    assert connect_server(server.address, api_key="secret").model_name == "shop-1"
    with pytest.raises(EngineUnavailable, match=r"HTTP 401.*MERCER_LLM_API_KEY"):
        connect_server(server.address)


@pytest.mark.parametrize(
    "models",
    [
        Response("<html>hello</html>"),
        JSONResponse([1]),
        JSONResponse({"data": [{"name": "x"}]}),
        JSONResponse({"data": None}),
    ],
)
def test_something_else_at_that_address(server: Server, models: Response) -> None:
    server.models = models
    with pytest.raises(EngineUnavailable, match="does not speak the OpenAI protocol"):
        connect_server(server.address)


def test_nothing_at_that_address(server: Server) -> None:
    server.stop()
    with pytest.raises(EngineUnavailable, match=f"{server.address}/v1 is not reachable.*MERCER_LLM_BASE_URL"):
        connect_server(server.address)


def test_stream_and_invoke_say_the_same(chat: ServerChat) -> None:
    texts = [str(piece.content) for piece in chat.stream(ASK)]
    assert "".join(texts) == chat.invoke(ASK).content == "Hello there"
    assert texts[:2] == ["Hello", " there"]


def within(seconds: float, call: Callable[[], object], match: str) -> None:
    begun = time.monotonic()
    with pytest.raises(EngineUnavailable, match=match):
        call()
    assert time.monotonic() - begun < seconds


def test_server_that_never_answers_is_given_up_in_time_and_not_asked_again(server: Server, chat: ServerChat) -> None:
    server.reply = lambda body: (time.sleep(3), say("late"))[1]
    within(2.0, lambda: chat.invoke(ASK), "did not answer in time")
    assert len(server.seen) == 1


def test_server_that_falls_silent_in_mid_stream(server: Server, chat: ServerChat) -> None:
    def lines() -> Iterator[str]:
        yield chunk("Hello")
        time.sleep(3)

    server.reply = lambda body: StreamingResponse(lines(), media_type="text/event-stream")
    stream = chat.stream(ASK)
    assert next(stream).content == "Hello"
    within(2.0, lambda: list(stream), "did not answer in time")


def test_server_that_only_keeps_the_line_open(server: Server, chat: ServerChat) -> None:
    def lines() -> Iterator[str]:
        for _ in range(50):
            yield ": still thinking\n\n"
            time.sleep(0.1)

    server.reply = lambda body: StreamingResponse(lines(), media_type="text/event-stream")
    within(2.5, lambda: chat.invoke(ASK), "did not answer in time")


def test_server_that_dies_in_mid_stream(server: Server, chat: ServerChat) -> None:
    def lines() -> Iterator[str]:
        yield chunk("Hello")
        raise ConnectionAbortedError

    server.reply = lambda body: StreamingResponse(lines(), media_type="text/event-stream")
    stream = chat.stream(ASK)
    assert next(stream).content == "Hello"
    within(1.0, lambda: list(stream), "broke off")
    assert len(server.seen) == 1  # what was shown is never said again


def test_stream_that_ends_without_a_finish_is_no_short_reply(server: Server, chat: ServerChat) -> None:
    server.reply = lambda body: StreamingResponse(iter([chunk("Hello")]), media_type="text/event-stream")
    within(1.0, lambda: chat.invoke(ASK), "ended in the middle of a reply")


def test_one_failure_is_retried_two_are_reported(server: Server, chat: ServerChat) -> None:
    overloaded = JSONResponse({"error": {"message": "overloaded"}}, 503)
    server.reply = lambda body: overloaded if len(server.seen) == 1 else say("now")
    assert chat.invoke(ASK).content == "now"
    server.reply = lambda body: overloaded
    within(2.0, lambda: chat.invoke(ASK), r"answers HTTP 503.*overloaded")
    assert len(server.seen) == 4


def test_refused_request_is_not_retried(server: Server, chat: ServerChat) -> None:
    server.reply = lambda body: JSONResponse({"object": "error", "message": "maximum context length is 9"}, 400)
    within(1.0, lambda: chat.invoke(ASK), r"HTTP 400.*maximum context length")
    assert len(server.seen) == 1


@pytest.mark.parametrize("line", ["data: {not json\n\n", "data: []\n\n"])
def test_garbage_in_the_stream(server: Server, chat: ServerChat, line: str) -> None:
    server.reply = lambda body: StreamingResponse(iter([line]), media_type="text/event-stream")
    within(1.0, lambda: chat.invoke(ASK), "unusable answer|middle of a reply")


def test_structured_answer_is_validated(server: Server, chat: ServerChat) -> None:
    server.reply = lambda body: say('{"kind": "boots", ', '"budget": 80}')
    assert structured(chat, ASK, Wish, 5.0) == Wish(kind="boots", budget=80)
    asked = server.seen[-1]["response_format"]
    assert asked["type"] == "json_schema"
    assert asked["json_schema"]["schema"]["required"] == ["kind", "budget"]


def test_invalid_structured_answer_gets_one_second_chance(server: Server, chat: ServerChat) -> None:
    server.reply = lambda body: (
        say('{"kind": 3}') if len(server.seen) == 1 else say('{"kind": "hat", "budget": null}')
    )
    assert structured(chat, ASK, Wish, 5.0) == Wish(kind="hat", budget=None)
    assert "not valid" in server.seen[-1]["messages"][-1]["content"]
    server.reply = lambda body: say("I would rather not.")
    within(2.0, lambda: structured(chat, ASK, Wish, 5.0), "no valid Wish within 5 s")
    assert len(server.seen) == 4


def test_structured_answer_has_a_deadline_of_its_own(server: Server, chat: ServerChat) -> None:
    chat.timeout_s = 60.0
    server.reply = lambda body: (time.sleep(2), say("late"))[1]
    within(1.5, lambda: structured(chat, ASK, Wish, 0.5), "did not answer in time")
