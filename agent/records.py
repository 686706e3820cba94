"""What the record of one item says, in the forms in which a sentence can be held against it.

Facts are compared value by value; prose of the record backs only what no value could tell. Knows no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from agent.amounts import amounts
from agent.item_replies import record_text
from agent.materials import IMITATION
from agent.shopping_words import BASIC_COLOURS, SILENT_FACTS
from agent.values import YES
from agent.vocabulary import Sense, is_colour
from agent.words import stem, stems, tokenise
from store.schemas import Item

LONGEST_VALUE = 5  # words; a longer attribute is prose ("team it with black jeans"), not a value
FEW = 5  # pieces in stock that may be called a few
_DENIALS = frozenset(("no", "non", "without", "free"))
_PLAIN = frozenset(stems("and or in a an the with of for to is are"))


class Record:
    """One item's record."""

    def __init__(self, item: Item) -> None:
        self.item = item

    def has(self, senses: Sequence[Sense], words: tuple[str, ...]) -> bool:
        """Whether the item is what a phrase says of it: ``words`` are its stems, ``senses`` what it can mean.

        A fact that the record holds decides; only where it holds none may title and description back the phrase,
        and of colours and materials the title alone, since descriptions speak of what goes with a thing.
        """
        if any(self._holds(sense, words) for sense in senses):
            return True
        if any(sense.is_type or self._kin(sense.fact) for sense in senses):
            return False
        hard = any(is_colour(sense.fact) or _is_material(sense.fact) for sense in senses)
        return set(words) <= (self._title if hard else self._words)

    def says(self, phrase: str) -> bool:
        """Whether the record says a phrase, in whatever place."""
        return set(stems(phrase)) <= self._words

    def quotes(self, text: str) -> bool:
        """Whether a text stands in the record as it is, or as its beginning where it ends on an ellipsis."""
        return _flat(text.rstrip("….")) in self._flat

    def tells(self, fact: str, told: str) -> bool:
        """Whether all that is told of one fact are words of its values."""
        held = {word for value in self.item.values(fact) for word in _whole(value)}
        words = _whole(told)
        return bool(held) and words <= held | _PLAIN and held & _DENIALS <= words

    def named_so(self, name: str) -> bool:
        """Whether a capitalised name is the item's brand or stands in one of its values."""
        return any(f" {_flat(name)} " in f" {value} " for value in self._named)

    @cached_property
    def raters(self) -> float | None:
        """How many shoppers gave stars."""
        return _number(self.item.values("rating_count"))

    @cached_property
    def stock(self) -> float | None:
        """How many pieces are left, None where the shop does not say."""
        return _number(self.item.values("stock"))

    @property
    def reduced(self) -> bool:
        """Whether it costs less than before."""
        return self.item.sale_price is not None and self.item.price is not None

    @property
    def few_left(self) -> bool:
        """Whether the shop says that hardly any are left."""
        return self.item.availability == "in_stock" and self.stock is not None and 0 < self.stock <= FEW

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number of the record that is no price, rating or count of the shop."""
        texts = [self.item.title, self.item.description]
        texts += [value for _, values in self._told() for value in values]
        return frozenset(amount.value for text in texts for amount in amounts(text))

    def _holds(self, sense: Sense, words: tuple[str, ...]) -> bool:
        if sense.lacks:
            return False
        if sense.is_type:
            levels = [self.item.category, self.item.product_type, *re.split(r"\s*>\s*", self.item.product_type)]
            heads = self._title | {stem for level in levels for stem in stems(level)}
            return _meet(levels, sense.values) or set(words) <= heads
        kin = self._kin(sense.fact)
        if any(set(words) <= set(stems(value)) and not _turned(value, words) for value in kin):
            return True
        if is_colour(sense.fact):  # "crimson" is no word for every red, but navy is a blue
            basic = {stem for colour in BASIC_COLOURS for stem in stems(colour)}
            return set(words) <= basic and _meet(kin, sense.wide)
        return _meet(self.item.values(sense.fact), sense.values)

    def _kin(self, fact: str) -> list[str]:
        """The values of a fact, of all colour facts together, of all facts about materials together."""
        same = is_colour if is_colour(fact) else _is_material if _is_material(fact) else fact.__eq__
        values = [value for name, held in self.item.attributes.items() if same(name) for value in held]
        values += self.item.values(fact) if fact not in self.item.attributes else ()
        return [value for value in values if len(value.split()) <= LONGEST_VALUE]

    def _told(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return ((f, vs) for f, vs in self.item.attributes.items() if f not in SILENT_FACTS or f in ("care", "year"))

    @cached_property
    def _title(self) -> frozenset[str]:
        return frozenset(stems(self.item.title))

    @cached_property
    def _words(self) -> frozenset[str]:
        switches = [fact for fact, values in self._told() if {value.lower() for value in values} <= YES]
        return frozenset(stems(" ".join((record_text(self.item), *switches)).replace("_", " ")))

    @cached_property
    def _flat(self) -> str:
        return _flat(f"{self.item.description} {record_text(self.item)}")

    @cached_property
    def _named(self) -> list[str]:
        return [_flat(text) for text in (self.item.brand, *(v for _, vs in self._told() for v in vs)) if text]


def _number(values: Sequence[str]) -> float | None:
    found = amounts(values[0]) if values else ()
    return found[0].value if found else None


def _meet(held: Iterable[str], wanted: Iterable[str]) -> bool:
    return bool({value.lower() for value in held} & {value.lower() for value in wanted})


def _turned(value: str, words: tuple[str, ...]) -> bool:
    """Whether a value denies or imitates what is said: "no hood" is no hood, and "vegan leather" no leather."""
    return any(turning & set(stems(value)) and not turning & set(words) for turning in (_DENIALS, IMITATION))


def _whole(text: str) -> set[str]:
    """Stems of words that may have digits in them: of "EURO44" neither "44" nor "euro"."""
    return {stem(word) for word in re.findall(r"\w+", text)}


def _is_material(fact: str) -> bool:
    return "material" in fact or "fabric" in fact


def _flat(text: str) -> str:
    return " ".join(token.text for token in tokenise(text) if token.text[0].isalnum())
