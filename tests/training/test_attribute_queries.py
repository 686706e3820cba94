"""Right answers hold all that is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from store.schemas import Item
from tests.agent.small_store import items
from training.attribute_queries import MOST_RIGHT, draw, draw_with_photos, styles_in, styles_of


def test_every_right_item_holds_the_words() -> None:
    stocked = items()
    queries = draw(stocked, 40, 0)
    assert len(queries) == 40
    for query in queries:
        assert 1 <= len(query.right) <= MOST_RIGHT
        said = {item.item_id: _words(item) for item in stocked}
        asked = set(_split(query.text)) & set.union(*said.values())
        assert {i for i, words in said.items() if asked <= words} >= set(query.right)


def test_the_same_seed_draws_the_same_queries() -> None:
    assert draw(items(), 10, 3) == draw(items(), 10, 3)
    assert draw(items(), 10, 3) != draw(items(), 10, 4)


def test_a_picture_asks_for_its_style_in_a_colour_it_has() -> None:
    shown = [replace(item, image_paths=("p.webp",)) for item in items()]
    by_id = {item.item_id: item for item in shown}
    queries = draw_with_photos(shown, styles_of(shown), 20, 0)
    assert len(queries) == 20
    for query in queries:
        for right in query.right:
            assert by_id[right].item_group_id == by_id[query.pictured].item_group_id
            assert by_id[right].values("color")[0].lower() in query.text
            assert right != query.pictured


def test_a_file_of_pairs_gives_each_style_once(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("a\tb\na\tc\nb\ta\nb\tc\nd\te\n", "utf-8")
    assert sorted(map(sorted, styles_in(pairs))) == [["a", "b", "c"], ["d", "e"]]


def test_a_store_without_facts_gives_none() -> None:
    assert draw([Item("a", "Thing", product_type="Things")], 5, 0) == []


def _split(text: str) -> list[str]:
    return text.replace(",", " ").replace("/", " ").split()


def _words(item: Item) -> set[str]:
    values = [item.category, *(v for name in item.attributes for v in item.values(name))]
    return set(_split(" ".join(values).lower()))
