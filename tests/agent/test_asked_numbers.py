from __future__ import annotations

import math

import pytest

from agent.asked_numbers import Asked
from agent.measures import Measures

FACTS = {
    "width": {"177,5 cm": 1, "217,5 cm": 1, "224,5 cm": 1},
    "weight": {"9.1 kg": 1, "10.6 kg": 1},
    "noise": {"79 dB": 1, "86 dB": 1},
    "power": {"425 W": 1, "725 W": 1, "1100 W": 1},
    "playtime": {"15 min": 1, "45 min": 1, "60 min": 1, "90 min": 1},
    "ram": {"8 GB": 1, "16 GB": 1, "32 GB": 1},
    "top_speed": {"25 km": 1, "45 km": 1},
    "max_load": {"80 kg": 1, "120 kg": 1},
}
MEASURES = Measures(FACTS, frozenset())


def one(text: str) -> Asked:
    (asked,) = MEASURES.asked(text)
    return asked


def met(text: str) -> tuple[str, tuple[str, ...]]:
    asked = one(text)
    fact = MEASURES.facts_for(asked, text, FACTS)[0]
    return fact, MEASURES.meeting(fact, asked)


@pytest.mark.parametrize(
    ("text", "fact", "values"),
    [
        ("max width 220 cm", "width", ("177,5 cm", "217,5 cm")),
        ("with a maximum width of 200 cm", "width", ("177,5 cm",)),
        ("a minimum width of 220 cm", "width", ("224,5 cm",)),
        ("max. weight: 10 kg", "weight", ("9.1 kg",)),
        ("max width 220", "width", ("177,5 cm", "217,5 cm")),
        ("more power than 700", "power", ("725 W", "1100 W")),
        ("16 gb ram or more", "ram", ("16 GB", "32 GB")),
        ("16 gb of it", "ram", ("16 GB",)),
        ("200 cm width max", "width", ("177,5 cm",)),
    ],
)
def test_a_bound_may_stand_around_the_name_of_its_fact(text: str, fact: str, values: tuple[str, ...]) -> None:
    assert met(text) == (fact, values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("quieter than 85 db", ("79 dB",)),
        ("louder than 85 db", ("86 dB",)),
        ("no louder than 85 db", ("79 dB",)),
        ("it should not be louder than 85 db", ("79 dB",)),
        ("less noisy than 85 db", ("79 dB",)),
        ("stronger than 700 w", ("725 W", "1100 W")),
        ("weaker than 700 w", ("425 W",)),
        ("more power than 700 watts", ("725 W", "1100 W")),
        ("not more power than 700 watts", ("425 W",)),
        ("more powerful than 1 kw", ("1100 W",)),
        ("700 w or stronger", ("725 W", "1100 W")),
        ("faster than 40 km", ("45 km",)),
        ("slower than 40 km", ("25 km",)),
        ("faster than 30 min", ("15 min",)),
        ("slower than an hour", ("90 min",)),
        ("85 db", ("86 dB",)),
    ],
)
def test_a_comparative_before_than_is_a_bound(text: str, values: tuple[str, ...]) -> None:
    assert met(text)[1] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("takes less than an hour", ("15 min", "45 min")),
        ("under half an hour", ("15 min",)),
        ("over an hour", ("90 min",)),
        ("at most one and a half hours", ("15 min", "45 min", "60 min", "90 min")),
        ("less than an hour and a half", ("15 min", "45 min", "60 min")),
    ],
)
def test_hours_and_minutes_are_one_measure(text: str, values: tuple[str, ...]) -> None:
    assert met(text) == ("playtime", values)


def test_an_article_is_a_number_only_behind_a_bound() -> None:
    assert MEASURES.asked("a watt meter, an hour glass, a minute ago") == ()
    assert [asked.words for asked in MEASURES.asked("bigger than a 45 cm box")] == ["45 cm"]


def test_a_verb_tells_what_a_number_measures() -> None:
    weighs = one("that weighs less than 10 kg")
    assert (weighs.words, weighs.start) == ("less than 10 kg", 5)
    assert MEASURES.facts_for(weighs, "that weighs less than 10 kg", FACTS) == ("weight",)
    assert one("i'll take at most 10 kg").start == len("i'll take ")


def test_a_name_that_measures_nothing_here_leaves_the_number_alone() -> None:
    alone = one("max budget for a 220 cm sofa")
    assert (alone.low, alone.high, alone.words) == (220, 220, "220 cm")
    both = MEASURES.asked("at most 10 kg and at least 700 w")
    assert [(asked.low, asked.high) for asked in both] == [(-math.inf, 10_000), (700, math.inf)]


def test_a_bound_that_belongs_to_the_name_of_a_fact_is_none_of_a_number() -> None:
    asked = one("max load 120 kg")
    assert (asked.low, asked.high) == (120_000, 120_000)


def test_what_a_parcel_weighs_tells_what_a_thing_weighs_where_nothing_else_does() -> None:
    held = {"shipping_weight": {"120 g": 1, "430 g": 1}, "weight": {"110 g": 1}}
    measures = Measures(held, frozenset(("shipping_weight",)))
    text = "something lighter than 300 g"
    (asked,) = measures.asked(text)
    assert measures.facts_for(asked, text, held) == ("weight", "shipping_weight")
    assert measures.meeting("shipping_weight", asked) == ("120 g",)


