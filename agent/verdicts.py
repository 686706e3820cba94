"""Refusals said as a judgment: "polyester makes me itch", "steer clear of nylon", "orange? yuck".

Each becomes a plain "no" before what it is said of, its own words gone, so that whatever is known of negation
(``agent/negation.py``) holds here too. Patterns over closed sets of English constructions; of cards ("it is ugly")
and of what is the shopper's own ("my jacket is ugly") nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.measure_words import OPPOSITES
from agent.shades import palettes
from agent.shopping_words import RECIPIENTS, STOP_STEMS
from agent.vocabulary import Sense
from agent.words import Token

Meaning = Callable[[str], Sense | None]

_ME = r"(?:me|us|him|her|them|(?:my|his|her|our|their) \w+)"
_VERY = r"(?:(?:so|too|really|very|just|pretty|kinda|kind of|a bit|a little|rather|quite|totally|absolutely) )*"
_OFTEN = r"(?:(?:always|just|really|only|often|usually|will|would|can|tends? to) )*"
_EVER = (
    "(?:still|definitely|completely|already|absolutely|totally|really|also|simply|just|always|entirely|certainly|"
    "strictly|clearly)"
)
_BE = rf"(?:{_EVER} )*(?:is|are)(?: {_EVER})*"
_NOT = r"(?:n['’]?t| not)(?: (?:really|exactly|quite|at all|ever))*"
_BAD = (
    "ugly|hideous|awful|horrible|horrid|gross|yuck(?:y)?|disgusting|itchy|scratchy|tacky|dull|boring|terrible|"
    "depressing|unbearable|garish|gaudy|frumpy|drab|unflattering"
)
# Bad of a colour or a fabric; of a thing it may be what is wanted: "speakers that are loud".
_TASTE = (
    rf"{_VERY}(?:loud|flashy|girly|old[- ]fashioned|dated|outdated|in your face|over the top)|"
    rf"(?:(?:just|way|far|a bit|a little|much|really|rather) )*too "
    r"(?:bright|dark|pale|bold|busy|strong|intense|shiny|harsh|childish|much|hot|warm|cold|heavy|thin|thick|stiff|"
    r"delicate|fragile|sweaty|formal)"
)
# Said after what is refused.
_PREDICATES = (
    rf"{_OFTEN}(?:makes?|gets?) {_ME} {_VERY}(?:itch(?:y)?|sneeze|sweat(?:y)?|scratch|ache|hurt|"
    r"(?:look|feel) (?:pale|old|fat|sick|ill|tired|washed out))",
    rf"{_OFTEN}gives? {_ME} (?:an? |the )?(?:\w+ )?(?:rash(?:es)?|hives|eczema|itch|creeps|blisters?|headaches?)",
    rf"{_OFTEN}(?:irritates?|itch(?:es)?|scratch(?:es)?|bothers?|annoys?|hurts?|pinch(?:es)?|chafes?) {_ME}",
    rf"{_OFTEN}(?:itches|irritates|scratches)(?=\W*$|\s*[,.;!]|\s+(?:and|but|so)\b)",
    rf"{_BE} ?{_NOT} (?:my|his|her|our|their) (?:colou?rs?|thing|style|taste|favou?rites?|cup of tea|kind|type|"
    r"brands?)",
    rf"{_BE} ?{_NOT} for (?:me|him|her|us|them)\b(?!\W+(?:but|it|they)\b)",
    rf"{_BE} ?{_NOT} (?:ok(?:ay)?|acceptable|an option|allowed|welcome|wanted)",
    rf"(?:does|do) ?{_NOT} (?:suit|flatter|agree with|work (?:for|on)|look (?:good|right|nice) on) {_ME}",
    rf"{_BE} (?:an? )?(?:(?:absolute|total|complete|big|definite|real) )*"
    r"(?:no[- ]?go(?:es)?|no[- ]nos?|deal ?breakers?|turn[- ]?offs?)",
    rf"(?:{_BE}|looks?) {_VERY}(?:{_BAD})",
    r"allerg(?:y|ies)",
    r"looks? (?:(?:so|too|really|very|just|a bit) )*(?:cheap|cheesy|old|outdated|dated|childish)",
    rf"{_NOT} (?:needed|required|desired)",
)
# An answer to what was just named, mostly with a mark between.
_ANSWERS = (
    r"[,?!.…-]*\s*(?:yuck|yuk|eww*|bleh|ick|(?:no|not),? thanks?(?: you)?|hard pass)",
    r"[?…]+\s*(?:ugh|nope|nah|no way|never|gross|not for me|no(?=\W*$))",
    r"\s*,\s*(?:ugh|gross)",
)
# Said before what is refused; "denied" turns it around.
_VERBS = (
    r"(?:keep|stay|steer|shy)(?: (?:me|us|it|well|far|right))* (?:away|clear) (?:from|of)",
    rf"{_VERY}(?:bored|tired|sick(?: and tired)?|weary|fed up) (?:of|with)(?: (?:seeing|wearing|all))*",
    r"allergic (?:to|against)|(?:an )?(?:allergy|intolerance) (?:to|against)|(?:sensitive|intolerant) to",
    r"(?:gets?|got|getting|has|have|had) (?:an? |the )?(?:bad )?(?:rash(?:es)?|hives|eczema|itchy|blisters?|"
    r"headaches?) (?:from|with|of|in)|reacts? (?:badly )?to|breaks? out (?:in \w+ )?(?:from|with|in)(?= \w)",
    r"(?:detest|loathe|despise|get rid of|(?:ditch|scrap)(?= the\b)|spare me)\b",
    r"(?:(?<=^)|(?<=[.,;!?] )|(?<=and )|(?<=but )|(?<=okay )|(?<=ok )|\bhad )enough(?: already)? (?:of|with)",
    r"go easy on\b",
    r"(?:yuck|yuk|eww*|bleh|ick)[,!.]*(?=\s+\w)",
)
_NEGATED_VERBS = (
    r"(?:\w+n['’]t|not|no|never) "
    r"(?:(?:really|exactly|particularly|a|the|that|such|much|too|so|very|big|huge|great) )*"
    r"(?:fan of|fan(?=\W*$)|fond of|keen on(?! \w+ing\b)|crazy about|mad about|wild about|partial to|into|"
    r"interested in|impressed by)",
    r"(?:do|does|did)(?:n['’]t| not) (?:(?:really|much|particularly) )*(?:care (?:much )?for|go for|fancy|feel like)",
)
_AFTER = re.compile(rf"\b(?:{'|'.join(_PREDICATES)})\b(?!\s*\?)", re.IGNORECASE)
_ANSWER = re.compile(rf"(?<=\w)(?:{'|'.join(_ANSWERS)})\b", re.IGNORECASE)
_POINTING = r"\s+(?:this|that|these|those|them|it)\b"
_BEFORE = re.compile(
    rf"(?:(?P<denied>\w*n['’]t|\b(?:not|never)) )?(?:\b(?:{'|'.join(_VERBS)}))(?P<pointed>{_POINTING})?|"
    rf"\b(?:{'|'.join(_NEGATED_VERBS)})\b(?P<shown>{_POINTING})?",
    re.IGNORECASE,
)
_FOR_ME = rf"(?: (?:for|on) {_ME})?"
_DISTASTE = re.compile(rf"\b(?:{_BE}|looks?|feels?) (?:{_TASTE}){_FOR_ME}\b(?!\s*\?)", re.IGNORECASE)
# "I find red rather loud", "she finds black depressing".
_FOUND = re.compile(
    r"\b(?:(?:i|we|they|people)(?: (?:do|really|just|always))* (?:find|consider)|(?<!\w)\w+ (?:finds|considers)) "
    rf"(?P<what>[\w-]+(?: [\w-]+){{0,3}}?) (?P<verdict>{_VERY}(?:{_BAD})|{_TASTE}){_FOR_ME}"
    r"(?=\W*$|\W*[,.;!]|\s+(?:and|but|so)\b)",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:less|too (?P<much>much|many)) (?=[a-z])", re.IGNORECASE)
# "Is wool itchy?", "you think red is ugly?": asked, not wished; of a card ("is it itchy?") its record tells.
_QUESTIONED = re.compile(
    r"\b(?:is|are|does|do)(?:n['’]?t)? (?!(?:you|i|we|it|the|this|that|these|those|they|there|your|my)\b)"
    rf"(?:[\w-]+ ){{1,3}}?(?:{_BAD}|{_TASTE}|itch|scratch|make {_ME} itch|irritate {_ME})\s*\?|"
    rf"\b(?:you|they|people) (?:think|find|say) (?:[\w-]+ ){{1,3}}?(?:{'|'.join(_PREDICATES)}|{_BAD}|{_TASTE})\s*\?",
    re.IGNORECASE,
)
_DISPLEASED = re.compile(
    r"\b(?:\w+n['’]t|not) (?:(?:really|exactly|particularly|a|the|such|much|big|huge|great) )*"
    r"fan(?: of (?:this|that|these|those|them|it|any of (?:these|those|them)))?\W*$",
    re.IGNORECASE,
)
_TURNED = re.compile(r"(?:n['’]?t|\b(?:not|never|to|if))(?: \w+)? $", re.IGNORECASE)
_ASKING = frozenset(("do", "does", "did", "is", "are", "will", "would", "can", "could", "if", "whether"))
_OWN = frozenset(("my", "your", "his", "her", "our", "their"))
_SHOWN = frozenset(("the", "this", "that", "these", "those"))
_NOUNS = frozenset(("one", "ones", "colour", "colours", "color", "colors", "thing", "things", "stuff", "a", "an"))
_LINKS = frozenset(("and", "or", "nor", ","))
_PART = 4  # words of what one thing is called
# What is judged begins after these: "because wool scratches", "my daughter says brown is old-fashioned".
_OPENING = frozenset(
    """because since as cause while when if that and or says say said thinks think thought finds find found feels feel
    considers consider told""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Tokens ``start`` to ``end`` give way to other words."""

    start: int
    end: int
    words: tuple[str, ...] = ()


def questioned(text: str) -> tuple[tuple[int, int], ...]:
    """Where a message only asks whether something is bad."""
    return tuple(match.span() for match in _QUESTIONED.finditer(text))


def is_displeased(text: str) -> bool:
    """Whether a message likes nothing of what was shown: "not a fan of these"."""
    return bool(_DISPLEASED.search(text))


def with_verdicts_as_no(tokens: Sequence[Token], text: str, meaning: Meaning) -> tuple[Token, ...]:
    """The tokens of a message with its judgments as plain refusals: "no polyester" of "polyester makes me itch".

    ``meaning`` tells what a phrase means in the store.
    """
    edits = sorted(_edits(tokens, text, meaning), key=lambda edit: (edit.start, edit.end))
    written: list[Token] = []
    done = 0
    for edit in edits:
        if edit.start < done:
            continue  # said of the same words already
        place = tokens[edit.start].start if edit.start < len(tokens) else len(text)
        written += [*tokens[done : edit.start], *(Token(word, word, place, place) for word in edit.words)]
        done = edit.end
    return (*written, *tokens[done:])


def _edits(tokens: Sequence[Token], text: str, meaning: Meaning) -> Iterator[_Edit]:
    for match in (*_AFTER.finditer(text), *_ANSWER.finditer(text)):
        start, end = _covered(tokens, match)
        if start == end or (match.re is _AFTER and _TURNED.search(text[: match.start()])):
            continue
        subject = _subject(tokens, start, meaning)
        if subject is not None:
            yield _Edit(subject, subject, ("no",))
        if subject is not None or match.re is _AFTER:
            yield _Edit(start, end, (";",))  # what is said next is not refused with it
    yield from _distastes(tokens, text, meaning)
    for match in _BEFORE.finditer(text):
        start, end = _covered(tokens, match)
        groups = match.groupdict()
        shown = groups["denied"] or groups["pointed"] or groups["shown"] or is_displeased(text)
        yield _Edit(start, end, () if shown else ("no",))
    for match in _LESS.finditer(text):
        start, end = _covered(tokens, match)
        word = tokens[end].text if start < end < len(tokens) else ""
        measured = word in OPPOSITES and not match["much"]  # "less heavy"
        sense = None if measured else meaning(word)
        if sense and (sense.whole or match["much"]) and not sense.is_type:
            yield _Edit(start, end, ("not", "so"))
        elif start < end and end in palettes(tokens):
            yield _Edit(start, end, ("no",))  # "less bright colours"


def _distastes(tokens: Sequence[Token], text: str, meaning: Meaning) -> Iterator[_Edit]:
    """What a value is said to be, "red is too loud", "I find red loud", of no kind of thing and of no card."""
    for match in (*_DISTASTE.finditer(text), *_FOUND.finditer(text)):
        start, end = _covered(tokens, match, "verdict" if match.re is _FOUND else 0)
        subject = None if _TURNED.search(text[: match.start()]) else _subject(tokens, start, meaning)
        sense = meaning(" ".join(token.text for token in tokens[subject:start])) if subject is not None else None
        if subject is not None and not (sense and sense.is_type):
            yield _Edit(subject, subject, ("no",))
            yield _Edit(start, end, (";",))


def _covered(tokens: Sequence[Token], match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
    begin, stop = match.span(group)
    places = [at for at, token in enumerate(tokens) if token.start < stop and begin < token.end]
    return (places[0], places[-1] + 1) if places else (0, 0)


def _subject(tokens: Sequence[Token], end: int, meaning: Meaning) -> int | None:
    """Where that begins of which something is said that ends here; None where it is nothing to refuse."""
    while end and tokens[end - 1].text in _NOUNS:
        end -= 1
    start = _part(tokens, end, meaning)
    before = tokens[start - 1].text if start else ""
    named = " ".join(token.text for token in tokens[start:end])
    sense = meaning(named)
    shown = before in _SHOWN and sense is not None and sense.is_type  # "the dress is ugly": one of the cards
    own = before in _ASKING | {"for"} or bool(_OWN & {token.text for token in tokens[max(0, start - 2) : start]})
    if start == end or shown or own or tokens[end - 1].text in RECIPIENTS:
        return None
    while earlier := _listed(tokens, start, end, meaning):
        start, end = earlier
    return start


def _part(tokens: Sequence[Token], end: int, meaning: Meaning) -> int:
    """Where the known words begin that end here; ``end`` where there are none."""
    start = end
    while start and end - start < _PART and _says_something(tokens[start - 1]):
        start -= 1
    words = [token.text for token in tokens[start:end]]
    known = (at for at in range(len(words)) if meaning(words[at]) or meaning(" ".join(words[at : at + 2])))
    return start + next(known, len(words))


def _listed(tokens: Sequence[Token], start: int, end: int, meaning: Meaning) -> tuple[int, int] | None:
    """The part before that "and" or a comma joins to this one: "wool and nylon make me itch"."""
    joined = start
    while joined and tokens[joined - 1].text in _LINKS:
        joined -= 1
    earlier = _part(tokens, joined, meaning) if joined < start else joined
    parts = tokens[earlier:joined], tokens[start:end]
    if {token.stem for token in parts[0]} & {token.stem for token in parts[1]}:
        return None  # "not wool, wool scratches": said again
    senses = [meaning(" ".join(token.text for token in part)) for part in parts]
    same = len({sense.fact for sense in senses if sense}) == 1 and None not in senses
    return (earlier, joined) if earlier < joined and same else None


def _says_something(token: Token) -> bool:
    return token.text.isalpha() and token.stem not in STOP_STEMS and token.text not in _OPENING
