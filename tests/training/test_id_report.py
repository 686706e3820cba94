"""The report of semantic IDs agrees with counts by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.indexing import import_catalog
from store.importer.stage import ImportOptions
from store.vector_index import connect
from tests.training.small_bench import write_catalog
from training.id_report import as_text, cosines_by_prefix, main, report


def test_the_report_counts_by_hand() -> None:
    codes = np.array([[0, 0], [0, 0], [0, 1], [1, 1]])
    vectors = np.array([[1, 0], [1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    found = report(codes, 4, vectors)
    assert found.usage == (0.5, 0.5)
    assert (found.unique, found.largest) == (0.5, 2)
    np.testing.assert_allclose(found.cosines[1:], (0.8, 1.0), atol=1e-6)
    assert 0 < found.cosines[0] < 0.6
    assert "used per level: 50%, 50%" in as_text(found)
    assert "largest group: 2" in as_text(found)


def test_new_items_are_compared_with_known_ones_only() -> None:
    codes = np.array([[0, 0], [0, 1], [1, 1], [0, 0]])
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [0, 1]], dtype=np.float32)
    found = cosines_by_prefix(codes, vectors, np.array([3]), np.array([0, 1, 2]))
    np.testing.assert_allclose(found, (1.0, 0.6, 0.0), atol=1e-6)


@pytest.mark.parametrize("arguments", [["--index-method", "fsq"], ["--new", ".5"]])
def test_a_store_without_a_generator_has_a_report(
    arguments: list[str], tmp_path: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "models").symlink_to(models_dir)
    encoder = load_encoder(EMBEDDED, models_dir)
    client = connect(tmp_path, None)
    import_catalog(write_catalog(tmp_path), "mine", ImportOptions(), tmp_path, client, encoder, progress=False)
    main(["--home", str(tmp_path), "--store", "mine", *arguments])
    said = capsys.readouterr().out
    assert f"mine: 4 items, {'fsq' if 'fsq' in arguments else 'semantic'} IDs of 3 levels" in said
    assert ("of 2 new items with known ones" in said) == ("--new" in arguments)
