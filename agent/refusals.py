"""What the refused words of a message rule out: values of facts, a phrase wherever a record says it, loose words.

Which words are refused is decided before (``agent/negation.py``). Changes no state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from agent.degrees import TooFar, too_far
from agent.intents import WANTS
from agent.negation import POINTING, plainly_refused
from agent.preferences import tolerated_spans
from agent.reading import Reading, inside
from agent.shopping_words import DIMENSIONS, RECIPIENTS, STOP_STEMS
from agent.state import DialogueState
from agent.utterance import Utterance
from agent.value_words import ends_compound
from agent.values import difference, union, without_key
from agent.vocabulary import Mention, Sense, Vocabulary, is_colour
from agent.words import stem, stems

_BEYOND = frozenset(map(stem, ("above", "below", "over", "under", "beyond")))
_REASON = frozenset(("because", "since", "as", "cause"))
_IS = frozenset(("is", "are", "just", "always", "never", "can", "will", "tends", "really"))
_CLAUSE_END = re.compile(r"[.,;:!?]| - ")
_ASKED = re.compile(r"[^.,;:!?]*\?")
_LETTER = re.compile(r"[b-hj-z]|[a-z]\d{1,2}")  # of "vitamin c" or "b12"; "a" and "i" are words
_FIELDS = frozenset(("brand", "size"))  # a name or a measure is no word about what a thing is like


@dataclass(frozen=True, slots=True)
class Refused:
    """Values to keep out by fact, and the phrases that said so with all values that each of them ruled out."""

    exclude: dict[str, list[str]]
    phrases: dict[str, tuple[str, ...]]


class RefusalReader:
    """Reads refusals in one store; ``recorded`` gives the facts that records of a type fact's values hold."""

    def __init__(self, vocabulary: Vocabulary, recorded: Callable[[str, tuple[str, ...]], frozenset[str]]) -> None:
        self._vocabulary = vocabulary
        self._recorded = recorded

    def read(self, reading: Reading, state: DialogueState) -> Refused:
        """What the refused phrases of a message that the store knows rule out."""
        refused = Refused({}, {})
        degrees = self.too_far(reading, state)
        for degree in degrees:
            refused.exclude.setdefault(degree.fact, []).extend(degree.values)
            refused.phrases[f"too {degree.word}"] = degree.values
        for bound in reading.bounds:
            refused.exclude.setdefault(bound.fact, []).extend(bound.values)
            refused.phrases[bound.word] = bound.values
        told = {degree.at for degree in degrees}
        told |= {at for bound in reading.bounds for at in range(bound.start, bound.end)}
        for mention in reading.mentions:
            spent = mention.start in told or mention.sense.lacks
            if mention.start not in reading.refused or spent or _covers_the_wanted(reading, mention):
                continue
            part = self._part(reading, mention, state)
            senses = (part,) if part else self._senses(reading, mention, state)
            senses = tuple(without_beyond(sense, _stems(reading, mention)) for sense in senses)
            for sense in senses:
                refused.exclude.setdefault(sense.fact, []).extend(sense.wide or sense.values)
            if self._is_of_part(reading, mention):
                refused.phrases.update({value.lower(): (value,) for value in mention.sense.values if " " in value})
            if not part and self._counts_anywhere(reading, mention):
                phrase = " ".join(token.text for token in reading.tokens[mention.start : mention.end])
                values = [value for sense in senses for value in sense.wide or sense.values]
                refused.phrases[phrase] = tuple(dict.fromkeys(values))
        return refused

    def too_far(self, reading: Reading, state: DialogueState) -> tuple[TooFar, ...]:
        """What words of degree ("not too short") rule out of the kind in hand."""
        kinds = [m.sense for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
        fact, values = (kinds[0].fact, kinds[0].values) if kinds else (state.need.type_fact, state.need.type_values)
        return too_far(reading.tokens, self._recorded(fact, values), self._vocabulary)

    def _senses(self, reading: Reading, mention: Mention, state: DialogueState) -> tuple[Sense, ...]:
        """What a refusal is about: a value of several facts is refused in all that the kind in hand has.

        A phrase of several words says what it means whatever it is said of, and is refused in every fact.
        """
        if self._is_of_part(reading, mention):
            return (mention.sense,)
        known = self._recorded(state.need.type_fact, state.need.type_values)
        phrase = _stems(reading, mention)
        others = [sense for sense in self._vocabulary.senses(phrase) if sense.fact != mention.sense.fact]
        if _is_plural_kind(reading, mention):  # "no shorts" is about no short sleeves
            others = [sense for sense in others if not DIMENSIONS & {*sense.values[0].lower().split()}]
        if is_colour(mention.sense.fact):  # its shades are refused already; a family of colours says the same again
            others = [sense for sense in others if not is_colour(sense.fact)]
        everywhere = len(phrase) > 1
        named = self._vocabulary.part(phrase[0]) if mention.sense.is_type and len(phrase) == 1 else None
        if named and set(mention.sense.values) < set(_kinds(reading) or state.need.type_values):
            others.append(named)  # "no heels" of all kinds of shoes: no pumps, and no sandals with heels
        meant = [s for s in (mention.sense, *others) if everywhere or s.fact in known or s.is_type]
        elsewhere = state.need.type_values and not (mention.sense.whole or self._counts_anywhere(reading, mention))
        return tuple(meant) or (() if elsewhere else (mention.sense,))  # "not high" of boots is no chair's back

    def _part(self, reading: Reading, mention: Mention, state: DialogueState) -> Sense | None:
        """ "No heels" said of boots is about the fact of that name, not about another kind of shoe."""
        kinds = _kinds(reading) or set(state.need.type_values)
        if not mention.sense.is_type or not kinds or kinds & set(mention.sense.values):
            return None
        return self._vocabulary.part(reading.tokens[mention.start].stem)

    def _is_of_part(self, reading: Reading, mention: Mention) -> bool:
        """Whether words mean something else by themselves: the "black" of "dial not black" is no black strap."""
        alone = self._vocabulary.sense(" ".join(token.text for token in reading.tokens[mention.start : mention.end]))
        return alone is not None and alone.fact != mention.sense.fact

    def _counts_anywhere(self, reading: Reading, mention: Mention) -> bool:
        """Whether no title and no other value may say the phrase: "no foam" is about a "foam roller" too.

        Not so for the name of a kind: "no dresses" keeps dress shoes.
        """
        phrase, sense = _stems(reading, mention), mention.sense
        first = reading.tokens[mention.start]
        if mention.start in reading.degrees or sense.fact in _FIELDS or self._is_of_part(reading, mention):
            return False
        if len(phrase) > 1:
            return True
        return not (sense.is_type or first.text in DIMENSIONS or {first.text, first.stem} & set(RECIPIENTS))


def _is_plural_kind(reading: Reading, mention: Mention) -> bool:
    last = reading.tokens[mention.end - 1].text
    return mention.sense.is_type and last.endswith("s") and last not in DIMENSIONS


def without_beyond(sense: Sense, phrase: tuple[str, ...]) -> Sense:
    """The sense without values that lie beyond what the phrase names: "above ankle" is no "ankle"."""
    wide = tuple(v for v in sense.wide if stems(v)[:1] == phrase[:1] or not _BEYOND & set(stems(v)[:1]))
    return replace(sense, wide=wide) if wide else sense


def but_wanted(refused: Refused, include: Mapping[str, Sequence[str]]) -> Refused:
    """What is refused but for what the same message wants: "instead of leather, suede", which counts as leather.

    A phrase that names what is wanted refuses nothing: "I have nothing in red yet, so red".
    """
    too_far = {v for phrase, values in refused.phrases.items() if phrase.startswith("too ") for v in values}
    wanted = {value for values in include.values() for value in values} - too_far  # "the heels are too high"
    named = {stems(value) for value in wanted}
    taken = {phrase for phrase in refused.phrases if stems(phrase) in named}
    gone = wanted | {value for phrase in taken for value in refused.phrases[phrase]}
    exclude = {fact: [v for v in values if v not in gone] for fact, values in refused.exclude.items()}
    phrases = {
        p: tuple(v for v in values if v not in gone) for p, values in refused.phrases.items() if p not in taken
    }
    return Refused({fact: values for fact, values in exclude.items() if values}, phrases)


def wanted_free(reading: Reading) -> tuple[Sense, ...]:
    """What refusals ask for where the shop records that things are free of it: "silicone-free" of "no silicone"."""
    return tuple(m.sense for m in reading.mentions if m.sense.lacks and m.start in reading.refused)


def refused_words(reading: Reading, rules_out: Callable[[str], bool]) -> tuple[str, ...]:
    """Refused words that are no value of any fact but stand in the store's texts: "no zips".

    A word that descriptions alone have counts where it is refused plainly: in "not what I thought of" nothing is.
    """
    mentioned, in_degree = reading.mentioned, reading.degrees
    only_described = {at for at in _plainly(reading) & reading.unknown if rules_out(reading.tokens[at].text)}
    words = [
        _joined(reading, at, rules_out)
        for at, token in enumerate(reading.tokens)
        if at in reading.refused - in_degree - (reading.unknown - only_described)
        and at not in mentioned
        and token.stem not in STOP_STEMS
        and len(token.text) > 2
    ]
    return tuple(dict.fromkeys(word for word in words if word.replace("-", "").replace(" ", "").isalnum()))


def _joined(reading: Reading, at: int, rules_out: Callable[[str], bool]) -> str:
    """A word with the place that a hyphen ties to it, or with its letter where some text says both.

    Who refuses "in-ear" does not refuse every "ear", and "no vitamin c" keeps the vitamin E.
    """
    word, after = reading.tokens[at].text, reading.tokens[at + 1 : at + 2]
    lettered = f"{word} {after[0].text}" if after and _LETTER.fullmatch(after[0].text) else ""
    if lettered and rules_out(lettered):
        return lettered
    return f"{reading.tokens[at - 1].text}-{word}" if ends_compound(reading.tokens, at, reading.text) else word


def _plainly(reading: Reading) -> set[int]:
    """Places right after "no" or "without", or of the one word after "not" that ends a message."""
    last = len(reading.tokens) - 1
    ends = {last} if last > 0 and reading.tokens[last - 1].text == "not" else set()
    return {*plainly_refused(reading.tokens), *ends}


def unrefused(wish: Sense, state: DialogueState) -> tuple[str, ...]:
    """The values of a wish that were not refused; all of them where nothing else is left, which takes them back.

    Who refused organic cotton and would like cotton still does not want the organic one.
    """
    refused = state.constraints.exclude.get(wish.fact, ())
    return tuple(value for value in wish.values if value not in refused) or wish.values


def taken_back(
    reading: Reading, mention: Mention, sense: Sense, state: DialogueState, allowed: bool
) -> dict[str, tuple[str, ...]]:
    """Of all that is refused what ``sense`` or the same words ruled out, in every fact.

    Who would take leather has no strap of it refused. What other words refused too stays refused, but for what a
    broader word did: of all wool that is refused merino can be taken back. What is refused for good is so only
    where the message allows it (``allowed``) and does not just ask; who names a brand again has come round to it.
    """
    phrase, refused, phrases = _stems(reading, mention), state.constraints.exclude, state.refused_phrases
    same = [words for words in phrases if stems(words) == phrase]
    ruled_out = {value for words in same for value in phrases[words]}
    meant = set(sense.wide or sense.values)
    others = [set(values) for words, values in phrases.items() if words not in same]
    kept = set[str]().union(*(values for values in others if not values > meant))
    back = {f: ((meant if f == sense.fact else set()) | ruled_out) - kept for f in refused}
    found = {fact: tuple(v for v in held if v in back[fact]) for fact, held in refused.items()}
    for_good = {} if allowed and not _asks_of_never(reading, mention, state) else without_key(state.never, "brand")
    return difference(found, for_good)


def _asks_of_never(reading: Reading, mention: Mention, state: DialogueState) -> bool:
    """Whether a message only asks about what is refused for good: "merino is ok?"."""
    behind = reading.text[reading.tokens[mention.end - 1].end :]
    never = state.never.get(mention.sense.fact, ())
    return bool(_ASKED.match(behind)) and not set(mention.sense.values).isdisjoint(never)


def wished(reading: Reading, state: DialogueState) -> tuple[Mention, ...]:
    """The mentions that are not refused; what was refused and is refused again is no wish beside it."""
    refused, known = [m for m in reading.mentions if m.start in reading.refused], state.constraints.exclude
    again = {(m.sense.fact, v) for m in refused for v in m.sense.values if v in known.get(m.sense.fact, ())}
    return tuple(
        m
        for m in reading.mentions
        if m.start not in reading.refused
        and not again & {(m.sense.fact, value) for value in m.sense.values}
        and not _is_reason(reading, m)
        and not _is_refused_later(reading, m, refused)
    )


def _is_refused_later(reading: Reading, wish: Mention, refused: Sequence[Mention]) -> bool:
    """ "In blue or pink, ... but better no pink": the later word of a message wins.

    "Leather boots, no leather laces" refuses a part that the thing wished for shall not have of it.
    """
    tokens = reading.tokens
    return not wish.sense.is_type and any(
        m.start > wish.start
        and _stems(reading, m) == _stems(reading, wish)
        and m.start not in reading.degrees
        and (m.end == len(tokens) or tokens[m.end].stem in STOP_STEMS or not tokens[m.end].text[0].isalpha())
        for m in refused
    )


def _is_reason(reading: Reading, mention: Mention) -> bool:
    """Whether a value only says why it was refused before: "not wool, wool pills", "no silk because silk ..."."""
    before = reading.tokens[: mention.start]
    refused = {_stems(reading, m) for m in reading.mentions if m.end <= mention.start and m.start in reading.refused}
    if not before or _stems(reading, mention) not in refused:
        return False
    following = reading.tokens[mention.end].text if mention.end < len(reading.tokens) else ""
    says = following in _IS or (following.endswith("s") and mention.end not in reading.mentioned)
    return before[-1].text in _REASON or (says and before[-1].text in {",", ";", ".", ":", "and"})


def is_refused_still(reading: Reading, kind: Mention) -> bool:
    """Whether a kind that was refused is only said again: "not a mug, everyone does mugs"; "I want mugs" wishes."""
    words = _stems(reading, kind)
    before = [m for m in reading.mentions if m.start in reading.refused and m.end <= kind.start]
    if not any(m.sense.is_type and _stems(reading, m) == words for m in before):
        return False
    clause = _CLAUSE_END.split(reading.text[: reading.tokens[kind.end - 1].end])[-1]
    return not WANTS.search(clause)


def is_tolerated(reading: Reading, mention: Mention, state: DialogueState) -> bool:
    """Whether a value would merely do; "a red dress is fine" is a wish, and so is a size."""
    at = reading.tokens[mention.start].start
    spans = [span for span in tolerated_spans(reading.text) if inside(at, [span])]
    if not spans or mention.sense.fact == "size" or _asks_of_never(reading, mention, state):
        return False
    return not any(inside(reading.tokens[m.start].start, spans) for m in reading.mentions if m.sense.is_type)


def welcome_words(reading: Reading, state: DialogueState) -> tuple[str, ...]:
    """Refused words of no fact that a message says again without refusing them."""
    said = {token.stem for at, token in enumerate(reading.tokens) if at not in reading.refused}
    return tuple(word for word in state.need.exclude_words if stems(word) and set(stems(word)) <= said)


def without_kind_in_hand(said: Utterance, reading: Reading, state: DialogueState) -> Utterance:
    """A refusal of the very kind in hand gives that up, and is no condition on what is looked for next.

    "A vest instead of a jacket" puts another kind in its place; "not these jackets" is about the cards alone.
    """
    fact, held = state.need.type_fact, set(state.need.type_values)
    if not held or not held <= set(said.exclude.get(fact, ())):
        return said
    kinds = [m for m in reading.mentions if m.sense.is_type and m.start in reading.refused]
    own = [m for m in kinds if held & set(m.sense.wide or m.sense.values)]
    gone = held.union(*(m.sense.wide or m.sense.values for m in own))
    pointed = any(reading.tokens[m.start - 1].text in POINTING for m in own if m.start)
    if not said.lasting:
        left = {f: tuple(v for v in values if f != fact or v not in gone) for f, values in said.exclude.items()}
        phrases = {phrase: values for phrase, values in said.exclude_phrases.items() if gone.isdisjoint(values)}
        said = replace(said, exclude={f: values for f, values in left.items() if values}, exclude_phrases=phrases)
    if said.type_values or said.unknown_type:
        return replace(said, correction=True)
    closed = [f"need:{value}" for value in held] if len(state.needs) > 1 else ["type"]
    return said if pointed else replace(said, dropped=(*said.dropped, *closed))


def without_had(reading: Reading, said: Utterance, state: DialogueState) -> Utterance:
    """ "He already has a tent" leaves tents out, as long as any kind of thing would do."""
    if not reading.had or said.type_values or state.need.type_values:
        return said
    return replace(said, exclude=union(said.exclude, {"category": reading.had}))


def _covers_the_wanted(reading: Reading, mention: Mention) -> bool:
    """ "Tanks, not all tops" wants tanks, which are tops: a kind that holds the wanted one refuses nothing."""
    wanted = _kinds(reading)
    return mention.sense.is_type and bool(wanted) and wanted <= set(mention.sense.values)


def _kinds(reading: Reading) -> set[str]:
    """The kinds of things that a message wants."""
    kinds = [m for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
    return {value for mention in kinds if not is_refused_still(reading, mention) for value in mention.sense.values}


def _stems(reading: Reading, mention: Mention) -> tuple[str, ...]:
    return tuple(token.stem for token in reading.tokens[mention.start : mention.end])
