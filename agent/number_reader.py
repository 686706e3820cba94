"""Numbers of a message as wishes: sizes, measures with a unit, and comparatives of what can be measured."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from agent.asked_numbers import Asked
from agent.degrees import beyond_words
from agent.fact_names import core
from agent.freedoms import without_traces
from agent.measure_words import PERCENT
from agent.measures import is_about
from agent.named_numbers import is_named, more_of
from agent.phrases import said_purposes
from agent.reading import Reading
from agent.refusals import RefusalReader
from agent.shop_sense import ShopSense
from agent.shopping_words import STOP_STEMS
from agent.sizes import SizeStep, asked_size, asked_step, fitting_sizes, loose_size, other_size, stepped
from agent.state import DialogueState
from agent.utterance import Utterance, Values
from agent.values import union
from agent.vocabulary import Vocabulary
from agent.words import stems
from store.facts import fact_values
from store.title_measures import TITLE_MEASURE


class NumberReader:
    """Reads numbers in one store."""

    def __init__(self, vocabulary: Vocabulary, sense: ShopSense, refusals: RefusalReader) -> None:
        self._vocabulary = vocabulary
        self._sense = sense
        self._refusals = refusals

    def read(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """The utterance with what its numbers ask for beside its other words."""
        return self._numbers(reading, self._sizes(reading, said, state), state)

    def _sizes(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """A size as this store writes it; one that it does not have stays as asked, so that nothing passes it."""
        if "size" in said.include:
            return self._either_size(reading.text, said, state)
        if step := asked_step(reading.text):
            return self._stepped(step, reading.text, said, state)
        known = self._vocabulary.facts.get("size", {})
        thing = _thing(said, state)
        wanted = asked_size(reading.text, known) or self._loose(reading.text, thing)
        either = tuple(filter(None, (wanted, other_size(reading.text, wanted))))
        own = self._sense.held("size", *thing) if thing[1] else ()
        sizes = _fitting(either, own) or _fitting(either, known)
        unknown = wanted.isdigit() and not sizes and "size" not in self._sense.recorded(*thing)
        if not wanted or unknown:
            return said
        return replace(said, include={**said.include, "size": sizes or (wanted.upper(),)})

    def _either_size(self, text: str, said: Utterance, state: DialogueState) -> Utterance:
        """ "Size 40 or L", of which the store knows the letter as a word: the number counts beside it."""
        known, sizes = self._vocabulary.facts.get("size", {}), said.include["size"]
        wanted = asked_size(text, known)
        other = other_size(text, wanted)
        if not other or not set(fitting_sizes(other, known)) & set(sizes):
            return said
        held = self._sense.held("size", *_thing(said, state))
        both = tuple(dict.fromkeys((*fitting_sizes(wanted, held), *sizes)))
        return replace(said, include={**said.include, "size": both})

    def _loose(self, text: str, thing: tuple[str, tuple[str, ...]]) -> str:
        """ "Shorts, men, 33": a size where the kind in question has that one."""
        loose = loose_size(text)
        return loose if loose and thing[1] and fitting_sizes(loose, self._sense.held("size", *thing)) else ""

    def _stepped(self, step: SizeStep, text: str, said: Utterance, state: DialogueState) -> Utterance:
        """ "One size up" from the size that was said or is in force; as it is where there is none."""
        named = step.start or asked_size(text)
        starts = (named,) if named else state.need.include.get("size", ())
        held = self._sense.held("size", *_thing(said, state))
        found = dict.fromkeys(size for start in starts for size in stepped(SizeStep(step.by, start), held))
        new = [size for size in found if size not in starts]  # up from 34 and 36 is 38
        wanted = tuple(size for size in new if size in held) or tuple(new[:1])
        return replace(said, include={**said.include, "size": wanted}) if wanted else said

    def _numbers(self, reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
        """ "At least 30 litres", "for 2 people", "lighter": the values of a number fact that meet it."""
        measures, thing = self._vocabulary.measures, _thing(said, state)
        include, dropped = dict(said.include), list[str]()
        measured = {
            **said.measured,
            **{f: w for f, w in beyond_words(reading.mentions, reading.tokens).items() if f in include},
        }
        told = {degree.at for degree in self._refusals.too_far(reading, state)}
        unread = (reading.degrees | (reading.refused & reading.unknown)) - told - reading.mentioned
        words = [reading.tokens[at].text for at in sorted(unread) if _is_word(reading, at)]
        unanswered = [*said.unanswered, *(word for word in words if word not in said.exclude_words)]
        unanswered += said_purposes(reading.text, reading.leftover(but=said.unknown_type))
        recorded = self._sense.recorded(*thing) if reading.numbers else ()
        held = {fact: self._sense.held(fact, *thing) for fact in recorded if measures.holds(fact)}
        exclude = said.exclude
        for asked in (part for number in reading.numbers for part in measures.side_by_side(number, held)):
            facts = [
                fact
                for fact in measures.facts_for(asked, reading.text, held, state.need.measured)
                if not self._is_of_another(asked, reading, fact)
            ]
            fact = next((f for f in facts if measures.meeting(f, asked)), facts[0] if facts else "")
            if asked.start in reading.refused_numbers:
                ruled_out = measures.refused(fact, asked) if fact else {}
                exclude = union(exclude, {each: values for each, values in ruled_out.items() if values})
                unanswered += [] if fact else [asked.words]
                continue
            if not fact and (again := self._again(asked, state)):
                include.update(again)
                continue
            if not fact:
                unanswered.append(asked.words)
                continue
            ends = None if is_named(fact, reading.text) else measures.ends_of(fact)
            met = measures.between(ends, asked) if ends else {fact: measures.meeting(fact, asked)}
            include.update({each: values or (asked.words,) for each, values in met.items()})
            measured.update(dict.fromkeys(met, (asked.words,)))
            replaced = () if is_named(fact, reading.text) else state.need.measured
            dropped += [f for f in facts if f in replaced and f != fact and not self._beside(fact, f, state)]
        gone = (*said.dropped, *(fact for fact in dropped if fact not in include))

        said = replace(
            said, include=include, exclude=exclude, measured=measured, unanswered=tuple(unanswered), dropped=gone
        )
        said = self._without_traces(reading, said, thing)
        compares = state.cards and not said.type_values
        return self._compared(reading, said, state, numbered=measured) if compares else said

    def _again(self, asked: Asked, state: DialogueState) -> Values:
        """ "For a 13 inch" after "15-inch laptop": the value in force with that number in it."""
        need, said = state.need, set(stems(asked.words))
        held = {fact: self._sense.held(fact, need.type_fact, need.type_values) for fact in need.include}
        found = {fact: tuple(value for value in values if said <= set(stems(value))) for fact, values in held.items()}
        return {fact: values for fact, values in found.items() if values}

    def _beside(self, fact: str, other: str, state: DialogueState) -> bool:
        """Whether a card records both facts: 16 GB of memory and 512 GB of storage do not replace each other."""
        records = [fact_values(self._sense.get_item(item_id)) for item_id in state.cards]
        return any(record.get(fact) and record.get(other) for record in records)

    def _is_of_another(self, asked: Asked, reading: Reading, fact: str) -> bool:
        """Whether a share is said to be of something that a fact does not tell: "60% fruit" is no alcohol."""
        behind = next((token for token in reading.tokens if token.start >= asked.end), None)
        if asked.scale != PERCENT or fact == TITLE_MEASURE or behind is None or not behind.text.isalpha():
            return False
        return behind.stem not in {*core(fact), *STOP_STEMS} and not self._vocabulary.sense(behind.text)

    def _without_traces(self, reading: Reading, said: Utterance, thing: tuple[str, tuple[str, ...]]) -> Utterance:
        """ "No sugar", "alcohol-free": the numbers and allergens of the kind in question that say otherwise."""
        if not reading.refused - reading.mentioned:
            return said
        held = {fact: self._sense.held(fact, *thing) for fact in self._sense.recorded(*thing)}
        return without_traces(said, reading, held)

    def _compared(
        self, reading: Reading, said: Utterance, state: DialogueState, numbered: Collection[str]
    ) -> Utterance:
        """ "Lighter", "more storage": the values of a number fact beyond those of the item in question."""
        measures, recorded = self._vocabulary.measures, self._sense.recorded(*_thing(said, state))
        pointed = [ref.item_id for ref in reading.strong] or [state.talked_about or state.cards[0]]
        values = fact_values(self._sense.get_item(pointed[0]))
        named = more_of(reading.tokens, [fact for fact in measures.named if fact in recorded])
        found_at = {more.at: measures.compared_by_name(more, values) for more in named}
        for at, word in measures.comparatives([token.text for token in reading.tokens]):
            # "Something bigger, 40 litres": the number says what the word meant.
            if at not in found_at and not any(is_about(word, fact) for fact in numbered):
                found_at[at] = measures.compared(word, values, recorded)
        for at, found in found_at.items():
            told = reading.points_at(reading.tokens[at].start) or at in reading.mentioned - reading.begun
            if found and not told:
                include = {**said.include, found.fact: found.values or (found.words,)}
                said = replace(said, include=include, measured={**said.measured, found.fact: (found.words,)})
        return said


def _fitting(wanted: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The known sizes that are one of the wanted ones."""
    held = tuple(known)
    return tuple(dict.fromkeys(size for said in wanted for size in fitting_sizes(said, held)))


def _thing(said: Utterance, state: DialogueState) -> tuple[str, tuple[str, ...]]:
    """The kind in question, by fact and values."""
    kind = said if said.type_values else state.need
    return kind.type_fact, kind.type_values


def _is_word(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    return at in reading.degrees or (token.stem not in STOP_STEMS and len(token.text) > 2 and token.text.isalpha())
