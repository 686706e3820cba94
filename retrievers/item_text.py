"""The words by which an item is found: what it is first, then what it is like, then what the shop says of it.

An encoder reads only the first hundred words or so, and marketing prose says little about the thing, so the plain
facts come first. Knows items, no encoder.
"""

from __future__ import annotations

import re

from store.schemas import Item

FIRST = ("color", "material", "pattern", "gender", "age_group", "occasion", "season", "usage")
MOST_ATTRIBUTES = 12
LONGEST_VALUE = 40
PROSE = 100  # characters of the description

_SAYS_NOTHING = re.compile(
    r"(.*_)?(id|ids|number|sku|gtin|mpn|code|url|link|date|stock|size|sizes|rating|condition)|image.*|gtin.*"
)


def item_text(item: Item) -> str:
    """Title, colour and category, telling attributes, brand, and the beginning of the description."""
    color = " ".join(item.values("color"))
    what = f"{color} {item.category}".strip()
    parts = [item.title, what, *_facts(item)]
    if item.brand and item.brand.lower() not in item.title.lower():
        parts.append(item.brand)
    if item.description:
        prose = " ".join(item.description.split())
        parts.append(prose if len(prose) <= PROSE else prose[:PROSE].rsplit(" ", 1)[0])
    return ". ".join(part for part in parts if part)


def telling_facts(item: Item) -> dict[str, tuple[str, ...]]:
    """Attributes that say what the thing is like, the telling names first; a "yes" says its name."""
    names = [*(name for name in FIRST if name != "color"), *(n for n in item.attributes if n not in FIRST)]
    facts = {}
    for name in names:
        values = tuple(value for value in item.values(name) if _tells(name, value))
        if values:
            facts[name] = (name.replace("_", " "),) if values[0].lower() == "yes" else values
    return facts


def _facts(item: Item) -> list[str]:
    said = [", ".join(values) for values in telling_facts(item).values()]
    return list(dict.fromkeys(said))[:MOST_ATTRIBUTES]


def _tells(name: str, value: str) -> bool:
    """Whether a value is a word about the thing, not a number, an address or a "no"."""
    return (
        not _SAYS_NOTHING.fullmatch(name)
        and len(value) <= LONGEST_VALUE
        and re.search(r"[^\W\d]{2}", value) is not None
        and value.lower() not in ("no", "na", "n/a", "none", "false", "true")
    )
