"""From a message to an ``Utterance`` by rules over the store's own vocabulary.

The default way of understanding: no model call, a few milliseconds, and nothing of one store in the code.
The embedding of an unknown product word is compared with the store's types, so "frock" finds dresses.
Knows the state (for references and "cheaper") but never changes it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from itertools import chain

from agent.asked_recaps import with_recap
from agent.asked_refusals import asks_what_is_refused, of_never
from agent.bare_numbers import BareNumbers
from agent.brand_questions import brand_asked_for
from agent.casual import written_out
from agent.closings import closing
from agent.comparing import ComparingReader
from agent.complaints import beside_complaint, goes_on
from agent.counts import amounts_of, sets_of
from agent.discounts import reduced_by
from agent.earlier_tables import EarlierTables
from agent.everyday_spelling import as_meant
from agent.fact_names import name_stems
from agent.intent_examples import by_likeness
from agent.intents import (
    ALLOW,
    ALSO,
    ANOTHER,
    CORRECTION,
    IN_STOCK,
    OTHER_BRAND,
    RETURN_TO,
    SAME_BRAND,
    read_order,
    read_sale,
)
from agent.kind_reader import KindReader, is_recipient, is_soft
from agent.long_messages import readable
from agent.number_reader import NumberReader
from agent.outfit_reader import OutfitReader
from agent.outfits import Owned, asks_what_goes_with, moods, owned
from agent.preferences import first_choices
from agent.price_bounds import PriceBounds
from agent.reading import Reader, Reading, inside
from agent.recipients import only_judges
from agent.references import among_compared
from agent.refusals import (
    RefusalReader,
    but_wanted,
    is_tolerated,
    refused_words,
    taken_back,
    unrefused,
    wanted_free,
    welcome_words,
    wished,
    without_had,
    without_kind_in_hand,
)
from agent.refused_kinds import noted
from agent.settle import Settler
from agent.shop_sense import ShopSense
from agent.shopping_words import BASIC_COLOURS, LOOKS, SCENTS
from agent.spelling import Speller
from agent.standing import is_standing
from agent.state import DialogueState
from agent.sums import Sums, asks_of_total
from agent.swaps import without_swapped
from agent.together import as_outfit, said_of_all
from agent.utterance import Intent, Order, Utterance, Values
from agent.values import union
from agent.vocabulary import Mention, Sense, Vocabulary, in_number, is_colour
from agent.wishes import Clauses, apart, names_no_further, returns, sharing, without_dismissed
from agent.wording import names_things
from agent.words import stems

_WITHOUT_IS_FINE = re.compile(
    r"\bwithout (?:one |it |them )?(?:is|would be|works)(?: also)? (?:fine|ok|okay|good|too)\b", re.IGNORECASE
)


class RuleUnderstanding:
    """Understands messages about one store."""

    name = "rules"

    def __init__(self, vocabulary: Vocabulary, speller: Speller, sense: ShopSense) -> None:
        self._vocabulary = vocabulary
        self._sense = sense
        self._reader = Reader(vocabulary, speller)
        self._speller = speller
        self._kinds = KindReader(vocabulary, sense)
        self._refusals = RefusalReader(vocabulary, sense.recorded)
        self._numbers = NumberReader(vocabulary, sense, self._refusals)
        self._bounds = PriceBounds(sense)
        self._bare = BareNumbers(vocabulary.measures, sense.held)
        self._comparing = ComparingReader(vocabulary, sense.get_item, sense.recorded, sense.held)
        self._outfits = OutfitReader(vocabulary, sense)
        self._settler = Settler(vocabulary, sense)
        self._tables = EarlierTables(vocabulary, sense.get_item)
        self._sums = Sums(vocabulary, sense.get_item, self._tables)

    def understand(self, text: str, state: DialogueState, photo: str = "") -> Utterance:
        """What the message says, given the state so far; ``photo`` is the path of a picture sent with it."""
        text = as_meant(written_out(readable(text)), self._speller)
        return with_recap(text, self._understood(text, state, photo))

    def _understood(self, text: str, state: DialogueState, photo: str) -> Utterance:
        if not photo and (closed := closing(text)):
            return Utterance(intent=closed)
        text = self._kinds.plain(text)
        earlier = None if photo else self._tables.meant(text, state)
        if earlier:
            return earlier.settled(self._heard(earlier.text, earlier.state, photo))
        said = self._heard(text, state, photo)
        rest = beside_complaint(text) if said.intent is Intent.COMPLAIN else ""
        other = self._heard(rest, state, photo) if rest else said
        return other if goes_on(other) else said

    def _heard(self, text: str, state: DialogueState, photo: str) -> Utterance:
        if summed := self._sums.asked(text, state):
            return summed
        if asks_what_is_refused(text) or asks_of_total(text):
            return Utterance(intent=Intent.RECALL)
        if brand := brand_asked_for(text, self._vocabulary):
            return Utterance(intent=Intent.CHOICES, asked=("brand",), include={"brand": (brand,)})
        own = owned(text, bool(photo), self._vocabulary) if asks_what_goes_with(text) else None
        if own:
            text = f"{text[: own.start]}{text[own.end :]}"
        written = text if self._vocabulary.names_value(text) else self._bare.written_out(text, state)
        reading = self._read(written, state, bool(photo))
        clauses = apart(reading)
        if clauses is None:
            return self._utterance(reading, state, photo, own)
        return self._several(clauses, state, photo)

    def _several(self, clauses: Clauses, state: DialogueState, photo: str) -> Utterance:
        """ "A dress and matching shoes": the first is looked for now, the others are noted."""
        first, *rest = (self._read(clause, state, bool(photo)) for clause in clauses.texts)
        fresh = DialogueState()
        others = [replace(self._utterance(reading, fresh, ""), intent=Intent.SEARCH) for reading in rest]
        said, *others = sharing([self._utterance(first, state, photo), *others], self._sense.held)
        recipient = {**said.recipient, **{f: v for other in others for f, v in other.recipient.items()}}
        return replace(said, recipient=recipient, then=tuple(other for other in others if other.type_values))

    def _read(self, text: str, state: DialogueState, has_photo: bool) -> Reading:
        of_those = state.compared if among_compared(text) else ()
        cards = [self._sense.get_item(item_id) for item_id in of_those or state.cards]
        reading = self._reader.read(text, cards, state.talked_about, has_photo)
        return self._kinds.heard(reading, state)

    def _utterance(self, reading: Reading, state: DialogueState, photo: str, own: Owned | None = None) -> Utterance:
        said = self._facts(reading, state)
        said = as_outfit(reading, self._kinds.read(reading, said, state, photo), self._vocabulary)
        said = without_swapped(without_kind_in_hand(said, reading, state), reading)
        said = without_dismissed(reading, said, state)
        said = self._bounds.read(reading, said, state)
        said = self._same_brand(reading, without_had(reading, said, state), state)
        said = noted(self._numbers.read(reading, said, state), reading)
        compared = self._comparing.read(reading, said, state)
        said, left = (
            self._outfits.matching(reading, compared.said, state, own),
            self._leftover(reading, compared.said, state),
        )
        on_sale = read_sale(reading.text)
        described = [*compared.said.text.split(), *(word for word in left if word not in compared.answered)]
        said = replace(
            said,
            text=" ".join([*described, *moods(map(self._sense.get_item, reading.companions))]),
            unanswered=(
                *compared.said.unanswered,
                *sets_of(reading.text),
                *amounts_of(reading.text, [(n.start, n.end) for n in reading.numbers]),
            ),
            unknown_type=self._sense.called(said.unknown_type) if said.unknown_type else "",
            dropped=(*said.dropped, *self._given_up(reading, said, state), *["on_sale"] * (on_sale is False)),
            in_stock=bool(IN_STOCK.search(reading.text)) and not reading.references,
            on_sale=bool(on_sale) and not reading.references,
            reduced_by=reduced_by(reading.text) if on_sale else 0.0,
            order=read_order(reading.outside_references()) if said.order is Order.BEST else said.order,
            count=reading.count.number if reading.count else 0,
            photo=photo,
            return_to=bool(RETURN_TO.search(reading.text)) or returns(reading, said, state),
            another=bool(ANOTHER.search(reading.text)),
            unnamed=names_no_further(reading.text),
            correction=said.correction or bool(CORRECTION.search(reading.text)),
        )
        settled = self._outfits.completed(reading, said, state, own) or self._settler.settle(reading, said, state)
        if alike := by_likeness(reading, said, settled, bool(state.cards), self._sense.like):
            settled = self._settler.settle(*alike, state)
        return said_of_all(of_never(settled, state), state, self._vocabulary, self._sense)

    def _given_up(self, reading: Reading, said: Utterance, state: DialogueState) -> tuple[str, ...]:
        """The facts that a message gives up; "without is fine too" gives up what was wanted last.

        So does another kind in place of the one in hand what it cannot have: "sneakers instead" of a dress in M.
        """
        last = [*state.need.include][-1:] if _WITHOUT_IS_FINE.search(reading.text) else []
        if said.type_values and CORRECTION.search(reading.text):
            worn = set(self._sense.held("size", said.type_fact, said.type_values))
            last += [
                fact for fact in state.need.include if fact == "size" and worn.isdisjoint(state.need.include[fact])
            ]
        return (*reading.given_up.names, *last)

    def _same_brand(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """ "Perfume of the same brand": that of the item in question; "another brand" refuses it."""
        pointed = (*(ref.item_id for ref in reading.strong), *filter(None, (state.talked_about,)), *state.cards)
        brand = self._sense.get_item(pointed[0]).brand if pointed else ""
        if brand and OTHER_BRAND.search(reading.text) and "brand" not in said.exclude:
            return replace(said, exclude=union(said.exclude, {"brand": (brand,)}))
        same = brand and SAME_BRAND.search(reading.text)
        return replace(said, include={**said.include, "brand": (brand,)}) if same else said

    def _facts(self, reading: Reading, state: DialogueState) -> Utterance:
        include, preferred, allow, recipient, also = (defaultdict[str, list[str]](list) for _ in range(5))
        allowing, more = bool(ALLOW.search(reading.text)), bool(ALSO.search(reading.text))
        loose = list[str]()
        for mention in wished(reading, state):
            sense = in_number(self._meant(mention, reading, state), reading.text)
            if self._is_alternative(mention, reading):
                continue
            if sense is None or sense.lacks or self._no_department(sense, reading):
                loose += [token.text for token in reading.tokens[mention.start : mention.end]]
                continue
            if is_recipient(reading.tokens[mention.start], sense):
                if not only_judges(reading.text[reading.tokens[mention.end - 1].end :], state):
                    recipient[sense.fact].extend(sense.values)
                continue
            tolerated = is_tolerated(reading, mention, state)
            allowed = allowing or tolerated
            back = taken_back(reading, mention, sense, state, allowed) if allowing or not sense.is_type else {}
            if (allowed or more) and back:  # nothing is asked for, but beside what was
                also[sense.fact].extend(sense.values if more and sense.fact in state.need.include else ())
            elif tolerated:
                also[sense.fact].extend(sense.values if sense.fact in state.need.include else ())
            elif is_soft(reading, mention, state):
                preferred[sense.fact].extend(unrefused(sense, state))
            elif not sense.is_type or sense.fact == "product_type":
                include[sense.fact].extend(unrefused(sense, state))
                if not sense.is_type and inside(reading.tokens[mention.start].start, first_choices(reading.text)):
                    preferred[sense.fact].extend(unrefused(sense, state))
            for fact, values in back.items():
                allow[fact].extend(values)
        for sense in wanted_free(reading):
            include[sense.fact].extend(sense.values)
        if more:
            also |= {fact: include.pop(fact) for fact in list(include) if fact in state.need.include}
        refused = but_wanted(self._refusals.read(reading, state), include)
        words = refused_words(reading, self._sense.rules_out)
        return Utterance(
            include=_frozen(include),
            also=_frozen({fact: values for fact, values in also.items() if values}),
            preferred=_frozen(preferred),
            exclude=_frozen(refused.exclude),
            exclude_phrases=refused.phrases,
            exclude_words=words,
            allow=_frozen(allow),
            recipient=_frozen(recipient),
            dropped=tuple(f"word:{word}" for word in welcome_words(reading, state)),
            text=" ".join(loose),
            unanswered=tuple(loose),
            lasting=is_standing(reading, refused.exclude, words),
        )

    def _meant(self, mention: Mention, reading: Reading, state: DialogueState) -> Sense | None:
        """What a wish means of the kind in hand: "round" of rugs is their shape, whatever else has a round back.

        None where it is but a word of values that only other kinds have ("strap" of a watch, where tops have
        "compression straps").
        """
        kind = next((m.sense for m in reading.mentions if m.sense.is_type and m.start not in reading.refused), None)
        fact, values = (kind.fact, kind.values) if kind else (state.need.type_fact, state.need.type_values)
        if mention.sense.is_type or not values:
            return mention.sense
        known = self._sense.recorded(fact, values)
        phrase = tuple(token.stem for token in reading.tokens[mention.start : mention.end])
        named = (
            set(phrase) <= set(stems(mention.sense.fact)) and in_number(mention.sense, reading.text) == mention.sense
        )
        if named and not mention.sense.whole and self._sense.is_everywhere(mention.sense, fact, values):
            return None
        others = [sense for sense in self._vocabulary.senses(phrase) if sense.fact in known]
        others.sort(key=lambda sense: not self._sense.has(sense, fact, values))  # a silver watch has a silver case
        if is_recipient(reading.tokens[mention.start], mention.sense):
            return mention.sense
        if self._is_scent(phrase, mention.sense, known):
            return others[0] if others and not is_colour(others[0].fact) else None
        if set(phrase) <= LOOKS and not any(self._sense.has(s, fact, values) for s in (mention.sense, *others)):
            return None
        again = [sense for sense in others if "material" in sense.fact and sense.fact in state.need.include]
        if again and kind is None and self._sense.has(again[0], fact, values):  # "rather metal" after a leather strap
            return again[0]
        if mention.start - 1 in reading.refused and not mention.sense.whole:  # "no leather strap" wishes for no strap
            return None
        elsewhere = bool(others) and self._sense.has(others[0], fact, values)
        if mention.sense.fact in known and not (elsewhere and not self._sense.has(mention.sense, fact, values)):
            return mention.sense
        return others[0] if others else mention.sense if mention.sense.whole else None

    def _no_department(self, sense: Sense, reading: Reading) -> bool:
        """ "I am training for a marathon, I need shorts": a department that has nothing of the kind is none here."""
        if sense.fact != "product_type":
            return False
        kinds = [m.sense for m in reading.mentions if m.sense.fact == "category" and m.start not in reading.refused]
        return bool(kinds) and not any(self._sense.has(sense, kind.fact, kind.values) for kind in kinds)

    def _is_alternative(self, mention: Mention, reading: Reading) -> bool:
        """ "Pants or leggings", which are a style of pants, asks for no style."""
        sense = mention.sense
        kinds = [m for m in reading.mentions if m.sense.fact == "category" and m.start not in reading.refused]
        if not kinds or not all(names_things(sense.fact, value) for value in sense.values):
            return False
        first, second = sorted((kinds[0], mention), key=lambda m: m.start)
        between = [token.text for token in reading.tokens[first.end : second.start]]
        return "or" in between and "," not in between and self._sense.has(sense, "category", kinds[0].sense.values)

    def _is_scent(self, phrase: tuple[str, ...], sense: Sense, known: Collection[str]) -> bool:
        """ "Lavender" of candles is what they smell of, where the shop has no colour of that name."""
        smells = any(SCENTS & set(stems(fact.replace("_", " "))) for fact in known)
        named = {stems(value) for value in self._vocabulary.facts.get(sense.fact, ())}
        return is_colour(sense.fact) and smells and phrase not in named | {stems(c) for c in BASIC_COLOURS}

    def _leftover(self, reading: Reading, said: Utterance, state: DialogueState) -> list[str]:
        """Words that describe without naming a fact: they rank, they do not filter."""
        compared = {word.split(" ", 1)[0] for words in said.measured.values() for word in words}
        sizes = "small medium large" if "size" in said.include else ""
        named = {*chain.from_iterable(map(name_stems, said.measured))}
        spent = f"{said.type_words} {said.unknown_type} {' '.join(compared)} {sizes} {reading.spoken(named)}"
        degrees = " ".join(reading.tokens[degree.at].text for degree in self._refusals.too_far(reading, state))
        return reading.leftover(but=f"{spent} {degrees}")


def _frozen(values: dict[str, list[str]]) -> Values:
    return {fact: tuple(dict.fromkeys(found)) for fact, found in values.items()}
