from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from retrievers.base import UNLIKE, Outcome, Query
from retrievers.photo_floor import FLOORS, PhotoFloor
from store.schemas import Constraints, Item
from tests.retrievers.small_shop import open_recommender

FLOOR = PhotoFloor(photos=0.3, unsure=0.4, agreement=0.5, texts=0.2)


@pytest.mark.parametrize(
    ("cosines", "kinds", "resembles"),
    [
        ((0.5, 0.2), ("a", "b"), True),
        ((0.35, 0.3), ("a", "a"), True),  # unsure, but the neighbours agree
        ((0.35, 0.3, 0.3), ("a", "b", "c"), False),
        ((0.29, 0.28), ("a", "a"), False),
        ((), (), True),  # a shop without photos has nothing to judge by
    ],
)
def test_far_photos_resemble_nothing(cosines: tuple[float, ...], kinds: tuple[str, ...], resembles: bool) -> None:
    assert FLOOR.resembles(cosines, kinds) is resembles


def test_floors_belong_to_the_encoder_that_they_were_measured_with() -> None:
    assert set(FLOORS) == {"embedded"}


def test_an_unlike_photo_is_an_outcome_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FLOORS, "words", PhotoFloor(photos=2.0, unsure=2.0, agreement=0.0, texts=2.0))
    mug = Item("A1", "red mug", product_type="Kitchen > Mugs", attributes={"color": ("Red",)})
    recommender = open_recommender((mug,), tmp_path)
    red = Image.new("RGB", (16, 16), (255, 0, 0))
    alone = recommender.recommend(Query(image=red), 3)
    assert (alone.outcome, alone.relaxed) == (Outcome.NOTHING_IN_RANGE, (UNLIKE,))
    assert [found.item.item_id for found in alone.recommendations] == ["A1"]
    named = Query(image=red, constraints=Constraints(include={"category": ("Mugs",)}))
    assert recommender.recommend(named, 3).outcome is Outcome.FOUND
