"""Values of a source as clean text: no control characters, no markup, lists told apart.

Knows strings only. Nothing is escaped here: texts are stored as text and escaped where they are shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
_MARKUP = re.compile(r"</?[a-zA-Z!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]{1,31});")
_BLOCK_TAGS = "p br li ul ol div h1 h2 h3 h4 h5 h6 tr table section article blockquote dt dd"
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HIDDEN = frozenset(("script", "style", "template", "noscript"))


def clean(value: object) -> str:
    """One line of text; "" for what has no text (None, NaN, bytes)."""
    return " ".join(clean_lines(value).split())


def clean_lines(value: object) -> str:
    """Text with its line breaks; numbers as they are written, booleans as yes and no."""
    if isinstance(value, str) and value.isascii() and value.isprintable():
        return value.strip()  # nearly always, and a catalog has millions of values
    if value is None or value != value or isinstance(value, (bytes, bytearray)):  # NaN is not itself
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text.encode("utf-8", "replace").decode("utf-8")).strip()


def identifier(value: object) -> str:
    """An id as text; a whole number that a table wrote as 10001.0 is 10001."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(value)


def plain_text(value: object) -> str:
    """A description without its markup; paragraphs and list points become lines."""
    text = clean_lines(value)
    if not ("<" in text or "&" in text) or not _MARKUP.search(text):
        return text
    stripper = _Stripper()
    stripper.feed(text)
    stripper.close()
    lines = (" ".join(line.split()) for line in "".join(stripper.parts).split("\n"))
    return clean_lines("\n".join(line for line in lines if line))


def flat(values: Iterable[Any]) -> list[Any]:
    """Single values out of values, lists, mappings of lists, and lists written as JSON text."""
    out: list[Any] = []
    for value in values:
        if isinstance(value, dict):
            out.extend(flat(value.values()))
        elif isinstance(value, (list, tuple)):
            out.extend(flat(value))
        elif isinstance(value, str) and value[:1] == "[" and (listed := _json_list(value)) is not None:
            out.extend(flat(listed))
        else:
            out.append(value)
    return out


def split_values(values: Iterable[Any], marks: str = "|") -> tuple[str, ...]:
    """Every value of a fact, cleaned, split at the marks, each once, in order."""
    found: dict[str, None] = {}
    for value in flat(values):
        text = " ".join(plain_text(value).split())
        for mark in marks[1:]:
            text = text.replace(mark, marks[0])
        for part in text.split(marks[0]) if marks else [text]:
            if part := part.strip():
                found[part] = None
    return tuple(found)


def _json_list(text: str) -> list[Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


class _Stripper(HTMLParser):
    """Collects the visible text of markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
