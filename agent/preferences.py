"""What a message would like rather than asks for: "ideally brown", "in leather if possible", "at the top end".

Such words rank and never filter. Decides scope only; what the words mean is the vocabulary's business.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

# A softener before what it softens, up to a mark or a word that begins something else.
_BEFORE = re.compile(
    r"\b(?:ideally|preferabl[ye]|if (?:at all )?possible|if you can|best of all|even better(?: if)?|"
    r"(?:i|we|he|she|they)(?:['’]?d| would| do)?(?: (?:really|much|also|always))* prefers?)\b(?P<soft>[^,.;!?]*?)"
    r"(?=[,.;!?]|\b(?:but|under|below|over|rather|to|for (?:my|a|an|the|him|her))\b|$)",
    re.IGNORECASE,
)
# A softener after it: back to the preposition that begins it, else to a mark.
_AFTER = re.compile(
    r"(?<![ ,])[ ,]*\b(?:if (?:at all )?possible|if you (?:can|have (?:it|one|any|them))|ideally|preferably|"
    r"would be (?:(?:very |really )?(?:nice|great|lovely|ideal|good|perfect)|a (?:plus|bonus)|my first choice)|"
    r"even better|"
    r"(?:is|are|would be) (?:(?:even|much|a bit|always|still) )*(?:better|preferable|preferred|best))"
    r"(?=\s*(?:[,.;!?]|$))",
    re.IGNORECASE,
)
_SOFT_BEGINS = re.compile(r"[,.;!?]|\bbut\b|(?=\b(?:in|with|from|by|of)\b)", re.IGNORECASE)
_END = re.compile(
    r"\b(?:(?:at|from|on|in|towards?) the |of the )?(?:(?P<top>top|high|higher|upper|expensive)|"
    r"(?P<low>low|lower|bottom|cheap|cheaper))[ -]ends?\b"
    r"(?: of (?:the |my |your )?(?:range|market|budget|scale|prices?))?|"
    # "A low budget", "cheap-ish", "that aren't too expensive"
    r"(?:\bon )?(?:\ban? )?\b(?:low|tight|small) budget\b(?!\W*[$€£¥₹]?\d)|\bcheap[- ]?ish\b|"
    r"\b(?:that|which)(?: (?:are|is)(?: not|n['’]?t)|['’]s not|['’]re not) "
    r"(?:too|very|so|overly) (?:expensive|pricey|dear|costly)\b",
    re.IGNORECASE,
)
# What would do: nobody asks for it. Before it, and after it back to a mark or a word that begins something else.
_MINDS_NOT = re.compile(
    r"\b(?:(?:do|does|would)(?:n['’]?t| not) (?:really )?mind|open to|(?:ok(?:ay)?|fine|cool) with|can live with|"
    r"allow(?:ed|ing)?|what if (?:i|we) (?:take|took|accept(?:ed)?|include[ds]?|wear|wore))\b"
    r"(?P<said>(?:(?!\bbut\b)[^,.;!?])*)",
    re.IGNORECASE,
)
_WOULD_DO = re.compile(
    r"(?:(?:\b(?:is|are|would be)|['’]s) (?:(?:actually|also|still|totally|perfectly|now) )*"
    r"(?:fine|ok(?:ay)?|all right|alright|acceptable|tolerable)|"
    r"\b(?:fine|ok(?:ay)?|alright) (?:too|as well))\b",
    re.IGNORECASE,
)
_DOES = re.compile(  # "a red one would do" asks for it
    r"(?:^|(?<=[,.;!?] ))(?P<said>(?:(?!\b(?:but|and|with|in|an?|some\w*|any\w*)\b)[^,.;!?])*?)"
    r"\b(?:would|will|could|might) (?:(?:also|still|just|probably) )*do\b",
    re.IGNORECASE,
)
_TAKES_TOO = re.compile(
    r"\b(?:i|we|he|she|they)(?:['’]?d| would| could| can| might)(?: (?:also|still|even))* "
    r"(?:take|wear|accept|consider|do|go for)\b(?P<said>[^.,;!?]*?)"
    r"\b(?:too|also|as well|after all|if need be|if (?:necessary|needed)|if (?:i|we) (?:have|must)(?: to)?)\b",
    re.IGNORECASE,
)
_DOING_BEGINS = re.compile(r"[,.;!?]|\b(?:but|and|though|although|with|in)\b", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:or|either|only)\b", re.IGNORECASE)  # "blue or black is fine" asks for one of them
# "If blue is not available then black", "blue if you have it, otherwise black": said as "blue or else black".
_THERE = r"(?:available|in stock|there|possible|an option)"
_LACKING = re.compile(
    rf"\bif (?P<first>(?!(?:it|that|they|those|this)\b)(?:[\w-]+ ){{1,4}}?)(?:is|are)(?: ?n['’]?t| not) {_THERE}"
    r"(?:,? then\b,?|,) ",
    re.IGNORECASE,
)
_FAILING = re.compile(
    rf"[, ]*\b(?:if (?:you have (?:it|them|that|any|one)|(?:(?:it|they)(?:['’]s|['’]re| is| are) )?{_THERE}),? "
    r"(?:and )?(?:otherwise|if not|or else|else|or)\b,?(?: then\b)?|"
    rf"if (?:it|that|they|those)(?:['’]s| is|['’]re| are)(?: ?n['’]?t| not) {_THERE}(?:,? then\b|,)|"
    r"if you (?:don['’]?t|do not) have (?:it|them|that|any)(?:,? then\b|,))",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"(?:(?:, ?(?:or )?| or )(?:otherwise|if not|failing that)(?:,? then\b)?|, ?or else),? ", re.IGNORECASE
)
_OR_ELSE = re.compile(r" or else\b", re.IGNORECASE)
_FIRST_BEGINS = re.compile(r"[,.;!?]|\b(?:but|and|with|in|from)\b", re.IGNORECASE)

Spans = tuple[tuple[int, int], ...]


def soft_spans(text: str) -> Spans:
    """Where a message says what it would merely like, softeners left in."""
    before = [match.span() for match in _BEFORE.finditer(text) if match["soft"].strip()]
    after = [(start, m.end()) for start, m in _endings(_AFTER, _SOFT_BEGINS, text) if text[start : m.start()].strip()]
    return (*before, *after)


def with_alternatives(text: str) -> str:
    """The text with what it would take in place of its first choice after "or else".

    >>> with_alternatives("if blue is not available then black")
    'blue or else black'
    """
    text = _LACKING.sub(lambda match: f"{match['first']}or else ", text)
    return _OTHERWISE.sub(" or else ", _FAILING.sub(" or else", text))


@lru_cache(maxsize=8)  # asked of every mention of a message
def first_choices(text: str) -> Spans:
    """Where a message names what it would rather have than what it says after "or else"."""
    return tuple((start, match.start()) for start, match in _endings(_OR_ELSE, _FIRST_BEGINS, text))


@lru_cache(maxsize=8)  # asked of every mention of a message
def tolerated_spans(text: str) -> Spans:
    """Where a message says what would do: "I don't mind nylon", "polyester is fine"."""
    found = (*_MINDS_NOT.finditer(text), *_DOES.finditer(text), *_TAKES_TOO.finditer(text))
    minded = (match.span("said") for match in found)
    doing = ((start, match.start()) for start, match in _endings(_WOULD_DO, _DOING_BEGINS, text))
    return tuple(span for span in (*minded, *doing) if not _EITHER.search(text[slice(*span)]))


def price_end(text: str) -> re.Match[str] | None:
    """The words that want the dear or the cheap end of what there is; their group ``top`` is set for the dear one."""
    return _END.search(text)


def _endings(ending: re.Pattern[str], begins: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Each ending, and where that begins of which it is said: at the last beginning or after the ending before.

    Looked for from the ending back: one pattern for both tries every place of a long message as a beginning.
    """
    places, after = [match.end() for match in begins.finditer(text)], 0
    for match in ending.finditer(text):
        at = bisect_right(places, match.start())
        yield max(places[at - 1] if at else 0, after), match
        after = match.end()
