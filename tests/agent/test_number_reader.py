"""Numbers of messages in a store whose records tell ages, ends of ranges and sides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.phrases import asked_facts
from agent.shop import Shop
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.wording import request
from store.schemas import Item
from tests.agent.small_store import small_shop, small_understanding


def _game(n: int, ages: str, players: tuple[str, str], minutes: str, box: str) -> Item:
    facts = {
        "age_range": (ages,),
        "min_players": players[:1],
        "max_players": players[1:],
        "playing_time": (minutes,),
        "color": ("Red",),
    }
    return Item(
        f"G{n}", f"Pond race {n}", "A game.", 20.0 + n, None, "USD", product_type="Toys > Board Games",
        brand="Larkfield", attributes={**facts, "size_lxwxh": (box,)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def games(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    home: Path = tmp_path_factory.mktemp("games")
    stocked = (
        _game(0, "3-5 years", ("2", "4"), "20 min", "20x20x5 cm"),
        _game(1, "6-9 years", ("1", "2"), "45 min", "30x30x8 cm"),
        _game(2, "10-14 years", ("3", "6"), "90 min", "30x20x8 cm"),
        _game(3, "6-9 years", ("4", "8"), "60 min", "31x20x8 cm"),
    )
    return small_shop(home, stocked)


@pytest.fixture(scope="module")
def rules(games: Shop) -> RuleUnderstanding:
    return small_understanding(games)


def after(rules: RuleUnderstanding, *messages: str) -> DialogueState:
    state = DialogueState()
    for message in messages:
        state = fold(state, rules.understand(message, state)).with_cards(("G0", "G1"))
    return state


def test_an_age_is_heard_where_most_values_end_on_years(rules: RuleUnderstanding) -> None:
    assert after(rules, "board games for a 7 year old").need.include["age_range"] == ("6-9 years",)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("board games for 4 people", {"1", "2", "3", "4"}, {"4", "6", "8"}),
        ("board games for two", {"1", "2"}, {"2", "4", "6", "8"}),
    ],
)
def test_so_many_people_lie_between_the_fewest_and_the_most(
    text: str, least: set[str], most: set[str], rules: RuleUnderstanding
) -> None:
    state = after(rules, text)
    assert (set(state.need.include["min_players"]), set(state.need.include["max_players"])) == (least, most)
    assert request(state, "USD").count("people") == 1


def test_one_end_that_is_named_is_meant_alone(rules: RuleUnderstanding) -> None:
    include = after(rules, "board games, max players at least 5").need.include
    assert (set(include["max_players"]), "min_players" in include) == ({"6", "8"}, False)


def test_how_large_it_is_may_stand_under_a_longer_name(games: Shop) -> None:
    size = next(fact for fact in games.vocabulary.facts if fact.startswith("size"))
    assert asked_facts("how big is it?", games.vocabulary) == (size,)
    assert asked_facts("what size is it?", games.vocabulary) == (size,)
    assert asked_facts("ok for a 4 year old?", games.vocabulary) == ("age_range",)
    assert asked_facts("how long does it take?", games.vocabulary)[:1] == ("playing_time",)


def test_the_shortest_of_the_cards_is_that_which_takes_least_time(rules: RuleUnderstanding) -> None:
    said = rules.understand("shortest one?", after(rules, "under $40"))
    assert (said.references[0], said.asked_words[0], "time" in said.asked_words) == ("G0", "shortest", True)


def test_the_word_for_all_that_a_shop_has_is_no_unit(tmp_path: Path) -> None:
    untyped = tuple(
        replace(_game(n, f"{n}-{n + 2} years", ("1", "2"), "1 hour", "a"), product_type="") for n in range(6)
    )
    shop = small_shop(tmp_path, untyped)
    assert not shop.general & {"year", "hour"}
    said = small_understanding(shop).understand("a game for a 4 year old", DialogueState())
    assert set(said.include["age_range"]) == {"2-4 years", "3-5 years", "4-6 years"}
