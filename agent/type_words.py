"""Phrases for kinds of products: a store's types, their parts and heads, synonyms, broader words.

The store's own words come first; general English only bridges from what people say to what this store holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from agent.shopping_words import BROADER, DEPARTMENTS, GIFT_STEMS, MISNAMED, RECIPIENTS, STOPWORDS, SYNONYMS
from agent.words import stem, stems

Stems = tuple[str, ...]
Kind = tuple[str, tuple[str, ...]]  # "category" or "product_type", and values of it

_MISNAMED = frozenset(map(stems, MISNAMED))
_TYPE_SPLIT = re.compile(r"\s*(?:&|/|,|\band\b|\+)\s*", re.IGNORECASE)


class TypeWords:
    """``meanings``: what a phrase (as stems) for a kind of product means, as a type fact and its values."""

    def __init__(self, facts: Mapping[str, Mapping[str, int]]) -> None:
        self._exact: dict[Stems, list[str]] = defaultdict(list)
        self._head: dict[str, list[str]] = defaultdict(list)
        for category in facts.get("category", {}):
            for part in (category, *_TYPE_SPLIT.split(category)):
                key = stems(part)
                if key:
                    self._exact[key].append(category)
                if key and key not in _MISNAMED:
                    self._head[key[-1]].append(category)
        self.meanings: dict[Stems, Kind] = {}
        self._add_heads()
        self._add_broader()
        self._add_synonyms()
        self._add_levels(facts.get("product_type", {}))
        self._add_departments()
        for key, categories in self._exact.items():  # a shirt dress is a dress, a padded jacket a jacket
            kinds = self._head[key[-1]] if len(key) == 1 else []
            self.meanings[key] = _categories([*categories, *kinds])

    def _lookup(self, phrase: str) -> list[str]:
        key = stems(phrase)
        return self._exact.get(key) or (self._head.get(key[-1], []) if len(key) == 1 else [])

    def _add_heads(self) -> None:
        for head, categories in self._head.items():
            if head in GIFT_STEMS:  # "a gift" is anything, whatever stands under "Free gifts"
                continue
            self.meanings[(head,)] = _categories(categories)

    def _add_synonyms(self) -> None:
        found: dict[Stems, list[str]] = defaultdict(list)
        for group in SYNONYMS:
            categories = [c for phrase in group for c in self._exact.get(stems(phrase), [])]
            for phrase in group if categories else ():
                found[stems(phrase)] += categories
        for key, categories in found.items():
            self.meanings.setdefault(key, _categories(categories))

    def _add_broader(self) -> None:
        for word, narrower in BROADER.items():
            categories = [c for phrase in narrower for c in self._lookup(phrase)] + self._head.get(stem(word), [])
            if categories:
                self.meanings[stems(word)] = _categories(categories)

    def _add_levels(self, levels: Iterable[str]) -> None:
        for level in levels:
            for part in (level, *_TYPE_SPLIT.split(level)):
                key = stems(part)
                if not key or stem(part) in RECIPIENTS or part.lower() in STOPWORDS:
                    continue
                if part == level or key not in self.meanings:  # the shop's own broad word beats ours
                    self.meanings[key] = ("product_type", (level,))

    def _add_departments(self) -> None:
        for group in DEPARTMENTS:
            known = next((self.meanings[stems(name)] for name in group if stems(name) in self.meanings), None)
            if known is not None:
                self.meanings.update({stems(name): known for name in group if stems(name) not in self.meanings})


def _categories(names: Iterable[str]) -> Kind:
    return "category", tuple(dict.fromkeys(names))


def names_a_part(words: str, categories: Iterable[str]) -> bool:
    """Whether words name but a part of what one of the categories holds: the tanks of "Bras & Tanks"."""
    said = set(stems(words))
    parts = [[bool(said & set(stems(part))) for part in _TYPE_SPLIT.split(category)] for category in categories]
    return any(any(named) and not all(named) for named in parts)
