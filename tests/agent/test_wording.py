from __future__ import annotations

from agent.wording import listing, money, request
from tests.agent.conftest import Talk


def test_money() -> None:
    assert money(1234.5, "GBP") == "£1,234.50"
    assert money(60.0, "USD") == "$60"
    assert money(None, "USD") == "price on request"


def test_lists() -> None:
    assert listing(["a", "b", "c"], "or") == "a, b or c"
    assert listing([]) == ""


def test_a_request_in_words(talk: Talk) -> None:
    state = talk("a blue or green jacket without a hood under 60, no leather")
    assert request(state, "USD") == "blue or green jackets under $60, without hood or leather"
