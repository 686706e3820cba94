"""What a message would like rather than asks for: "ideally brown", "in leather if possible", "at the top end".

Such words rank and never filter. Decides scope only; what the words mean is the vocabulary's business.
"""

from __future__ import annotations

import re

# A softener before what it softens, up to a mark or a word that begins something else.
_BEFORE = re.compile(
    r"\b(?:ideally|preferabl[ye]|if (?:at all )?possible|if you can|best of all|even better(?: if)?|"
    r"(?:i|we|he|she|they)(?:['’]?d| would| do)?(?: (?:really|much|also|always))* prefers?)\b(?P<soft>[^,.;!?]*?)"
    r"(?=[,.;!?]|\b(?:but|under|below|over|rather|to|for (?:my|a|an|the|him|her))\b|$)",
    re.IGNORECASE,
)
# A softener after it: back to the preposition that begins it, else to a mark.
_AFTER = re.compile(
    r"(?P<soft>(?:\b(?:in|with|from|by|of)\b )?(?:(?!\b(?:in|with|from|by|of|but)\b)[^,.;!?])*?)[ ,]*"
    r"\b(?:if (?:at all )?possible|if you (?:can|have (?:it|one|any|them))|ideally|preferably|"
    r"would be (?:(?:very |really )?(?:nice|great|lovely|ideal|good|perfect)|a (?:plus|bonus)|my first choice)|"
    r"even better|"
    r"(?:is|are|would be) (?:(?:even|much|a bit|always|still) )*(?:better|preferable|preferred|best))"
    r"(?=\s*(?:[,.;!?]|$))",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:(?:at|from|on|in|towards?) the |of the )?(?:(?P<top>top|high|higher|upper|expensive)|"
    r"(?P<low>low|lower|bottom|cheap|cheaper))[ -]ends?\b"
    r"(?: of (?:the |my |your )?(?:range|market|budget|scale|prices?))?",
    re.IGNORECASE,
)
# What would do: nobody asks for it. Before it, and after it back to a mark or a word that begins something else.
_MINDS_NOT = re.compile(
    r"\b(?:(?:do|does|would)(?:n['’]?t| not) (?:really )?mind|open to|(?:ok(?:ay)?|fine|cool) with|can live with)\b"
    r"(?P<said>(?:(?!\bbut\b)[^,.;!?])*)",
    re.IGNORECASE,
)
_WOULD_DO = re.compile(
    r"(?P<said>(?:(?!\b(?:but|and|though|although|with|in)\b)[^,.;!?])*?)"
    r"(?:\b(?:is|are|would be)|['’]s) (?:(?:actually|also|still|totally|perfectly|now) )*"
    r"(?:fine|ok(?:ay)?|all right|alright|acceptable|tolerable)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\b(?:or|either|only)\b", re.IGNORECASE)  # "blue or black is fine" asks for one of them

Spans = tuple[tuple[int, int], ...]


def soft_spans(text: str) -> Spans:
    """Where a message says what it would merely like, softeners left in."""
    before = [match.span() for match in _BEFORE.finditer(text) if match["soft"].strip()]
    after = [match.span() for match in _AFTER.finditer(text) if match["soft"].strip()]
    return (*before, *after)


def tolerated_spans(text: str) -> Spans:
    """Where a message says what would do: "I don't mind nylon", "polyester is fine"."""
    found = (*_MINDS_NOT.finditer(text), *_WOULD_DO.finditer(text))
    return tuple(match.span("said") for match in found if not _EITHER.search(match["said"]))


def price_end(text: str) -> re.Match[str] | None:
    """The words that want the dear or the cheap end of what there is; their group ``top`` or ``low`` is set."""
    return _END.search(text)
