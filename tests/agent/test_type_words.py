from __future__ import annotations

import pytest

from agent.type_words import names_a_part


@pytest.mark.parametrize(
    ("words", "categories", "part"),
    [
        ("tank tops", ("Bras & Tanks", "Tanks"), True),
        ("bras", ("Bras & Tanks",), True),
        ("tops", ("Bras & Tanks", "Tees"), False),
        ("jackets", ("Jackets", "Padded Jackets"), False),
        ("shoes", ("Boots", "Running Shoes"), False),
        ("", ("Bras & Tanks",), False),
    ],
)
def test_words_may_name_a_part_of_a_kind(words: str, categories: tuple[str, ...], part: bool) -> None:
    assert names_a_part(words, categories) is part
