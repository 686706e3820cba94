from __future__ import annotations

import json

from agent.search_once import Found
from agent.state import DialogueState
from retrievers.base import Outcome, Recommendation, Retrieval
from tests.agent.small_store import items
from ui.json_forms import failed_json, item_json, search_json, search_text

FOUND = Found(
    DialogueState(),
    Retrieval(
        Outcome.NOTHING_IN_RANGE, (Recommendation(items()[0], 1, 0.5, ("bm25",)),), 3, ("color",), {"encode": 1.26}
    ),
)


def test_an_item_shows_what_is_paid_and_every_fact() -> None:
    item = item_json(items()[0])
    assert item["price"] == 15.0
    assert item["attributes"]["brand"] == ["Marlow"]
    assert item["attributes"]["availability"] == ["in_stock"]


def test_a_search_has_the_documented_form() -> None:
    answer = json.loads(json.dumps(search_json("red dress", FOUND)))
    assert answer["outcome"] == "nothing_in_range"
    assert answer["relaxed"] == ["color"]
    assert answer["items"][0]["sources"] == ["bm25"]
    assert answer["timings_ms"] == {"encode": 1.3}
    assert "nearest items, differing in color" in search_text(FOUND)


def test_a_failure_has_every_key_of_a_turn() -> None:
    assert failed_json("s", "why", {})["outcome"] == "failed"
