"""The values that every layer shares: items, constraints, turns and votes.

Plain frozen dataclasses: no database handle, no vector, no widget. Identifiers and timestamps of stored
things are given out by the store, so a value that was not stored yet has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from store.item_names import name_of
from store.title_measures import TITLE_MEASURE, title_measures

Availability = Literal["in_stock", "out_of_stock", "preorder", "backorder"]
VectorKind = Literal["text", "image"]

# A comma before three digits sets thousands apart: "1,234" is how many rated, not how well.
_STARS = r"(\d{1,3}(?:\.\d+|,\d{1,2})?)\s*(?:stars?|★)?"
_RATING = re.compile(rf"{_STARS}\s*(?:(?:/|of|out of)\s*{_STARS})?\s*(?:\([^()]*\))?", re.IGNORECASE)
WIDEST_SCALE = 100.0  # percent
TAGS = "tags"  # the attribute that holds whatever a shop says of things, each tag a quality of its own


def rating_in(text: str) -> float | None:
    """The stars that a text says, on the shop's own scale; None where it says none that can be.

    >>> [rating_in(text) for text in ("4.5", "4,5", "4/5", "4 out of 5 stars (1,234 reviews)", "92")]
    [4.5, 4.5, 4.0, 4.0, 92.0]
    >>> [rating_in(text) for text in ("good", "6/5", "1,234", "450")]
    [None, None, None, None]
    """
    found = _RATING.fullmatch(text.strip())
    if found is None:
        return None
    stars, most = (float(number.replace(",", ".")) if number else WIDEST_SCALE for number in found.groups())
    return stars if stars <= most <= WIDEST_SCALE else None


@dataclass(frozen=True, slots=True)
class Item:
    """One sellable product of one store, in Google Merchant terms.

    ``attributes`` holds every other fact, keyed by lower-case name ("color", "size", "material", "sleeve",
    any column of an imported catalog), each with one or more values as the shop wrote them. Colourways and
    sizes of one style share ``item_group_id``. ``image_paths`` are relative to the store's folder, best first.
    Prices are in units of ``currency`` (29.99, "USD"); None means that the shop gave none.
    """

    item_id: str
    title: str
    description: str = ""
    price: float | None = None
    sale_price: float | None = None
    currency: str | None = None
    availability: Availability = "in_stock"
    brand: str = ""
    product_type: str = ""  # path from broad to narrow, "Apparel > Dresses"
    item_group_id: str = ""
    link: str = ""
    image_paths: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def price_now(self) -> float | None:
        """What the shopper pays today: the sale price where there is one."""
        return self.price if self.sale_price is None else self.sale_price

    @property
    def name(self) -> str:
        """What to call it in a sentence; see ``store/item_names.py``."""
        return name_of(self.title)

    @property
    def sold_out(self) -> bool:
        """Whether it cannot be bought today, not even ordered ahead."""
        return self.availability == "out_of_stock"

    @property
    def rating(self) -> float | None:
        """The stars that shoppers gave, on the shop's own scale; None where none did or it is no number."""
        told = self.values("rating")
        return rating_in(told[0]) if told else None

    @property
    def category(self) -> str:
        """The narrowest part of ``product_type``: "Apparel > Dresses" gives "Dresses"."""
        return self.product_type.rsplit(">", 1)[-1].strip()

    @property
    def levels(self) -> frozenset[str]:
        """The parts of ``product_type``, the broad and the narrow ones."""
        return frozenset(level.strip() for level in self.product_type.split(">"))

    @property
    def reduced_by(self) -> float:
        """The share of its former price that it is reduced by, 0 where it is not on sale."""
        if not self.price or self.sale_price is None:
            return 0.0
        return 1 - self.sale_price / self.price

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of a fact by name: a field ("brand"), an attribute ("material"), or what the title measures.

        A tag is a fact too, with the value "yes".
        """
        if name == "brand":
            return (self.brand,) if self.brand else ()
        if name == "category":
            return (self.category,) if self.category else ()
        if name == TITLE_MEASURE:
            return title_measures(self.title, self.attributes)
        tagged = any(name == tag.lower() for tag in self.attributes.get(TAGS, ()))
        return tuple(self.attributes.get(name, ("yes",) if tagged else ()))


@dataclass(frozen=True, slots=True)
class Constraints:
    """What an item must and must not be: hard conditions, applied before any ranking.

    ``include``: for each fact name, the item must have at least one of these values. ``exclude``: for each
    fact name, none of them. Names are those of ``Item.values`` ("brand", "category", "color", ...); values
    are compared without case. ``exclude_words``: the word must be said neither in the title, nor in the product
    type, nor in any attribute value (plural and singular count as one); what a text denies ("no hood") or names (a
    brand in the title) is not said; a word that no item has there is looked for in the descriptions. Prices bound
    ``price_now``, both ends included; an item without a price never passes a price bound. ``on_sale``: it costs less
    now than it did; ``reduced_by``: by at least this share of what it did.
    """

    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude_words: tuple[str, ...] = ()
    exclude_items: tuple[str, ...] = ()
    price_min: float | None = None
    price_max: float | None = None
    in_stock: bool = False
    on_sale: bool = False
    reduced_by: float = 0.0

    def __bool__(self) -> bool:
        return self != Constraints()

    def to_json(self) -> dict[str, Any]:
        """Only what is set, in JSON types; the form that transcripts, ``--json`` and exports use."""
        out: dict[str, Any] = {
            "include": {name: list(values) for name, values in self.include.items()},
            "exclude": {name: list(values) for name, values in self.exclude.items()},
            "exclude_words": list(self.exclude_words),
            "exclude_items": list(self.exclude_items),
            "price_min": self.price_min,
            "price_max": self.price_max,
            "in_stock": self.in_stock,
            "on_sale": self.on_sale,
            "reduced_by": self.reduced_by,
        }
        return {name: value for name, value in out.items() if value not in (None, False, [], {})}


class ActKind(StrEnum):
    """What a shopper can do on the page without words."""

    REJECT = "reject"  # "not this" on a card; target = item_id
    LIKE = "like"  # "save" on a card
    UNLIKE = "unlike"
    MORE_LIKE = "more_like"  # "more like this"
    DETAILS = "details"
    DROP = "drop"  # a chip was removed; target = the chip's key
    EDIT = "edit"  # a chip was edited; target = the chip's key, value = its new text


@dataclass(frozen=True, slots=True)
class Act:
    """One wordless act of the shopper: a button on a card or a chip."""

    kind: ActKind
    target: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class UserTurn:
    """What one shopper turn brings: words, photos (paths of readable local files) and acts; any may be empty."""

    text: str = ""
    image_paths: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One card as it was shown: enough to replay the turn and to vote on it."""

    item_id: str
    rank: int  # from 1
    score: float
    title: str
    price: float | None
    currency: str | None
    reason: str = ""


