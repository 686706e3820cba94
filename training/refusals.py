"""What a shopper will not have, and whether an item breaks it, judged from the item's record alone.

Deliberately simpler than the program's own filters, and sharing no code with them: whole words of the title (the
brand left out) and of the attributes, the brand, the price. Knows no store and no retriever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from store.schemas import Item


@dataclass(frozen=True, slots=True)
class Refusal:
    """``words`` (or phrases) that no item may say, ``brands`` that none may be of, the most that one may cost."""

    words: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    price_max: float | None = None

    def __bool__(self) -> bool:
        return self != Refusal()

    def broken_by(self, item: Item) -> bool:
        """Whether the record says a refused word, is of a refused brand, or costs more; no price breaks no bound."""
        if self.price_max is not None and item.price_now is not None and item.price_now > self.price_max:
            return True
        if item.brand.lower() in (brand.lower() for brand in self.brands):
            return True
        title = re.sub(rf"(?<!\w){re.escape(item.brand)}(?!\w)", "", item.title) if item.brand else item.title
        texts = [title, *(value for values in item.attributes.values() for value in values)]
        return any(_says(text, word) for word in self.words for text in texts)

    def to_json(self) -> dict[str, Any]:
        """Only what is set, in JSON types."""
        said = {"words": list(self.words), "brands": list(self.brands), "price_max": self.price_max}
        return {name: value for name, value in said.items() if value not in (None, [])}


def _says(text: str, word: str) -> bool:
    """Whether a text says the word of what is there: neither "no hood" nor "leather-free" does."""
    denied = r"(?<!\bno )(?<!\bnot )(?<!\bwithout )(?<!\bwithout a )(?<!\bnon-)"
    return re.search(rf"{denied}(?<!\w){re.escape(word)}(?!\w|[ -]free\b)", text, re.IGNORECASE) is not None
