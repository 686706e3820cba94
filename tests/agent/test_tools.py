from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.events import Finished
from retrievers.base import Outcome
from store.schemas import Item, UserTurn
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop

_SOLD: tuple[tuple[str, str, float | None, dict[str, tuple[str, ...]]], ...] = (
    ("Osmond tent, red", "Outdoor > Tents", 90.0, {"capacity": ("2-person",)}),
    ("Ingram tent, red", "Outdoor > Tents", 80.0, {"capacity": ("6-person",)}),
    ("Verity tent, red", "Outdoor > Tents", 70.0, {"capacity": ("4-person",)}),
    ("Tall shelf bracket", "Hardware > Fixings", 4.0, {}),
    ("Angle grinder", "Hardware > Machines", 40.0, {}),
    ("Kentia palm", "Garden > Indoor plants", 59.0, {"color": ("Green",)}),
    ("Peace lily", "Garden > Indoor plants", 15.0, {"color": ("White",)}),
    ("Olga pump", "Footwear > Pumps", 39.99, {"was": ("39.99", "24.99", "19.5")}),
)


@pytest.fixture
def talked(tmp_path: Path) -> Callable[..., Finished]:
    more = tuple(
        Item(f"S{n}", title, title, price, None, "USD", product_type=kind, attributes={"color": ("Red",), **facts})
        for n, (title, kind, price, facts) in enumerate(_SOLD)
    )
    agent = small_agent(small_shop(tmp_path, (*items(), *more)), Transcripts(tmp_path / "t.db"), tmp_path)

    def talk(*messages: str) -> Finished:
        session_id, state = agent.start("cli")
        finished = []
        for message in messages:
            last = list(agent.respond(session_id, state, UserTurn(message), True))[-1]
            assert isinstance(last, Finished), last
            finished.append(last)
            state = last.state
        return finished[-1]

    return talk


Talked = Callable[..., Finished]


@pytest.mark.parametrize(
    ("text", "first"),
    [("biggest tent", "S1"), ("the smallest tent", "S0"), ("the largest tent under 75", "S2")],
)
def test_what_is_asked_for_by_a_superlative_comes_first(text: str, first: str, talked: Talked) -> None:
    told = talked(text)
    assert told.state.cards[0] == first
    assert "mentions" not in told.text


def test_the_order_by_what_is_measured_holds_for_what_is_added(talked: Talked) -> None:
    assert talked("biggest tent", "in red").state.cards[:1] == ("S1",)
    assert talked("biggest tent", "the cheapest one").text.count("Verity") == 1


def test_what_no_record_measures_is_told(talked: Talked) -> None:
    told = talked("dresses", "the longest")
    assert told.state.need.type_values == ("Dresses",)
    assert "“longest”" in told.text
    assert "When a product came into the store" in talked("the newest").text


def test_what_says_only_part_of_a_thing_comes_nearest(talked: Talked) -> None:
    told = talked("angle bracket")
    assert (told.outcome, told.state.cards) == (Outcome.NOTHING_IN_RANGE, ("S3",))
    assert talked("zinc bracket").outcome == Outcome.FOUND  # no record says zinc, be it for or against one
    assert talked("tall bracket", "any shelf bracket?").outcome == Outcome.FOUND


def test_the_nearest_of_a_thing_are_of_its_name(talked: Talked) -> None:
    told = talked("something white under 20", "what about a palm")
    assert (told.outcome, told.state.cards) == (Outcome.NOTHING_IN_RANGE, ("S5",))


def test_a_thing_not_carried_is_told_of_a_whole_sentence(talked: Talked) -> None:
    told = talked("sofa for a small flat, i have a cat so nothing that scratches easily")
    assert (told.outcome, "sofas" in told.text) == (Outcome.NOT_CARRIED, True)
    assert talked("i have a job interview next week, need everything head to toe").outcome != Outcome.NOT_CARRIED


def test_a_palette_asks_for_no_lamps(talked: Talked) -> None:
    state = talked("jackets", "light colours").state
    assert (state.need.type_values, set(state.need.include)) == (("Jackets",), {"color"})


def test_a_kind_that_is_refused_in_degree_is_not_looked_for(talked: Talked) -> None:
    assert talked("dresses", "too short, nothing above the knee").state.need.type_values == ("Dresses",)


def test_a_fact_of_decimal_numbers_leaves_prices_alone(talked: Talked) -> None:
    assert "$39.99" in talked("pumps", "how much is the first?").text


def test_nobody_is_asked_for_a_budget_where_nothing_has_a_price(tmp_path: Path) -> None:
    grey = {"color": ("Grey",)}
    fans = tuple(Item(f"F{n}", f"Ceiling fan {n}", f"Fan {n}", attributes=grey) for n in range(20))
    agent = small_agent(small_shop(tmp_path, fans), Transcripts(tmp_path / "t.db"), tmp_path)
    session_id, state = agent.start("cli")
    last = list(agent.respond(session_id, state, UserTurn("a ceiling fan"), True))[-1]
    assert isinstance(last, Finished)
    assert not any(word in last.text for word in ("budget", "stay under"))


@pytest.mark.parametrize("back", ["back to the list", "show them again", "can I see those again?"])
def test_what_lay_there_comes_back_first(talked: Callable[..., Finished], back: str) -> None:
    before = ("show me 3 jackets", "others please", "tell me about the first")
    lay = talked(*before).state.cards
    assert talked(*before, back).state.cards[: len(lay)] == lay
    assert talked(*before, f"{back}, in green").state.cards[:1] == ("JA4",)
