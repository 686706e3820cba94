"""From a message to an ``Utterance`` by rules over the store's own vocabulary.

The default way of understanding: no model call, a few milliseconds, and nothing of one store in the code.
The embedding of an unknown product word is compared with the store's types, so "frock" finds dresses.
Knows the state (for references and "cheaper") but never changes it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from agent.comparing import ComparingReader
from agent.intents import (
    ALLOW,
    ALSO,
    ANOTHER,
    CHEAPER,
    CORRECTION,
    DEARER,
    IN_STOCK,
    RETURN_TO,
    SAME_BRAND,
    WANTS,
    read_order,
    read_sale,
)
from agent.negation import LASTING
from agent.number_reader import NumberReader
from agent.outfits import asks_to_match, asks_what_goes_with, completing, in_its_colour, moods, rather_completing
from agent.phrases import NOUN_END, is_vague, names_a_thing, names_what_is_not_here
from agent.reading import Reader, Reading, inside
from agent.refusals import RefusalReader, refused_words, unrefused
from agent.settle import Settler
from agent.shop_sense import ShopSense
from agent.shopping_words import BASIC_COLOURS, GIFT_STEMS, PROPERTY_STEMS, RECIPIENTS, SCENTS
from agent.spelling import Speller
from agent.state import DialogueState
from agent.utterance import Intent, Utterance, Values
from agent.values import union
from agent.vocabulary import Mention, Sense, Vocabulary, in_number, is_colour
from agent.wishes import Clauses, apart, sharing
from agent.words import Token, stem, stems

CENT = 0.01
_BRAND = re.compile(r"\bbrands? (?!new\b)|\bbrand\W*$", re.IGNORECASE)  # "anything of brand X" names no thing
_WITHOUT_IS_FINE = re.compile(
    r"\bwithout (?:one |it |them )?(?:is|would be|works)(?: also)? (?:fine|ok|okay|good|too)\b", re.IGNORECASE
)
SHORT_MESSAGE = 8  # tokens: "boots then", "a lamp"
BARE_THING = 5  # tokens of a message that is nothing but a new thing: "ok a water bottle"


class RuleUnderstanding:
    """Understands messages about one store."""

    name = "rules"

    def __init__(self, vocabulary: Vocabulary, speller: Speller, sense: ShopSense) -> None:
        self._vocabulary = vocabulary
        self._sense = sense
        self._reader = Reader(vocabulary, speller)
        self._refusals = RefusalReader(vocabulary, sense.recorded)
        self._numbers = NumberReader(vocabulary, sense, self._refusals)
        self._comparing = ComparingReader(vocabulary, sense.get_item, sense.recorded)
        self._settler = Settler(vocabulary, sense)

    def understand(self, text: str, state: DialogueState, photo: str = "") -> Utterance:
        """What the message says, given the state so far; ``photo`` is the path of a picture sent with it."""
        reading = self._read(text, state, bool(photo))
        clauses = apart(reading)
        if clauses is None:
            return self._utterance(reading, state, photo)
        return self._several(clauses, state, photo)

    def _several(self, clauses: Clauses, state: DialogueState, photo: str) -> Utterance:
        """ "A dress and matching shoes": the first is looked for now, the others are noted."""
        first, *rest = (self._read(clause, state, bool(photo)) for clause in clauses.texts)
        fresh = DialogueState()
        others = [replace(self._utterance(reading, fresh, ""), intent=Intent.SEARCH) for reading in rest]
        said, *others = sharing([self._utterance(first, state, photo), *others])
        recipient = {**said.recipient, **{f: v for other in others for f, v in other.recipient.items()}}
        return replace(said, recipient=recipient, then=tuple(other for other in others if other.type_values))

    def _read(self, text: str, state: DialogueState, has_photo: bool) -> Reading:
        cards = [self._sense.get_item(item_id) for item_id in state.cards]
        return self._reader.read(text, cards, state.talked_about, has_photo)

    def _utterance(self, reading: Reading, state: DialogueState, photo: str) -> Utterance:
        said = self._facts(reading, state)
        said = self._type(reading, said, state, photo)
        said = self._prices(reading, said, state)
        said = self._same_brand(reading, _without_had(reading, said, state), state)
        compared = self._comparing.read(reading, self._numbers.read(reading, said, state), state)
        said, left = self._matching(reading, compared.said, state), self._leftover(reading, compared.said, state)
        on_sale = read_sale(reading.text)
        described = [*compared.said.text.split(), *(word for word in left if word not in compared.answered)]
        said = replace(
            said,
            text=" ".join([*described, *moods(map(self._sense.get_item, reading.companions))]),
            unknown_type=self._sense.called(said.unknown_type) if said.unknown_type else "",
            dropped=(*said.dropped, *_given_up(reading, state), *["on_sale"] * (on_sale is False)),
            in_stock=bool(IN_STOCK.search(reading.text)) and not reading.references,
            on_sale=bool(on_sale) and not reading.references,
            order=read_order(_outside_references(reading)),
            count=reading.count.number if reading.count else 0,
            photo=photo,
            return_to=bool(RETURN_TO.search(reading.text)),
            another=bool(ANOTHER.search(reading.text)),
            correction=bool(CORRECTION.search(reading.text)),
        )
        return self._completed(reading, said, state) or self._settler.settle(reading, said, state)

    def _same_brand(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """ "Perfume of the same brand": that of the item in question."""
        pointed = (*(ref.item_id for ref in reading.strong), *filter(None, (state.talked_about,)), *state.cards)
        brand = self._sense.get_item(pointed[0]).brand if pointed and SAME_BRAND.search(reading.text) else ""
        return replace(said, include={**said.include, "brand": (brand,)}) if brand else said

    def _completed(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance | None:
        """ "What goes with it?" as a wish for kinds that complete the item in focus."""
        if not asks_what_goes_with(reading.text) or said.type_values or said.unknown_type:
            return None
        pointed = [ref.item_id for ref in reading.references]
        in_focus = next(iter((*pointed, *filter(None, (state.talked_about,)), *state.cards)), "")
        found = completing(said, self._sense.get_item(in_focus), self._vocabulary) if in_focus else None
        known = state.recipient
        return found and replace(found, preferred={f: v for f, v in found.preferred.items() if f not in known})

    def _matching(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """ "Matching shoes" are rather in the colour of what they shall match."""
        pointed = (ref.item_id for ref in reading.strong)
        in_hand = (*reading.companions, *pointed, *filter(None, (state.talked_about,)), *state.cards)
        if said.type_values and reading.companions:
            said = rather_completing(said, self._sense.get_item(in_hand[0]), self._vocabulary)
        if not (said.type_values and in_hand and asks_to_match(reading.text)):
            return said
        return in_its_colour(said, state.need.include, self._sense.get_item(in_hand[0]))

    def _is_soft(self, reading: Reading, mention: Mention, state: DialogueState) -> bool:
        """Whether a mention only ranks; the kind of thing does where another kind is asked for already."""
        if not inside(reading.tokens[mention.start].start, reading.soft):
            return False
        kinds = [m for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
        hard = any(not inside(reading.tokens[m.start].start, reading.soft) for m in kinds)
        return not mention.sense.is_type or hard or bool(state.need.type_values)

    def _facts(self, reading: Reading, state: DialogueState) -> Utterance:
        include: dict[str, list[str]] = {}
        preferred: dict[str, list[str]] = {}
        allow: dict[str, list[str]] = {}
        recipient: dict[str, list[str]] = {}
        allowing = bool(ALLOW.search(reading.text))
        loose: list[str] = []
        for mention in reading.mentions:
            sense = in_number(self._meant(mention, reading, state), reading.text)
            if mention.start in reading.refused:
                continue
            if sense is None:
                loose += [token.text for token in reading.tokens[mention.start : mention.end]]
                continue
            if self._is_recipient(reading.tokens[mention.start], sense):
                recipient.setdefault(sense.fact, []).extend(sense.values)
            elif allowing and _excluded(state, sense):
                allow.setdefault(sense.fact, []).extend(sense.wide)
            elif self._is_soft(reading, mention, state):
                preferred.setdefault(sense.fact, []).extend(unrefused(sense, state))
            elif not sense.is_type or sense.fact == "product_type":
                include.setdefault(sense.fact, []).extend(unrefused(sense, state))
        also: dict[str, list[str]] = {}
        if ALSO.search(reading.text):
            also = {fact: include.pop(fact) for fact in list(include) if fact in state.need.include}
        refused, words = self._refusals.read(reading, state), refused_words(reading, self._sense.rules_out)
        return Utterance(
            include=_frozen(include),
            also=_frozen(also),
            preferred=_frozen(preferred),
            exclude=_frozen(refused.exclude),
            exclude_phrases=refused.phrases,
            exclude_words=words,
            allow=_frozen(allow),
            recipient=_frozen(recipient),
            text=" ".join(loose),
            lasting=bool((refused.exclude or words) and LASTING.search(reading.text)),
        )

    def _meant(self, mention: Mention, reading: Reading, state: DialogueState) -> Sense | None:
        """What a wish means of the kind in hand: "round" of rugs is their shape, whatever else has a round back.

        None where it is but a word of values that only other kinds have ("strap" of a watch, where tops have
        "compression straps").
        """
        kinds = [m.sense for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
        fact, values = (kinds[0].fact, kinds[0].values) if kinds else (state.need.type_fact, state.need.type_values)
        if mention.sense.is_type or not values:
            return mention.sense
        known = self._sense.recorded(fact, values)
        phrase = tuple(token.stem for token in reading.tokens[mention.start : mention.end])
        others = [sense for sense in self._vocabulary.senses(phrase) if sense.fact in known]
        others.sort(key=lambda sense: not self._sense.has(sense, fact, values))  # a silver watch has a silver case
        if self._is_recipient(reading.tokens[mention.start], mention.sense):
            return mention.sense
        if self._is_scent(phrase, mention.sense, known):
            return others[0] if others and not is_colour(others[0].fact) else None
        again = [sense for sense in others if "material" in sense.fact and sense.fact in state.need.include]
        if again and not kinds and self._sense.has(again[0], fact, values):  # "rather metal" after a leather strap
            return again[0]
        elsewhere = bool(others) and self._sense.has(others[0], fact, values)
        if mention.sense.fact in known and not (elsewhere and not self._sense.has(mention.sense, fact, values)):
            return mention.sense
        return others[0] if others else mention.sense if mention.sense.whole else None

    def _is_scent(self, phrase: tuple[str, ...], sense: Sense, known: Collection[str]) -> bool:
        """ "Lavender" of candles is what they smell of, where the shop has no colour of that name."""
        smells = any(SCENTS & set(stems(fact.replace("_", " "))) for fact in known)
        named = {stems(value) for value in self._vocabulary.facts.get(sense.fact, ())}
        return is_colour(sense.fact) and smells and phrase not in named | {stems(c) for c in BASIC_COLOURS}

    def _is_recipient(self, token: Token, sense: Sense) -> bool:
        return sense.fact != "category" and (token.text in RECIPIENTS or token.stem in RECIPIENTS)

    def _type(self, reading: Reading, said: Utterance, state: DialogueState, photo: str) -> Utterance:
        types = [m for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
        types = [m for m in types if not self._is_recipient(reading.tokens[m.start], m.sense)]
        types = [m for m in types if not self._is_soft(reading, m, state)]
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
            shown = self._sense.photo_types(photo)
            return replace(said, type_fact="category" if shown else "", type_values=shown)
        thing = self._asked_thing(reading, said, state)
        guessed = self._sense.guess_types(thing) if thing and not self._sense.is_thing(thing) else ()
        if guessed and set(guessed) <= set(state.need.type_values):  # "the nike ones" are sneakers already
            return said
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
        phrase = NOUN_END.sub("", asked["thing"] if asked else reading.text)
        bare = not asked and self._is_bare_thing(reading, phrase, state)
        if is_vague(phrase) or not (asked or bare) or _BRAND.search(reading.text):
            return ""
        lacked = bool(state.needs and state.needs[-1].unknown_type)
        unread = [token for token in reading.content(phrase) if token.stem not in GIFT_STEMS]
        words = [token.text for token in unread] or (self._named_by_part(reading, phrase) if asked or lacked else [])
        if not words or stem(words[-1]) in PROPERTY_STEMS:  # "any waterproof ones?" asks for no other thing
            return ""
        new = asked and (names_a_thing(asked, phrase) or names_what_is_not_here(asked, unread, reading.strange))
        return " ".join(words[-3:]) if new or not (state.needs and asked) else ""

    def _is_bare_thing(self, reading: Reading, phrase: str, state: DialogueState) -> bool:
        """Whether a message without "do you have" names a thing by itself: the first one, or a short one."""
        if len(reading.tokens) > SHORT_MESSAGE:
            return False
        if not state.need.has_wish or state.needs[-1].unknown_type:
            return True
        words = reading.content(phrase)
        if not words or len(reading.tokens) > BARE_THING:
            return False
        plural = words[-1].text.endswith("s") and len(words) == len(reading.tokens)  # "laptops" and nothing else
        return self._sense.is_thing(words[-1].text) or (plural and words[-1].text in reading.strange)

    def _named_by_part(self, reading: Reading, phrase: str) -> list[str]:
        """ "Do you have laptops?" names a thing even where "15-inch laptop" is a value of some backpacks.

        The words that end the phrase name it: of "yoga brick", where yoga is an activity, the brick.
        """
        offset = reading.text.find(phrase)
        inside = [m for m in reading.mentions if offset <= reading.tokens[m.start].start < offset + len(phrase)]
        if not inside or inside[-1].sense.whole or is_colour(inside[-1].sense.fact):
            return []
        return [token.text for token in reading.tokens[inside[-1].start : inside[-1].end]]

    def _prices(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        low, high, relative = reading.prices.minimum, reading.prices.maximum, ""
        outside = _outside_references(reading)
        in_focus = [state.talked_about] if state.talked_about else state.cards
        pointed = [ref.item_id for ref in reading.strong] or list(in_focus)
        prices = [p for p in (self._sense.get_item(item_id).price_now for item_id in pointed) if p is not None]
        if prices and high is None and CHEAPER.search(outside):
            high = round(min(prices) - CENT, 2)
            high = high if state.need.price_max is None else min(high, state.need.price_max)
            relative = "cheaper"
        elif prices and low is None and DEARER.search(outside):
            low, relative = round(max(prices) + CENT, 2), "dearer"
        return replace(said, price_min=low, price_max=high, relative_price=relative, currency=reading.prices.currency)

    def _leftover(self, reading: Reading, said: Utterance, state: DialogueState) -> list[str]:
        """Words that describe without naming a fact: they rank, they do not filter."""
        compared = {word.split(" ", 1)[0] for words in said.measured.values() for word in words}
        sizes = "small medium large" if "size" in said.include else ""
        spent = f"{said.type_words} {said.unknown_type} {' '.join(compared)} {sizes}"
        degrees = " ".join(reading.tokens[degree.at].text for degree in self._refusals.too_far(reading, state))
        return reading.leftover(but=f"{spent} {degrees}")


def _given_up(reading: Reading, state: DialogueState) -> tuple[str, ...]:
    """The facts that a message gives up; "without is fine too" gives up what was wanted last."""
    last = [*state.need.include][-1:] if _WITHOUT_IS_FINE.search(reading.text) else []
    return (*reading.given_up.names, *last)


def _without_had(reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
    """ "He already has a tent" leaves tents out, as long as any kind of thing would do."""
    if not reading.had or said.type_values or state.need.type_values:
        return said
    return replace(said, exclude=union(said.exclude, {"category": reading.had}))


def _outside_references(reading: Reading) -> str:
    text = reading.text
    for ref in reading.strong:
        text = text[: ref.start] + " " * (ref.end - ref.start) + text[ref.end :]
    return text


def _excluded(state: DialogueState, sense: Sense) -> bool:
    refused = state.constraints.exclude.get(sense.fact, ())
    return bool(set(refused) & set(sense.wide or sense.values))


def _frozen(values: dict[str, list[str]]) -> Values:
    return {fact: tuple(dict.fromkeys(found)) for fact, found in values.items()}
