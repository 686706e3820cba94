"""Rows sent to a server: what travels, what does not, and how a server that cannot read them is noticed."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from fastapi import Response
from fastapi.responses import JSONResponse, StreamingResponse
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from pydantic import BaseModel

from agent.engines.prompt_embeds import enable, encoded, local_folder, read_prompts
from agent.engines.server import ServerChat, connect_server, structured
from agent.errors import EngineMismatch, EngineUnavailable
from agent.slots import block, content
from retrievers.soft_tokens import SlotKind
from tests.agent.engines.mixed_tokens import MixedTokens
from tests.agent.engines.scripted_server import Server, completion, write

K = 4
ASK: list[BaseMessage] = [HumanMessage(content("Is {item:D1} warm?"))]


class Wish(BaseModel):
    """What a shopper wants."""

    kind: str


@pytest.fixture
def plain(server: Server) -> Iterator[ServerChat]:
    with connect_server(server.address, timeout_s=1.0) as chat:
        yield chat


@pytest.fixture
def chat(server: Server, tiny_folder: Path) -> Iterator[ServerChat]:
    """A chat that sends rows."""
    server.models = {"data": [{"id": "shop-1", "max_model_len": 400}]}
    with connect_server(server.address, timeout_s=1.0) as chat:
        prompts = enable(chat, tiny_folder)
        prompts.use(MixedTokens(prompts.table, K), "demo")
        server.written.clear()
        yield chat


def sent(body: dict[str, Any]) -> torch.Tensor:
    """The rows of a request, read as vLLM reads them."""
    rows: torch.Tensor = torch.load(io.BytesIO(base64.b64decode(body["prompt_embeds"])), weights_only=True)
    return rows


def within(seconds: float, call: Callable[[], object], match: str) -> None:
    begun = time.monotonic()
    with pytest.raises(EngineUnavailable, match=match):
        call()
    assert time.monotonic() - begun < seconds


def test_the_rows_of_the_prompt_are_sent(server: Server, chat: ServerChat, tiny_folder: Path) -> None:
    chunks = [chunk.content for chunk in chat.stream(ASK, max_tokens=7, stop=["!"])]
    assert "".join(map(str, chunks)) == chat.invoke(ASK, max_tokens=7).content == "Written text"
    body = server.written[0]
    prompts, _ = read_prompts("shop-1", tiny_folder)
    prompts.use(MixedTokens(prompts.table, K), "demo")
    assert torch.equal(sent(body), prompts.rows(ASK, 1000))
    assert sent(body).dtype == torch.bfloat16
    assert body["prompt"] is None
    assert (body["max_tokens"], body["temperature"], body["stop"]) == (7, 0.0, ["!"])


def test_second_choices_come_in_the_form_of_chat_completions(server: Server, chat: ServerChat) -> None:
    told = {"tokens": [" warm"], "token_logprobs": [-0.5], "top_logprobs": [{" warm": -0.5, " cold": -1.5}]}
    server.write = lambda body: write(completion(" warm", logprobs=told))
    first = next(iter(chat.stream([*ASK, AIMessage("It is")], logprobs=True, top_logprobs=2)))
    assert server.written[0]["logprobs"] == 2
    top = [{"token": " warm", "logprob": -0.5}, {"token": " cold", "logprob": -1.5}]
    assert first.response_metadata["logprobs"]["content"] == [
        {"token": " warm", "logprob": -0.5, "top_logprobs": top}
    ]


def test_without_a_length_the_reply_may_fill_the_context(server: Server, chat: ServerChat) -> None:
    chat.invoke(ASK)
    assert server.written[0]["max_tokens"] == 400 - len(sent(server.written[0]))


def test_a_chat_without_slots_goes_the_usual_way(server: Server, chat: ServerChat) -> None:
    assert chat.invoke([HumanMessage("hello")]).content == "Hello there"
    assert not server.written


def test_items_are_dropped_from_the_oldest_to_fit_the_servers_context(server: Server, chat: ServerChat) -> None:
    ids = [f"H{n}" for n in range(120)]
    chat.invoke([HumanMessage(content("After {liked}", liked=block(SlotKind.HISTORY, ids)))], max_tokens=20)
    rows = sent(server.written[0])
    assert 380 - K < len(rows) <= 380
    chat.invoke([HumanMessage(content("After {liked}", liked=block(SlotKind.HISTORY, [])))], max_tokens=20)
    kept = (len(rows) - len(sent(server.written[1]))) // K
    chat.invoke([HumanMessage(content("After {liked}", liked=block(SlotKind.HISTORY, ids[-kept:])))], max_tokens=20)
    assert torch.equal(sent(server.written[2]), rows)


def test_structured_answer_to_a_chat_with_items(server: Server, chat: ServerChat) -> None:
    server.write = lambda body: write('{"kind": ', '"boots"}')
    assert structured(chat, ASK, Wish, 5.0, 30) == Wish(kind="boots")
    assert server.written[0]["response_format"]["json_schema"]["name"] == "Wish"


def test_rows_of_a_wrong_shape_never_leave(server: Server, chat: ServerChat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MixedTokens, "rows", lambda self, slot: np.zeros((K, 31), dtype=np.float32))
    with pytest.raises(EngineUnavailable, match=r"\(4, 31\).*needs \(4, 32\)"):
        chat.invoke(ASK)
    assert not server.written


@pytest.mark.parametrize(
    "rows", [torch.zeros(2, 31), torch.zeros(0, 32), torch.zeros(1, 2, 32), torch.full((2, 32), torch.inf)]
)
def test_only_finite_rows_of_the_models_size_are_encoded(rows: torch.Tensor) -> None:
    with pytest.raises(EngineUnavailable, match="is not sent: it must be rows of 32 finite"):
        encoded(rows, 32)


def test_a_part_of_a_larger_matrix_is_sent_alone() -> None:
    assert len(encoded(torch.zeros(1000, 32)[:2], 32)) < 4000


def refuse(body: dict[str, Any]) -> Response:
    if "prompt_embeds" in body:
        return JSONResponse({"error": {"message": "You must set `--enable-prompt-embeds`"}}, 400)
    return JSONResponse(completion(" seven"))


def test_server_without_prompt_embeds_is_noticed_and_reads_items_as_text(
    server: Server, plain: ServerChat, tiny_folder: Path
) -> None:
    server.write = refuse
    with pytest.raises(
        EngineUnavailable, match=r"(?s)'shop-1' takes no prompt emb.*tiny.*HTTP 400.*MERCER_LLM_FOLDER"
    ):
        enable(plain, tiny_folder)
    plain.invoke([HumanMessage(content("Is {it} warm?", it=block(SlotKind.ITEM, ["D1"], ["a hat"])))])
    assert server.seen[-1]["messages"][0]["content"] == "Is a hat warm?"
    with pytest.raises(EngineUnavailable, match="scores no letters"):
        plain.letter_logprobs(ASK, "AB", 1.0)


def test_text_of_the_item_tokens_stands_where_no_rows_can_be_sent(
    server: Server, plain: ServerChat, tiny_folder: Path
) -> None:
    plain.soft_tokens = MixedTokens(read_prompts("tiny", tiny_folder)[0].table)
    plain.invoke(ASK)
    assert server.seen[-1]["messages"][0]["content"] == "Is <item D1> warm?"


def test_server_of_another_model_is_refused_with_both_names(
    server: Server, plain: ServerChat, tiny_folder: Path
) -> None:
    server.write = lambda body: JSONResponse(completion(" noise" if "prompt_embeds" in body else " seven"))
    with pytest.raises(EngineMismatch, match=rf"'shop-1' is not the one in {tiny_folder}.*' seven'.*' noise'"):
        enable(plain, tiny_folder)


def test_model_that_is_not_on_this_machine(plain: ServerChat, tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match=r"'shop-1' are not on this machine.*MERCER_LLM_FOLDER"):
        enable(plain, None)
    with pytest.raises(EngineUnavailable, match=f"cannot be read from {tmp_path}"):
        enable(plain, tmp_path)


def test_server_that_never_answers_a_probe(
    server: Server, plain: ServerChat, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.engines.prompt_embeds.PROBE_SECONDS", 0.3)
    server.write = lambda body: (time.sleep(2), write("late"))[1]
    within(1.5, lambda: enable(plain, tiny_folder), "did not answer in time")


def test_server_that_falls_silent_or_dies_in_mid_stream(server: Server, chat: ServerChat) -> None:
    def lines(end: Callable[[], None]) -> Iterator[str]:
        yield f"data: {JSONResponse(completion('Hello')).body.decode()}\n\n"
        end()

    def die() -> None:
        raise ConnectionAbortedError

    for end, match in ((lambda: time.sleep(3), "did not answer in time"), (die, "broke off"), (int, "in the middle")):
        server.write = lambda body, end=end: StreamingResponse(lines(end), media_type="text/event-stream")
        stream = chat.stream(ASK)
        assert next(stream).content == "Hello"
        within(2.0, lambda stream=stream: list(stream), match)


def scores(body: dict[str, Any]) -> Response:
    shares = {f"token_id:{id_}": -float(n) for n, id_ in enumerate(body["logprob_token_ids"][:2])}
    return JSONResponse(completion("A", "length", {"tokens": ["A"], "top_logprobs": [shares]}))


def test_a_piece_of_a_reply_without_anything_in_it_is_passed_over(server: Server, chat: ServerChat) -> None:
    server.write = lambda body: write("Yes", {**completion(), "choices": []}, ", warm")
    assert chat.invoke(ASK).content == "Yes, warm"


@pytest.mark.parametrize("answer", [{**completion("x"), "choices": []}, {"choices": None}, [1, 2], "no"])
def test_an_answer_of_another_shape_is_the_servers_fault(
    answer: Any, server: Server, plain: ServerChat, tiny_folder: Path
) -> None:
    server.write = lambda body: JSONResponse(answer)
    with pytest.raises(EngineUnavailable, match=r"gave an unusable answer \((IndexError|TypeError|AttributeError): "):
        enable(plain, tiny_folder)


def test_a_fault_of_ours_is_no_answer_of_the_server(
    server: Server, plain: ServerChat, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(rows: torch.Tensor, dim: int) -> str:
        raise TypeError("one argument too many")

    monkeypatch.setattr("agent.engines.prompt_embeds.encoded", broken)
    with pytest.raises(TypeError, match="one argument too many"):
        enable(plain, tiny_folder)


def test_letters_are_scored_in_one_request(server: Server, chat: ServerChat) -> None:
    server.write = scores
    assert chat.letter_logprobs(ASK, "AB", 1.0).tolist() == [0.0, -1.0]
    (body,) = server.written
    assert (body["max_tokens"], body["logprobs"]) == (1, 2)
    with pytest.raises(EngineUnavailable, match="no log-probabilities of chosen tokens"):
        chat.letter_logprobs(ASK, "ABC", 1.0)


def test_letters_have_their_time(server: Server, chat: ServerChat) -> None:
    server.write = lambda body: (time.sleep(2), scores(body))[1]
    within(1.0, lambda: chat.letter_logprobs(ASK, "AB", 0.3), "did not answer in time")


def test_where_the_served_models_files_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path / "models"
    for name in ("own", "../outside"):
        (models / name).mkdir(parents=True)
        (models / name / "config.json").touch()
    snapshot = tmp_path / "hub" / "models--org--name" / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").touch()
    (tmp_path / "hub" / "models--org--name" / "refs").mkdir()
    (tmp_path / "hub" / "models--org--name" / "refs" / "main").write_text("abc")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    assert local_folder("own", None, models) == models / "own"
    assert local_folder("org/name", None, models) == snapshot
    assert local_folder("own", tmp_path / "mine", models) == tmp_path / "mine"
    assert local_folder("../outside", None, models) is None
    assert local_folder("org/other", None, models) is None
