"""Words of codes come from the items below them; the map has every item in its square."""

from __future__ import annotations

import numpy as np

from retrievers.atlas import MOST_POINTS, Atlas
from tests.retrievers.small_evidence import FEATURES
from tests.retrievers.small_shop import ITEMS, item

IDS = np.array([[0, 0, 0], [0, 1, 0], [0, 2, 0], [1, 0, 0], [1, 0, 1], [2, 0, 0], [2, 1, 0]])
ATLAS = Atlas(ITEMS, IDS, FEATURES.joint)


def test_a_code_is_called_by_what_its_items_have_more_than_the_catalog() -> None:
    assert ATLAS.words((0,))[0] == "dresses"
    assert ATLAS.words((1,))[0] == "coats"
    assert "mugs" in ATLAS.words((2,))


def test_a_deeper_code_is_called_by_what_it_adds() -> None:
    assert "silk" in ATLAS.words((0, 1))
    assert not {"dresses", "dress"} & set(ATLAS.words((0, 1)))


def test_what_every_item_has_and_what_is_no_word_names_nothing() -> None:
    same = tuple(item(f"s{n}", "Plain sock 42", "Wear > Socks", "Red", 5.0) for n in range(3))
    atlas = Atlas(same, np.array([[0, 0], [0, 1], [1, 0]]), np.ones((3, 4), dtype=np.float32))
    assert atlas.words((0,)) == ()
    assert atlas.words((1,)) == ()


def test_a_prefix_of_no_item_has_no_words() -> None:
    assert ATLAS.words((5,)) == ()


def test_the_map_holds_every_item_in_a_square() -> None:
    points = ATLAS.points
    assert [point.item_id for point in points] == [each.item_id for each in ITEMS]
    assert [point.code for point in points] == IDS[:, 0].tolist()
    where = np.array([(point.x, point.y) for point in points])
    assert where.min(axis=0).tolist() == [0.0, 0.0]
    assert where.max(axis=0).tolist() == [1.0, 1.0]
    dresses = where[:3]
    assert (
        np.linalg.norm(dresses - dresses.mean(0), axis=1).mean()
        < np.linalg.norm(where - where.mean(0), axis=1).mean()
    )


def test_the_first_codes_are_counted() -> None:
    assert ATLAS.first_codes == {0: 3, 1: 2, 2: 2}


def test_identical_items_lie_on_one_place() -> None:
    atlas = Atlas(ITEMS[:1] * 3, np.array([[0, 0], [0, 1], [0, 2]]), np.ones((3, 4), dtype=np.float32))
    assert {(point.x, point.y) for point in atlas.points} == {(0.0, 0.0)}


def test_a_large_catalog_is_thinned_evenly() -> None:
    many = tuple(item(f"n{n}", "Sock", "Socks", "Red", 1.0) for n in range(MOST_POINTS + 700))
    ids = np.stack([np.arange(len(many)), np.zeros(len(many), dtype=int)], axis=1)
    vectors = np.random.default_rng(0).standard_normal((len(many), 3)).astype(np.float32)
    points = Atlas(many, ids, vectors).points
    assert len({point.item_id for point in points}) == MOST_POINTS
    assert (points[0].item_id, points[-1].item_id) == ("n0", many[-1].item_id)
