"""A language model's reading beside the rules'; how well one reads is measured on a real one (``test_vllm.py``)."""

from __future__ import annotations

import json
import logging

import pytest
from fastapi.responses import JSONResponse

from agent.engines.server import ServerChat
from agent.model_understanding import ModelUnderstanding
from agent.shop import Shop
from agent.state import DialogueState
from agent.understanding import RuleUnderstanding
from tests.agent.engines.scripted_server import Server, say


@pytest.fixture
def both(chat: ServerChat, understanding: RuleUnderstanding, shop: Shop) -> ModelUnderstanding:
    return ModelUnderstanding(chat, understanding, shop.vocabulary)


def test_the_models_reading_joins_the_rules(
    server: Server, both: ModelUnderstanding, caplog: pytest.LogCaptureFixture
) -> None:
    read = {"intent": "search", "product_type": "dress", "wanted": ["silk"], "refused": [], "price_max": 60}
    server.reply = lambda body: say(json.dumps(read))
    said = both.understand("a blue dress of that shiny caterpillar stuff", DialogueState())
    assert said.include["color"] == ("Blue",)
    assert said.include["material"] == ("Silk",)
    assert said.price_max == 60
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_where_the_model_fails_the_rules_read_and_the_log_tells_why(
    server: Server, both: ModelUnderstanding, understanding: RuleUnderstanding, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply = lambda body: JSONResponse({"error": {"message": "out of memory"}}, 400)
    text = "a blue dress under 60"
    assert both.understand(text, DialogueState()) == understanding.understand(text, DialogueState())
    assert ["HTTP 400" in record.message for record in caplog.records if record.levelno >= logging.WARNING] == [True]
