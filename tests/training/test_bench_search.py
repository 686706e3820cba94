"""What a search costs: catalogs grow by copies, and every system is timed at every size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.training.small_bench import small_bench, write_catalog
from training import bench_search
from training.bench import SYSTEMS, OpenStore


@pytest.fixture
def store(tmp_path: Path, models_dir: Path) -> OpenStore:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(models_dir)
    write_catalog(tmp_path)
    return small_bench(tmp_path).store


def test_a_catalog_grows_by_copies_with_vectors_near_the_originals(store: OpenStore) -> None:
    grown = bench_search.resized(store, store.folder.parent.parent, 10)
    assert grown.facts.item_ids[:5] == ("d1", "d2", "m1", "m2", "d1+")
    assert grown.facts.item_ids[-1] == "d2++"
    for before, after in ((store.hybrid.text, grown.hybrid.text), (store.hybrid.image, grown.hybrid.image)):
        cosines = np.einsum("ij,ij->i", before.vectors.vectors, after.vectors.vectors[4:8])
        assert ((cosines > 0.85) & (cosines < 0.9999)).all()
        assert np.allclose(before.vectors.vectors, after.vectors.vectors[:4])


def test_a_catalog_shrinks_to_its_first_items(store: OpenStore) -> None:
    assert bench_search.resized(store, store.folder.parent.parent, 2).facts.item_ids == ("d1", "d2")


def test_every_system_is_timed(store: OpenStore) -> None:
    queries, encoding = bench_search._queries(store, 4, bench_search.WARM_UP + 2)
    assert encoding["ms_p50"] > 0
    found = bench_search.cost(bench_search.resized(store, store.folder.parent.parent, 6), queries)
    assert set(SYSTEMS) == found.processor.keys()
    assert found.clock.keys() > {*SYSTEMS, "full: generate", "full: dense", "full: rerank"}
    printed = bench_search._table({6: found})
    assert all(f"\n| {name} | " in printed for name in SYSTEMS)
