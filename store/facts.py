"""The facts of a catalog as columns in memory: which items satisfy hard constraints, and what can be asked for.

A constraint becomes a mask over the items before anything is ranked. Names are those of ``Item.values`` and two more:
"product_type", whose values are every level of the path ("Apparel", "Dresses" and "Apparel > Dresses" all match an
item of type "Apparel > Dresses"), and "availability". "category" is the narrowest level alone.

This module does not know vectors, scores or what a shopper said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store.schemas import TAGS, Constraints, Item
from store.title_measures import TITLE_MEASURE
from store.word_index import WordIndex
from store.words import Memo, fold, stem

Mask = NDArray[np.bool_]
Positions = NDArray[np.int32]

MOST_TAGS = 200  # with more, tags are words of a text
KINDS = "product_type"

_NONE: Positions = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class _Column:
    """One fact: its values, and per value the items that have it (``items[starts[c]:starts[c + 1]]``)."""

    values: tuple[str, ...]  # as written most often
    codes: Mapping[str, int]  # folded value to its position in ``values``
    items: Positions  # (entries,)
    starts: NDArray[np.int64]  # (len(values) + 1,)

    def having(self, value: str) -> Positions:
        code = self.codes.get(fold(value))
        if code is None:
            return _NONE
        found: Positions = self.items[self.starts[code] : self.starts[code + 1]]
        return found

    def counts(self, mask: Mask | None) -> NDArray[np.int64]:
        weights = np.ones(self.items.size) if mask is None else mask[self.items].astype(float)
        ends = np.concatenate([[0.0], np.cumsum(weights)])
        counts: NDArray[np.int64] = np.diff(ends[self.starts]).astype(np.int64)
        return counts


ROUNDING = 0.005  # of a share: a third off 19.90 is 13.27


class FactTable:
    """Columns over ``items``, in their order. Every mask is (n,) bool over that order."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.item_ids: tuple[str, ...] = tuple(item.item_id for item in items)
        self._positions = {item_id: i for i, item_id in enumerate(self.item_ids)}
        self._prices = np.array([np.nan if i.price_now is None else i.price_now for i in items], dtype=np.float64)
        self._in_stock = np.array([item.availability == "in_stock" for item in items], dtype=np.bool_)
        self._on_sale = np.array([None not in (item.sale_price, item.price) for item in items], dtype=np.bool_)
        self._reduced_by = np.array([item.reduced_by for item in items], dtype=np.float64)
        self._columns = _columns(items)
        self._words = WordIndex(items)

    def __len__(self) -> int:
        return len(self.item_ids)

    def positions(self, item_ids: Iterable[str]) -> list[int]:
        """Positions of these items; unknown ids are left out."""
        return [self._positions[item_id] for item_id in item_ids if item_id in self._positions]

    def allowed(self, constraints: Constraints) -> Mask:
        """The items that satisfy every constraint, see ``Constraints``. A fact no item has allows nothing."""
        mask = np.ones(len(self), dtype=np.bool_)
        for name, values in constraints.include.items():
            mask &= self._having(name, values)
        for name, values in constraints.exclude.items():
            mask &= ~self._having(name, values)
        for word in constraints.exclude_words:
            mask[self._words.asserting(word)] = False
        mask[self.positions(constraints.exclude_items)] = False
        if constraints.price_min is not None:
            mask &= self._prices >= constraints.price_min  # NaN, no price, fails every comparison
        if constraints.price_max is not None:
            mask &= self._prices <= constraints.price_max
        if constraints.in_stock:
            mask &= self._in_stock
        if constraints.on_sale:
            mask &= self._on_sale
        if constraints.reduced_by:
            mask &= self._reduced_by >= constraints.reduced_by - ROUNDING
        return mask

    def vocabulary(self) -> dict[str, dict[str, int]]:
        """Every value of every fact, as written most often, with the number of items that have it."""
        return {name: self.facets(name) for name in self._columns}

    def facets(self, name: str, mask: Mask | None = None) -> dict[str, int]:
        """The values of one fact among the items of ``mask`` (all when None), most frequent first."""
        column = self._columns.get(name)
        if column is None:
            return {}
        counts = column.counts(mask)
        order = np.argsort(-counts, kind="stable")
        return {column.values[code]: int(counts[code]) for code in order if counts[code]}

    def prices(self, mask: Mask) -> NDArray[np.float64]:
        """What the items of ``mask`` cost now, ascending, items without a price left out."""
        prices = self._prices[mask]
        return np.sort(prices[~np.isnan(prices)])

    def says(self, asked: Iterable[str]) -> NDArray[np.float64]:
        """How much of what is asked each item says in title, product type, attributes or item id, (n,): 0 to 1.

        ``asked`` are words; each counts by its inverse document frequency (that of BM25), and one that no item has
        counts as much as the rarest. All 0 when nothing is asked.
        """
        said = np.zeros(len(self), dtype=np.float64)
        total = 0.0
        for word in dict.fromkeys(map(stem, asked)):
            items = self._words.naming(word)
            idf = float(np.log(1 + (len(self) - items.size + 0.5) / (items.size + 0.5)))
            said[items] += idf
            total += idf
        return said / total if total else said

    def _having(self, name: str, values: Iterable[str]) -> Mask:
        mask = np.zeros(len(self), dtype=np.bool_)
        column = self._columns.get(name)
        if column is not None:
            for value in values:
                mask[column.having(value)] = True
        return mask


def fact_values(item: Item) -> dict[str, tuple[str, ...]]:
    """Every fact of an item that can be filtered, by name."""
    facts = {name: values for name, values in item.attributes.items() if values}
    for name in ("brand", "category", TITLE_MEASURE):
        if values := item.values(name):
            facts[name] = values
    levels = [level.strip() for level in item.product_type.split(">") if level.strip()]
    if levels:
        facts[KINDS] = tuple(dict.fromkeys([*levels, " > ".join(levels)]))
    facts["availability"] = (item.availability,)
    return facts


def _columns(items: Sequence[Item]) -> dict[str, _Column]:
    folded = Memo(fold)  # a catalog says the same few values over and over
    having: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    spelling: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for position, item in enumerate(items):
        for name, values in fact_values(item).items():
            for key, value in {folded[value]: value for value in values}.items():
                having[name][key].append(position)
                spelling[name][key][value] += 1
    return _with_tags_apart({name: _column(having[name], spelling[name]) for name in having})


def _with_tags_apart(columns: dict[str, _Column]) -> dict[str, _Column]:
    """The columns with each tag as a fact that is "yes", so that of two that are wanted both must be there.

    One that names a kind of thing or another fact is no quality.
    """
    tags = columns.get(TAGS)
    if tags is None or len(tags.values) > MOST_TAGS:
        return columns
    kinds = {stem(fold(kind)) for kind in (columns[KINDS].values if KINDS in columns else ())}
    found = {name: column for name, column in columns.items() if name != TAGS}
    for tag in tags.values:
        if tag.lower() not in columns and stem(fold(tag)) not in kinds:
            items = tags.having(tag)
            found[tag.lower()] = _Column(("yes",), {fold("yes"): 0}, items, np.array([0, items.size]))
    return found


def _column(having: Mapping[str, list[int]], spelling: Mapping[str, Counter[str]]) -> _Column:
    return _Column(
        values=tuple(spelling[folded].most_common(1)[0][0] for folded in having),
        codes={folded: code for code, folded in enumerate(having)},
        items=np.concatenate([np.array(positions, dtype=np.int32) for positions in having.values()]),
        starts=np.cumsum([0, *map(len, having.values())]),
    )
