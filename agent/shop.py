"""One store as the conversation sees it: its items, its filters, its search and its words, built once at start."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from agent.intent_examples import IntentExamples
from agent.shop_sense import ShopSense
from agent.shopping_words import BROADER, STOP_STEMS, SYNONYMS
from agent.spelling import Speller
from agent.title_heads import kinds_name_things, title_heads
from agent.understanding import RuleUnderstanding
from agent.vocabulary import Vocabulary
from agent.words import stem, stems, tokenise
from retrievers.base import Encoder, Outcome, Query, Recommendation
from retrievers.photos import open_photo
from retrievers.recommender import Recommender
from store.catalog import Catalog
from store.facts import FactTable
from store.schemas import Constraints, Item

TYPE_SIMILARITY = 0.65  # cosine above which an unknown word is taken for a type of the store; see docs/RESULTS.md
TYPE_MARGIN = 0.05  # other types this close to the best are meant too
KNOWN_TYPES = frozenset(stems(word) for group in (*SYNONYMS, BROADER) for word in group)
PHOTO_NEIGHBOURS = 12
TYPED = 0.9  # share of items that have a product type from which on the types tell what is carried
ALL_NAMED, SOME_NAMED = 12, 8  # departments: so many are all named, of more so many
KEPT_KINDS = 256  # kinds of things whose facts are remembered
PHOTO_AGREEMENT = 0.5  # share of a photo's nearest items that must be of one type


@dataclass(frozen=True)
class Shop:
    """What tools and replies need of a store; shared by all conversations and never changed by one."""

    catalog: Catalog
    facts: FactTable
    recommender: Recommender
    vocabulary: Vocabulary
    currency: str | None
    things: frozenset[str]  # stems of the words that titles of this store end on
    typed: bool  # nearly every item has a product type, so that a kind without one is not carried
    named: bool = True  # and these types are names of things; "Crime" and "Red" are none

    def image(self, item: Item) -> str:
        """Absolute path of an item's first picture, "" when it has none."""
        path = self.catalog.image_path(item)
        return str(path) if path else ""

    def is_thing(self, phrase: str) -> bool:
        """Whether titles of this store name such a thing ("foam yoga brick" is a brick, not a yoga)."""
        tokens = tokenise(phrase)
        return bool(tokens) and tokens[-1].stem in self.things

    def lacks(self, phrase: str) -> bool:
        """Whether the store is known to have no such thing before any search; where types are missing, nothing is.

        What a title says word for word is there, whatever it ends on. Where the types are no names of things, only
        what no record says at all is missing.
        """
        words = stems(phrase)
        if not self.typed or self.is_thing(phrase) or not words:
            return False
        if not self.named:
            return not self.facts.says(words).any()
        return len(words) < 2 or not any({*words} <= {*stems(item.title)} for item in self._saying(words))

    def kinds_called(self, name: str) -> tuple[str, ...]:
        """The narrow types of things whose titles say a name, its words side by side."""
        said = f" {' '.join(stems(name))} "
        titled = (item for item in self._saying(stems(name)) if said in f" {' '.join(stems(item.title))} ")
        return tuple(dict.fromkeys(item.category for item in titled if item.category))

    def _saying(self, words: Sequence[str]) -> list[Item]:
        return [self.catalog.items[at] for at in (self.facts.says(words) > 0).nonzero()[0]]

    @property
    def general(self) -> frozenset[str]:
        """Stems of the words for all that the store has, where its types name no things: "wine", "book".

        They stand in its name, or most values of a fact end on them: "board book", "audiobook".
        """
        if self.named:
            return frozenset()
        told = [held for fact, held in self.vocabulary.facts.items() if not self.vocabulary.measures.holds(fact)]
        values = [[v.lower() for v in held if v[-1:].isalpha()] for held in told]  # "0-2 years" ends on a unit
        ends = {end for held in values for end in _shared_ends(held)}
        return frozenset({*stems(self.catalog.name.replace("_", " ")), *map(stem, ends)} - self.things - STOP_STEMS)

    def called(self, phrase: str) -> str:
        """The name that titles have for a thing: "trainers" are "sneakers" here; the phrase itself where none has."""
        if self.is_thing(phrase):
            return phrase
        groups = [group for group in SYNONYMS if any(stems(name) == stems(phrase) for name in group)]
        return next((name for group in groups for name in group if self.is_thing(name)), phrase)

    def held(self, fact: str, type_fact: str, types: tuple[str, ...]) -> tuple[str, ...]:
        """The values of a fact among items of these types, of all items for ()."""
        of_kind = Constraints(include={type_fact: types}) if types else Constraints()
        return tuple(self.facts.facets(fact, self.facts.allowed(of_kind)))

    def passes(self, constraints: Constraints) -> bool:
        """Whether any item satisfies these constraints."""
        return bool(self.facts.allowed(constraints).any())

    @property
    def has_sale(self) -> bool:
        """Whether anything at all is on sale."""
        return self.passes(Constraints(on_sale=True))

    def rules_out(self, word: str) -> bool:
        """Whether refusing a word leaves any item out."""
        return not self.facts.allowed(Constraints(exclude_words=(word,))).all()

    def recorded(self, type_fact: str, types: tuple[str, ...]) -> frozenset[str]:
        """The facts that records of these types hold."""
        return frozenset(fact for fact in self.vocabulary.facts if self.held(fact, type_fact, types))

    def colourways(self, item: Item) -> list[Item]:
        """The items of one style, the item itself first."""
        group = [other for other in self.catalog.items if other.item_group_id == item.item_group_id != ""]
        return [item, *(other for other in group if other.item_id != item.item_id)]

    def kinds(self) -> list[str]:
        """The store's narrow types, those with most items that can be bought first."""
        kinds = Counter(item.category for item in self.catalog.items if item.category and not item.sold_out)
        return [name for name, _ in kinds.most_common()]

    def departments(self) -> list[str]:
        """The store's broad types, most items first; its narrow types where there are no broad ones."""
        typed = [item for item in self.catalog.items if item.product_type]
        broad = Counter(item.product_type.split(">")[0].strip() for item in typed)
        names = broad if 1 < len(broad) <= ALL_NAMED else Counter(item.category for item in typed if item.category)
        return [name for name, _ in names.most_common(None if len(names) <= ALL_NAMED else SOME_NAMED)]


