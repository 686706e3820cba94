"""What a photo in the middle of a conversation asks for, beside what it shows: "this in green".

A photo of another thing begins a wish of its own, but who said "no leather" before did not say that leather is fine
now: as far as things of the new kind have what was refused, it stays refused. Budgets and wishes stay with the wish
before. Knows kinds and that wish, no picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent.need import Need
from agent.utterance import Utterance
from agent.values import difference, union
from agent.words import stems

Held = Callable[[str, str, tuple[str, ...]], tuple[str, ...]]


def as_refused_before(said: Utterance, before: Need, held: Held) -> Utterance:
    """The utterance of a photo without words for its kind, with the refusals of the wish before.

    ``held`` are the values of a fact among things of some types.
    """
    if not said.type_values:
        return said
    kept = {
        fact: tuple(value for value in values if value in held(fact, said.type_fact, said.type_values))
        for fact, values in difference(difference(before.exclude, said.include), said.allow).items()
        if fact != said.type_fact
    }
    kept = {fact: values for fact, values in kept.items() if values}
    told = {stem for values in kept.values() for value in values for stem in stems(value)}
    phrases = {phrase: values for phrase, values in before.exclude_phrases.items() if told & set(stems(phrase))}
    words = tuple(word for word in before.exclude_words if told & set(stems(word)))
    return replace(
        said,
        exclude=union(kept, said.exclude),
        exclude_phrases=union(phrases, said.exclude_phrases),
        exclude_words=tuple(dict.fromkeys((*words, *said.exclude_words))),
    )
