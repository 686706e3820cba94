"""Questions about what is refused, which refuse nothing and wish for nothing. Knows no reading of words."""

from __future__ import annotations

import re

from agent.state import DialogueState
from agent.utterance import Intent, Utterance
from agent.values import difference

# "Was leather excluded for the boots too?", "did you leave out wool?"
_EXCLUDED_ASKED = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|wait|h+m+)\W+)*(?:"
    r"(?:is|are|was|were) (?!(?:it|this|that|there|they|these|those)\b)[^.,;!?]*\b"
    r"(?:excluded|ruled out|left out|filtered out)\b|"
    r"(?:did|do|have) (?:you|i|we) (?:(?:also|already|ever) )*"
    r"(?:excluded?|(?:leave|left|ruled?|filter(?:ed)?)\b[^.,;!?]*\bout)\b)[^.;!?]*\?*\W*$",
    re.IGNORECASE,
)


def asks_what_is_refused(text: str) -> bool:
    """Whether a message asks if something was ruled out, which wishes for nothing."""
    return bool(_EXCLUDED_ASKED.search(text))


def of_never(said: Utterance, state: DialogueState) -> Utterance:
    """A message that wants nothing but what is refused for good, or asks about it, as a question for that refusal.

    "Is merino ok for me?" of who is allergic to wool: a refusal that lasts falls only where it is taken back.
    """
    never = difference(state.never, said.allow)
    refused = {f: tuple(v for v in values if v in never.get(f, ())) for f, values in said.include.items()}
    others = (said.preferred, said.exclude, said.also, said.references, said.dropped, said.unknown_type)
    bounds = (said.price_min, said.price_max)
    kind = set(said.type_values) - set(state.need.type_values)
    only = refused == {**said.include} and not (kind or any(others) or bounds != (None, None))
    if not said.include or not only or said.intent not in (Intent.SEARCH, Intent.MORE_LIKE, Intent.DETAILS):
        return said
    return Utterance(intent=Intent.RECALL, include=said.include)
