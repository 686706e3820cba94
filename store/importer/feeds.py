"""Google Merchant feeds in XML: RSS 2.0 items and Atom entries, streamed.

Document type declarations are refused altogether (defusedxml), which ends entity bombs and outside references.
A feed of any size is read with one entry in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from store.errors import SourceError
from store.importer.detect import LONGEST_LINE, SourceFile, translated
from store.importer.readers import Row

ENTRIES = ("item", "entry")


def read_feed(file: SourceFile) -> Iterator[Row]:
    """Entries of a feed, under their names without the namespace; a name that occurs twice gives a list."""
    name = file.path.name
    try:
        with translated(file.path), file.open_bytes() as stream:
            bounded = _BoundedEntries(stream, file)
            for number, entry in enumerate(_entries(bounded), start=1):
                yield Row(name, number, _values(entry), unit="entry")
                bounded.start_entry()
    except DefusedXmlException as error:
        raise SourceError(
            f"{file.path}: the XML declares a document type or entities; remove <!DOCTYPE ...>"
        ) from error
    except ParseError as error:
        raise SourceError(f"{file.path}: not well-formed XML ({error}); write the feed again") from error


class _BoundedEntries:
    """A byte stream that refuses an entry which would fill the memory."""

    def __init__(self, stream: BinaryIO, file: SourceFile) -> None:
        self._stream = stream
        self._file = file
        self._since_entry = 0

    def start_entry(self) -> None:
        self._since_entry = 0

    def read(self, size: int) -> bytes:
        block = self._stream.read(size)
        self._since_entry += len(block)
        if self._since_entry > LONGEST_LINE:
            raise SourceError(f"{self._file.path}: {LONGEST_LINE:,} bytes without one whole <item> or <entry>")
        return block


def _entries(stream: _BoundedEntries) -> Iterator[Element]:
    """Each finished entry; what was read is dropped from the tree."""
    path: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            continue
        path.pop()
        if _name(element) in ENTRIES:
            yield element
            if path:
                path[-1].remove(element)


def _values(entry: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for child in entry:
        name, value = _name(child), _value(child)
        if name == "product_detail" and isinstance(value, dict):
            name, value = str(value.get("attribute_name", "")), value.get("attribute_value")
        if name in ("shipping", "tax") or not name or value in (None, "", {}):
            continue
        if name == "link" and child.get("rel", "alternate") != "alternate":
            continue
        first = values.get(name)
        values[name] = value if first is None else [*(first if isinstance(first, list) else [first]), value]
    return values


def _value(element: Element) -> Any:
    if _name(element) == "link" and element.get("href"):
        return element.get("href")
    if len(element):
        return {_name(child): (child.text or "").strip() for child in element}
    return (element.text or "").strip()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
