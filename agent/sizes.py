"""Sizes as shoppers say them ("size M", "in 38", "one size up") against the store's own. Knows no item."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from agent.number_words import number_of

_SYSTEM = r"(?i:uk|us|eu|euro)"  # of a number: "UK 9"
_LETTERS = r"(?i:x{1,4}s|x{1,4}l|[2-6]xl)"
_SIZE = re.compile(
    rf"\bsizes? (?:is |of |in |for )?(?P<a>{_SYSTEM} ?\d+(?:\.5)?|(?i:extra large)|(?>[\w./]+))"
    r"(?!\s*(?i:mm|cm|inch(?:es)?|ml|kg|lit(?:re|er)s?)\b)|"
    rf"(?<![\w.,$€£₹])(?P<j>\d{{1,2}}(?:\.5)?|{_LETTERS}|(?i:[sml])) size\b|"
    rf"\b(?P<f>{_SYSTEM} ?\d{{1,2}}(?:\.5)?)\b|"
    r"\b(?:in|a|an|i wear|i'm a) (?P<b>(?i:xxs|xs|xl|xxl|xxxl|[2-5]xl)|S|M|L)\b|"
    r"\b(?:waist (?:size |of |is )?(?P<g>\d{2})|(?P<h>\d{2}) waist)\b|"
    r"\b(?i:women|men|ladies|girls|boys)(?:['’]?s)? (?P<i>\d{2}(?:\.5)?)\b(?=\W*$|\s*[,.;!?])|"
    r"\b(?P<c>(?i:xxs|xxl|xxxl|[2-5]xl))\b|"
    r"\b(?:in|in an?) (?P<d>small|medium|large|extra large)\b(?!\s+\w*(?:size|amount|number))|"
    r"\b(?i:(?:i|he|she)(?:['’][sm]| is| am)|i (?:wear|take)) an? (?P<k>(?i:small|medium|large|extra large))"
    r"(?=\s*(?:[,.;!?]|$))|"
    r"\bin (?:an? )?(?P<e>\d{1,2}(?:[.,]5)?)(?=\s*(?:please|then|now|instead|too|[.,;!?]|$))",
)
_SPELLED = {"small": "s", "medium": "m", "large": "l", "extra large": "xl"}
_SHAPED = re.compile(
    rf"(?:{_SYSTEM} ?)?\d{{1,3}}(?:[.,]5)?[a-z]{{0,2}}|\d{{1,3}}/\d{{1,3}}|"
    rf"(?:[sml]|{_LETTERS})(?:/(?:[sml]|{_LETTERS}))?"
)
_OR = rf"\s+or\s+(?P<other>\d{{1,2}}(?:\.5)?|{_LETTERS}|[SML])(?=\s*(?:please\b|[,;!?]|\.(?!\d)|$))"
# A size as a part of its own between commas: "for men, large", "shorts, 33, with pockets".
_LOOSE = re.compile(
    rf"(?:^|[,;]|\b(?i:i wear|i take))\s*(?:in )?"
    rf"(?P<n>\d{{1,2}}(?:\.5)?|(?i:small|medium|large|extra large)|{_LETTERS}|[SML])"
    rf"(?: please)?\s*(?=[,;!?]|\.(?!\d)|$|{_OR})"
)
_WAY = r"(?:up|down|bigger|larger|higher|smaller|lower)"
STEP = re.compile(
    r"\b(?<!\bi )(?<!\byou )(?<!\bto )"  # "should I size up?" asks what to do
    rf"(?:(?P<n>one|an?|two|2|three|3|half an?|the next|next) )?sizes? (?P<a>{_WAY})\b"
    r"(?: (?:from|than) (?:(?:an?|the|my|size) )*(?P<from>[\w./]+))?|"
    r"\b(?P<b>bigger|larger|smaller|next (?:bigger|larger|smaller)|next) size\b(?! (?:up|down)\b)"
    r"(?: (?:than|from) (?:(?:an?|the|my|size) )*(?P<than>[\w./]+))?",
    re.IGNORECASE,
)
# How somebody is built asks for no size: "I have small wrists".
_BUILT = re.compile(
    r"\b(?:i|he|she|we)(?:['’]ve| have| has|['’]s)(?: got)?(?: (?:an?|very|really|quite|rather|pretty))* "
    r"(?P<built>small|medium|large|extra large) (?:wrists?|hands?|feet|foot|fingers?|heads?|frames?|faces?|"
    r"shoulders?|hips?|waists?|bust|chest|legs?|arms?|build|body|necks?|ears?)\b",
    re.IGNORECASE,
)
# "Waist 34" is a size, and asks for no kind of waist.
_WAIST = re.compile(r"\bwaist(?= (?:size |of |is )?\d{2}\b)|(?<=\d\d )waist\b", re.IGNORECASE)
_LENGTH = re.compile(r"\d ?(?:foot|feet|ft|cm|mm|metres?|meters?|inch(?:es)?|yards?)\b", re.IGNORECASE)
_DOWN = frozenset(("down", "smaller", "lower", "next smaller"))
_RANKED = re.compile(r"(?P<times>[2-9]?)(?P<x>x*)(?P<letter>[sml])")


@dataclass(frozen=True, slots=True)
class SizeStep:
    """So many sizes up, or down below zero, from a size; from the one in force for ""."""

    by: int
    start: str


def asked_size(text: str, known: Collection[str] = ()) -> str:
    """The size that a message asks for, in lower case; "" when it asks for none.

    What is asked for looks like a size or is one of the ``known`` ones: "what size should I take" asks for none.
    """
    for match in _SIZE.finditer(text):
        wanted = _said(next(group for group in match.groups() if group))
        if _SHAPED.fullmatch(wanted) or (wanted.isalnum() and fitting_sizes(wanted, known)):
            return wanted
    return ""


def told_builds(text: str) -> tuple[tuple[int, int], ...]:
    """Where a message tells how somebody is built, in words that ask for nothing beside the size."""
    spans = [match.span("built") for match in _BUILT.finditer(text)]
    return (*spans, *(match.span() for match in _WAIST.finditer(text)))


def loose_size(text: str) -> str:
    """What stands alone between commas and looks like a size, in lower case; "" for nothing."""
    match = _LOOSE.search(text)
    return _said(match["n"]) if match else ""


def other_size(text: str, wanted: str) -> str:
    """The size that would do as well as the wanted one, "40 or 42"; "" for none."""
    match = re.search(rf"(?i:\b{re.escape(wanted)}){_OR}", text) if wanted else None
    return _said(match["other"]) if match else ""


def asked_step(text: str) -> SizeStep | None:
    """ "One size up from M", "the next size", "two sizes smaller"; None where no step is asked for."""
    match = STEP.search(text)
    if match is None:
        return None
    start = _said(match["from"] or match["than"] or "")
    many = number_of(match["n"] or "") or 1
    down = (match["a"] or match["b"]).lower() in _DOWN
    return SizeStep(-many if down else many, start if _SHAPED.fullmatch(start) else "")


def stepped(step: SizeStep, sizes: Iterable[str]) -> tuple[str, ...]:
    """The sizes of a thing that lie a step away from its start.

    Where none does, the one that would: nothing passes it, and the shopper is told so.
    """
    known, found, start = tuple(sizes), list[str](), _place(step.start)
    if start is None:
        return ()
    like = (_place(size) for size in fitting_sizes(step.start, known))  # "9" is UK 9 and US 9
    starts = dict.fromkeys(place for place in like if place and place[1] == start[1]) or (start,)
    for family, number in starts:
        places = sorted({at[1] for size in known if (at := _place(size)) and at[0] == family})
        beyond = [n for n in places if n > number] if step.by > 0 else [n for n in reversed(places) if n < number]
        if len(beyond) >= abs(step.by):
            found += (size for size in known if _place(size) == (family, beyond[abs(step.by) - 1]))
    called = [_called(place, step.by) for place in starts if "/" not in place[0]]  # nobody knows what follows 8/9
    return tuple(found) or tuple(called[:1])


def fitting_sizes(wanted: str, sizes: Iterable[str]) -> tuple[str, ...]:
    """The store's sizes that are the wanted one, alone or as part of a double size ("S/M").

    A bare number fits every system of sizes, as nobody said which one: "9" is "UK9" and "US9".
    """
    asked = _plain(wanted)
    return tuple(size for size in sizes if asked in _names(size))


def _names(size: str) -> set[str]:
    """What a size is called, with and without its system; a length ("8 foot") is no number of a system."""
    if _LENGTH.search(size):
        return {_plain(size)}
    parts = {_plain(part) for part in re.split(r"[\s/]+(?!\d)|/", size)}
    return parts | {number[1] for part in parts if (number := re.fullmatch(rf"{_SYSTEM}(\d+(?:\.5)?)", part))}


def _said(size: str) -> str:
    wanted = size.lower().rstrip(".")
    return _SPELLED.get(wanted, wanted)


def _place(size: str) -> tuple[str, float] | None:
    """The place of a size among its like: "XL" among letters, "UK 9" among the numbers of its system."""
    first = _plain(size).split("/")[0]
    if ranked := _RANKED.fullmatch(first):
        many = int(ranked["times"] or len(ranked["x"]))
        return "letters", {"s": -1.0 - many, "m": 0.0, "l": 1.0 + many}[ranked["letter"]]
    number = re.search(r"\d+(?:\.\d+)?", first)
    return (re.sub(r"[\d.]+", "#", _plain(size), count=1), float(number.group())) if number else None


def _called(place: tuple[str, float], by: int) -> str:
    family, number = place[0], place[1] + by
    if family != "letters":
        return family.replace("#", f"{number:g}").upper()
    extra = int(abs(number)) - 1
    return "M" if not number else "X" * extra + ("L" if number > 0 else "S")


def _plain(size: str) -> str:
    return re.sub(r"^euro(?=\d)", "eu", size.lower().replace(" ", ""))
