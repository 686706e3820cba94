"""What a message says and takes back before it ends: "brown boots, actually no, black".

What comes after the correction takes the place of what was wished of the same fact before. Decides which words still
count; what they mean is the vocabulary's business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from agent.vocabulary import Mention
from agent.words import Token

_SO = r"(?:(?:no|or|oh|wait|well|h+m+|sorry)[,.!… ]+)"
_CORRECTED = re.compile(
    rf"(?:(?:^|(?<=[,.;!?…–-])|(?<=[,.;!?…–-] )){_SO}*actually|{_SO}+actually|no[,.]? wait|wait[,.]? no|(?<=, )wait|"
    r"oh wait|no[,.]? sorry|(?<=[,.] )sorry(?=,)|sorry[,.]? no|\b(?:scratch|scrap) that|"
    r"\b(?:i(?:['’]?ve)? )?changed my mind|"
    r"\bon second thoughts?|\bmake (?:it|them|that|those)|\boops|\bi meant?|\bor rather(?! than))\b"
    r"(?:[,.:;…!\s-]|\b(?:no|sorry|wait|make (?:it|them|that|those)|i meant?)\b)*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[,.;!?]|\b(?:and|with|but|also|too|as well)\b", re.IGNORECASE)


def corrects(text: str) -> bool:
    """Whether a message takes back what it said."""
    return bool(_CORRECTED.search(text))


def without_corrected(
    tokens: Sequence[Token], text: str, mentions: Sequence[Mention], refused: Collection[int]
) -> tuple[Token, ...]:
    """The tokens that still count; what was refused before the correction stays so."""
    gone: set[int] = set()
    for cut in _CORRECTED.finditer(text):
        ends = _ENDS.search(text, cut.end())
        clause = range(cut.end(), ends.start() if ends else len(text))
        instead = {m.sense.fact for m in mentions if tokens[m.start].start in clause}
        before = [m for m in mentions if tokens[m.end - 1].end <= cut.start() and m.start not in refused]
        taken = [m for m in before if m.sense.fact in instead]
        gone.update(at for m in taken for at in range(m.start, m.end))
        if taken:
            gone.update(at for at, token in enumerate(tokens) if cut.start() <= token.start < cut.end())
    return tuple(token for at, token in enumerate(tokens) if at not in gone)
