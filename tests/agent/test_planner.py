from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse, StreamingResponse
from langchain_core.language_models import GenericFakeChatModel

from agent.capability import calls_tools
from agent.engines.server import ServerChat
from agent.planner import ToolRunner, plan
from agent.shop import Shop
from agent.tools import ItemsOpened, TurnContext
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Utterance
from retrievers.base import Outcome, Retrieval
from tests.agent.conftest import Talk
from tests.agent.engines.scripted_server import Server, say


def runner() -> ToolRunner:
    return ToolRunner(GenericFakeChatModel(messages=iter([])))  # the rules plan, so no model is ever asked


def test_each_intent_has_its_tool(talk: Talk, shop: Shop, understanding: RuleUnderstanding) -> None:
    state = talk("a dress")
    expected = {
        "a red dress": "search_items",
        "something else": "something_else",
        "tell me more about the first one": "show_details",
        "compare the first and the second": "compare_items",
    }
    for text, name in expected.items():
        said = understanding.understand(text, state)
        assert plan(TurnContext(shop, state, said))["name"] == name
    anchored = talk("a dress", "the second one but in green")
    said = Utterance(intent=Intent.MORE_LIKE, references=("DR1",))
    assert plan(TurnContext(shop, anchored, said))["name"] == "more_like_this"


def test_a_search_runs_through_the_agent_and_brings_records(talk: Talk, shop: Shop) -> None:
    state = talk("a dress under 60, no silk")
    answer = runner().run("a dress under 60, no silk", TurnContext(shop, state, Utterance()))
    assert isinstance(answer, Retrieval)
    assert answer.outcome is Outcome.FOUND
    assert [r.rank for r in answer.recommendations] == list(range(1, len(answer.recommendations) + 1))
    for found in answer.recommendations:
        assert found.item == shop.catalog.get(found.item.item_id)
        assert found.item.category == "Dresses"
        assert "Silk" not in found.item.values("material")
        assert (found.item.price_now or 0) <= 60


def test_the_cheapest_come_first(talk: Talk, shop: Shop) -> None:
    state = talk("the cheapest boots")
    answer = runner().run("", TurnContext(shop, state, Utterance()))
    prices = [r.item.price_now for r in answer.recommendations]
    assert prices == sorted(prices)
    assert prices[0] == 15.0


def test_details_and_comparison_open_records(shop: Shop, talk: Talk) -> None:
    state = talk("a dress")
    said = Utterance(intent=Intent.COMPARE, references=("DR0", "DR2"))
    opened = runner().run("compare", TurnContext(shop, state, said))
    assert opened == ItemsOpened((shop.catalog.get("DR0"), shop.catalog.get("DR2")))


def call(name: str, **arguments: Any) -> Response:
    """A streamed tool call, in two pieces, as vLLM sends it."""
    whole = json.dumps(arguments)
    pieces = [{"id": "c1", "type": "function", "function": {"name": name, "arguments": whole[:5]}}]
    pieces += [{"function": {"arguments": whole[5:]}}]

    def lines() -> Iterator[str]:
        for piece in pieces:
            yield line({"tool_calls": [{"index": 0, **piece}]}, None)
        yield line({}, "tool_calls")
        yield "data: [DONE]\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream")


def line(delta: dict[str, Any], finish: str | None) -> str:
    body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "shop-1"}
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    return f"data: {json.dumps({**body, 'choices': [choice]})}\n\n"


@pytest.fixture
def planning(chat: ServerChat) -> ToolRunner:
    return ToolRunner(chat, plans=True)


def test_a_model_that_plans_chooses_tool_and_words_and_is_asked_once(
    server: Server, planning: ToolRunner, talk: Talk, shop: Shop
) -> None:
    server.reply = lambda body: call("search_items", text="silk evening gown")
    state = talk("a dress under 60, no silk")
    answer = planning.run("a dress under 60, no silk", TurnContext(shop, state, Utterance()))
    assert isinstance(answer, Retrieval)
    assert answer.recommendations
    for found in answer.recommendations:  # its words rank; the conditions stay
        assert "Silk" not in found.item.values("material")
        assert (found.item.price_now or 0) <= 60
    (body,) = server.seen
    assert body["tool_choice"] == "required"
    assert all(tool["function"]["strict"] for tool in body["tools"])
    assert {tool["function"]["name"] for tool in body["tools"]} >= {"search_items", "compare_items"}
    assert body["messages"][0]["role"] == "system"
    assert "[DR1]" in body["messages"][1]["content"]


def test_conditions_that_a_model_makes_up_change_nothing(
    server: Server, planning: ToolRunner, talk: Talk, shop: Shop
) -> None:
    state = talk("a dress under 60, no silk")
    context = TurnContext(shop, state, Utterance())
    server.reply = lambda body: call("search_items", price_max=9000, exclude={}, include={"material": ["Silk"]})
    assert planning.run("x", context).recommendations == runner().run("x", context).recommendations


def test_a_model_may_compare_and_open_items_on_the_table(
    server: Server, planning: ToolRunner, talk: Talk, shop: Shop
) -> None:
    context = TurnContext(shop, talk("a dress"), Utterance(intent=Intent.SEARCH))
    server.reply = lambda body: call("compare_items", item_ids=["DR0", "DR2"])
    assert planning.run("these two", context) == ItemsOpened((shop.catalog.get("DR0"), shop.catalog.get("DR2")))
    server.reply = lambda body: call("show_details", item_id="DR1")
    assert planning.run("that", context) == ItemsOpened((shop.catalog.get("DR1"),))


@pytest.mark.parametrize(
    "reply",
    [
        lambda: call("show_details", item_id="GONE"),
        lambda: call("compare_items", item_ids="DR0"),
        lambda: call("compare_items", item_ids=["DR0"]),
        lambda: call("buy_now", item_id="DR0"),
        lambda: call("more_like_this"),
        lambda: say("I would search."),
        lambda: JSONResponse({"error": {"message": "tools are off"}}, 400),
    ],
)
def test_where_a_model_plans_nothing_usable_the_rules_do(
    server: Server, planning: ToolRunner, talk: Talk, shop: Shop, reply: Any
) -> None:
    server.reply = lambda body: reply()
    context = TurnContext(shop, talk("a red dress"), Utterance())
    planned, ruled = planning.run("a red dress", context), runner().run("a red dress", context)
    assert planned.recommendations == ruled.recommendations != ()


def test_a_question_about_an_item_is_not_answered_by_a_search(
    server: Server, planning: ToolRunner, talk: Talk, shop: Shop
) -> None:
    server.reply = lambda body: call("search_items", text="dress")
    said = Utterance(intent=Intent.DETAILS, references=("DR1",))
    opened = planning.run("tell me more", TurnContext(shop, talk("a dress"), said))
    assert opened == ItemsOpened((shop.catalog.get("DR1"),))


def test_whether_a_model_calls_tools_is_found_out(server: Server, chat: ServerChat) -> None:
    server.reply = lambda body: call("search_items", text="raincoat")
    assert calls_tools(chat)
    for reply in (call("something_else"), say("Sure!"), JSONResponse({"error": {"message": "off"}}, 400)):
        server.reply = lambda body, reply=reply: reply
        assert not calls_tools(chat)
