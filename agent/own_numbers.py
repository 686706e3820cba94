"""Numbers that shoppers tell of themselves, and in how many months they would pay: no condition of a thing."""

from __future__ import annotations

import re

from agent.number_words import SPELT_NUMBER

_N = r"\d+(?:[.,]\d+)?"
_NUMBER = rf"(?:{_N}|{SPELT_NUMBER})"
_PERSON = (
    r"\b(?:(?:i['’]?m|i am|i was|(?:he|she)(?:['’]?s| is| was))|"
    r"(?:my|his|her) (?:height|weight|husband|wife|son|daughter|boyfriend|girlfriend|brother|sister|father|mother|"
    r"dad|mum|mom|partner|friend)(?:['’]s| is))(?: (?:about|around|only|just|nearly|almost))? "
)
_LONG = rf"{_N}(?:[\s-]*(?:feet|foot|ft|cm|m|met(?:re|er)s?|inch(?:es)?)\b|['’′])"
_HEAVY = rf"{_N}\s*(?:kgs?|kilos?|lbs?|pounds?)\b"
_TIME = r"[\s-]*(?:days?|weeks?|months?|years?)"
_PAID = r"(?:emi|instal?lments?|financing|repayments?|pay(?:ing|able|ments?)?)"
_OWN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_PERSON}(?P<said>(?:{_LONG}|{_HEAVY})(?: ?(?:and )?{_N}[\s-]*(?:inch(?:es)?\b|in\b|cm\b|[\"″])|"
        rf"(?:(?<=['’′])|(?<=f(?:ee|oo)t)|(?<=ft)) ?{_N})?(?: tall\b| high\b)?(?:(?: and|,) {_HEAVY})?)",
        rf"\b(?:(?:i|and) weigh|(?:he|she) weighs)(?: (?:about|around|only|just|nearly|almost))? (?P<said>{_HEAVY})",
        rf"\b(?P<said>{_PAID}(?: (?:plans?|options?|for|over|in|of))*\s+{_NUMBER}{_TIME})\b",
        rf"\b(?P<said>{_NUMBER}{_TIME}['’]? {_PAID})\b",
    )
)


def own_numbers(text: str) -> tuple[tuple[int, int], ...]:
    """Where a message says them: "6 feet tall" of "I am 6 feet tall".

    >>> own_numbers("she weighs 60 kg"), own_numbers("a 60 kg bar")
    (((11, 16),), ())
    """
    return tuple(match.span("said") for own in _OWN for match in own.finditer(text))
