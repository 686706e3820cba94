"""What else a complaint says: "this is useless. show me black jeans" asks for jeans.

A clause that complains is put aside, and the rest is read as if it had been said alone. Knows no store.
"""

from __future__ import annotations

import re

from agent.intents import read_intent
from agent.questions import asks
from agent.utterance import Intent, Utterance

_CLAUSE = re.compile(r"[^.!?,;:]+[.!?,;:]*(?=\s|$)|\S+")


def beside_complaint(text: str) -> str:
    """The clauses of a message that do not complain; "" where none does, or all do.

    >>> beside_complaint("are you blind? under 1500, I said"), beside_complaint("red boots, please")
    ('under 1500, I said', '')
    """
    clauses = [match.group().strip() for match in _CLAUSE.finditer(text)]
    rest = [clause for clause in clauses if read_intent(clause) is not Intent.COMPLAIN]
    return " ".join(rest) if len(rest) < len(clauses) else ""


def goes_on(said: Utterance) -> bool:
    """Whether what stands beside a complaint is something to do; a word that the store has not may be more of it."""
    asked = said.type_values or said.photo or asks(said) or said.dropped
    return bool(asked) or said.intent in (Intent.SOMETHING_ELSE, Intent.RESET)
