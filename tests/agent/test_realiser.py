"""The realiser's sentences are right English, whatever is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.highlights import SAVING, Facets, Highlights, highlights
from agent.realiser import STYLES, Voice, found, nearest, needs_a_wish
from agent.shop import Shop
from agent.state import DialogueState, Need
from retrievers.base import Outcome, Recommendation, Retrieval

VOICES = [Voice("", style) for style in range(STYLES)]


def openings(shop: Shop, wanted: str, matches: int, near: str = "") -> set[str]:
    item = shop.catalog.items[0]
    return {found(voice, Highlights(wanted, matches, 6, near, item))[0] for voice in VOICES}


def test_where_nothing_was_named_the_whole_store_is_not_counted(shop: Shop) -> None:
    assert openings(shop, "pieces", 900) == {"I would start with these 6.", "Here are 6 to start with."}
    assert openings(shop, "pieces", 900, "photo") == {
        "I would start with these 6, the ones closest to your photo.",
        "Here are 6 to start with, the ones closest to your photo.",
    }
    assert all("900 red pieces" in opening for opening in openings(shop, "red pieces", 900))


def test_a_comma_in_the_wish_is_not_one_in_its_amount(shop: Shop) -> None:
    assert all("match" not in opening for opening in openings(shop, "desks, without oak", 4))
    assert any("desks under $1,500 match" in opening for opening in openings(shop, "desks under $1,500", 4))


@pytest.mark.parametrize(
    ("price", "told"),
    [(100 * (1 - SAVING), True), (100 * (1 - SAVING) + 0.5, False), (40.0, True), (99.5, False)],
)
def test_only_what_saves_something_is_told_to_cost_less(shop: Shop, price: float, told: bool) -> None:
    first, other = (
        replace(shop.catalog.get(item_id), price=amount, sale_price=None)
        for item_id, amount in (("DR1", 100.0), ("DR2", price))
    )
    cards = tuple(Recommendation(item, rank, 1.0, ()) for rank, item in enumerate((first, other), start=1))
    said = highlights(DialogueState((Need(),), 0), Retrieval(Outcome.FOUND, cards, 2), Facets({}))
    assert (said.cheapest is not None) is told


@pytest.mark.parametrize(
    ("departments", "said"),
    [
        (["Desk", "Sofa"], "The departments here are desk and sofa."),
        (["Desks", "Lighting"], "This store has desks and lighting."),
        (["Women", "Home"], "This store has things for women and home."),
    ],
)
def test_no_store_has_desk_and_sofa(departments: list[str], said: str) -> None:
    assert said in needs_a_wish(VOICES[0], (), (), departments)


def test_a_number_that_only_titles_tell_has_no_name_of_its_own(shop: Shop) -> None:
    need = Need(
        "category",
        ("Mugs",),
        "mugs",
        include={"title_measure": ("9 oz",)},
        measured={"title_measure": ("at least 9 oz",)},
    )
    cards = (Recommendation(shop.catalog.get("MU1"), 1, 1.0, ()),)
    missed = Retrieval(Outcome.NOTHING_IN_RANGE, cards, 0, relaxed=("color", "title_measure"))
    _, differ, _ = nearest(VOICES[0], DialogueState((need,), 0), missed, "USD")
    assert differ == "These come nearest; they differ in colour and that measure."
