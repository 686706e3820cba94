from __future__ import annotations

from pathlib import Path

import pytest

from agent.named_numbers import more_of, named_bounds
from agent.shop import Shop
from agent.state import DialogueState, fold
from agent.understanding import RuleUnderstanding
from agent.words import tokenise
from store.schemas import Item
from tests.agent.small_store import small_shop, small_understanding

FACTS = ("alcohol_percent", "storage", "pages", "battery_life")


def _laptop(n: int, screen: str, ram: str, storage: str, weight: str) -> Item:
    facts = {"color": ("Black",), "screen_size": (screen,), "ram": (ram,), "storage": (storage,), "weight": (weight,)}
    return Item(
        f"LA{n}", f"Norvik laptop {n}", "A laptop.", 500.0 + n, None, "USD", product_type="Computers > Laptops",
        brand="Norvik", attributes=facts,
    )  # fmt: skip


@pytest.fixture(scope="module")
def laptops(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    home: Path = tmp_path_factory.mktemp("laptops")
    stocked = (
        _laptop(0, "13 inch", "8 GB", "256 GB", "1.2 kg"),
        _laptop(1, "14 inch", "16 GB", "512 GB", "1.4 kg"),
        _laptop(2, "15.6 inch", "16 GB", "1 TB", "1.9 kg"),
        _laptop(3, "17.3 inch", "32 GB", "2 TB", "2.7 kg"),
    )
    return small_shop(home, stocked)


@pytest.fixture(scope="module")
def rules(laptops: Shop) -> RuleUnderstanding:
    return small_understanding(laptops)


def after(rules: RuleUnderstanding, *messages: str, cards: tuple[str, ...] = ("LA1",)) -> DialogueState:
    state = DialogueState()
    for message in messages:
        state = fold(state, rules.understand(message, state)).with_cards(cards)
    return state


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("alcohol below 13", [("alcohol_percent", "13", "below")]),
        ("at most 300 pages", [("pages", "300", "most")]),
        ("storage of at least 512", [("storage", "512", "least")]),
        ("a battery life above twenty", [("battery_life", "twenty", "beyond")]),
        ("max storage 512", [("storage", "512", "most")]),
        ("a minimum battery life of 10", [("battery_life", "10", "least")]),
        ("more pages than 300", [("pages", "300", "beyond")]),
        ("higher than alcohol 12", [("alcohol_percent", "12", "beyond")]),
        ("alcohol 12 or higher", [("alcohol_percent", "12", "least")]),
        ("rather alcohol 12", []),
        ("storage under 60 dollars", []),
        ("life below 13", []),
        ("two pages", []),
    ],
)
def test_a_bound_belongs_to_the_fact_beside_it(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(bound.fact, bound.number, bound.way) for bound in named_bounds(text, FACTS)] == found


def test_more_goes_before_the_name_of_a_fact() -> None:
    assert [more.word for more in more_of(tokenise("less alcohol"), FACTS)] == ["less alcohol"]
    asked = more_of(tokenise("with fewer pages and a longer battery life, but no more talk"), FACTS)
    assert [(more.word, more.fact, more.up) for more in asked] == [
        ("fewer pages", "pages", False),
        ("longer battery life", "battery_life", True),
    ]


def test_more_of_a_fact_is_more_than_the_item_in_hand_has(rules: RuleUnderstanding) -> None:
    more = after(rules, "laptops", "more storage").need
    assert (more.include["storage"], more.measured["storage"], more.text) == (
        ("1 TB", "2 TB"),
        ("more storage than 512 GB",),
        "",
    )
    assert after(rules, "laptops", "less ram").need.include["ram"] == ("8 GB",)
    assert "storage" not in after(rules, "laptops", "more red laptops").need.include


def test_a_bound_on_a_named_fact_is_no_price(rules: RuleUnderstanding, in_pantry: RuleUnderstanding) -> None:
    wine = fold(DialogueState(), in_pantry.understand("wine, alcohol below 13", DialogueState())).need
    assert (wine.include["alcohol_percent"], wine.price_max) == (("11.5",), None)
    both = after(rules, "laptops, weight below 1.5 under 502").need
    assert (set(both.include["weight"]), both.price_max) == ({"1.2 kg", "1.4 kg"}, 502)


@pytest.mark.parametrize(
    ("text", "fact", "values"),
    [
        ("14 inch is too small", "screen_size", {"15.6 inch", "17.3 inch"}),
        ("15.6 inch is way too big", "screen_size", {"13 inch", "14 inch"}),
        ("1.9 kg is too heavy", "weight", {"1.2 kg", "1.4 kg"}),
        ("512 gb storage is too little", "storage", {"1 TB", "2 TB"}),
    ],
)
def test_what_is_too_small_is_a_bound(text: str, fact: str, values: set[str], rules: RuleUnderstanding) -> None:
    assert set(after(rules, "laptops", text).need.include.get(fact, ())) == values


def test_whether_it_is_too_small_is_a_question(rules: RuleUnderstanding) -> None:
    assert set(after(rules, "laptops", "14 inch is not too big").need.include.get("screen_size", ())) != {"13 inch"}


def test_a_second_number_of_a_unit_stands_beside_the_first(rules: RuleUnderstanding) -> None:
    both = after(rules, "laptops with at least 16 gb ram", "512 gb storage").need
    assert (set(both.include["ram"]), both.include["storage"]) == ({"16 GB", "32 GB"}, ("512 GB",))
    unnamed = after(rules, "laptops with at least 16 gb ram", "1tb").need
    assert (set(unnamed.include["ram"]), unnamed.include["storage"]) == ({"16 GB", "32 GB"}, ("1 TB",))
    again = after(rules, "laptops with at least 16 gb ram", "at least 32 gb").need
    assert (again.include["ram"], "storage" in again.include) == (("32 GB",), False)


def test_a_number_of_another_fact_leaves_a_comparative_its_own(rules: RuleUnderstanding) -> None:
    bigger = after(rules, "laptops, 14 inch", "bigger, 16 gb or more").need
    assert (set(bigger.include["screen_size"]), set(bigger.include["ram"])) == (
        {"15.6 inch", "17.3 inch"},
        {"16 GB", "32 GB"},
    )
    assert after(rules, "laptops, 14 inch", "bigger, 17.3 inch").need.include["screen_size"] == ("17.3 inch",)
