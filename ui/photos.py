"""Taking in a shopper's photo: opened safely, made small, stripped of its metadata, laid by for this visit.

Phone photos are large and carry the place where they were taken. What enters a conversation is a small plain JPEG
with none of that. It lies in a passing folder; the assistant copies what a recorded conversation keeps.
"""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from retrievers.errors import PhotoError
from retrievers.photos import open_photo

MAX_BYTES = 20 * 1024 * 1024  # what the page lets through; photos that are named by path are held to the same
QUALITY = 88


@dataclass(frozen=True, slots=True)
class PhotoShelf:
    """The passing folder, with one folder in it per conversation."""

    folder: Path

    def put(self, upload: str, session_id: str) -> str:
        """Open an upload and lay it by; the absolute path of the small copy.

        Raises
        ------
        PhotoError
            Too large, damaged, not a picture, or no room for the copy; the message is for the shopper.
        """
        size = Path(upload).stat().st_size if Path(upload).is_file() else 0
        if size > MAX_BYTES:
            raise PhotoError(f"That photo has {size / 2**20:.0f} MB; up to {MAX_BYTES / 2**20:.0f} MB work.")
        photo = open_photo(upload)
        path = self._new(session_id)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            photo.save(path, "JPEG", quality=QUALITY)
        except OSError as error:
            raise PhotoError(f"The photo could not be saved ({error.strerror}); free some disk space.") from error
        return str(path)

    def hold(self, path: str, session_id: str) -> str:
        """A photo that is about to be deleted elsewhere, copied here; one that lies here already stays."""
        if Path(path).is_relative_to(self.folder.resolve()):
            return path
        target = self._new(session_id)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        return str(target)

    def forget(self, session_id: str) -> None:
        """Delete every passing photo of a conversation; one without photos is no error."""
        shutil.rmtree(self.folder / session_id, ignore_errors=True)

    def _new(self, session_id: str) -> Path:
        return self.folder.resolve() / session_id / f"{uuid.uuid4().hex}.jpg"
