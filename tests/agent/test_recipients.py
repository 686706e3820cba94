from __future__ import annotations

import pytest

from agent.chips import act_on, chips
from agent.recipients import for_others, of_children
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from store.schemas import Act, ActKind
from tests.agent.small_store import talk
from tests.agent.test_understanding import said


def test_a_present_for_somebody_may_be_what_is_for_nobody_in_particular(agent: ShoppingAgent, shop: Shop) -> None:
    (present,) = talk(agent, "present for my mum in red")  # a dress for men, and boots, lamps and mugs for nobody
    items = [shop.catalog.get(item_id) for item_id in present.state.cards]
    assert {item.category for item in items} >= {"Boots", "Mugs"}
    assert not any(item.values("gender") == ("Men",) for item in items)
    assert present.state.constraints.include == {"color": ("Red",)}


def test_what_is_for_them_comes_first_and_a_named_kind_is_held_to_it(agent: ShoppingAgent, shop: Shop) -> None:
    present, dress = talk(agent, "a birthday gift for my mum", "a dress then")
    first = shop.catalog.get(present.state.cards[0])
    assert (present.outcome, first.values("gender")) == ("found", ("Women",))
    assert dress.state.constraints.include == {"gender": ("Women",), "category": ("Dresses",)}
    assert "preferably" not in dress.text


def test_a_chip_shows_once_for_whom_it_is_and_takes_it_back(agent: ShoppingAgent) -> None:
    (present,) = talk(agent, "present for my mum")
    assert [chip.label for chip in chips(present.state, "USD")][:1] == ["for women"]
    state = act_on(present.state, Act(ActKind.DROP, "recipient:gender"))
    assert (state.recipient, state.need.preferred) == ({}, {})


def test_values_that_stand_beside_theirs_are_for_them_too(shop: Shop) -> None:
    wanted = {"gender": ("Women",)}
    assert for_others(wanted, shop.vocabulary, ("Women",)) == {"gender": ("Men",)}
    assert for_others(wanted, shop.vocabulary, ("Women", "Men")) == {}


@pytest.mark.parametrize("text", ["a birthday gift", "an anniversary present for my dad"])
def test_a_gift_is_no_kind_of_thing(text: str, understanding: RuleUnderstanding) -> None:
    wish = said(understanding, text)
    assert (wish.unknown_type, wish.type_values, wish.unanswered) == ("", (), ())


def test_things_for_children_are_left_out_for_adults_only() -> None:
    ages = {"age_group": {"Adults-Men": 5, "Kids-Boys": 2, "Kids-Unisex": 1}, "color": {"Boyish blue": 1}}
    left_out = {"age_group": ("Kids-Boys", "Kids-Unisex")}
    assert of_children({"gender": ("Men",)}, ages) == left_out
    assert of_children({"gender": ("Boys",)}, ages) == {}
    assert of_children({"gender": ("Men",), "age_group": ("Adults-Men",)}, ages) == {}
    assert of_children({}, ages) == {}


def test_what_others_think_changes_nothing_of_whom_it_is_for(understanding: RuleUnderstanding) -> None:
    state = fold(DialogueState(), understanding.understand("a dress for women", DialogueState()))
    assert understanding.understand("my husband thinks red is best", state).recipient == {}
    assert understanding.understand("for my husband", state).recipient == {"gender": ("Men",)}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("my wife says red is old-fashioned", {}),
        ("my wife finds red loud", {}),
        ("my wife said she wants red", {"gender": ("Women",)}),
        ("my wife loves red", {"gender": ("Women",)}),
    ],
)
def test_whoever_only_judges_is_nobody_to_buy_for(
    text: str, whom: dict[str, tuple[str, ...]], understanding: RuleUnderstanding
) -> None:
    state = fold(DialogueState(), said(understanding, "dresses"))
    assert fold(state, understanding.understand(text, state)).recipient == whom
