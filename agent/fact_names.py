"""The facts that the words of a question are about, where a shop calls them otherwise: "how deep is it?" of a depth.

General English over the names of a store's columns, of which units and the like ("sugar_g", "assembly_required") say
nothing. Knows no value of a fact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from agent.shopping_words import SILENT_FACTS
from agent.words import Token, stem, stems, tokenise

_NEEDED = ("required", "needed", "necessary")
# What may end a name and tells only how a fact is measured.
_TAILS = frozenset(map(stem, ("percent", "pct", "g", "mg", "kg", "ml", "l", "cm", "mm", "m", "kcal", *_NEEDED)))
_IT = r"(?:it|this|that|they|these|those|the \w+(?: one)?)"
# What is asked -> words of the names of facts that tell it, the likeliest first.
_ASKED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), tuple(names.split()))
    for words, names in (
        ("how deep", "depth"),
        ("who (?:wrote|has written)|(?:is|are|was) .* written by|authors?|writers?", "author brand"),
        ("who publish(?:es|ed)|publishers?", "publisher"),
        ("who (?:sings|sang|plays|recorded|painted)", "artist"),
        (
            rf"when (?:was|were) {_IT} (?:published|released|made|written|recorded|printed|bottled)|"
            rf"(?:what|which) year|how old (?:is|are) {_IT}|(?:publishing|publication|release) (?:date|year)",
            "year vintage published release",
        ),
        (rf"how long (?:is|are|does|do) {_IT}(?: (?:run|play|last|take))?", "running playing duration pages"),
        (
            r"how (?:soon|fast|quickly)\b.*(?:deliver\w*|arrive|get|have|come|ship|here)|lead time|"
            r"(?:when|how long)\b.*(?:deliver(?:y|ed)?|arrive|get (?:it|them|this)|here)",
            "delivery lead dispatch",
        ),
        ("guarantees?|guaranteed", "warranty guarantee"),
        (
            r"(?:safe|ok(?:ay)?|fine) (?:for|to|around|with) (?:(?:my|our|the|an?|your) )?"
            r"(?:cats?|dogs?|kittens?|pupp(?:y|ies)|pets?|animals?)",
            "pet_safe pet_friendly",
        ),
        ("assembl(?:e|ed|y|ing)", "assembly"),
        (r"(?:what|which)\b.*\b(?:goes|go|pairs?|serve|eat|drink)\b.*\bwith|pair(?:s|ed|ing)? with", "pairing"),
    )
)
_PER = re.compile(r"\bper (?P<unit>[a-z]+)\b|\b(?P<base>unit|base) price\b", re.IGNORECASE)


def name_stems(fact: str) -> tuple[str, ...]:
    """The stems of a fact's whole name."""
    return stems(fact.replace("_", " "))


def core(fact: str) -> tuple[str, ...]:
    """The stems of a fact's name that say what it is.

    >>> core("alcohol_percent"), core("assembly_required"), core("weight")
    (('alcohol',), ('assembl',), ('weight',))
    """
    name = name_stems(fact)
    while len(name) > 1 and name[-1] in _TAILS:
        name = name[:-1]
    return name


def unit(fact: str) -> str:
    """The unit that a fact's name ends on: "percent" of "alcohol_percent"; "" for none."""
    last = fact.rpartition("_")[2]
    return last if "_" in fact and stem(last) in _TAILS and last not in _NEEDED else ""


def facts_called(text: str, facts: Collection[str]) -> list[str]:
    """The facts that a question is about by words of their names, or by what asks for such."""
    told = [fact for fact in facts if fact not in SILENT_FACTS and core(fact)]
    found = [fact for fact in told if _is_named(fact, tokenise(text))]
    for pattern, names in _ASKED:
        if pattern.search(text):
            found += _first(names, facts)
    for match in _PER.finditer(text):
        unit = {"per", stem(match["unit"])} if match["unit"] else {"price", "unit"}
        per = [fact for fact in facts if unit <= set(name_stems(fact))]
        found += per or _first(("unit_price",), facts)
    return list(dict.fromkeys(found))


def _is_named(fact: str, tokens: Iterable[Token]) -> bool:
    """Whether all words of a name are said; one who does something by that very noun: "published" is no publisher."""
    said = {token.stem: token.text.removesuffix("s") for token in tokens}
    doer = fact.endswith("er")
    return set(core(fact)) <= said.keys() and not (doer and said[core(fact)[-1]].endswith(("ed", "ing")))


def needs(fact: str) -> str:
    """What "yes" to a fact says that a thing needs: "assembly" of "assembly_required"; "" for other facts."""
    *before, last = fact.replace("_", " ").split(" ")
    return " ".join(before) if last in _NEEDED else ""


def _first(names: Iterable[str], facts: Collection[str]) -> list[str]:
    """The facts that have the first of some words in their names that any has."""
    for name in names:
        held = [fact for fact in facts if fact == name or stem(name) in name_stems(fact)]
        if held:
            return held
    return []
