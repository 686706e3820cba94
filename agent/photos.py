"""The shopper's photos on their way from an upload to where the conversation finds them again.

A photo is decoded once, made small, and kept under the home folder by its content, so that a later turn
("but in blue") and a restored session still have it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL.Image import Image

from store.photos_kept import FOLDER, PhotoStore

QUALITY = 88


class KeptPhotos:
    """The kept photos of one home folder; a state names them relative to it, so that the folder can move."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._store = PhotoStore(home)

    def place(self, photo: Path) -> Path:
        """Keep a small copy and return where it stays; the copy is removed."""
        try:
            return self._home / self._store.keep(photo)
        finally:
            photo.unlink(missing_ok=True)

    def name(self, photo: str) -> str:
        """How a state names a photo: relative to the home folder where it is kept, else by its whole path."""
        path = Path(photo)
        return path.relative_to(self._home).as_posix() if path.is_relative_to(self._home) else photo

    def find(self, name: str) -> Path | None:
        """The file of a photo that a state names, None when it is gone.

        States of earlier versions hold whole paths; a kept photo is then found by its file name.
        """
        path = self._home / name  # an absolute name stands for itself
        moved = self._home / FOLDER / Path(name).name
        return next((found for found in (path, moved) if found.is_file()), None)


def small_copy(image: Image) -> Path:
    """A JPEG file of an opened photo, which is small already, in the temporary folder; the caller owns it."""
    with tempfile.NamedTemporaryFile(prefix="mercer-photo-", suffix=".jpg", delete=False) as file:
        image.save(file, format="JPEG", quality=QUALITY)
        return Path(file.name)