def open_shop(catalog: Catalog, facts: FactTable, recommender: Recommender) -> Shop:
    """A shop over an opened catalog."""
    currencies = Counter(item.currency for item in catalog.items if item.currency)
    currency = currencies.most_common(1)[0][0] if currencies else None
    things = title_heads(item.title for item in catalog.items)
    typed = sum(bool(item.product_type) for item in catalog.items) >= TYPED * len(catalog.items)
    named = kinds_name_things(catalog.items)
    return Shop(catalog, facts, recommender, Vocabulary(facts.vocabulary()), currency, things, typed, named)


def understanding_of(shop: Shop, encoder: Encoder) -> RuleUnderstanding:
    """The default understanding of messages about a shop."""
    guesser = TypeGuesser(shop, encoder)
    recorded = lru_cache(maxsize=KEPT_KINDS)(shop.recorded)
    like, shown = guesser.types_like, guesser.types_in_photo
    held = lru_cache(maxsize=KEPT_KINDS)(shop.held)
    priced = any(item.price_now is not None for item in shop.catalog.items)
    sense = ShopSense(
        shop.catalog.get,
        like,
        shop.is_thing,
        shop.called,
        shown,
        recorded,
        held,
        shop.rules_out,
        shop.colourways,
        priced,
        shop.passes,
        shop.general,
        lru_cache(maxsize=KEPT_KINDS)(shop.kinds_called),
        shop.named,
        IntentExamples(encoder).like,
    )
    return RuleUnderstanding(shop.vocabulary, speller_of(shop), sense)


