"""Judging and keywords through a real HTTP server that answers, lies, dawdles or is gone."""

from __future__ import annotations

import json
import logging
import math
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi import Response
from fastapi.responses import StreamingResponse

from agent.capability import connect
from agent.engines.server import ServerChat
from agent.judging import ServerJudge, ServerKeywords, with_model
from retrievers.base import PastTurn, Query
from retrievers.errors import LanguageModelUnavailable
from retrievers.judge import FITS, LETTERS, VOTES, JudgePanel, Wanted
from retrievers.reranker import Reranker, Spending
from tests.agent.engines.answering import ROW, Reader
from tests.agent.engines.scripted_server import Server, chunk, say
from tests.retrievers.small_evidence import evidence
from tests.retrievers.small_shop import ITEMS

MUG = Wanted("a blue mug", liked=("Tea cup",), refused=("Red mug",))
TEXTS = ("Steel pan", "Blue mug", "Red mug", "Blue bowl")
BASE = -0.1 * np.arange(len(ITEMS), dtype=np.float32)


def first_token(*tokens: tuple[str, float]) -> Response:
    """A reply of one token, with the probabilities of what it could have been."""
    top = [{"token": token, "logprob": math.log(share), "bytes": None} for token, share in tokens]
    logprobs = {"content": [{**top[0], "top_logprobs": top}]}

    def lines() -> Iterator[str]:
        yield chunk(tokens[0][0], logprobs=logprobs)
        yield chunk(finish="length")
        yield "data: [DONE]\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream")


def said(body: dict[str, Any]) -> str:
    return str(body["messages"][-1]["content"])


def shopkeeper(body: dict[str, Any]) -> Response:
    """Wants mugs: says so of one product, chooses them from a list, and knows another word for them."""
    text = said(body)
    if body.get("logprobs"):
        yes = 0.9 if "mug" in text.split("Product:")[1] else 0.2
        return first_token(("Yes", yes / 2), (" yes", yes / 2), ("No", (1 - yes) / 2), ("Maybe", (1 - yes) / 2))
    if "Products:" in text:
        listed = re.findall(r"^(\d+)\. (.*)$", text, re.MULTILINE)
        return say(json.dumps({"numbers": [int(number) for number, product in listed if "mug" in product.lower()]}))
    return say(json.dumps({"keywords": ["Cup", "Blue", "drinking vessel"]}))


@pytest.fixture(autouse=True)
def kept(server: Server) -> None:
    server.reply = shopkeeper


def test_yes_is_weighed_against_no(server: Server, chat: ServerChat) -> None:
    found = ServerJudge(chat).fits(MUG, TEXTS, 5.0)
    assert found.tolist() == pytest.approx([0.2 / 0.6, 0.9 / 0.95, 0.9 / 0.95, 0.2 / 0.6], abs=1e-4)
    assert len(server.seen) == len(TEXTS)
    asked = server.seen[0]
    assert asked["logprobs"] is True
    assert asked["max_completion_tokens"] == 1
    assert "Liked: Tea cup\nRefused: Red mug" in said(asked)


def test_votes_do_not_depend_on_the_place_in_the_list(server: Server, chat: ServerChat) -> None:
    assert ServerJudge(chat).votes(MUG, TEXTS, 5, 5.0).tolist() == [0, 1, 1, 0]
    lists = {said(body) for body in server.seen}
    assert len(lists) > 1  # they were shuffled


def test_a_model_that_always_takes_the_first_has_its_votes_spread(server: Server, chat: ServerChat) -> None:
    server.reply = lambda body: say('{"numbers": [1, 1, 0, 99]}')
    votes = ServerJudge(chat).votes(MUG, TEXTS, 5, 5.0)
    assert votes.sum() == pytest.approx(1.0)
    assert votes.max() < 1


def test_no_rank_of_a_list_has_more_votes_for_its_places(server: Server, chat: ServerChat) -> None:
    """A model that always takes the first takes each rank about as often, over many lists and many requests."""
    server.reply = lambda body: say('{"numbers": [1]}')
    judge = ServerJudge(chat)
    lists = [(MUG, [f"{text} {n}" for text in TEXTS]) for n in range(30)]
    requests = [(Wanted(f"a mug of {n}"), TEXTS) for n in range(30)]
    for asked in (lists, requests):
        chosen = [int(judge.votes(wanted, texts, 1, 5.0).argmax()) for wanted, texts in asked]
        assert all(2 <= chosen.count(rank) <= 15 for rank in range(4))
        assert chosen[:5] == [int(judge.votes(wanted, texts, 1, 5.0).argmax()) for wanted, texts in asked[:5]]


