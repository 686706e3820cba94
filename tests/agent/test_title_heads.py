from __future__ import annotations

from pathlib import Path

import pytest

from agent.state import DialogueState
from agent.title_heads import kinds_name_things, title_heads
from store.schemas import Item
from tests.agent.small_store import small_shop, small_understanding


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("Power bank 10000 mAh", {"bank"}),
        ("USB-C charger 65 W", {"charger"}),
        ("Berlin 1929", {"berlin"}),
        ("501 jeans", {"jean"}),
        ("1929", set()),
        ("Set of mugs", {"mug"}),
        ("Pantry cabinet in white", {"cabinet"}),
        ("Lantern with LED light and handle", {"lantern"}),
        ("Linen dress, red", {"dress"}),
        ("Hawkins 44 in. white ceiling fan", {"fan", "hawkin"}),
        ("Grey laptop carry bag for men", {"bag"}),
    ],
)
def test_a_title_is_called_by_what_its_noun_phrases_end_on(title: str, heads: set[str]) -> None:
    assert title_heads([title]) == heads


def test_kinds_are_names_of_things_where_titles_say_them() -> None:
    crime = [Item(str(n), "The Salt Road", product_type="Crime") for n in range(8)]
    assert not kinds_name_things([*crime, Item("9", "Crime and Punishment", product_type="Crime")])
    assert kinds_name_things([Item("1", "Oslo 2", product_type="Sofas"), Item("2", "Oak desk", product_type="Desks")])
    assert not kinds_name_things([])


def test_a_kind_said_in_the_plural_names_things(tmp_path: Path) -> None:
    kinds = {"Alder Syrah": "Red", "Dolmen Riesling": "White"}
    green = {"color": ("Green",)}
    bottles = tuple(Item(name, name, name, 9.0, product_type=k, attributes=green) for name, k in kinds.items())
    rules, state = small_understanding(small_shop(tmp_path, bottles)), DialogueState()
    assert [rules.understand(said, state).type_words for said in ("reds", "red")] == ["reds", "pieces in red"]
