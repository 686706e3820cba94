"""The title of a card in a refusal refuses that card and none of its words."""

from __future__ import annotations

import pytest

from agent.refused_titles import with_refused_titles
from agent.shop import Shop
from tests.agent.conftest import Talk

CARDS = ("DR0", "DR1", "DR2", "DR3")  # linen red, silk blue, cotton navy, linen black


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("no, not the silk dress", "no, not the second one"),
        ("not Silk dress", "not the second one"),
        ("not the linen dress", "not the first one or the fourth one"),
        ("not the Linen dress, black", "not the fourth one"),
        ("not the blue silk dress", "not the second one"),
        ("anything but the Nordhavn silk dress please", "not the second one please"),
        ("I don't want the silk dress. in red", "I don't want the second one. in red"),
        ("hide that silk dress", "hide the second one"),
    ],
)
def test_a_refused_title_is_a_place(said: str, read: str, shop: Shop) -> None:
    cards = [shop.catalog.get(item_id) for item_id in CARDS]
    assert with_refused_titles(said, cards, shop.vocabulary.sense) == read


@pytest.mark.parametrize(
    "said",
    [
        "not silk",
        "no silk dresses",
        "no silk dress",
        "not a silk dress",
        "not silk dresses",
        "not the silk",
        "not the dress",
        "not silk dress shoes",
        "a silk dress",
        "not the wool dress",
        "why not the silk dress",
        "in red if not the silk dress",
        "not the leather boots",
    ],
)
def test_words_that_describe_stay_words(said: str, shop: Shop) -> None:
    cards = [shop.catalog.get(item_id) for item_id in CARDS]
    assert with_refused_titles(said, cards, shop.vocabulary.sense) == said


def test_the_card_is_gone_and_the_search_stays(talk: Talk) -> None:
    state = talk("dresses", "no, not the silk dress", cards=CARDS)
    assert state.constraints.to_json() == {"include": {"category": ["Dresses"]}, "exclude_items": ["DR1"]}
