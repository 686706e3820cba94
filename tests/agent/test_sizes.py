from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.sizes import SizeStep, asked_size, asked_step, fitting_sizes, loose_size, other_size, stepped, told_builds
from agent.state import DialogueState, Need
from agent.understanding import RuleUnderstanding
from agent.utterance import Intent
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("trousers in size 34", "34"),
        ("trainers, women 39", "39"),
        ("men's 44 please", ""),
        ("have you got it in XXL?", "xxl"),
        ("in medium please", "m"),
        ("in 41, please", "41"),
        ("in 2024 styles", ""),
        ("trainers in UK 9 please", "uk 9"),
        ("size eu 42", "eu 42"),
        ("jeans with a 34 waist", "34"),
        ("waist 32", "32"),
        ("waist is 34", "34"),
        ("she is a medium", "m"),
        ("I take a large, please", "l"),
        ("he is a small man", ""),
        ("a high waist", ""),
        ("what size is it", ""),
        ("a large lamp", ""),
        ("dial size 40 mm", ""),
        ("what size should I take", ""),
        ("one size bigger", ""),
        ("he is having 42 size", "42"),
        ("an M size please", "m"),
        ("$42 size", ""),
        ("size should be M, in XL", "xl"),
    ],
)
def test_sizes_are_read(text: str, size: str) -> None:
    assert asked_size(text) == size


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("my size is 40 or 42", ("40", "42")),
        ("40 or 42 please", ("40", "42")),
        ("I wear 40", ("40", "")),
        ("I wear M or L", ("m", "l")),
        ("40 or 42 people", ("", "")),
        ("size 40 or 42 litres", ("40", "")),
        ("I wear 40 hats", ("", "")),
    ],
)
def test_either_of_two_sizes_will_do(text: str, sizes: tuple[str, str]) -> None:
    wanted = asked_size(text) or loose_size(text)
    assert (wanted, other_size(text, wanted)) == sizes


def test_double_sizes_fit_either() -> None:
    assert fitting_sizes("m", ("S/M", "M", "XL", "One Size")) == ("S/M", "M")


def test_a_bare_number_fits_every_system_and_a_named_one_its_own() -> None:
    sizes = ("UK9", "US9", "US 9", "EURO42", "US9.5", "9Y", "8/9", "30")
    assert fitting_sizes("9", sizes) == ("UK9", "US9", "US 9", "8/9")
    assert fitting_sizes("uk 9", sizes) == ("UK9",)
    assert fitting_sizes("eu 42", sizes) == ("EURO42",)


def test_a_size_of_the_store_is_one_whatever_its_look() -> None:
    assert asked_size("size petite please", ("Petite", "Tall")) == "petite"
    assert asked_size("size petite please") == ""


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("for men, large", "l"),
        ("shorts, men, 33, with pockets", "33"),
        ("M, blue", "m"),
        ("a large lamp", ""),
        ("boots, 33 euros", ""),
        ("boots, 33.50", ""),
        ("boots, under 33", ""),
    ],
)
def test_what_stands_between_commas_may_be_a_size(text: str, size: str) -> None:
    assert loose_size(text) == size


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("one size bigger", SizeStep(1, "")),
        ("one size up from M", SizeStep(1, "m")),
        ("a bigger size than 34, please", SizeStep(1, "34")),
        ("the next size down", SizeStep(-1, "")),
        ("the next size", SizeStep(1, "")),
        ("two sizes smaller", SizeStep(-2, "")),
        ("a size larger than usual", SizeStep(1, "")),
        ("should I size up?", None),
        ("what size is it", None),
    ],
)
def test_steps_are_read(text: str, step: SizeStep | None) -> None:
    assert asked_step(text) == step


