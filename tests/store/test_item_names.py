"""What items are called in sentences."""

from __future__ import annotations

import pytest

from store.item_names import LONGEST_NAME, name_of

MORE = ", Undated Weekly To Do List, Thick Paper, Tear Off Pad, Pocket, Stickers, Monthly Tabs, Bookmark, Gift Box"


@pytest.mark.parametrize(
    ("begin", "name"),
    [
        ("Weekly Planner Notepad - Planning Pad", "Weekly Planner Notepad"),
        ('Weekly Planner (8.5x11", Colorful)', "Weekly Planner"),
        ("Printer Paper | 8.5 x 11", "Printer Paper"),
        ("Pens, blue, 12 Pack", "Pens, blue"),  # one word says too little
        ("A-line dress", "A-line dress"),
        ("Marlow Bros. Large Black and White Rug", "Marlow Bros. Large Black and White Rug"),
        ("Lamp 2.5 W 1,000 lm: warm", "Lamp 2.5 W 1,000 lm"),
    ],
)
def test_a_long_title_ends_at_its_first_break(begin: str, name: str) -> None:
    assert name_of(begin + MORE) == name
    assert name_of(begin) == begin


def test_a_long_title_without_a_mark_ends_before_what_is_beside_the_thing() -> None:
    words = (
        "Soft Grip Ball Point Pen for Men Women School Office Shops Writing Drawing Art Class Retractable Refill Case"
    )
    assert name_of(f"Acme Ballpoint Pens Medium with {words}") == "Acme Ballpoint Pens Medium"
    assert name_of("Longwordedthing" * 2 + " " + "word " * 30) == ("Longwordedthing" * 2 + " " + "word " * 8).strip()
    assert len(name_of("unbroken" * 20)) <= LONGEST_NAME
