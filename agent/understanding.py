"""From a message to an ``Utterance`` by rules over the store's own vocabulary.

The default way of understanding: no model call, a few milliseconds, and nothing of one store in the code.
The embedding of an unknown product word is compared with the store's types, so "frock" finds dresses.
Knows the state (for references and "cheaper") but never changes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.intents import (
    ALLOW,
    ALSO,
    CHEAPER,
    DEARER,
    IN_STOCK,
    RETURN_TO,
    WANTS,
    read_intent,
    read_order,
)
from agent.negation import LASTING, refused_positions
from agent.phrases import asked_facts, given_up, heads_only, names_a_thing
from agent.prices import PriceBound, read_prices
from agent.references import Reference, resolve
from agent.shopping_words import RECIPIENTS, STOPWORDS
from agent.state import DialogueState
from agent.utterance import Intent, Utterance, Values
from agent.vocabulary import Mention, Sense, Vocabulary, is_colour
from agent.words import Token, tokenise
from store.schemas import Item

MAX_MESSAGE = 2000  # characters that are read; a pasted novel is no request
CENT = 0.01
_CONTEXT = re.compile(
    r"\b(?:to )?(?:go(?:es)? (?:well )?with|match(?:es|ing)?(?: with)?|wear with|pair(?:s|ed)? with|combine with)\b"
    r"[^,.;!?]*",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\bsizes? (?:is |of |in |for )?(?P<a>[\w./]+)|"
    r"\b(?:in|a|an|i wear|i'm a) (?P<b>xxs|xs|xl|xxl|xxxl|[2-5]xl|S|M|L)\b|"
    r"\b(?P<c>xxs|xxl|xxxl|[2-5]xl)\b"
)
_SHORT_MESSAGE = 4  # words: "boots then", "a lamp"
_NOUN_END = re.compile(
    r"\b(?:for|with|without|in|under|below|over|above|from|by|that|which|to|at|of|around|between|and|but|please|on|not|no|"
    r"less|like|as|up|who|than)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A message taken apart, before it is put together as an utterance."""

    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    refused: frozenset[int]
    prices: PriceBound
    references: tuple[Reference, ...]
    intent: Intent


