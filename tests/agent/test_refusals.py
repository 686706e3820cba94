from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from agent.no_kinds import names_no_kind
from agent.refusals import without_beyond, without_kind_in_hand
from agent.state import DialogueState, Need, fold
from agent.understanding import RuleUnderstanding
from agent.utterance import Utterance, Values
from agent.vocabulary import Sense, Vocabulary
from agent.words import tokenise
from store.schemas import Item
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding

REFUSED = Need(
    type_fact="category",
    type_values=("Boots",),
    exclude={"material": ("Leather", "Vegan leather", "Suede"), "strap_material": ("Leather",)},
    exclude_phrases={"leather": ("Leather", "Vegan leather", "Suede")},
    exclude_words=("zips",),
)


@pytest.mark.parametrize(
    "text", ["leather is fine after all", "I don't mind leather", "rather leather", "leather would be nice"]
)
def test_taking_back_a_word_takes_back_all_that_it_ruled_out(text: str, understanding: RuleUnderstanding) -> None:
    state = DialogueState((REFUSED,), 0)
    after = fold(state, understanding.understand(text, state))
    assert after.constraints.exclude == {}
    assert after.constraints.exclude_words == ("zips",)


def test_what_other_words_refused_stays_refused(understanding: RuleUnderstanding) -> None:
    need = replace(REFUSED, exclude_phrases={**REFUSED.exclude_phrases, "suede": ("Suede",)})
    state = DialogueState((need,), 0)
    after = fold(state, understanding.understand("leather is fine after all", state))
    assert after.constraints.exclude == {"material": ("Suede",)}
    assert after.constraints.exclude_words == ("zips", "suede")


@pytest.mark.parametrize(("text", "left"), [("zips are fine", ()), ("with zips", ()), ("no zips!", ("zips",))])
def test_a_loose_word_is_taken_back_by_saying_it(
    text: str, left: tuple[str, ...], understanding: RuleUnderstanding
) -> None:
    state = DialogueState((replace(REFUSED, exclude={}, exclude_phrases={}),), 0)
    assert fold(state, understanding.understand(text, state)).need.exclude_words == left


def test_a_refused_kind_stays_refused_of_the_kinds_above_it(talk: Talk) -> None:
    assert talk("no sneakers", "footwear please").constraints.exclude == {"category": ("Sneakers",)}


def test_another_brand_than_a_named_one_refuses_that_one(talk: Talk) -> None:
    assert talk("boots", "any other brand than Nordhavn").need.exclude == {"brand": ("Nordhavn",)}


@pytest.mark.parametrize("text", ["not too high", "not so high"])
def test_a_measure_in_degree_refuses_no_value_that_only_has_its_word(text: str) -> None:
    vocabulary = Vocabulary({"category": {"Boots": 2}, "ankle_height": {"High-Top": 1, "Mid-Top": 1}})
    tokens = tokenise(text)
    assert [names_no_kind(tokens, m) for m in vocabulary.mentions(tokens)] == [True]


def test_what_lies_beyond_a_refused_value_is_kept() -> None:
    sense = Sense("length", ("Ankle Length",), ("Ankle Length", "Above Ankle", "Under Ankle"))
    assert without_beyond(sense, ("ankl",)).wide == ("Ankle Length",)
    assert without_beyond(Sense("length", ("Above Ankle",), ("Above Ankle",)), ("abov", "ankl")).wide == (
        "Above Ankle",
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("something other than boots", ()),
        ("I'm not interested in boots anymore", ()),
        ("a jacket instead of boots", ("Jackets",)),
        ("instead of boots, sneakers", ("Sneakers",)),
        ("sneakers rather than boots", ("Sneakers",)),
        ("not these boots", ("Boots",)),
    ],
)
def test_refusing_the_kind_in_hand_gives_it_up(text: str, kinds: tuple[str, ...], talk: Talk) -> None:
    state = talk("boots under 60", "no red", text)
    assert (state.need.type_values, state.need.price_max, len(state.needs)) == (kinds, 60, 1)
    assert state.constraints.exclude == {"color": ("Red",)}


def test_a_standing_dislike_of_the_kind_in_hand_stays() -> None:
    need, said = Need(type_fact="category", type_values=("Boots",)), Utterance(exclude={"category": ("Boots",)})
    reading = SimpleNamespace(mentions=())
    after = without_kind_in_hand(replace(said, lasting=True), reading, DialogueState((need,), 0))  # type: ignore[arg-type]
    assert (after.exclude, after.dropped) == ({"category": ("Boots",)}, ("type",))


@pytest.mark.parametrize(
    "text",
    [
        "leather is still out",
        "leather is definitely not ok",
        "leather? I said no leather",
        "I said no leather and there is leather again",
    ],
)
def test_what_is_refused_again_stays_refused(text: str, talk: Talk) -> None:
    state = talk("jackets", "no leather", text)
    assert (state.need.include, state.need.exclude["material"][0]) == ({}, "Leather")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("no leather, leather cracks", ()),
        ("no leather, it stinks and leather cracks", ()),
        ("not leather because leather is warm", ()),
        ("no leather boots, leather jackets please", ("Leather",)),
        ("no leather sneakers, so leather", ("Leather",)),
    ],
)
def test_why_a_value_is_refused_is_no_wish_for_it(text: str, wanted: tuple[str, ...], talk: Talk) -> None:
    assert talk("jackets", text).need.include.get("material", ()) == wanted


