from __future__ import annotations

import pytest

from agent.intents import WANTS
from agent.phrases import asked_facts, given_up, names_a_thing, said_purposes
from agent.shop import Shop
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("any colour is fine", ("color",)),
        ("forget the budget", ("price",)),
        ("scrap the colour", ("color",)),
        ("scratch the budget", ("price",)),
        ("scratch resistant", ()),
        ("never mind the linen", ("material",)),
        ("nevermind the budget", ("price",)),
        ("start over with the colours", ("color",)),
        ("money is no object", ("price",)),
        ("I don't care about the material", ("material",)),
        ("forget nike", ("text:nike",)),
        ("forget the linen", ("material",)),
        ("drop earrings", ()),
        ("drop the red", ("color",)),
        ("drop the red ones", ()),
        ("forget it", ()),
        ("a red dress", ()),
    ],
)
def test_what_is_given_up(text: str, names: tuple[str, ...], shop: Shop) -> None:
    assert given_up(text, shop.vocabulary).names == names


def test_what_is_asked_about(shop: Shop) -> None:
    assert asked_facts("what is it made of, and how much is it?", shop.vocabulary) == ("material", "price")
    assert asked_facts("what heel does it have?", shop.vocabulary) == ("heel",)


@pytest.mark.parametrize(("text", "thing"), [("do you have laptops", True), ("I want something warmer", False)])
def test_a_thing_is_a_noun_phrase(text: str, thing: bool) -> None:
    asked = WANTS.search(text)
    assert asked is not None
    assert names_a_thing(asked, asked["thing"]) is thing


def test_what_a_thing_is_for_is_told_from_the_other_words() -> None:
    assert said_purposes("a lamp for my attic, bright", ["attic", "bright"]) == ["attic"]
    assert said_purposes("my mum likes gardening", ["gardening"]) == ["gardening"]
    assert said_purposes("a red dress", ["red"]) == []


@pytest.mark.parametrize("leaving_out", ["but", "except", "other than"])
def test_any_value_but_one_gives_up_the_wish_before_and_refuses_that_one(talk: Talk, leaving_out: str) -> None:
    state = talk("a red jacket by Marlow", f"any colour {leaving_out} black")
    assert state.need.include == {"brand": ("Marlow",)}
    assert state.need.exclude == {"color": ("Black",)}
    assert talk("jackets", f"any material {leaving_out} nylon").need.exclude == {"material": ("Nylon",)}
    assert talk(f"any brand {leaving_out} Marlow for a jacket").need.exclude == {"brand": ("Marlow",)}
    assert talk("a red jacket", "any colour").need.exclude == {}


def test_what_no_column_tells_is_named_by_a_whole_word(shop: Shop) -> None:
    assert not {"capacity", "volume"} & {*shop.vocabulary.facts}
    assert asked_facts("how much can it hold?", shop.vocabulary) == ("capacity",)
