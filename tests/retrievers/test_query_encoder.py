"""A photo keeps what the words leave alone and loses what they change."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.base import EncodedQuery, Query
from retrievers.query_encoder import STRENGTH, QueryEncoder, replace_direction
from store.facts import FactTable
from store.schemas import Constraints, Item
from tests.retrievers.small_shop import ITEMS, WordEncoder, picture

ENCODER = WordEncoder()
RED, GREEN, BLUE, DRESS = ENCODER.encode_texts(["red", "green", "blue", "dress"])


def encoded(query: Query, items: tuple[Item, ...] = ITEMS) -> EncodedQuery:
    return QueryEncoder(ENCODER, FactTable(items)).encode(query, np.ones(len(items), dtype=bool))


def test_words_and_photo_become_vectors() -> None:
    both = encoded(Query("dress", picture("red")))
    assert both.text_vector is not None
    np.testing.assert_allclose(both.text_vector, DRESS, atol=1e-6)
    np.testing.assert_allclose(both.image_vector, RED, atol=1e-6)


def test_beside_a_photo_words_that_are_constraints_are_spent() -> None:
    constraints = Constraints(include={"color": ("Blue",)})
    assert encoded(Query("like this but in blue", picture("red"), constraints)).text_vector is None
    left = encoded(Query("a blue one with pockets", picture("red"), constraints))
    assert left.query.text == "pockets"
    assert encoded(Query("like this but in blue", constraints=constraints)).text_vector is not None


def test_what_is_missing_has_no_vector() -> None:
    nothing = encoded(Query(" "))
    assert (nothing.text_vector, nothing.image_vector) == (None, None)


def test_an_override_moves_the_photo_from_its_own_value_to_the_new_one() -> None:
    moved = encoded(Query("", picture("red"), overrides={"color": ("BLUE",)})).image_vector
    assert moved is not None
    assert moved @ BLUE > moved @ RED
    assert np.linalg.norm(moved) == pytest.approx(1, abs=1e-5)


def test_only_the_changed_direction_moves() -> None:
    rng = np.random.default_rng(0)
    image, new, old = (v / np.linalg.norm(v) for v in rng.normal(size=(3, 16)).astype(np.float32))
    direction = (new - old) / np.linalg.norm(new - old)
    moved = replace_direction(image, new, old)
    rest, moved_rest = image - image @ direction * direction, moved - moved @ direction * direction
    assert moved @ direction == pytest.approx(STRENGTH / np.linalg.norm(rest + STRENGTH * direction), abs=1e-5)
    assert rest @ moved_rest == pytest.approx(np.linalg.norm(rest) * np.linalg.norm(moved_rest), abs=1e-5)


@pytest.mark.parametrize(
    "overrides", [{"color": ("Pink",)}, {"wattage": ("5",)}, {"color": ("Red", "Green", "Blue")}]
)
def test_an_override_that_the_shop_cannot_place_leaves_the_photo_alone(overrides: dict[str, tuple[str, ...]]) -> None:
    np.testing.assert_allclose(encoded(Query("", picture("red"), overrides=overrides)).image_vector, RED, atol=1e-6)
