"""Which spellings count as one word."""

import pytest

from store.words import compounds, fold, stem, stems, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dress", "Dresses"),
        ("hood", "hooded"),
        ("stripes", "striped"),
        ("scarf", "scarves"),
        ("woman", "Women's"),
        ("knife", "knives"),
        ("lens", "lenses"),
        ("canvas", "canvases"),
        ("bus", "buses"),
        ("tee-shirt", "tee-shirts"),
        ("t-shirt", "T Shirts"),
        ("tshirt", "t-shirts"),
        ("v neck", "V-necks"),
    ],
)
def test_one_word(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("sleeve", "sleeveless"), ("leather", "leatherette"), ("shirt", "t-shirt"), ("cap", "cape"), ("M01", "M02")],
)
def test_two_words(one: str, other: str) -> None:
    assert not set(stems(one)) & set(stems(other))


def test_a_hyphenated_word_counts_as_its_parts_and_as_one() -> None:
    assert words("Slip-On") == ["slip", "on"]
    assert compounds("Slip-On") == ["slipon"]


def test_a_sku_is_found_whole_and_by_its_parts() -> None:
    assert stems("24-MB01") == ["24", "mb01", "24mb01"]


def test_nothing_to_say() -> None:
    assert stems(" — !? ") == []


def test_fold_ignores_case_width_and_spaces() -> None:
    assert fold("  Light   BLUE ") == fold("ｌｉｇｈｔ blue")


def test_stem_keeps_words_with_digits() -> None:
    assert stem("501s") == "501s"


def test_things_named_after_another_thing_are_none_of_it() -> None:
    assert stem("leggings") == stem("legging") != stem("legs")
    assert stem("bedding") != stem("beds")
