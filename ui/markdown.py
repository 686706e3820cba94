"""Text of shoppers, shops and models made safe for the chat, whose messages are markdown.

The chat's own sanitiser stops scripts; it does not stop a picture from another host, which would tell that host
about the shopper, nor a message that looks unlike what was typed. Knows nothing of products.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#~|&$!])")
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)
_LEADING_SPACE = re.compile(r"^[ \t]+", re.MULTILINE)
_URL = re.compile(r"(https?|ftp):(?=//)|www(?=\.)", re.IGNORECASE)
_ZERO_WIDTH = "\u200b"


def as_typed(text: str) -> str:
    """Markdown that shows the text exactly as it was typed: no formatting, no link, no picture.

    >>> as_typed("*wow* <b>")
    '\\\\*wow\\\\* \\\\<b\\\\>'
    """
    flat = _LEADING_SPACE.sub("", text.strip())
    escaped = _SPECIAL.sub(r"\\\1", flat)
    return _no_links(_LIST_MARK.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped))


def as_prose(text: str) -> str:
    """Markdown of a reply with its emphasis and lists, but without HTML, pictures and links.

    >>> as_prose("**Two** of them: ![x](http://a.b/c)")
    '**Two** of them: !\\\\[x\\\\](http:\\u200b//a.b/c)'
    """
    escaped = re.sub(r"[<\[\]]", r"\\\g<0>", text.replace("&", "&amp;"))
    return _no_links(escaped)


def _no_links(text: str) -> str:
    return _URL.sub(lambda match: match[0] + _ZERO_WIDTH, text)
