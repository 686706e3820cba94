from __future__ import annotations

import hashlib
import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from store.errors import SourceError, StoreUnavailable
from store.photos_kept import PhotoStore
from tests.store.made_turns import photo


def test_one_file_per_content_named_by_its_hash(tmp_path: Path) -> None:
    source = Path(photo(str(tmp_path / "a.dat")))
    store = PhotoStore(tmp_path / "home")
    name = store.keep(source)
    assert name == f"photos/{hashlib.sha256(source.read_bytes()).hexdigest()}.jpg"
    assert store.keep(Path(photo(str(tmp_path / "b.png")))) == name
    assert [p.name for p in (tmp_path / "home" / "photos").iterdir()] == [Path(name).name]
    assert store.kept_name(tmp_path / "home" / name) == name
    assert store.kept_name(source) is None


@pytest.mark.parametrize(("kind", "suffix"), [("WEBP", ".webp"), ("PNG", ".png")])
def test_the_kind_is_read_from_the_content(tmp_path: Path, kind: str, suffix: str) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "photo.jpg", kind)
    assert PhotoStore(tmp_path / "home").keep(tmp_path / "photo.jpg").endswith(suffix)


def test_what_is_no_photo_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"%PDF-1.7")
    with pytest.raises(SourceError, match="neither JPEG, WebP nor PNG"):
        PhotoStore(tmp_path / "home").keep(tmp_path / "photo.jpg")
    with pytest.raises(SourceError, match="cannot read the photo"):
        PhotoStore(tmp_path / "home").keep(tmp_path / "none.jpg")
    assert not (tmp_path / "home").exists()


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("a file in the way")
    with pytest.raises(StoreUnavailable, match="cannot keep the photo as"):
        PhotoStore(tmp_path).keep(Path(photo(str(tmp_path / "a.jpg"))))


def test_only_own_and_left_over_photos_are_forgotten(tmp_path: Path) -> None:
    store = PhotoStore(tmp_path)
    colours = ("red", "green", "blue", "white")
    own, shared, in_use, left_over = (store.keep(Path(photo(str(tmp_path / f"{c}.jpg"), c))) for c in colours)
    two_days_ago = time.time() - 2 * 86_400
    for name in (left_over, shared):
        os.utime(tmp_path / name, (two_days_ago, two_days_ago))
    now = datetime.now(UTC)
    assert store.forget({own: now, shared: now}, referred={shared}) == 2
    assert {f"photos/{p.name}" for p in (tmp_path / "photos").iterdir()} == {shared, in_use}


def test_forgetting_while_others_keep_photos_misses_nothing(tmp_path: Path) -> None:
    store, done = PhotoStore(tmp_path), threading.Event()
    upload = tmp_path / "upload.jpg"

    def keep_on() -> None:
        for shade in range(300):
            upload.write_bytes(b"\xff\xd8\xff" + str(shade).encode())
            store.keep(upload)
        done.set()

    other = threading.Thread(target=keep_on)
    other.start()
    while not done.is_set():
        assert store.forget({}, referred=()) == 0
    other.join()
    assert len(list((tmp_path / "photos").iterdir())) == 300


def test_a_folder_that_is_none_cannot_be_forgotten_in_silence(tmp_path: Path) -> None:
    assert PhotoStore(tmp_path).forget({}, referred=()) == 0
    (tmp_path / "photos").write_text("a file in the way")
    with pytest.raises(StoreUnavailable, match="cannot read"):
        PhotoStore(tmp_path).forget({}, referred=())
