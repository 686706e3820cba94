from __future__ import annotations

import pytest

from agent.asserted import asserts


@pytest.mark.parametrize(
    ("text", "phrase", "said"),
    [
        ("Machine wash at 30 °C.", "machine washable", True),
        ("Not dishwasher safe.", "dishwasher safe", False),
        ("It isn't waterproof", "waterproof", False),
        ("No lining. With a hood.", "hood", True),  # another sentence denies something else
        ("A wrinkle-free shirt.", "wrinkle free", True),
        ("A hood-free jacket.", "hood", False),
        ("A jacket.", "hood", False),
    ],
)
def test_sentences_assert(text: str, phrase: str, said: bool) -> None:
    assert asserts(text, phrase) is said
