from __future__ import annotations

import math

import pytest

from agent.measures import Measures
from agent.spans import PEOPLE, read_value
from store.title_measures import TITLE_MEASURE, title_measures

FACTS = {
    "capacity": {"9 litres": 1, "500 ml": 1, "2-person": 2, "4-person": 1},
    "screen": {"15.6 inch": 1, "13 inch": 1, "27 inch": 1},
    "seats": {"2": 1, "4": 1},
    "players": {"2-5": 1, "4-10": 1},
    "wheels": {"4": 1, "2": 1},
    "weight": {"2.4 kg": 1, "900 g": 1},
    "water_resistance": {"30 m": 1, "100 m": 1, "200 m": 1},
    "rating": {"4.0": 1, "4.5": 2, "3.9": 1},
    "size": {"S": 4, "42": 2, "M": 3, "65 cm": 1, "55 cm": 1},
    "color": {"Red": 3},
    "alcohol_percent": {"12.5": 1, "4.9": 1},
    "depth": {"30 cm": 1, "45 cm": 1},
    "height": {"90 cm": 1, "180 cm": 1},
    "width": {"30 cm": 1, "90 cm": 1},
}
SIDES = {fact: FACTS[fact] for fact in ("width", "depth", "height")}
ALL = frozenset(FACTS)
MEASURES = Measures(FACTS, frozenset(("rating",)))


@pytest.mark.parametrize(
    ("text", "fact", "values"),
    [
        ("a jug of at least 2 litres", "capacity", ("9 litres",)),
        ("up to 1 l", "capacity", ("500 ml",)),
        ("bigger than 2 litres", "capacity", ("9 litres",)),
        ("more than 9 litres", "capacity", ()),
        ("over 4 stars", "rating", ("4.5",)),
        ("4 stars", "rating", ("4.0", "4.5")),
        ("rated 4 or better", "rating", ("4.0", "4.5")),
        ("rated above 4", "rating", ("4.5",)),
        ("a rating of at least 4.5", "rating", ("4.5",)),
        ("a ball of 60 cm or more", "size", ("65 cm",)),
        ("lighter than 1 kg", "weight", ("900 g",)),
        ("not bigger than 2 litres", "capacity", ("500 ml",)),
        ("no smaller than 2 litres", "capacity", ("9 litres",)),
        ("a dome for four persons", "capacity", ("4-person",)),
        ("a dome for three persons", "capacity", ("4-person",)),
        ("a dome for 2 or 4 persons", "capacity", ("2-person", "4-person")),
        ("a 13 or 27 inch screen", "screen", ("13 inch", "27 inch")),
        ("13 to 27 inches", "screen", ("15.6 inch", "13 inch", "27 inch")),
        ("at least 13 or 14 inches", "screen", ("15.6 inch", "13 inch", "27 inch")),
        ("a dome for 5 persons", "capacity", ()),
        ("a 15-inch notebook", "screen", ("15.6 inch",)),
        ("27 inches or more", "screen", ("27 inch",)),
        ("something for a group of six", "players", ("4-10",)),
        ("on two wheels", "wheels", ("2",)),
        ("below 12% alcohol", "alcohol_percent", ("4.9",)),
        ("at most 5 percent", "alcohol_percent", ("4.9",)),
        ("resistant to 100 m", "water_resistance", ("100 m", "200 m")),
    ],
)
def test_numbers_meet_what_is_recorded(text: str, fact: str, values: tuple[str, ...]) -> None:
    (asked,) = MEASURES.asked(text)
    facts = MEASURES.facts_for(asked, text, {fact: FACTS[fact]})
    assert facts == (fact,)
    assert MEASURES.meeting(fact, asked) == values


@pytest.mark.parametrize(
    "text", ["under 60", "what can I get for 2000", "between 30 and 45", "60 dollars", "size 8", "the 2 red ones"]
)
def test_amounts_of_money_and_sizes_are_no_measures(text: str) -> None:
    assert MEASURES.asked(text) == ()


def test_values_are_spans_on_one_scale() -> None:
    small, open_ended, bare = read_value("500 ml"), read_value("5+ years"), read_value("2-5", "players")
    assert small is not None
    assert (small.low, small.scale) == (0.5, "litre")
    assert open_ended is not None
    assert open_ended.high == math.inf
    assert bare is not None
    assert (bare.low, bare.high, bare.scale) == (2, 5, PEOPLE)
    assert read_value("2560 x 1440") is None


def test_too_much_of_it_asks_for_the_opposite() -> None:
    words = ["nice", "but", "too", "heavy", "and", "less", "bulky"]
    assert MEASURES.comparatives(words) == [(3, "lighter"), (6, "smaller")]
    assert MEASURES.comparatives(["a", "heavy", "bag"]) == []


def test_comparatives_are_held_against_one_item() -> None:
    compared = MEASURES.compared("lighter", {"weight": ("2.4 kg",)}, ALL)
    assert compared is not None
    assert (compared.fact, compared.values, compared.words) == ("weight", ("900 g",), "lighter than 2.4 kg")
    assert MEASURES.compared("lighter", {"weight": ("2.4 kg",)}, frozenset(("color",))) is None
    bigger = MEASURES.compared("bigger", {"capacity": ("500 ml",)}, ALL)
    assert bigger is not None
    assert bigger.values == ("9 litres",)  # and no tent for two


