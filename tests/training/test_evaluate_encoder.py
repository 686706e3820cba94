"""The figures on vectors whose right answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from retrievers.base import Vectors
from training.encoder_data import Picture
from training.evaluate_encoder import Gallery, as_table, other_colour, shop_figures

TYPES = ("dress", "shoe")


def picture(number: int) -> Picture:
    kind = TYPES[number % 2]
    texts = {"type": kind, "colour type": f"red {kind}", "name": f"name {number}"}
    return Picture(str(number), f"item-{number}", "myntra", "test", Path("none"), texts, kind)


def gallery(vectors: Vectors, by_text: dict[str, Vectors]) -> Gallery:
    def encode(texts: Sequence[str]) -> Vectors:
        return np.stack([by_text[text] for text in texts])

    return Gallery([picture(number) for number in range(len(vectors))], vectors, encode)


@pytest.fixture
def vectors() -> Vectors:
    """Twenty pictures: one axis for each type, and a little of an axis of their own."""
    types = np.eye(2, dtype=np.float32)[np.arange(20) % 2]
    return np.concatenate([types, 0.1 * np.eye(20, dtype=np.float32)], axis=1)


def test_perfect_vectors_score_one(vectors: Vectors) -> None:
    by_text: dict[str, Vectors] = {f"name {row}": vectors[row] for row in range(20)}
    for row, kind in enumerate(TYPES):
        by_text[kind] = by_text[f"red {kind}"] = np.eye(22, dtype=np.float32)[row]
    figures = {each.question: each for each in shop_figures(gallery(vectors, by_text))}
    assert set(figures) == {"type", "colour type", "own name"}
    assert all(each.value == 1 for each in figures.values())
    assert (figures["type"].queries, figures["own name"].queries) == (2, 20)


def test_swapped_types_score_zero(vectors: Vectors) -> None:
    by_text: dict[str, Vectors] = {f"name {row}": -vectors[row] for row in range(20)}
    for row, kind in enumerate(TYPES):
        by_text[kind] = by_text[f"red {kind}"] = np.eye(22, dtype=np.float32)[1 - row]
    figures = {each.question: each for each in shop_figures(gallery(vectors, by_text))}
    assert figures["type"].value == figures["colour type"].value == 0
    assert "| myntra | type | p@10 | 0.000 |" in as_table(list(figures.values()))


def test_rare_types_are_not_asked(vectors: Vectors) -> None:
    by_text: dict[str, Vectors] = {f"name {row}": vectors[row] for row in range(8)}
    figures = shop_figures(gallery(vectors[:8], by_text))
    assert [each.question for each in figures] == ["own name"]


def test_other_colours_are_found_without_the_picture_itself(vectors: Vectors) -> None:
    """Ten share a type with picture 0, itself among them: one of those is found, one of the other type is not."""
    asked = gallery(vectors, {})
    assert other_colour(asked, [("item-0", "item-2"), ("item-0", "not there")])[0].value == 1
    assert other_colour(asked, [("item-0", "item-1")])[0].value == 0
    assert other_colour(asked, []) == []