def test_keywords_are_new_words_and_at_most_sixteen(server: Server, chat: ServerChat) -> None:
    assert ServerKeywords(chat).keywords("a blue mug", 5.0) == ("cup", "drinking", "vessel")
    server.reply = lambda body: say(json.dumps({"keywords": [f"w{n}" for n in range(40)]}))
    assert len(ServerKeywords(chat).keywords("a blue mug", 5.0)) == 16


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (lambda body: say("Yes"), "gives no log-probabilities"),
        (lambda body: first_token(("Perhaps", 0.9), ("It", 0.1)), "neither yes nor no"),
        (lambda body: Response("out of memory", 500), "HTTP 500"),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_error_of_its_kind(
    server: Server, chat: ServerChat, reply: Any, says: str
) -> None:
    server.reply = reply
    with pytest.raises(LanguageModelUnavailable, match=says):
        ServerJudge(chat).fits(MUG, TEXTS, 5.0)


def test_a_silent_server_costs_no_more_than_was_given(server: Server, chat: ServerChat) -> None:
    def dawdle(body: dict[str, Any]) -> Response:
        def lines() -> Iterator[str]:
            time.sleep(3)
            yield chunk(finish="stop")

        return StreamingResponse(lines(), media_type="text/event-stream")

    server.reply = dawdle
    began = time.monotonic()
    with pytest.raises(LanguageModelUnavailable, match="in time"):
        ServerJudge(chat).fits(MUG, TEXTS * 10, 0.3)
    with pytest.raises(LanguageModelUnavailable):
        ServerJudge(chat).votes(MUG, TEXTS, 5, 0.3)
    assert time.monotonic() - began < 2


def test_a_useful_server_is_spent_on(chat: ServerChat) -> None:
    spending = with_model(Spending(5000.0), chat)
    assert spending.judge is not None
    assert spending.widening is not None
    reranker = Reranker({}, 1.0, spending.budget_ms, JudgePanel(spending.judge, ITEMS))
    found = reranker.rerank(evidence(Query("a mug")), BASE)
    assert set(found.verdicts) == {FITS, VOTES}
    assert "mug" in ITEMS[found.order[0]].title.lower()


def test_letters_after_what_was_liked_come_from_a_server_that_takes_rows(
    server: Server, chat: ServerChat, reader: Reader
) -> None:
    server.reply = lambda body: first_token(("Yes", 0.5), ("No", 0.5)) if body.get("logprobs") else say("none")

    def told(text: str, letter: str) -> float:
        return 0.0 if f"\n{letter}. Wool coat" in text else -5.0

    server.write = reader.scoring(told)
    judge = with_model(Spending(), chat).judge
    assert judge is not None
    server.written.clear()
    reranker = Reranker({}, 1.0, 5000.0, JudgePanel(judge, ITEMS))
    turns = (PastTurn("a coat", shown=("c1",), liked=("c1",)),)
    found = reranker.rerank(evidence(Query("a coat", turns=turns)), BASE)
    assert set(found.verdicts) == {FITS, LETTERS}
    assert ITEMS[found.order[0]].item_id == "c2"
    assert f"Took to so far: {ROW * 8}\nRequest: a coat\nProducts:\n" in reader.text_of(server.written[-1])
    server.written.clear()
    assert set(reranker.rerank(evidence(Query("a coat")), BASE).verdicts) == {FITS}
    assert not server.written


def test_a_server_that_goes_away_leaves_the_order_as_it_was(
    server: Server, chat: ServerChat, caplog: pytest.LogCaptureFixture
) -> None:
    spending = with_model(Spending(5000.0), chat)
    assert spending.judge is not None
    server.stop()
    reranker = Reranker({}, 1.0, spending.budget_ms, JudgePanel(spending.judge, ITEMS))
    began = time.monotonic()
    with caplog.at_level(logging.WARNING):
        found = reranker.rerank(evidence(Query("a mug")), BASE)
    assert time.monotonic() - began < 5
    assert found.order.tolist() == list(range(len(ITEMS)))
    assert not found.verdicts
    assert "not reachable" in caplog.text


def test_a_server_that_cannot_choose_judges_one_by_one(
    server: Server, chat: ServerChat, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply = lambda body: shopkeeper(body) if body.get("logprobs") else say("none of them")
    with caplog.at_level(logging.WARNING):
        spending = with_model(Spending(5000.0), chat)
    assert spending.judge is not None
    panel = JudgePanel(spending.judge, ITEMS)
    assert set(Reranker({}, 1.0, 5000.0, panel).rerank(evidence(Query("a mug")), BASE).verdicts) == {FITS}
    assert "chooses from no list" in caplog.text
    assert "scores no letters" in caplog.text
    assert "writes no keywords" in caplog.text


def test_a_server_without_log_probabilities_still_writes_keywords(
    server: Server, chat: ServerChat, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply = lambda body: say("Yes") if body.get("logprobs") else shopkeeper(body)
    with caplog.at_level(logging.WARNING):
        spending = with_model(Spending(), chat)
    assert spending.judge is None
    assert spending.widening is not None
    assert "judges no candidates" in caplog.text


def test_a_model_that_reads_nothing_right_is_not_capable(server: Server, tmp_path: Path) -> None:
    assert not connect(server.address, None, "EMPTY", None, tmp_path).capable