def test_the_ones_with_a_value_are_hidden_and_not_one_card(talk: Talk) -> None:
    state = talk("dresses", "hide the ones with long sleeves")
    assert (state.need.exclude, state.need.rejected) == ({"sleeve": ("long",)}, ())


def test_a_word_of_what_other_kinds_have_refuses_nothing(tmp_path: Path) -> None:
    chairs = (
        Item(f"C{n}", f"Chair {n}", product_type="Chairs", attributes={"back": ("high back",), "color": ("Red",)})
        for n in range(2)
    )
    understanding = small_understanding(small_shop(tmp_path, (*items()[:6], *chairs)))
    state = fold(DialogueState(), understanding.understand("dresses", DialogueState()))
    assert understanding.understand("not high", state).exclude == {}
    state = fold(DialogueState(), understanding.understand("chairs", DialogueState()))
    assert understanding.understand("not high", state).exclude == {"back": ("high back",)}


@pytest.mark.parametrize(
    ("text", "include", "exclude"),
    [
        ("gluten free pasta", {"gluten_free": ("yes",)}, {}),
        ("pasta, but not gluten-free", {}, {"gluten_free": ("yes",)}),
        ("pasta without gluten", {}, {"allergens": ("gluten",)}),
        ("a salt-free vegan pasta", {"salt-free": ("yes",), "vegan": ("yes",)}, {}),
        ("pasta without salt", {"salt-free": ("yes",)}, {}),
        ("no salt and no palm oil", {"salt-free": ("yes",), "palm-oil-free": ("yes",)}, {}),
        ("pasta free of palm oil or salt", {"salt-free": ("yes",), "palm-oil-free": ("yes",)}, {}),
        ("not salt-free", {}, {"salt-free": ("yes",)}),
        ("pasta with salt", {}, {}),
        ("milk-free chocolate", {}, {"allergens": ("milk",)}),
    ],
)
def test_what_a_shop_calls_free_of_something_is_wanted_where_that_is_refused(
    text: str, include: Values, exclude: Values, in_pantry: RuleUnderstanding
) -> None:
    said = in_pantry.understand(text, DialogueState())
    assert (said.include, said.exclude) == (include, exclude)


@pytest.mark.parametrize("kinds", [("in-ear", "over-ear", "on-ear"), ("in-ear buds", "over-ear cups", "on-ear cups")])
@pytest.mark.parametrize(
    "text", ["headphones, not in-ear", "headphones, anything but in-ear", "headphones, no in-ear ones"]
)
def test_what_hyphens_join_is_refused_as_one(kinds: tuple[str, ...], text: str, tmp_path: Path) -> None:
    said = _about_headphones(kinds, tmp_path).understand(text, DialogueState())
    assert said.exclude == {"type": kinds[:1]}
    assert said.exclude_words == ()


def test_what_hyphens_join_and_no_record_says_refuses_no_other(tmp_path: Path) -> None:
    understanding = _about_headphones(("over-ear", "on-ear"), tmp_path)
    said = understanding.understand("headphones, not in-ear", DialogueState())
    assert (said.exclude, said.exclude_words) == ({}, ("in-ear",))
    assert understanding.understand("headphones, no on-ear", DialogueState()).exclude == {"type": ("on-ear",)}


def _about_headphones(kinds: tuple[str, ...], home: Path) -> RuleUnderstanding:
    headphones = tuple(
        Item(f"H{n}", f"Headphones, {kind}", "For music.", 50.0, None, "USD", product_type="Audio > Headphones",
             attributes={"type": (kind,), "color": ("Black",)})
        for n, kind in enumerate(kinds)
    )  # fmt: skip
    return small_understanding(small_shop(home, headphones))


@pytest.mark.parametrize(
    "text",
    [
        "a dress in blue or red, although in red I look pale, so better no red",
        "a red or blue dress, but last summer I wore red every day, so no red, please",
    ],
)
def test_what_a_message_refuses_at_last_it_does_not_wish(text: str, understanding: RuleUnderstanding) -> None:
    said = understanding.understand(text, DialogueState())
    assert "Red" not in said.include["color"]
    assert said.exclude["color"] == ("Red",)


def test_a_refused_part_takes_nothing_from_what_is_wished(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("leather boots, no leather laces", DialogueState())
    assert said.include["material"] == ("Leather",)
    said = understanding.understand("no leather after all, or rather leather boots", DialogueState())
    assert "Leather" in said.include["material"]


def test_a_refused_kind_that_is_only_said_again_stays_refused(understanding: RuleUnderstanding) -> None:
    said = understanding.understand("not a mug, everyone does mugs", DialogueState())
    assert said.exclude == {"category": ("Mugs",)}
    assert not said.type_values
    said = understanding.understand("no mugs, or actually I want mugs", DialogueState())
    assert said.type_values == ("Mugs",)
    assert not said.exclude
