from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.events import Finished
from agent.reasons import reason
from agent.shop import Shop
from agent.state import DialogueState, fold
from store.schemas import UserTurn
from store.transcripts import Transcripts
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_agent, small_shop, small_understanding


def test_a_reason_names_what_was_asked_for(talk: Talk, shop: Shop) -> None:
    text = reason(shop.catalog.get("DR1"), talk("a blue dress under 60, no linen"))
    assert "blue" in text.lower()
    assert "silk, not linen" in text
    assert "within $60" in text


def test_a_reason_names_the_material_that_was_refused_and_no_other_that_went_with_it(talk: Talk, shop: Shop) -> None:
    state = talk("boots, no leather")
    assert "Suede" in state.constraints.exclude["material"]
    rubber = next(i for i in shop.catalog.items if i.category == "Boots" and i.values("material") == ("Rubber",))
    assert "rubber, not leather" in reason(rubber, state).lower()


def test_the_nearest_items_say_where_they_miss(talk: Talk, shop: Shop) -> None:
    state = talk("a green dress under 60")
    text = reason(shop.catalog.get("DR4"), state, ("price_max",))
    assert "$20 over your limit" in text
    assert "blue instead of green" in reason(shop.catalog.get("DR1"), state, ("color",)).lower()


def test_a_reason_is_never_empty(talk: Talk, shop: Shop) -> None:
    assert all(reason(item, talk("hello")) for item in shop.catalog.items)


def test_of_many_sizes_the_nearest_is_named(talk: Talk, shop: Shop) -> None:
    item = shop.catalog.get("BO0")
    boots = replace(item, attributes={**item.attributes, "size": ("36", "40", "44")})
    state = talk("boots in size 45")
    assert reason(boots, state, ("size",)).startswith("In size 44 instead of in size 45")


@pytest.mark.parametrize(
    ("messages", "own", "expected"),
    [
        (("dresses, ideally in blue", "no green"), {}, "Blue, not green"),
        (("dresses", "no linen"), {"occasion": ()}, "Silk, not linen"),
    ],
)
def test_nothing_is_told_twice(
    messages: tuple[str, ...], own: dict[str, tuple[str, ...]], expected: str, talk: Talk, shop: Shop
) -> None:
    item = shop.catalog.get("DR1")
    item = replace(item, sale_price=None, attributes={**item.attributes, **own})
    words = reason(item, talk(*messages)).lower().replace(" not ", " ").split(", ")
    assert len(words) == len(set(words))
    assert reason(item, talk(*messages)).startswith(expected)


@pytest.mark.parametrize("value", ["Synthetic wipe with a clean, dry cloth when needed", "NA", "N/A", "none"])
def test_a_text_or_a_word_for_none_is_no_reason(value: str, talk: Talk, shop: Shop) -> None:
    item = shop.catalog.get("DR1")
    told = reason(replace(item, attributes={**item.attributes, "material": (value,)}), talk("dresses, no leather"))
    assert value.lower() not in told.lower()


@pytest.mark.parametrize(
    ("description", "told"),
    [("A jacket with a hood.", False), ("A jacket without a hood.", True), ("A jacket.", True)],
)
def test_what_a_text_asserts_is_not_denied(description: str, told: bool, talk: Talk, shop: Shop) -> None:
    state = talk("jackets without a hood")
    item = shop.catalog.get("JA1")
    jacket = replace(item, description=description, attributes={**item.attributes, "hood": ("plain",)})
    assert ("not hood" in reason(jacket, state).lower()) is told


def test_of_a_quality_the_value_is_refused(tmp_path: Path) -> None:
    tasting = ("Dry", "Sweet", "Off-dry")
    stocked = tuple(
        replace(item, attributes={**item.attributes, "sweetness": (tasting[n % 3],)})
        for n, item in enumerate(items())
        if item.category == "Mugs"
    )
    rules = small_understanding(small_shop(tmp_path, stocked))
    state = fold(DialogueState(), rules.understand("a mug, not sweet", DialogueState()))
    dry = next(item for item in stocked if item.values("sweetness") == ("Dry",))
    assert "dry, not sweet" in reason(dry, state).lower()
    assert "sweetness" not in reason(dry, state)


def test_what_goes_with_a_thing_says_what_both_have_in_common(talk: Talk, shop: Shop) -> None:
    dress, jacket, mug = (shop.catalog.get(item_id) for item_id in ("DR1", "JA1", "MU2"))
    assert reason(jacket, talk("hello"), beside=dress).startswith("In common: blue and work")
    assert reason(jacket, talk("a blue jacket"), beside=dress).lower().count("blue") == 1
    plain = [replace(item, attributes={"pattern": ("Solid",)}) for item in (jacket, dress)]
    assert "common" not in reason(plain[0], talk("hello"), beside=plain[1])
    assert "common" not in reason(mug, talk("hello"), beside=dress)


def test_the_cards_that_go_with_one_say_so(shop: Shop, tmp_path: Path) -> None:
    agent = small_agent(shop, Transcripts(tmp_path / "transcripts.db"), tmp_path)
    session_id, state = agent.start("cli")
    for text in ("blue dresses", "what goes with the first one?"):
        *_, shown = agent.respond(session_id, state, UserTurn(text))
        assert isinstance(shown, Finished)
        state = shown.state
    reasons = [card.reason for turn in agent.restore(session_id).turns[1:] for card in turn.cards]
    assert any(text.startswith("In common: ") for text in reasons)
