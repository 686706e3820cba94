"""A benchmark's files as they were downloaded: lines, gzipped or not, with a byte order mark or without; photos.

A line ends on a line feed alone: a JSON text may hold the other marks that Python takes for the end of a line.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from PIL.Image import Image

from retrievers.errors import PhotoError
from retrievers.photos import open_photo
from store.errors import SourceError

GZIPPED = b"\x1f\x8b"


def read_lines(path: Path) -> list[str]:
    """Every line, without its end.

    Raises
    ------
    SourceError
        The file cannot be read, or is no text.
    """
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data.startswith(GZIPPED) else data).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise SourceError(f"{path} cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} cannot be read: it is no UTF-8 text ({error.reason})") from error
    return [line.removesuffix("\r") for line in text.split("\n")]


def read_photo(path: Path | None) -> Image | None:
    """A photo that a file names, None where it names none.

    Raises
    ------
    SourceError
        It is missing or cannot be opened; names the file.
    """
    if path and not path.is_file():
        raise SourceError(f"The photo {path} is not there")
    try:
        return open_photo(path) if path else None
    except PhotoError as error:
        raise SourceError(f"The photo {path} cannot be opened: it is no picture, damaged or too large") from error