@pytest.mark.parametrize(
    ("start", "by", "sizes"),
    [
        ("m", 1, ("L",)),
        ("M", -1, ("S", "S/M")),
        ("xs", 2, ("M",)),
        ("XL", 1, ("XXL",)),
        ("XS", -1, ("XXS",)),
        ("30", 1, ("32",)),
        ("30", -1, ("28",)),
        ("9", 1, ("UK10", "US9.5")),
        ("uk 9", 1, ("UK10",)),
        ("uk 10", 1, ("UK11",)),
        ("petite", 1, ()),
    ],
)
def test_steps_go_along_the_sizes_that_there_are(start: str, by: int, sizes: tuple[str, ...]) -> None:
    known = ("XL", "XS", "M", "S", "L", "One Size", "32", "28", "30", "UK9", "UK10", "US9", "US10", "US9.5", "S/M")
    assert stepped(SizeStep(by, start), known) == sizes


@pytest.mark.parametrize(
    ("before", "text", "size"),
    [
        ("jackets in size M", "one size up", ("L",)),
        ("jackets in size M", "a smaller size please", ("S",)),
        ("jackets", "one size up from S", ("M",)),
        ("jackets in size L", "one size bigger", ("XL",)),
        ("jackets", "for men, large", ("L",)),
        ("jackets", "my size is M or L", ("M", "L")),
        ("jackets", "M or L", ("M", "L")),
        ("jackets", "I wear L", ("L",)),
        ("mugs", "for men, large", ()),
    ],
)
def test_sizes_are_sought_in_the_kind_in_hand(before: str, text: str, size: tuple[str, ...], talk: Talk) -> None:
    need = talk(before, text, cards=("JA0", "JA1")).need
    assert (need.include.get("size", ()), need.measured) == (size, {})
    assert not {"bigger", "smaller", "up"} & {*need.text.split()}


@pytest.mark.parametrize("text", ["one size bigger", "one size up", "what size should I take"])
def test_without_a_size_to_start_from_the_sizes_are_told(
    text: str, understanding: RuleUnderstanding, talk: Talk
) -> None:
    said = understanding.understand(text, talk("jackets", cards=("JA0", "JA1")))
    assert (said.intent, said.references[:1], said.asked, said.include) == (Intent.DETAILS, ("JA0",), ("size",), {})


def test_of_sizes_in_force_those_count_that_have_a_next_one(understanding: RuleUnderstanding) -> None:
    jackets = Need("category", ("Jackets",), include={"size": ("M", "8/9", "L")})
    assert understanding.understand("one size up", DialogueState((jackets,), 0)).include == {"size": ("XL",)}
    jackets = Need("category", ("Jackets",), include={"size": ("S", "8/9")})
    assert understanding.understand("one size up", DialogueState((jackets,), 0)).include == {"size": ("M",)}


@pytest.mark.parametrize(
    ("text", "built"), [("I have small wrists", True), ("she has very large feet", True), ("a small watch", False)]
)
def test_how_somebody_is_built_is_no_size(text: str, built: bool) -> None:
    assert bool(told_builds(text)) is built


def test_a_number_and_a_letter_are_either_of_two_sizes(tmp_path: Path) -> None:
    stocked = [item for item in items() if item.category == "Jackets"]
    sizes = (("40", "42"), ("M", "L"))
    jackets = [replace(i, attributes={**i.attributes, "size": sizes[n % 2]}) for n, i in enumerate(stocked)]
    understanding = small_understanding(small_shop(tmp_path, tuple(jackets)))
    assert understanding.understand("a jacket, size 40 or L", DialogueState()).include["size"] == ("40", "L")
    assert understanding.understand("a jacket, size 44 or L", DialogueState()).include["size"] == ("L",)
    assert understanding.understand("a jacket in L under 40", DialogueState()).include["size"] == ("L",)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("boots, a man in his 30s", ()),
        ("boots for a man, 30s, nothing flashy", ()),
        ("a jacket in S", ("S",)),
        ("jackets, size s", ("S",)),
    ],
)
def test_a_decade_is_no_size(text: str, size: tuple[str, ...], understanding: RuleUnderstanding) -> None:
    assert understanding.understand(text, DialogueState()).include.get("size", ()) == size


def test_a_waist_that_is_measured_asks_for_no_kind_of_waist() -> None:
    assert [text[slice(*span)] for text in ("trousers, waist 34",) for span in told_builds(text)] == ["waist"]
    assert told_builds("a dress with a cinched waist") == ()
