"""What a file really is: its kind, compression, encoding and delimiter, read from its content, never its name.

The whole file is read once for this, in blocks, because the first accented letter of a shop's export can be
in its last line. Knows nothing of columns' meanings.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TextIO, cast

from store.errors import SourceError

Kind = Literal["table", "jsonl", "json", "parquet", "xml"]

BLOCK = 1 << 20
LONGEST_LINE = 1 << 24  # characters; a longer one is a binary file or a quote that was never closed

_HIGH = bytes(range(128, 256))
_LETTERS = bytes([*range(65, 91), *range(97, 123)])
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])
_UNDEFINED_1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_CATALOGS = "a catalog (CSV, TSV, JSON, Parquet or a product feed)"
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?[,;|\t]*[\r\n]', re.IGNORECASE)  # "sep=;", which Excel reads and writes
# What a file may begin with: its name, and the way out of it.
_NOT_A_CATALOG = {
    b"PK\x03\x04": ("a zip file or spreadsheet", "unpack it and import the folder, or export the sheet as CSV"),
    b"%PDF": ("a PDF", ""),
    b"\xff\xd8\xff": ("a JPEG picture", ""),
    b"\x89PNG": ("a PNG picture", ""),
    b"SQLite format 3": ("an SQLite database", "export the table as CSV"),
    b"\xd0\xcf\x11\xe0": ("an old Excel or Word file", "export the sheet as CSV"),
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file and how to read it.

    ``rows`` estimates its rows, for the progress bar only; ``leading`` lines stand before the header of a table.
    """

    path: Path
    kind: Kind
    gzipped: bool = False
    encoding: str = "utf-8"
    delimiter: str = ","
    rows: int = 0
    leading: int = 0

    def open_bytes(self) -> BinaryIO:
        """The uncompressed bytes."""
        return _open(self.path, self.gzipped)

    def open_text(self) -> TextIO:
        """The decoded text from the header on; line ends are left as they are, as the csv module wants them."""
        stream = io.TextIOWrapper(self.open_bytes(), encoding=self.encoding, newline="")
        for _ in range(self.leading):
            stream.readline()
        return stream


@dataclass(frozen=True, slots=True)
class _Scan:
    """One pass over a text file."""

    encoding: str | None
    lines: int
    entries: int  # "<item" and "<entry" tags


def detect(path: Path) -> SourceFile:
    """Look into a file.

    Raises
    ------
    SourceError
        It is empty, or nothing that a catalog can be read from.
    """
    with translated(path):
        with path.open("rb") as file:
            head = file.read(4096)
        if head.startswith(b"PAR1"):
            return SourceFile(path, "parquet")
        gzipped = head.startswith(b"\x1f\x8b")
        if gzipped:
            with _open(path, gzipped) as stream:
                head = stream.read(4096)
        _refuse_known_strangers(path, head)
        scan = _scan(path, gzipped)
        if scan.encoding is None:
            raise SourceError(_not_text(path, head))
        return _text_file(path, gzipped, scan)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what reading can raise into one SourceError that names the file."""
    try:
        yield
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file") from error
    except UnicodeError as error:
        raise SourceError(f"{path}: the text is damaged ({error}); save it as UTF-8 and try again") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise SourceError(f"{path}: the compressed file is damaged or cut off; copy it again") from error
    except csv.Error as error:
        raise SourceError(f"{path}: {error}; look for a quote that is never closed, or binary content") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error})") from error


def bounded_lines(stream: TextIO, path: Path) -> Iterator[str]:
    """Lines of a text, refusing one that would fill the memory."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise SourceError(
                f"{path}: line {number} is longer than {LONGEST_LINE:,} characters; "
                "is it one record a line, and text?"
            )
        yield line


def _open(path: Path, gzipped: bool) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if gzipped else path.open("rb")


