from __future__ import annotations

import pytest

from agent.chips import act_on, chips, crossed_notice
from agent.errors import BadEdit
from agent.wording import request
from store.schemas import Act, ActKind, Constraints
from tests.agent.conftest import Talk


def test_every_constraint_has_a_chip_that_removes_it(talk: Talk) -> None:
    state = talk("a red jacket without a hood for my wife under 60, no leather", "I never wear nylon")
    labels = {chip.key: chip.label for chip in chips(state, "USD")}
    assert labels["type"] == "jacket"
    assert labels["price_max"] == "up to $60"
    assert labels["recipient:gender"] == "for women"
    assert labels["never:material"].startswith("never")
    for chip in chips(state, "USD"):
        state = act_on(state, Act(ActKind.DROP, chip.key))
    assert chips(state, "USD") == ()
    assert state.constraints == Constraints()


def test_what_is_on_sale_stays_asked_for_until_it_is_dropped_or_denied(talk: Talk) -> None:
    state = talk("what's on sale?", "dresses", cards=())
    assert (state.constraints.on_sale, state.need.text) == (True, "")
    assert ("on_sale", "on sale") in [(chip.key, chip.label) for chip in chips(state, "USD")]
    assert request(state, "USD") == "dresses on sale"
    assert not act_on(state, Act(ActKind.DROP, "on_sale")).constraints.on_sale
    denied = talk("dresses on sale", "not on sale, red ones")
    assert (denied.constraints.on_sale, denied.need.text) == (False, "")
    assert not talk("dresses", "is the first one on sale?").constraints.on_sale


def test_a_price_chip_can_be_edited(talk: Talk) -> None:
    state = act_on(talk("a red dress under 60"), Act(ActKind.EDIT, "price_max", "€ 45,50"))
    assert state.need.price_max == 45.5


def test_an_edit_without_an_amount_names_it_and_the_way_out(talk: Talk) -> None:
    with pytest.raises(BadEdit, match=r"cheapish.*a number such as"):
        act_on(talk("a red dress under 60"), Act(ActKind.EDIT, "price_max", "cheapish"))


@pytest.mark.parametrize(
    ("key", "value", "bounds"),
    [
        ("price_max", "20", (None, 20.0)),
        ("price_min", "250", (250.0, None)),
        ("price_max", "50", (50.0, 50.0)),
        ("price_min", "0", (None, 200.0)),
    ],
)
def test_an_edited_bound_that_crosses_the_other_takes_its_place(
    talk: Talk, key: str, value: str, bounds: tuple[float | None, float | None]
) -> None:
    state = act_on(talk("a red dress from 50 to 200"), Act(ActKind.EDIT, key, value))
    assert (state.constraints.price_min, state.constraints.price_max) == bounds


@pytest.mark.parametrize("value", ["-5", "$ -5", "−5", "-€ 5.50"])
def test_less_than_nothing_is_no_price(talk: Talk, value: str) -> None:
    with pytest.raises(BadEdit, match="no amount of money"):
        act_on(talk("a red dress under 60"), Act(ActKind.EDIT, "price_max", value))


def test_an_edit_of_another_chip_is_refused_and_changes_nothing(talk: Talk) -> None:
    with pytest.raises(BadEdit, match=r"include:color.*only price_min and price_max"):
        act_on(talk("a red dress under 60"), Act(ActKind.EDIT, "include:color", "blue"))


def test_that_the_cheapest_is_not_wanted_has_a_chip(talk: Talk) -> None:
    assert [chip.label for chip in chips(talk("a mug, not the cheapest"), "USD")] == ["mug", "not the cheapest"]


@pytest.mark.parametrize(
    ("target", "value", "bounds", "told"),
    [
        ("price_max", "20", (None, 20.0), "From $50"),
        ("price_min", "90", (90.0, None), "Up to $80"),
        ("price_max", "70", (50.0, 70.0), ""),
    ],
)
def test_an_edit_past_the_other_price_drops_that_and_says_so(
    target: str, value: str, bounds: tuple[float | None, float | None], told: str, talk: Talk
) -> None:
    before, edit = talk("a dress between 50 and 80 dollars"), Act(ActKind.EDIT, target, value)
    after = act_on(before, edit)
    assert (after.need.price_min, after.need.price_max) == bounds
    notice = crossed_notice(before, after, (edit,), "USD")
    assert told in notice
    assert bool(told) == bool(notice)


@pytest.mark.parametrize("value", ["-5", "- $20", "−3"])
def test_an_edit_below_zero_is_no_amount(value: str, talk: Talk) -> None:
    with pytest.raises(BadEdit):
        act_on(talk("a red dress under 60"), Act(ActKind.EDIT, "price_max", value))