Ending = Literal["complete", "stopped"]  # the reply came to its end, or the shopper stopped it


@dataclass(frozen=True, slots=True)
class FinishedTurn:
    """A turn with its answer, as a transcript keeps it.

    ``understood`` is what the understanding made of the user's words (JSON, see ``agent/understanding.py``).
    ``state`` is the dialogue state after the turn, which the next one begins from: it also has what words do not
    say, such as the buttons pressed, the cards on the table and what the answer gave up. ``versions`` names model,
    prompts, catalog and encoder. Of a turn that the shopper stopped, ``reply`` is what had been said by then.
    """

    user: UserTurn
    reply: str
    outcome: str
    shown: tuple[ShownItem, ...]
    understood: Mapping[str, Any]
    state: Mapping[str, Any]
    versions: Mapping[str, str]
    timings_ms: Mapping[str, float]
    ending: Ending = "complete"


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A finished turn with what the store gave it."""

    turn_id: str
    session_id: str
    position: int  # from 1 within its session
    created_at: str  # ISO 8601, UTC
    turn: FinishedTurn


@dataclass(frozen=True, slots=True)
class UnfinishedTurn:
    """What a shopper said that no answer is kept to: one that is on its way, or was cut off.

    ``problem`` is what the shopper was told of it; empty where the program or the page ended in the middle.
    """

    turn_id: str
    session_id: str
    created_at: str  # ISO 8601, UTC
    user: UserTurn
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """An act without words and when it was done; it goes along with the next turn where there is one."""

    act: Act
    pressed_at: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class Vote:
    """A judgement of a reply (``item_id`` empty) or of one item in it: 1 (up), -1 (down), or 0, taken back."""

    turn_id: str
    value: Literal[-1, 0, 1]
    item_id: str = ""
    reason: str = ""  # a reason code, see store/transcripts.py
    comment: str = ""
