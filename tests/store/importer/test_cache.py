from pathlib import Path

import numpy as np

from store.importer.cache import ImportCache


def test_vectors_last_and_only_the_wanted_stay(tmp_path: Path) -> None:
    vectors = {f"k{n}": np.full(4, n, dtype=np.float32) for n in range(1200)}
    first = ImportCache(tmp_path)
    first.put_vectors(vectors)
    first.close()
    again = ImportCache(tmp_path)
    found = again.vectors([*vectors, "unknown"])
    assert found.keys() == vectors.keys()
    assert np.array_equal(found["k7"], vectors["k7"])
    again.keep_only_vectors(["k7", "unknown"])
    assert again.vectors(list(vectors)).keys() == {"k7"}
    again.close()


def test_fetched_pictures_are_remembered_by_address(tmp_path: Path) -> None:
    cache = ImportCache(tmp_path)
    cache.put_fetched({"https://a.example/1.jpg": "pictures/aa/1.webp"})
    cache.put_fetched({"https://a.example/1.jpg": "pictures/bb/2.webp"})
    assert cache.picture_of("https://a.example/1.jpg") == "pictures/bb/2.webp"
    assert cache.picture_of("https://a.example/2.jpg") is None
    cache.close()
