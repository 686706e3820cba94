from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.reading import Reader, plain
from agent.shop import Shop, speller_of
from agent.utterance import Intent
from tests.agent.small_store import items, small_shop


@pytest.fixture(scope="module")
def reader(shop: Shop) -> Reader:
    return Reader(shop.vocabulary, speller_of(shop))


def test_emoji_of_things_that_the_store_has_become_words(shop: Shop) -> None:
    assert "dress" in plain("👗 please 🙂", shop.vocabulary)
    assert plain("🙂", shop.vocabulary) == "🙂"


@pytest.mark.parametrize("text", ["je cherche une jupe rouge", "gibt es hier Schuhe?", "quisiera unas botas azules"])
def test_other_languages_are_told_from_english(text: str, reader: Reader) -> None:
    assert reader.read(text, (), "", False).intent is Intent.FOREIGN


@pytest.mark.parametrize("text", ["a jakcet plz", "sneekers for my wief", "got secateurs?", "red"])
def test_mistyped_english_is_english(text: str, reader: Reader) -> None:
    assert reader.read(text, (), "", False).intent is not Intent.FOREIGN


def test_refusals_in_many_words(reader: Reader) -> None:
    for text in (
        "I can't stand leather",
        "she doesn't wear leather",
        "anything but leather",
        "we never have leather",
    ):
        reading = reader.read(text, (), "", False)
        assert {m.sense.fact for m in reading.mentions if m.start in reading.refused} == {"material"}, text


def test_what_somebody_has_already_or_lets_go_is_not_looked_for(reader: Reader) -> None:
    for text in (
        "she already has boots, maybe a dress",
        "forget the boots, show me a dress",
        "I have boots already. a dress",
    ):
        mentions = reader.read(text, (), "", False).mentions
        assert [mention.sense.values for mention in mentions if mention.sense.is_type] == [("Dresses",)], text
    assert reader.read("forget the budget", (), "", False).given_up.names


def test_what_is_refused_in_degree_only_is_no_hard_word(reader: Reader) -> None:
    reading = reader.read("not too fancy", (), "", False)
    assert {reading.tokens[at].text for at in reading.degrees} == {"fancy"}


def test_words_for_an_order_are_no_facts(reader: Reader) -> None:
    assert reader.read("boots, price high to low", (), "", False).mentions[0].sense.values == ("Boots",)
    assert len(reader.read("boots, price high to low", (), "", False).mentions) == 1


@pytest.mark.parametrize(("text", "lamps"), [("a jacket, light and warm", False), ("a jacket and a light", True)])
def test_a_light_jacket_asks_for_no_lamp(text: str, lamps: bool, reader: Reader) -> None:
    kinds = [v for m in reader.read(text, [], "", False).mentions if m.sense.is_type for v in m.sense.values]
    assert ("Table Lamps" in kinds) is lamps
    assert "Jackets" in kinds


def test_a_flat_is_a_home_and_flats_are_shoes(tmp_path: Path) -> None:
    flats = tuple(replace(item, product_type="Footwear > Ballet Flats") for item in items()[:6])
    shop = small_shop(tmp_path, flats)
    reader = Reader(shop.vocabulary, speller_of(shop))
    for text, kinds in (("my flat is so dark", 0), ("black flats", 1)):
        assert sum(m.sense.is_type for m in reader.read(text, [], "", False).mentions) == kinds, text


def test_what_somebody_has_and_a_bare_kind_that_goes_are_not_looked_for(reader: Reader) -> None:
    for text, kept in (
        ("I have a jacket, I need boots", ["Boots"]),
        ("I bought a navy dress, now I need boots", ["Boots"]),
        ("forget jackets, show me boots", ["Boots"]),
        ("I've got a jacket, but I need a warmer one", ["Jackets"]),
    ):
        reading = reader.read(text, (), "", False)
        types = [value for m in reading.mentions if m.sense.is_type for value in m.sense.values]
        assert types == kept, text