SIDES = {
    "height": {"75 cm": 2},
    "width": {"60 cm": 1, "120,5 cm": 1, "160 cm": 1},
    "depth": {"60 cm": 2, "90 cm": 1},
    "seat_depth": {"50 cm": 1},
}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a desk, 120 x 60 cm", {"width": ("120,5 cm",), "depth": ("60 cm",)}),
        ("a desk of 120 cm x 60 cm", {"width": ("120,5 cm",), "depth": ("60 cm",)}),
        ("1.2 m by 60 cm", {"width": ("120,5 cm",), "depth": ("60 cm",)}),
        ("160x90x75 cm", {"width": ("160 cm",), "depth": ("90 cm",), "height": ("75 cm",)}),
        ("at most 130 x 70 cm", {"width": ("60 cm", "120,5 cm"), "depth": ("60 cm",)}),
        ("4 x 120 cm x 2 x 60 cm", {}),
    ],
)
def test_each_number_of_two_or_three_is_of_a_side(text: str, parts: dict[str, tuple[str, ...]]) -> None:
    order = ("width", "depth", "height", "seat_depth")  # the catalog's
    measures = Measures({fact: SIDES[fact] for fact in order}, frozenset())
    (asked,) = measures.asked(text)
    found = measures.side_by_side(asked, SIDES)
    assert {part.fact: measures.meeting(part.fact, part) for part in found if part.fact} == parts


def test_sides_that_no_fact_tells_stay_one_number() -> None:
    measures = Measures({"width": SIDES["width"]}, frozenset())
    (asked,) = measures.asked("120 x 60 cm")
    assert measures.side_by_side(asked, SIDES) == (asked,)
    (pack,) = measures.asked("2 x 60 kg")
    assert pack.sides == ()


def test_a_side_says_which_it_is() -> None:
    measures = Measures(SIDES, frozenset())
    (asked,) = measures.asked("at most 130 x 70 cm")
    assert [part.words for part in measures.side_by_side(asked, {"width": ("60 cm",), "depth": ("60 cm",)})] == [
        "a width of at most 130 cm",
        "a depth of at most 70 cm",
    ]


AGES = {
    "age_group": {"0-2 years": 1, "3-5 years": 1, "6-8 years": 1},
    "age": {"3+": 1, "8+": 1, "18 months+": 1},
    "warranty": {"4 years": 1},
}


@pytest.mark.parametrize(
    ("text", "fact", "values"),
    [
        ("for a 4 year old", "age_group", ("3-5 years",)),
        ("for a four-year-old", "age_group", ("3-5 years",)),
        ("for a girl aged 7", "age_group", ("6-8 years",)),
        ("ages 4 to 7", "age_group", ("3-5 years", "6-8 years")),
        ("for a 5 year old", "age", ("3+", "18 months+")),
        ("for a 20 month old", "age", ("18 months+",)),
        ("for my 9 year old", "age", ("3+", "8+", "18 months+")),
    ],
)
def test_an_age_lies_in_a_range_of_ages(text: str, fact: str, values: tuple[str, ...]) -> None:
    measures = Measures({fact: AGES[fact], "warranty": AGES["warranty"]}, frozenset())
    (asked,) = measures.asked(text)
    assert measures.facts_for(asked, text, AGES) == (fact,)
    assert measures.meeting(fact, asked) == values


def test_who_is_aged_is_a_number_only_where_a_fact_tells_ages() -> None:
    assert Measures({"warranty": AGES["warranty"]}, frozenset()).asked("a cheese aged 7") == ()


def test_a_number_lies_between_the_ends_that_two_facts_tell() -> None:
    held = {"min_players": {"1": 1, "2": 1, "3": 1}, "max_players": {"2": 1, "4": 1, "6": 1}, "min_age": {"3": 1}}
    measures = Measures(held, frozenset())
    ends = measures.ends_of("max_players")
    assert ends == ("min_players", "max_players") == measures.ends_of("min_players")
    assert measures.ends_of("min_age") is None
    assert measures.between(ends, measures.asked("for two")[0]) == {
        "min_players": ("1", "2"),
        "max_players": ("2", "4", "6"),
    }
    assert measures.between(ends, measures.asked("at least 5 players")[0])["max_players"] == ("6",)


@pytest.mark.parametrize(
    ("fact", "text", "values"),
    [
        ("weight_kg", "lighter than 900 g", ("0.7",)),
        ("battery_hours", "at least 90 minutes", ("2", "4")),
        ("page_count", "under 3 pages", ("0.7", "2")),
    ],
)
def test_a_name_tells_the_unit_of_its_bare_numbers(fact: str, text: str, values: tuple[str, ...]) -> None:
    measures = Measures({fact: {"0.7": 1, "2": 1, "4": 1}}, frozenset())
    (asked,) = measures.asked(text)
    assert measures.facts_for(asked, text, {fact: ("0.7", "2", "4")}) == (fact,)
    assert measures.meeting(fact, asked) == values


@pytest.mark.parametrize(
    ("word", "fact", "best"),
    [("quietest", "noise_level", [1]), ("loudest", "noise_level", [0]), ("shortest", "playtime", [0])],
)
def test_a_superlative_is_of_the_fact_that_it_speaks_of(word: str, fact: str, best: list[int]) -> None:
    things = [
        {"noise_level": ("86 dB",), "playtime": ("20 min",)},
        {"noise_level": ("79 dB",), "playtime": ("1 hour",)},
    ]
    held = {name: {thing[name][0]: 1 for thing in things} for name in ("playtime", "noise_level")}
    assert Measures(held, frozenset()).furthest(word, (), things) == (fact, best)
