"""What phrases mean beside each other: the "dark" of "dark blue", the "oily" of "oily or acne-prone skin".

Of mentions that were found one by one. Knows the phrases of one store by their stems, no fact by its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.number_words import NUMBER_WORDS
from agent.shopping_words import BASIC_COLOURS
from agent.words import Token, stem, stems

if TYPE_CHECKING:
    from agent.vocabulary import Mention, Sense

# How much or how many there is of what a value names: without that they say nothing ("full" of "full sun", "two" of
# "two handles").
AMOUNTS = frozenset(map(stem, ("full", "partial", "semi", "half", "mostly", *NUMBER_WORDS)))
_JOINTS = frozenset(("and", "or", ",", "/", "nor"))
_DENYING = frozenset(("not", "no", "nor", "neither", "never", "or", "and"))
_SAYING = _DENYING | frozenset(("is", "are", "be", "should", "must", "in", "isn't", "please"))
_DRINKS = frozenset(("coffee", "wine"))
_BASIC = frozenset(map(stem, BASIC_COLOURS))
_COLOURING = frozenset(("in", "dark", "deep", "colour", "color"))  # before what is a colour there
_LONGEST = 2  # words before a shared noun: "acne-prone"


def settled(
    mentions: Sequence[Mention], tokens: Sequence[Token], senses: Mapping[tuple[str, ...], Sense]
) -> list[Mention]:
    """The mentions with what each means beside the others."""
    meant = without_drinks(without_stray_words(mentions, tokens), tokens)
    return with_parts(with_shared_nouns(meant, tokens, senses), tokens, senses)


def without_drinks(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The mentions less drinks that would be read as colours, as in "a coffee table", "who loves coffee", "red wine".

    They are colours where they are said to be ("in wine", "coffee coloured", "wine red") or a value is called so.
    """
    drinks = {m.start for m in mentions if _is_drink(m, tokens)}
    colours = {m.start: m for m in mentions if tokens[m.end - 1].stem in _BASIC}
    named = {at for at in drinks if not _is_said_of_colour(tokens, at, at + 1 in colours)}
    gone = named | {m.start for m in colours.values() if m.end in named}
    return [m for m in mentions if m.start not in gone]


def _is_drink(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a drink is read as the colour of others that it is like; no colour of the shop is called by it."""
    word = tokens[mention.start]
    alone = mention.end - mention.start == 1 and word.text in _DRINKS and "colo" in mention.sense.fact
    return alone and not any(word.stem in stems(value) for value in mention.sense.values)


def _is_said_of_colour(tokens: Sequence[Token], at: int, before_a_colour: bool) -> bool:
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return before_a_colour or before in _COLOURING or after.startswith(("colour", "color", "tone", "shade"))


def with_parts(
    mentions: Sequence[Mention], tokens: Sequence[Token], senses: Mapping[tuple[str, ...], Sense]
) -> list[Mention]:
    """The mentions with what is said behind the name of a part read of that part: "dial not black, not white"."""
    starts = {mention.start: mention for mention in mentions}
    read: dict[int, Mention] = {}
    spent: set[int] = set()
    for part in mentions:
        at = part.end
        while at < len(tokens):
            said = starts.get(at)
            stood = (*(token.stem for token in tokens[at : said.end]), tokens[part.end - 1].stem) if said else ()
            sense = senses.get(stood)
            if said and sense and sense.fact == part.sense.fact and not part.sense.whole and _ends(tokens, said.end):
                read[at], at = replace(said, sense=sense), said.end
                spent.add(part.start)
            elif said is None and (tokens[at].text in _SAYING or _denies_more(tokens, at)):
                at += 1
            else:
                break
    return [read.get(mention.start, mention) for mention in mentions if mention.start not in spent]


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether no further word goes on with what was named: "dial black", and not the "black" of a "black strap"."""
    return at >= len(tokens) or not tokens[at].text[0].isalnum() or tokens[at].text in _SAYING


def _denies_more(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text == "," and at + 1 < len(tokens) and tokens[at + 1].text in _DENYING


def without_stray_words(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The mentions less words that go before another value than the one beside them: "dark blue" is no dark green.

    Where both mean some of the same values, only those are meant: "solid wood" of solid oak and oak veneer.
    """
    kept: list[Mention] = []
    for mention in reversed(mentions):
        after = kept[-1] if kept and kept[-1].start == mention.end else None
        beside = after is not None and after.sense.fact == mention.sense.fact
        if after is None or not beside or not _goes_before(mention.sense, tokens[mention.end - 1].stem):
            kept.append(mention)
        elif both := tuple(value for value in after.sense.values if value in mention.sense.values):
            kept[-1] = replace(after, sense=replace(after.sense, values=both, wide=both), start=mention.start)
    return [_in_full(mention, tokens) for mention in reversed(kept)]


def _in_full(mention: Mention, tokens: Sequence[Token]) -> Mention:
    """A value with the "full" before it, which says no more: of "full shade"."""
    full = mention.start and tokens[mention.start - 1].text == "full" and not mention.sense.is_type
    return replace(mention, start=mention.start - 1) if full else mention


def _goes_before(sense: Sense, word: str) -> bool:
    """Whether a word only describes what the values name: it is none of them, and the last word of none."""
    return not (sense.whole or sense.is_type or any(stems(value)[-1:] == (word,) for value in sense.values))


def with_shared_nouns(
    mentions: Sequence[Mention], tokens: Sequence[Token], senses: Mapping[tuple[str, ...], Sense]
) -> list[Mention]:
    """The mentions with those whose noun is said once for several: "oily" of "oily or acne-prone skin"."""
    found = list(mentions)
    taken = {at for m in mentions for at in range(m.start, m.end)}
    for mention in mentions:
        noun, start = tokens[mention.end - 1].stem, mention.start
        while start and mention.end - mention.start > 1:
            end = start - (tokens[start - 1].text in _JOINTS)
            sharing = _sharing(tokens, end, noun, senses)
            if sharing is None or taken & set(range(sharing[0], end)):
                break
            start = sharing[0]
            found.append(replace(mention, sense=sharing[1], start=start, end=end))
    return sorted(found, key=lambda mention: mention.start)


def _sharing(
    tokens: Sequence[Token], end: int, noun: str, senses: Mapping[tuple[str, ...], Sense]
) -> tuple[int, Sense] | None:
    """Where the words before ``end`` begin that mean a value together with a noun, and what they mean."""
    for start in range(max(0, end - _LONGEST), end):
        sense = senses.get((*(token.stem for token in tokens[start:end]), noun))
        if sense is not None and sense.whole and not sense.is_type:
            return start, sense
    return None
