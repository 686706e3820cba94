"""Behaviour vectors line up with a catalog by item id, predict what was never visited, and fold shoppers in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retrievers.behaviour import FILE, Behaviour, ContentMap, Factors, MadeFrom, coverage, load_behaviour
from retrievers.errors import BehaviourError

RNG = np.random.default_rng(0)
CONTENT = RNG.normal(size=(5, 6)).astype(np.float32)  # items a to e
MADE_FROM = MadeFrom("mine", "e1", "c", "i", 3, 10.0, 2.0, 1.0)
FACTORS = Factors(
    MADE_FROM,
    ("a", "b", "d"),
    RNG.normal(size=(3, 3)).astype(np.float32),
    ("u1", "Zoë"),
    RNG.normal(size=(2, 3)).astype(np.float32),
    ContentMap(RNG.normal(size=(6, 3)).astype(np.float32), np.ones(3, dtype=np.float32)),
)
REBUILD = "python app.py import-interactions --store mine"


def loaded(folder: Path, ids: str, content: np.ndarray = CONTENT) -> Behaviour:
    found = load_behaviour(folder, "mine", "e1", tuple(ids), content)
    assert found is not None
    return found


def test_a_store_without_interactions_has_none(tmp_path: Path) -> None:
    assert load_behaviour(tmp_path, "mine", "e1", ("a",), CONTENT[:1]) is None


def test_vectors_are_in_the_order_of_the_catalog_and_the_rest_is_predicted(tmp_path: Path) -> None:
    FACTORS.save(tmp_path / FILE)
    found = loaded(tmp_path, "abcde")
    assert found.observed.tolist() == [True, True, False, True, False]
    np.testing.assert_array_equal(found.items[[0, 1, 3]], FACTORS.items)
    np.testing.assert_allclose(found.items[2], CONTENT[2] @ FACTORS.content_map.weights + 1, rtol=1e-5)
    np.testing.assert_array_equal(found.users["Zoë"], FACTORS.users[1])
    assert found.made_from == MADE_FROM


def test_a_catalog_that_changed_still_lines_up(tmp_path: Path) -> None:
    FACTORS.save(tmp_path / FILE)
    before, after = loaded(tmp_path, "abcde"), loaded(tmp_path, "edzb", CONTENT[[4, 3, 0, 1]])
    np.testing.assert_allclose(after.items[[0, 1, 3]], before.items[[4, 3, 1]], rtol=1e-5)
    assert after.observed.tolist() == [False, True, False, True]
    assert coverage(tmp_path, "mine", "e1", tuple("edzb")) == (2, 2)


@pytest.mark.parametrize(
    ("store", "encoder", "ids", "named"),
    [
        ("mine", "e2", "abcde", "encoder e1, the store's are of e2"),
        ("other", "e1", "abcde", "of store 'mine'"),
        ("mine", "e1", "avwxy", "of whose visited items 'mine' has 33%"),
    ],
)
def test_a_file_of_another_store_or_encoder_is_refused(
    tmp_path: Path, store: str, encoder: str, ids: str, named: str
) -> None:
    FACTORS.save(tmp_path / FILE)
    with pytest.raises(BehaviourError, match=f"{named}.*import-interactions --store {store}"):
        load_behaviour(tmp_path, store, encoder, tuple(ids), CONTENT)


def test_content_of_another_width_is_refused(tmp_path: Path) -> None:
    FACTORS.save(tmp_path / FILE)
    with pytest.raises(BehaviourError, match=f"width 6, not .*{REBUILD}"):
        load_behaviour(tmp_path, "mine", "e1", tuple("abcde"), CONTENT[:, :4])


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    FACTORS.save(folder / FILE)
    whole = (folder / FILE).read_bytes()
    for data in (b"", whole[: len(whole) // 2]):
        (folder / FILE).write_bytes(data)
        with pytest.raises(BehaviourError, match=f"not a file of behaviour vectors.*{REBUILD}"):
            load_behaviour(folder, "mine", "e1", tuple("abcde"), CONTENT)


def test_the_fingerprint_changes_with_what_vectors_depend_on() -> None:
    for change in ({"interactions": "j"}, {"encoder": "e2"}, {"dim": 4}, {"confidence": 1.0}):
        assert replace(MADE_FROM, **change).fingerprint != MADE_FROM.fingerprint  # type: ignore[arg-type]
    assert replace(MADE_FROM, penalty=9.0, r2=0.5).fingerprint == MADE_FROM.fingerprint
