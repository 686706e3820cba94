"""What a request asks for, without the words of asking and without what is already known."""

import pytest

from retrievers.content_words import content_stems, content_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do you have anything like this, but in blue?", ["blue"]),
        ("can you show me something nice?", []),
        ("a V-neck for my running shoes", ["vneck", "running", "shoes"]),
        ("vestido rojo", ["vestido", "rojo"]),
        ("", []),
    ],
)
def test_the_words_of_asking_go(text: str, expected: list[str]) -> None:
    assert content_words(text) == expected


def test_what_is_known_goes_in_any_form() -> None:
    assert content_words("striped blue dresses with pockets", but=["Blue", "Dress", "stripes"]) == ["pockets"]


def test_stems_keep_hyphenated_words_as_one_too() -> None:
    assert content_stems("a slip-on shoe") == ["slip", "slipon", "shoe"]
