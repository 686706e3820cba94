from __future__ import annotations

from pathlib import Path

import pytest

from agent.highlights import Facets, highlights
from agent.reasons import reason
from agent.shop import Shop
from agent.state import DialogueState, fold
from retrievers.base import Outcome, Recommendation, Retrieval
from tests.agent.conftest import Talk
from tests.agent.test_outfits import understanding_showing


def test_what_was_refused_before_a_photo_is_refused_of_what_it_shows(talk: Talk, shop: Shop, tmp_path: Path) -> None:
    state = talk("boots for men under 90, no leather, no heel", cards=())
    shown = understanding_showing(shop, ("Jackets",))
    jackets = fold(state, shown.understand("this in green", state, str(tmp_path / "jacket.png")))
    assert jackets.need.type_values == ("Jackets",)
    assert jackets.constraints.exclude == {"material": ("Leather",)}  # no jacket has a heel
    assert jackets.constraints.include["gender"] == ("Men",)
    assert jackets.need.price_max is None
    leather = fold(state, shown.understand("this in leather", state, str(tmp_path / "jacket.png")))
    assert leather.constraints.exclude == {}
    lamps = fold(state, shown.understand("lamps like this", state, str(tmp_path / "jacket.png")))
    assert lamps.constraints.exclude == {}  # a thing that is named begins anew


@pytest.mark.parametrize(("shown", "alike"), [("Dresses", False), ("Boots", True)])
def test_what_is_of_another_kind_does_not_look_like_the_photo(shown: str, alike: bool, shop: Shop) -> None:
    rules = understanding_showing(shop, (shown,))
    state = fold(DialogueState(), rules.understand("boots to go with this", DialogueState(), "a.png"))
    assert state.need.photo == "a.png"
    boots = shop.catalog.get("BO1")
    assert ("Looks like your photo" in reason(boots, state)) is alike
    answer = Retrieval(Outcome.FOUND, (Recommendation(boots, 1, 1.0, ()),), 1)
    assert (highlights(state, answer, Facets({})).near == "photo") is alike
