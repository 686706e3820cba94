from __future__ import annotations

from langchain_core.language_models import GenericFakeChatModel

from agent.planner import ToolRunner, plan
from agent.shop import Shop
from agent.tools import ItemsOpened, TurnContext
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent, Utterance
from retrievers.base import Outcome, Retrieval
from tests.agent.conftest import Talk


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