class RuleUnderstanding:
    """Understands messages about one store.

    Parameters
    ----------
    vocabulary : the store's words.
    get_item : looks an item id up.
    guess_types : product types near in meaning to an unknown phrase, () when none is near enough.
    is_thing : whether a phrase is the name of something that the store's titles hold ("yoga mat").
    photo_types : the product type that a photo (by path) shows, () when unsure.
    """

    name = "rules"

    def __init__(
        self,
        vocabulary: Vocabulary,
        get_item: Callable[[str], Item],
        guess_types: Callable[[str], tuple[str, ...]],
        is_thing: Callable[[str], bool],
        photo_types: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._vocabulary = vocabulary
        self._get_item = get_item
        self._guess_types = guess_types
        self._is_thing = is_thing
        self._photo_types = photo_types

    def understand(self, text: str, state: DialogueState, photo: str = "") -> Utterance:
        """What the message says, given the state so far; ``photo`` is the path of a picture sent with it."""
        reading = self._read(text[:MAX_MESSAGE], state, bool(photo))
        said = self._facts(reading, state)
        said = self._type(reading, said, state, photo)
        said = self._prices(reading, said, state)
        said = self._sizes(reading, said)
        said = replace(
            said,
            text=" ".join(self._leftover(reading, said)),
            dropped=given_up(reading.text, self._vocabulary),
            in_stock=bool(IN_STOCK.search(text)) and not reading.references,
            order=read_order(text),
            photo=photo,
            return_to=bool(RETURN_TO.search(text)),
        )
        return self._settle_intent(reading, said, state)

    def _read(self, text: str, state: DialogueState, has_photo: bool) -> Reading:
        prices = read_prices(text)
        tokens = tuple(t for t in tokenise(text) if not _inside(t.start, prices.spans))
        mentions = self._vocabulary.mentions(tokens, text)
        cards = [self._get_item(item_id) for item_id in state.cards]
        references = resolve(text, cards, state.talked_about, self._vocabulary)
        if has_photo:
            references = tuple(ref for ref in references if not ref.weak)  # "this" is the photo
        pointing = [(ref.start, ref.end) for ref in references if not ref.weak]
        context = [m.span() for m in _CONTEXT.finditer(text)]
        kept = tuple(m for m in mentions if not _inside(tokens[m.start].start, [*pointing, *context]))
        kept = heads_only(kept, tokens, text)
        refused = refused_positions(tokens, kept)
        return Reading(text, tokens, kept, refused, prices, references, read_intent(text))

    def _facts(self, reading: Reading, state: DialogueState) -> Utterance:
        include: dict[str, list[str]] = {}
        exclude: dict[str, list[str]] = {}
        allow: dict[str, list[str]] = {}
        recipient: dict[str, list[str]] = {}
        allowing = bool(ALLOW.search(reading.text))
        for mention in reading.mentions:
            sense, refused = mention.sense, mention.start in reading.refused
            if refused:
                exclude.setdefault(sense.fact, []).extend(sense.wide or sense.values)
            elif self._is_recipient(reading.tokens[mention.start], sense):
                recipient.setdefault(sense.fact, []).extend(sense.values)
            elif allowing and _excluded(state, sense):
                allow.setdefault(sense.fact, []).extend(sense.wide)
            elif not sense.is_type or sense.fact == "product_type":
                include.setdefault(sense.fact, []).extend(sense.values)
        also: dict[str, list[str]] = {}
        if ALSO.search(reading.text):
            also = {fact: include.pop(fact) for fact in list(include) if fact in state.need.include}
        words = self._refused_words(reading)
        return Utterance(
            include=_frozen(include),
            also=_frozen(also),
            exclude=_frozen(exclude),
            exclude_words=words,
            allow=_frozen(allow),
            recipient=_frozen(recipient),
            lasting=bool((exclude or words) and LASTING.search(reading.text)),
        )

    def _is_recipient(self, token: Token, sense: Sense) -> bool:
        return sense.fact != "category" and (token.text in RECIPIENTS or token.stem in RECIPIENTS)

    def _refused_words(self, reading: Reading) -> tuple[str, ...]:
        """Refused words that are no value of any fact but stand in the store's titles: "no zips"."""
        covered = {at for m in reading.mentions for at in range(m.start, m.end)}
        words = [
            token.text
            for at, token in enumerate(reading.tokens)
            if at in reading.refused and at not in covered and token.text not in STOPWORDS and len(token.text) > 2
        ]
        return tuple(dict.fromkeys(word for word in words if word.isalpha()))

    def _type(self, reading: Reading, said: Utterance, state: DialogueState, photo: str) -> Utterance:
        types = [m for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
        types = [m for m in types if not self._is_recipient(reading.tokens[m.start], m.sense)]
        narrow = [m for m in types if m.sense.fact == "category"] or types
        if narrow:
            values = tuple(dict.fromkeys(v for m in narrow for v in m.sense.values))
            words = [" ".join(t.text for t in reading.tokens[m.start : m.end]) for m in narrow]
            include = {f: v for f, v in said.include.items() if not (f == "product_type" and narrow is types)}
            fact = narrow[0].sense.fact
            return replace(
                said,
                include=include,
                type_fact=fact,
                type_values=values,
                type_words=" or ".join(dict.fromkeys(words)),
            )
        if photo:
            shown = self._photo_types(photo)
            return replace(said, type_fact="category" if shown else "", type_values=shown)
        thing = self._asked_thing(reading, said, state)
        guessed = self._guess_types(thing) if thing and not self._is_thing(thing) else ()
        if guessed:
            return replace(said, type_fact="category", type_values=guessed, type_words=thing)
        include = {f: v for f, v in said.include.items() if not self._is_part(f, thing)}
        return replace(said, unknown_type=thing, include=include)

    def _is_part(self, fact: str, thing: str) -> bool:
        sense = self._vocabulary.sense(thing)
        return sense is not None and sense.fact == fact and not sense.whole

    def _asked_thing(self, reading: Reading, said: Utterance, state: DialogueState) -> str:
        """The words for a thing that no type of the store covers: "laptop" of "do you have a laptop?"."""
        if reading.references or reading.intent not in (Intent.SEARCH, Intent.SOMETHING_ELSE):
            return ""
        asked = WANTS.search(reading.text)
        phrase = _NOUN_END.sub("", asked["thing"]) if asked else ""
        if not asked and not state.needs and len(reading.tokens) <= _SHORT_MESSAGE * 2:
            phrase = _NOUN_END.sub("", reading.text)
        words = self._content(reading, phrase, reading.text.find(phrase))
        words = words or self._named_by_part(reading, phrase, asked)
        if not words or (state.needs and asked and not names_a_thing(asked, phrase)):
            return ""
        return " ".join(words[-3:])

    def _named_by_part(self, reading: Reading, phrase: str, asked: re.Match[str] | None) -> list[str]:
        """ "Do you have laptops?" names a thing even where "15-inch laptop" is a value of some backpacks."""
        offset = reading.text.find(phrase)
        inside = [m for m in reading.mentions if offset <= reading.tokens[m.start].start < offset + len(phrase)]
        if not asked or len(inside) != 1 or inside[0].sense.whole or is_colour(inside[0].sense.fact):
            return []
        return [token.text for token in reading.tokens[inside[0].start : inside[0].end]]

    def _content(self, reading: Reading, phrase: str, offset: int) -> list[str]:
        covered = {at for m in reading.mentions for at in range(m.start, m.end)} | reading.refused
        return [
            token.text
            for at, token in enumerate(reading.tokens)
            if at not in covered
            and offset <= token.start < offset + len(phrase)
            and token.text[0].isalpha()
            and token.text not in STOPWORDS
        ]

    def _prices(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        low, high, relative = reading.prices.minimum, reading.prices.maximum, ""
        pointed = [ref.item_id for ref in reading.references if not ref.weak] or list(state.cards)
        prices = [p for p in (self._get_item(item_id).price_now for item_id in pointed) if p is not None]
        if prices and high is None and CHEAPER.search(reading.text):
            high = round(min(prices) - CENT, 2)
            high = high if state.need.price_max is None else min(high, state.need.price_max)
            relative = "cheaper"
        elif prices and low is None and DEARER.search(reading.text):
            low, relative = round(max(prices) + CENT, 2), "dearer"
        return replace(said, price_min=low, price_max=high, relative_price=relative, currency=reading.prices.currency)

    def _sizes(self, reading: Reading, said: Utterance) -> Utterance:
        match = _SIZE.search(reading.text)
        if not match or "size" in said.include:
            return said
        wanted = next(group for group in match.groups() if group).lower().rstrip(".")
        sizes = tuple(v for v in self._vocabulary.facts.get("size", {}) if wanted in v.lower().split())
        return replace(said, include={**said.include, "size": sizes}) if sizes else said

    def _leftover(self, reading: Reading, said: Utterance) -> list[str]:
        """Words that describe without naming a fact: they rank, they do not filter."""
        covered = {at for m in reading.mentions for at in range(m.start, m.end)} | reading.refused
        pointing = [(ref.start, ref.end) for ref in reading.references if not ref.weak]
        typed = set(f"{said.type_words} {said.unknown_type}".split())
        return [
            token.text
            for at, token in enumerate(reading.tokens)
            if at not in covered
            and token.text not in typed
            and token.text[0].isalnum()
            and len(token.text) > 1
            and token.text not in STOPWORDS
            and not token.text.isdigit()
            and not _inside(token.start, pointing)
        ]

    def _settle_intent(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """Fit the intent to what was found: an intent about an item needs one, a greeting needs to be alone."""
        intent, strong = reading.intent, [ref for ref in reading.references if not ref.weak]
        changes = bool(_asks(said) or said.dropped)
        names_type = bool(said.type_values or said.unknown_type)
        if intent in (Intent.DETAILS, Intent.COMPARE) and not (reading.references or state.cards):
            intent = Intent.SEARCH
        if intent is Intent.SEARCH and strong:
            intent = Intent.MORE_LIKE if changes else Intent.DETAILS
        if intent is Intent.COMPARE and len(strong) == 1:
            intent = Intent.DETAILS  # "which is the cheapest?" asks for one
        if intent is Intent.DETAILS and (names_type and not reading.references):
            intent = Intent.SEARCH
        if intent in (Intent.LIKE, Intent.REJECT) and not reading.references:
            intent = Intent.SEARCH
        if (
            intent is Intent.LIKE
            and (names_type or not strong)
            and not re.search(r"save|wish|favou?rite", reading.text, re.I)
        ):
            intent = Intent.SEARCH if changes or names_type else intent
        if intent is Intent.MORE_LIKE and not reading.references and not said.photo:
            intent = Intent.SEARCH if not state.need.photo else Intent.MORE_LIKE
        if intent is Intent.SOMETHING_ELSE and names_type and not _same_need(said, state):
            intent = Intent.SEARCH
        if intent in (Intent.GREET, Intent.THANK, Intent.ABOUT) and (changes or names_type or said.photo):
            intent = Intent.SEARCH
        if intent is Intent.SEARCH and not (changes or names_type or said.photo or said.text):
            intent = Intent.UNCLEAR
        return self._with_references(reading, replace(said, intent=intent), state)

    def _with_references(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        ids = tuple(ref.item_id for ref in reading.references)
        if said.intent is Intent.COMPARE and len(ids) < 2:
            ids = tuple(dict.fromkeys((*ids, *state.cards)))[:3] if not ids or len(state.cards) > 1 else ids
        if said.intent is Intent.DETAILS and not ids:
            ids = (state.talked_about or state.cards[0],)
        if said.intent is Intent.MORE_LIKE and ids:
            category = self._get_item(ids[0]).category
            said = replace(said, type_fact="category", type_values=(category,), type_words="") if category else said
            return replace(said, references=ids[:1], unknown_type="")
        if said.intent in (Intent.DETAILS, Intent.COMPARE):
            named = [m.sense.fact for m in reading.mentions if not m.sense.is_type]
            asked = dict.fromkeys((*asked_facts(reading.text, self._vocabulary), *named))
            return replace(said, references=ids, asked=tuple(asked))
        if said.intent is Intent.LIKE:
            return replace(said, liked=ids, references=ids)
        if said.intent is Intent.REJECT:
            return replace(said, rejected=ids, references=ids)
        return said


def _asks(said: Utterance) -> bool:
    return bool(
        said.include or said.also or said.exclude or said.exclude_words or said.allow or said.recipient
        or said.price_min is not None or said.price_max is not None or said.in_stock
        or said.order is not said.order.BEST
    )  # fmt: skip


def _same_need(said: Utterance, state: DialogueState) -> bool:
    return bool(set(said.type_values) & set(state.need.type_values))


def _excluded(state: DialogueState, sense: Sense) -> bool:
    refused = state.constraints.exclude.get(sense.fact, ())
    return bool(set(refused) & set(sense.wide or sense.values))


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _frozen(values: dict[str, list[str]]) -> Values:
    return {fact: tuple(dict.fromkeys(found)) for fact, found in values.items()}
