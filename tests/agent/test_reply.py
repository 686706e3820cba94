from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from agent.events import Recommended
from agent.shopping_agent import ShoppingAgent
from retrievers.photo_floor import FLOORS, PhotoFloor
from store.schemas import UserTurn
from store.transcripts import Transcripts
from tests.agent.small_store import items, small_agent, small_shop, talk


@pytest.mark.parametrize("pointed", ["both of the first two", "the first two", "the first and the third"])
def test_two_cards_of_which_nothing_is_asked_stand_side_by_side(agent: ShoppingAgent, pointed: str) -> None:
    _, told = talk(agent, "dresses", pointed)
    assert told.text.count("$") > 1
    assert "The lowest price is that of" in told.text


def test_many_cards_of_which_nothing_is_asked_are_told_by_their_prices(agent: ShoppingAgent) -> None:
    _, told = talk(agent, "dresses", "tell me about all of them")
    assert told.text
    assert told.text != "The records do not tell that."


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("are they dishwasher safe?", "“dishwasher safe”"), ("are these crease-proof?", "“crease-proof”")],
)
def test_what_is_asked_of_all_is_quoted_as_a_whole(agent: ShoppingAgent, text: str, quoted: str) -> None:
    _, told = talk(agent, "mugs", text)
    assert quoted in told.text


def test_several_things_under_one_title_are_on_the_list(transcripts: Transcripts, tmp_path: Path) -> None:
    stocked = tuple(replace(item, title=f"{item.brand} earbuds") for item in items())
    _, told = talk(small_agent(small_shop(tmp_path, stocked), transcripts, tmp_path), "mugs", "save the first one")
    assert told.text.endswith("earbuds are on your list.")


def test_where_nothing_is_cheaper_the_lowest_price_is_that_of_what_was_asked_for(agent: ShoppingAgent) -> None:
    mugs, other = talk(agent, "mugs between 30 and 70", "anything cheaper but not the cheapest")
    assert len(mugs.state.cards) == 3
    assert "Nothing cheaper among the mugs from $30: the lowest price is $35" in other.text


def test_no_reply_says_the_article_of_a_title_twice(tmp_path: Path, transcripts: Transcripts) -> None:
    named = tuple(replace(item, title=f"The {item.title}") for item in items())
    for turn in talk(
        small_agent(small_shop(tmp_path, named), transcripts, tmp_path), "mugs", "the first one", "why?"
    ):
        assert "the the " not in turn.text.lower()
        assert turn.text


def test_a_title_with_inches_is_named_and_asked_about(transcripts: Transcripts, tmp_path: Path) -> None:
    stocked = tuple(
        replace(item, title=f'Norvik 27" {item.title}', attributes={**item.attributes, "hdmi": ("yes",)})
        for item in items()
    )
    found, told = talk(
        small_agent(small_shop(tmp_path, stocked), transcripts, tmp_path), "mugs", "does the first have hdmi?"
    )
    assert 'Norvik 27"' in found.text
    assert told.text.startswith('Yes: the record of the Norvik 27" ')


def test_a_change_that_only_ranks_is_not_said_to_exist(agent: ShoppingAgent) -> None:
    _, told = talk(agent, "mugs", "the first one but hooded")
    assert "None of the mugs that match is marked for hooded" in told.text
    assert "style you picked" not in told.text


def test_a_style_that_a_price_keeps_off_the_table_is_not_said_to_be_missing(
    transcripts: Transcripts, tmp_path: Path
) -> None:
    black = next(item for item in items() if item.item_id == "DR3")
    other = replace(black, item_id="X1", item_group_id="dress-9", price=30.0)
    agent = small_agent(small_shop(tmp_path, (*items(), other)), transcripts, tmp_path)
    _, dear, there = talk(agent, "dresses", "the red one but in black under 40", "under 100")
    assert dear.outcome == there.outcome == "found"
    assert "style you picked" not in dear.text
    exists = talk(agent, "dresses", "the red one but in black")[-1]
    assert "Yes, the style you picked exists in black: it comes first." in exists.text


def _photo(folder: Path, *halves: tuple[int, int, int]) -> str:
    """A picture of two colours, or of one."""
    image = Image.new("RGB", (32, 32), halves[0])
    image.paste(halves[-1], (16, 0, 32, 32))
    image.save(folder / "photo.png")
    return str(folder / "photo.png")


def test_only_what_looks_like_the_photo_is_said_to(
    transcripts: Transcripts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FLOORS, "words", PhotoFloor(photos=0.9, unsure=0.9, agreement=0.0, texts=0.9))
    agent = small_agent(small_shop(tmp_path), transcripts, tmp_path)
    shaded = _photo(tmp_path, (255, 0, 0), (200, 0, 0))
    events = list(agent.respond(*agent.start("page"), UserTurn("mugs like this", (shaded,))))
    cards = next(event.cards for event in events if isinstance(event, Recommended))
    assert len(cards) == 6
    assert [c.item.values("color") for c in cards if c.reason.startswith("Looks like your photo")] == [("Red",)]


def test_a_photo_of_one_colour_looks_like_nothing(
    transcripts: Transcripts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FLOORS, "words", PhotoFloor(photos=0.1, unsure=0.1, agreement=0.0, texts=0.1))
    agent = small_agent(small_shop(tmp_path), transcripts, tmp_path)
    blank = _photo(tmp_path, (250, 0, 0), (252, 0, 0))
    (alone,) = talk(agent, UserTurn("", (blank,)))
    assert alone.outcome == "nothing_in_range"
    _, named, later = talk(agent, "mugs", UserTurn("", (blank,)), "red or blue ones")
    assert "resembles" not in later.text
    assert "None of these really resembles your photo." in named.text
    assert "closest to your photo" not in named.text


def test_the_currency_is_told_in_the_turn_that_names_another(agent: ShoppingAgent) -> None:
    named, later, again = talk(agent, "mugs under 90 euro", "blue or red ones", "under 80 euro")
    told = ["so I took your amount as USD" in turn.text for turn in (named, later, again)]
    assert told == [True, False, True]
