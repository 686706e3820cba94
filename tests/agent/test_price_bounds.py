from __future__ import annotations

import pytest

from agent.state import DialogueState
from agent.utterance import Order
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    "text",
    ["put the budget back", "please bring back my price limit", "restore the old budget", "with my old budget"],
)
def test_a_budget_that_was_given_up_is_put_back(text: str, talk: Talk) -> None:
    assert talk("dresses from 20 to 60 dollars", "forget the budget").need.price_max is None
    need = talk("dresses from 20 to 60 dollars", "forget the budget", "in red", text).need
    assert (need.price_min, need.price_max, need.include) == (20.0, 60.0, {"color": ("Red",)})


def test_a_lifted_budget_outlives_the_store_of_the_conversation(talk: Talk) -> None:
    state = talk("dresses under 60", "forget the budget")
    assert DialogueState.from_json(state.to_json()).need.lifted == (None, 60.0)


def test_a_new_amount_is_no_old_budget(talk: Talk) -> None:
    assert talk("dresses under 60", "forget the budget", "put the budget back to 80").need.price_max != 60.0
    assert talk("dresses", "put the budget back").need.price_max is None


@pytest.mark.parametrize(
    "text", ["price isn't an issue, but under 60 would be nice", "money is no object, below 60 would be great"]
)
def test_a_price_that_would_only_be_nice_ranks(text: str, talk: Talk) -> None:
    need = talk("dresses", text).need
    assert (need.price_max, need.order) == (None, Order.CHEAPEST)


def test_a_price_that_is_asked_for_filters(talk: Talk) -> None:
    for text in ("forget the budget, at most 60 now", "under 60 would be nice"):
        need = talk("dresses under 90", text).need
        assert (need.price_max, need.order) == (60.0, Order.BEST), text
