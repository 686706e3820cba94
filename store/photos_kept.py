"""The shoppers' photos that transcripts refer to: one file per content, named by its sha256.

Photos arrive already made small (the agent does that) and are copied byte for byte, at the beginning of a turn. What
refers to a photo is known to ``store/transcripts.py`` alone, which is also what asks to forget.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Container, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from store.errors import SourceError, StoreUnavailable

FOLDER = "photos"
_IN_USE_S = 86_400.0  # a photo that no turn refers to may belong to a turn that is being answered
_CLOCK = timedelta(milliseconds=1)  # as fine as transcripts tell the time


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
        if not _touched(target):
            try:
                _write_durably(target, content)
            except OSError as error:
                raise StoreUnavailable(
                    f"cannot keep the photo as {target} ({error.strerror}); "
                    "free some space, or make the folder writable"
                ) from error
        return name

    def forget(self, own: Mapping[str, datetime], referred: Container[str]) -> int:
        """Delete the photos in ``own``, and every one left over from unfinished turns; returns how many.

        Both hold relative paths, as ``keep`` gave them; what is in ``referred`` stays. ``own`` tells when the photo
        was last referred to: one that was kept again since belongs to a turn of somebody else that is being answered.

        Raises
        ------
        StoreUnavailable
            The folder cannot be read, or a photo cannot be deleted.
        """
        gone = 0
        for photo in self._unreferred(referred):
            try:
                if _is_unused(photo, own.get(self._name(photo))):
                    photo.unlink()
                    gone += 1
            except FileNotFoundError:
                continue  # written under another name by now, or deleted by another program
            except OSError as error:
                raise StoreUnavailable(f"cannot delete {photo} ({error.strerror}); delete it by hand") from error
        return gone

    def kept_name(self, photo: Path) -> str | None:
        """The relative path of a photo that lies in this folder already, else None."""
        return self._name(photo) if photo.parent == self._home / FOLDER else None

    def _unreferred(self, referred: Container[str]) -> list[Path]:
        folder = self._home / FOLDER
        try:
            return [photo for photo in folder.iterdir() if self._name(photo) not in referred]
        except FileNotFoundError:
            return []  # no photo was ever kept
        except OSError as error:
            raise StoreUnavailable(f"cannot read {folder} ({error.strerror}); make it readable") from error

    def _name(self, photo: Path) -> str:
        return f"{FOLDER}/{photo.name}"


def _touched(target: Path) -> bool:
    """Whether a photo is there already; if so it counts as kept just now. Another program may delete it meanwhile."""
    try:
        os.utime(target)
    except OSError:
        return False
    return True


def _is_unused(photo: Path, last_referred: datetime | None) -> bool:
    """Whether no turn under way can have kept a photo, which was last referred to then, or never."""
    kept = photo.stat().st_mtime
    if last_referred is None:
        return time.time() - kept > _IN_USE_S
    return kept < (last_referred + _CLOCK).timestamp()


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
