from __future__ import annotations

import pytest

from agent.shopping_agent import ShoppingAgent
from tests.agent.small_store import talk


@pytest.mark.parametrize("text", ["sneakers, no canvas, no leather", "sneakers without canvas or leather for a walk"])
def test_where_nothing_of_a_kind_is_left_others_of_the_broader_kind_are_shown(
    text: str, agent: ShoppingAgent
) -> None:
    answer = talk(agent, text)[0]
    assert answer.outcome == "found"
    assert answer.text.startswith("Of the sneakers here none is left after what you ruled out, so these are other")
    assert answer.state.need.exclude["material"]
    assert {card[:2] for card in answer.state.cards} == {"BO"}


def test_what_is_left_of_a_kind_is_shown_alone(agent: ShoppingAgent) -> None:
    answer = talk(agent, "sneakers, no canvas")[0]
    assert answer.state.need.type_values == ("Sneakers",)
    assert "none is left" not in answer.text


def test_a_wish_that_nothing_meets_broadens_no_kind(agent: ShoppingAgent) -> None:
    answer = talk(agent, "purple sneakers under 5, no canvas")[0]
    assert answer.state.need.type_values == ("Sneakers",)


def test_where_there_is_no_broader_kind_it_stays(agent: ShoppingAgent) -> None:
    answer = talk(agent, "a mug, no ceramic, no glass, no enamel")[0]
    assert (answer.outcome, answer.state.need.type_values) == ("nothing_in_range", ("Mugs",))
