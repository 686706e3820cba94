from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from retrievers.errors import PhotoError
from ui.photos import MAX_BYTES, PhotoShelf


def a_photo(path: Path) -> str:
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by its tag
    exif[0x010E] = "taken at home"
    Image.new("RGB", (2000, 1000), "teal").save(path, exif=exif)
    return str(path)


def test_a_photo_is_laid_by_small_upright_and_without_metadata(tmp_path: Path) -> None:
    shelf = PhotoShelf(tmp_path / "passing")
    path = Path(shelf.put(a_photo(tmp_path / "p.jpg"), "s1"))
    assert path.parent == (tmp_path / "passing" / "s1").resolve()
    with Image.open(path) as kept:
        assert kept.height > kept.width
        assert max(kept.size) <= 1280
        assert not kept.getexif()


def test_a_large_file_and_a_false_name_are_refused_in_one_sentence(tmp_path: Path) -> None:
    shelf, large, false = PhotoShelf(tmp_path), tmp_path / "large.jpg", tmp_path / "report.jpg"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    false.write_bytes(b"%PDF-1.7")
    with pytest.raises(PhotoError, match="20 MB"):
        shelf.put(str(large), "s1")
    with pytest.raises(PhotoError, match="JPEG, PNG"):
        shelf.put(str(false), "s1")


def test_forgetting_a_session_leaves_the_others(tmp_path: Path) -> None:
    shelf = PhotoShelf(tmp_path / "passing")
    gone, stays = (shelf.put(a_photo(tmp_path / "p.jpg"), session) for session in ("s1", "s2"))
    shelf.forget("s1")
    shelf.forget("never was")
    assert (Path(gone).exists(), Path(stays).exists()) == (False, True)


def test_a_photo_about_to_go_elsewhere_is_held(tmp_path: Path) -> None:
    shelf, kept = PhotoShelf(tmp_path / "passing"), tmp_path / "kept.jpg"
    a_photo(kept)
    held = shelf.hold(str(kept), "s1")
    kept.unlink()
    assert Path(held).is_file()
    assert shelf.hold(held, "s1") == held
