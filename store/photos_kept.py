"""The shoppers' photos that transcripts refer to: one file per content, named by its sha256.

Photos arrive already made small (the agent does that) and are copied byte for byte, at the beginning of a turn. What
refers to a photo is known to ``store/transcripts.py`` alone, which is also what asks to forget.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Container, Iterator
from pathlib import Path

from store.errors import SourceError, StoreUnavailable

FOLDER = "photos"
_IN_USE_S = 86_400.0  # a photo that no turn refers to may belong to a turn that is being answered


class PhotoStore:
    """The folder ``photos`` of a home folder."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def keep(self, photo: Path) -> str:
        """Copy a photo and return its path relative to the home folder; durable when it returns.

        Raises
        ------
        SourceError
            The file cannot be read, or is neither JPEG, WebP nor PNG.
        StoreUnavailable
            The copy cannot be written.
        """
        try:
            content = photo.read_bytes()
        except OSError as error:
            raise SourceError(f"cannot read the photo {photo} ({error.strerror}); send it again") from error
        name = f"{FOLDER}/{hashlib.sha256(content).hexdigest()}{_suffix(content, photo)}"
        target = self._home / name
        if target.exists():
            os.utime(target)  # in use again
        else:
            try:
                _write_durably(target, content)
            except OSError as error:
                raise StoreUnavailable(
                    f"cannot keep the photo as {target} ({error.strerror}); "
                    "free some space, or make the folder writable"
                ) from error
        return name

    def forget(self, own: Container[str], referred: Container[str]) -> int:
        """Delete the photos in ``own``, and every one left over from unfinished turns; returns how many.

        Both hold relative paths, as ``keep`` gave them; what is in ``referred`` stays.

        Raises
        ------
        StoreUnavailable
            A photo cannot be deleted.
        """
        gone = [photo for photo in self._unreferred(referred) if self._name(photo) in own or _is_left_over(photo)]
        for photo in gone:
            try:
                photo.unlink(missing_ok=True)
            except OSError as error:
                raise StoreUnavailable(f"cannot delete {photo} ({error.strerror}); delete it by hand") from error
        return len(gone)

    def kept_name(self, photo: Path) -> str | None:
        """The relative path of a photo that lies in this folder already, else None."""
        return self._name(photo) if photo.parent == self._home / FOLDER else None

    def _unreferred(self, referred: Container[str]) -> Iterator[Path]:
        folder = self._home / FOLDER
        if folder.is_dir():
            yield from (photo for photo in folder.iterdir() if self._name(photo) not in referred)

    def _name(self, photo: Path) -> str:
        return f"{FOLDER}/{photo.name}"


def _is_left_over(photo: Path) -> bool:
    return time.time() - photo.stat().st_mtime > _IN_USE_S


def _suffix(content: bytes, photo: Path) -> str:
    """By content, not by name."""
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    raise SourceError(f"{photo} is neither JPEG, WebP nor PNG; save it as one of these")


def _write_durably(target: Path, content: bytes) -> None:
    """All or nothing: a temporary file, flushed, then renamed, then the folder flushed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)  # still there only where something went wrong
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
