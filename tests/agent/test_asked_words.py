"""The words of messages as they are read, and those that ask for something."""

from __future__ import annotations

import pytest

from agent.asked_words import AskedWords
from agent.reading import Reader
from agent.shop import speller_of
from tests.agent.small_store import small_shop


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> AskedWords:
    shop = small_shop(tmp_path_factory.mktemp("shop"))
    return AskedWords(Reader(shop.vocabulary, speller_of(shop)))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("a red dress, no silk", "a red dress,"),
        ("boots that are not made of suede", "boots"),
        ("a cotton dress under 60", "a cotton dress"),
        ("a red dress but not linen or silk", "a red dress"),
        ("a silk dress for a summer wedding", "a silk dress for a summer wedding"),
        ("no suede boots", "boots"),
        ("non stick rubber mat", "non stick rubber mat"),
        ("nothing in silk please", ""),
        ("thanks", "thanks"),
        ("", ""),
    ],
)
def test_what_is_refused_is_not_asked_for(words: AskedWords, text: str, asked: str) -> None:
    assert words(text).asked == asked


def test_mistyped_words_are_corrected_and_refusals_stay_in_what_was_read(words: AskedWords) -> None:
    heard = words("a cottn dres, no siilk")
    assert heard.read == "a cotton dress, no silk"
    assert heard.asked == "a cotton dress,"


def test_without_prices_a_number_stays(words: AskedWords) -> None:
    assert AskedWords(words.reader, priced=False)("a cotton dress under 60").asked == "a cotton dress under 60"