def speller_of(shop: Shop) -> Speller:
    """Corrects typing mistakes towards the words of a shop."""
    texts = [item.title for item in shop.catalog.items]
    texts += [text for fact, values in shop.vocabulary.facts.items() for text in (fact, *values)]
    known = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}
    hyphened = {word for text in texts for word in re.findall(r"\b[^\W\d_]+-[^\W\d_]+\b", text.lower())}  # "e-bike"
    spoken = (re.findall(r"[^\W\d_]+", text.lower()) for text in dict.fromkeys(texts))
    pairs = {pair for words in spoken for pair in pairwise(words)}
    return Speller(shop.vocabulary.words(), sorted(known), sorted(hyphened), pairs)


class TypeGuesser:
    """What kind of product an unknown word or a photo is about."""

    def __init__(self, shop: Shop, encoder: Encoder) -> None:
        self._shop = shop
        self._encoder = encoder
        self._types = shop.vocabulary.categories
        self._vectors = encoder.encode_texts([name.lower() for name in self._types]) if self._types else None

    def types_like(self, phrase: str) -> tuple[str, ...]:
        """The store's types nearest in meaning to a phrase, () when none is near enough.

        A word that everybody knows as another kind of thing is no near miss: a shop without sofas that has
        cushions does not carry sofas.
        """
        if self._vectors is None or stems(phrase) in KNOWN_TYPES:
            return self._broader(phrase)
        similarity = self._vectors @ self._encoder.encode_texts([phrase])[0]  # (types,)
        best = float(similarity.max())
        if best < TYPE_SIMILARITY:
            return ()
        near = np.flatnonzero(similarity >= best - TYPE_MARGIN)
        return tuple(self._types[i] for i in near[np.argsort(-similarity[near])][:3])

    def _broader(self, phrase: str) -> tuple[str, ...]:
        """Handbags among the bags of a store that sells no others: what the same thing's longer names end on."""
        groups = [group for group in SYNONYMS if any(stems(name) == stems(phrase) for name in group)]
        ends = [name.split()[-1] for group in groups for name in group if " " in name]
        senses = (self._shop.vocabulary.sense(end) for end in ends)
        return next((s.values for s in senses if s and s.fact == "category" and set(s.values) <= {*self._types}), ())

    def types_in_photo(self, path: str) -> tuple[str, ...]:
        """The type that most of a photo's nearest items share, () when they disagree."""
        query = Query(image=open_photo(Path(path)), constraints=Constraints())
        answer = self._shop.recommender.recommend(query, PHOTO_NEIGHBOURS)
        nearest = answer.recommendations if answer.outcome is Outcome.FOUND else ()
        types = Counter(found.item.category for found in nearest if found.item.category)
        if not types:
            return ()
        name, count = types.most_common(1)[0]
        return (name,) if count >= PHOTO_AGREEMENT * len(nearest) else ()


def _shared_ends(values: Sequence[str]) -> set[str]:
    """The last words of values that at least half of them end on, three at least: "book" beside "Audiobook"."""
    ends = {value.split()[-1] for value in values if " " in value}
    return {end for end in ends if sum(value.endswith(end) for value in values) >= max(3, len(values) / 2)}


_SORTED: dict[str, Callable[[Item], float]] = {
    "cheapest": lambda item: float("inf") if item.price_now is None else item.price_now,
    "dearest": lambda item: -(item.price_now or 0.0),
    "top_rated": lambda item: -(item.rating or 0.0),
    "most_reduced": lambda item: -item.reduced_by,
}


def ordered(found: Sequence[Recommendation], order: str) -> list[Recommendation]:
    """Recommendations as the shopper wants them sorted; of equals what is not sold out, then the more relevant."""
    if order in _SORTED:
        return sorted(found, key=lambda r: (_SORTED[order](r.item), r.item.sold_out))
    if order in ("not_cheapest", "not_dearest"):
        prices = [r.item.price_now for r in found if r.item.price_now is not None]
        end = min(prices, default=None) if order == "not_cheapest" else max(prices, default=None)
        return [r for r in found if r.item.price_now != end] or list(found)
    return list(found)
