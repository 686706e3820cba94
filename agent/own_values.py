"""Words that name a kind of the shop and, said of the things in hand, only what those are like.

"One with a bowl" among tanks in the shape of a bowl asks for no food bowl, "mirrored" among sunglasses with mirrored
lenses for no mirror, while "a bowl" and "mirrors" do. Knows English word order and what the things in hand record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from agent.reading import Reading
from agent.state import DialogueState
from agent.vocabulary import Mention, Sense, Vocabulary
from agent.words import Token, stem, tokenise

Held = Callable[[str, str, tuple[str, ...]], tuple[str, ...]]  # values of a fact, by a type fact and its values

_SMALL = frozenset(("a", "an", "the", "some", "any"))
_COUNTED = frozenset((*_SMALL, "another", "other", "new", "my", "your", "that", "this", "one"))
_TOGETHER = frozenset(("and", "or", "/", ","))


def with_own_values(reading: Reading, state: DialogueState, vocabulary: Vocabulary, held: Held) -> Reading:
    """The reading with such words as values of what is in hand."""
    wanted = [m for m in reading.mentions if m.sense.is_type and m.start not in reading.refused]
    mentions = list(reading.mentions)
    for mention in wanted:
        others = [other.sense for other in wanted if other is not mention]
        kinds = others[:1] or [Sense(state.need.type_fact, state.need.type_values)]
        own = _own(mention, reading, kinds[0], vocabulary, held)
        if own and _tells_what_it_is_like(mention, reading, bool(others)):
            mentions[mentions.index(mention)] = replace(mention, sense=own)
    return replace(reading, mentions=tuple(mentions))


def _own(mention: Mention, reading: Reading, kind: Sense, vocabulary: Vocabulary, held: Held) -> Sense | None:
    """What a phrase is as a value of another kind than it names, None where that has no such value."""
    if not kind.values or {*kind.values} & {*mention.sense.values}:
        return None
    said = reading.tokens[mention.start : mention.end]
    for sense in vocabulary.senses(tuple(token.stem for token in said)):
        values = tuple(value for value in sense.values if value in held(sense.fact, kind.fact, kind.values))
        if values and not sense.is_type:
            return replace(sense, values=values)
    if not _is_participle(said) or _is_named(said[0].text, mention.sense.values):
        return None
    for fact in vocabulary.facts:
        values = tuple(v for v in held(fact, kind.fact, kind.values) if _is_named(said[0].text, (v,)))
        if values and not Sense(fact, values).is_type:
            return Sense(fact, values, values, whole=False)
    return None


def _tells_what_it_is_like(mention: Mention, reading: Reading, beside_a_kind: bool) -> bool:
    """ "With a bowl", "I would like bowl", "mirrored"; a kind is asked for by a plural or with an article."""
    said = reading.tokens[mention.start : mention.end]
    before = [token.text for token in reading.tokens[max(0, mention.start - 2) : mention.start]]
    if _is_participle(said):
        return True
    has = before[-1:] == ["with"] or (before[:1] == ["with"] and before[-1] in _SMALL)
    bare = not {*before[-1:]} & (_COUNTED | _TOGETHER) and said[-1].text == said[-1].text.removesuffix("s")
    return has or (bare and not beside_a_kind)


def _is_participle(said: Iterable[Token]) -> bool:
    words = [token.text for token in said]
    return len(words) == 1 and words[0].endswith("ed") and stem(words[0]) != words[0]


def _is_named(word: str, values: Iterable[str]) -> bool:
    return any(word == token.text for value in values for token in tokenise(value))