def _refuse_known_strangers(path: Path, head: bytes) -> None:
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise SourceError(f"{path}: the file is empty")
    for magic, (name, way_out) in _NOT_A_CATALOG.items():
        if head.startswith(magic):
            raise SourceError(f"{path}: this is {name}, not {_CATALOGS}" + (f"; {way_out}" if way_out else ""))


def _not_text(path: Path, head: bytes) -> str:
    if b"\0" in head or len(head.translate(None, _CONTROLS)) < len(head) * 0.99:
        return f"{path}: binary content, not {_CATALOGS}"
    return f"{path}: unknown encoding (not UTF-8, UTF-16 or Windows-1252); save it as UTF-8 and try again"


def _scan(path: Path, gzipped: bool) -> _Scan:
    """Find the encoding that the whole file is valid in, and count lines on the way."""
    with _open(path, gzipped) as stream:
        head = stream.read(BLOCK)
    wide = _wide_encoding(head)
    if wide is None and (b"\0" in head or _count(head, _CONTROLS) > 0.01 * len(head)):
        return _Scan(None, 0, 0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    valid = wide is None
    lines = entries = 0
    with _open(path, gzipped) as stream:
        while block := stream.read(BLOCK):
            lines += block.count(b"\n")
            entries += block.count(b"<item") + block.count(b"<entry")
            valid = valid and _feeds(decoder, block)
    if wide is None:
        valid = valid and _feeds(decoder, b"", final=True)
        wide = "utf-8-sig" if valid else "cp1252" if _is_western(path, gzipped) else None
    return _Scan(wide, lines, entries)


def _is_western(path: Path, gzipped: bool) -> bool:
    """Whether bytes make sense as Windows-1252: mostly plain letters, unlike Cyrillic, Greek or Japanese."""
    high = letters = undefined = 0
    with _open(path, gzipped) as stream:
        while block := stream.read(BLOCK):
            high += _count(block, _HIGH)
            letters += _count(block, _LETTERS)
            undefined += _count(block, _UNDEFINED_1252)
    return not undefined and high < 0.4 * (high + letters)


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by its mark, or UTF-16 by every other byte being zero."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    half = len(head) // 2
    if half and head[1::2].count(0) > 0.4 * half and not head[0::2].count(0):
        return "utf-16-le"
    if half and head[0::2].count(0) > 0.4 * half and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _feeds(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _count(block: bytes, wanted: bytes) -> int:
    return len(block) - len(block.translate(None, wanted))


def _text_file(path: Path, gzipped: bool, scan: _Scan) -> SourceFile:
    file = SourceFile(path, "table", gzipped, scan.encoding or "utf-8", rows=max(scan.lines - 1, 1))
    with file.open_text() as stream:
        head = stream.read(1 << 16)
    start = head.lstrip("\ufeff \r\n\t")
    if start.startswith("<"):
        return SourceFile(path, "xml", gzipped, file.encoding, rows=scan.entries)
    if start.startswith("["):
        return SourceFile(path, "json", gzipped, file.encoding, rows=max(head.count("{"), 1))
    if start.startswith("{"):
        return SourceFile(path, "jsonl", gzipped, file.encoding, rows=max(scan.lines, 1))
    if marked := _SEPARATOR.match(start):
        return SourceFile(path, "table", gzipped, file.encoding, marked[1], max(file.rows - 1, 1), leading=1)
    return SourceFile(path, "table", gzipped, file.encoding, _delimiter(path, start), file.rows)


def _delimiter(path: Path, head: str) -> str:
    """The mark that splits the header into most fields."""
    header = re.split(r"[\r\n]", head, maxsplit=1)[0]
    widths = {mark: len(next(csv.reader([header], delimiter=mark), [])) for mark in ",\t;|"}
    best = max(widths, key=lambda mark: widths[mark])
    if widths[best] < 2:
        raise SourceError(
            f"{path}: no columns found in its first line {header[:80]!r}; a table needs a header row with "
            "the names of its columns, separated by commas, tabs, semicolons or bars"
        )
    return best