def test_an_age_is_not_a_warranty() -> None:
    held = {"warranty": {"5 years": 2}, "age_range": {"3-6 years": 1}}
    measures = Measures(held, frozenset())
    for text, facts in (("for my 5 year old", ("age_range",)), ("for at least 5 years", ("warranty", "age_range"))):
        assert measures.facts_for(measures.asked(text)[0], text, held) == facts


def test_a_number_is_held_to_what_the_kind_in_question_records() -> None:
    (asked,) = MEASURES.asked("a pot for 4 people")
    assert MEASURES.facts_for(asked, "a pot for 4 people", {"capacity": ("500 ml", "9 litres")}) == ()
    assert MEASURES.facts_for(asked, "a tent for 4 people", {"capacity": ("2-person",)}) == ("capacity",)


def test_a_width_and_a_length_are_one_measure() -> None:
    (asked,) = MEASURES.asked("a rug, 2x3m")
    assert asked.words == "2x3m"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I am 5 feet 4 inches tall and weigh 60 kg", ["5 feet 4 inches tall", "60 kg"]),
        ("I'm 6 feet tall", ["6 feet tall"]),
        ("she is 170 cm and 60 kg", ["170 cm and 60 kg"]),
        ("I'm 5'4", ["5'4"]),
        ("my husband is 6 ft tall", ["6 ft tall"]),
        ("emi for 6 months", ["emi for 6 months"]),
        ("3 months installments", ["3 months installments"]),
    ],
)
def test_the_shoppers_own_measures_are_no_conditions(text: str, words: list[str]) -> None:
    held = {**FACTS, "warranty": {"6 months": 1, "3 months": 1}}
    measures = Measures(held, frozenset())
    found = measures.asked(text)
    assert [asked.words for asked in found] == words
    assert [measures.facts_for(asked, text, held) for asked in found] == [()] * len(found)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("a 30 mm dial", ()),
        ("water resistance of 30 mm", ("water_resistance",)),
        ("50 m", ("water_resistance",)),
        ("100 feet", ("water_resistance",)),
    ],
)
def test_a_unit_of_another_size_is_about_another_fact(text: str, facts: tuple[str, ...]) -> None:
    (asked,) = MEASURES.asked(text)
    assert MEASURES.facts_for(asked, text, {"water_resistance": FACTS["water_resistance"]}) == facts


def test_what_things_measure_stays_a_condition() -> None:
    for text in ("it is 30 cm long", "my laptop is 15 inch", "a tent that weighs 2 kg"):
        (asked,) = MEASURES.asked(text)
        assert MEASURES.facts_for(asked, text, FACTS)


@pytest.mark.parametrize(
    ("text", "facts", "values"),
    [
        ("not deeper than 40 cm", ("depth",), ("30 cm",)),
        ("at least 100 cm tall", ("height",), ("180 cm",)),
        ("90 cm wide", ("width",), ("90 cm",)),
        ("90 cm high and slim", ("height",), ("90 cm",)),
        ("wider than 40 cm", ("width",), ("90 cm",)),
        ("bigger than 100 cm", ("depth", "height", "width"), ()),
        ("at most 30 cm", ("depth", "height", "width"), ("30 cm",)),
    ],
)
def test_a_number_is_of_the_side_that_is_named(text: str, facts: tuple[str, ...], values: tuple[str, ...]) -> None:
    (asked,) = MEASURES.asked(text)
    found = MEASURES.facts_for(asked, text, SIDES)
    assert tuple(sorted(found)) == facts
    assert MEASURES.meeting(facts[0], asked) == values


def test_a_share_that_only_a_title_tells_counts() -> None:
    titles = ("Dark chocolate 85%", "Dark chocolate 70 %", "Bar of 100")
    told = [value for title in titles for value in title_measures(title, {})]
    measures = Measures({TITLE_MEASURE: dict.fromkeys(told, 1)}, frozenset())
    (asked,) = measures.asked("at least 80%")
    assert measures.meeting(TITLE_MEASURE, asked) == ("85 %",)


@pytest.mark.parametrize(
    ("text", "fact", "values"),
    [
        ("a 24 volt saw", "voltage", ("24 V",)),
        ("at least 12 volts", "voltage", ("12 V", "24 V")),
        ("below 80 decibels", "noise", ("76 dB",)),
    ],
)
def test_a_unit_is_said_in_full_where_records_have_its_letter(text: str, fact: str, values: tuple[str, ...]) -> None:
    measures = Measures({"voltage": {"12 V": 1, "24 V": 1}, "noise": {"76 dB": 1, "88 dB": 1}}, frozenset())
    (asked,) = measures.asked(text)
    assert measures.meeting(fact, asked) == values


def test_a_letter_that_no_record_has_as_a_unit_is_none() -> None:
    assert Measures({"length": {"12 cm": 1}}, frozenset()).asked("size 10 v neck") == ()
