"""A number said by itself takes the place of one said before: "make it 3500", "what about 4?", "the same budget".

Measures, sizes and the budget in force are alike here: of those that the number can replace, the nearest one is
meant. The message is written out ("under 3500"), so that whoever reads on needs to know nothing of this.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from agent.amounts import Amount, amounts
from agent.measures import Measures
from agent.number_words import SPELT_NUMBER, number_of
from agent.prices import AROUND
from agent.sizes import fitting_sizes
from agent.state import DialogueState, Need

BUDGET_ASKED = "budget"  # the question after which a number is one, see ``agent/highlights.py``
SMALL, NEAR = 12, 4.0  # a number that could count cards is only a budget this many times that in force, or less
FAR = 20.0  # no number that many times the budget in force, or that small a part of it, changes it by itself
_TWICE = math.log(2)  # how far a first size is from a budget in force: "39" of boots under 150 is none
_BESIDE = 0.5  # how far any number is from a size in letters
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SPELT = re.compile(rf"\b{SPELT_NUMBER}", re.IGNORECASE)
_BUDGET = r"(?:(?:my |the |our )?(?:budget|price|limit|max(?:imum)?)(?: limit| range)?)"
_MOVE = (
    r"(?:(?:raise|increase|lift|extend|stretch|lower|reduce|decrease|cut|drop|bring|move|push|change|set|put)"
    rf" (?:it|that|this|{_BUDGET})(?: up| down)?(?: to| at)?)"
)
_GAP = r"[^\w$€£¥₹]"  # what may stand before an amount
_ALONE = re.compile(
    rf"^{_GAP}*(?:(?:and|or|ok(?:ay)?|then|maybe|rather|no|well|so|actually|sorry|please|"
    rf"(?:can|could) (?:you|we|i)|i can|you can|let['’]?s|let us|i['’]ll|i could|say){_GAP}+)*"
    rf"(?:(?P<move>{_MOVE}){_GAP}+|(?P<make>(?:make|keep) (?:it|that|this|{_BUDGET})(?: at| to)?|still|now){_GAP}+|"
    rf"(?P<worn>i (?:wear|take)(?: an?)?|i need an?|i(?:['’]m| am) an?){_GAP}+|(?:what|how) about{_GAP}+)?"
    r"(?P<n>(?:[$€£¥₹]|rs\.?)?\s*\d+(?:[.,]\d+)*k?(?:\s*(?:dollars?|bucks|euros?|pounds?|rupees?|rs|usd|eur|gbp|inr|[$€£¥₹]))?)"
    r"(?: then| instead| please| maybe| now)*\W*$",
    re.IGNORECASE,
)
# "I'm between 28 and 30", of two sizes.
_BETWEEN = re.compile(
    r"(?:\bi(?:['’]m| am) )?\b(?:between|from) (?P<a>\d{1,3}(?:[.,]5)?) (?:and|to) "
    r"(?P<b>\d{1,3}(?:[.,]5)?)(?![\d.,]*\d)"
    r"(?!\s*(?:dollars?|bucks|euros?|pounds?|rupees?|rs|usd|eur|gbp|inr|[^\W\d_]{1,2}\b|[$€£¥₹%\"″]))",
    re.IGNORECASE,
)
_OF_MONEY = re.compile(r"\b(?:price[ds]?|pay|spend|costs?|budget|cheap\w*)\b", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:(?:with|on|for|at|in|within|still|keep(?:ing)?|it['’]s|it is) )*(?:(?:the|my|our) )?same "
    r"(?:budget|price (?:range|limit))\b|"
    r"\b(?:my |the )?(?:budget|price (?:range|limit)) (?:is|stays|remains)(?: still)? (?:the same|unchanged)\b|"
    r"\bkeep(?:ing)? (?:my|the) (?:budget|price (?:range|limit))(?: (?:the same|as it is|as is))?(?=\W*$|\W*[,.;])",
    re.IGNORECASE,
)


class BareNumbers:
    """Writes out bare numbers in one store; ``held`` are the values of a fact among things of some types."""

    def __init__(self, measures: Measures, held: Callable[[str, str, tuple[str, ...]], tuple[str, ...]]) -> None:
        self._measures = measures
        self._held = held

    def written_out(self, text: str, state: DialogueState) -> str:
        """The message with what its bare number or "the same budget" stands for; as it is where it says enough."""
        text = self._sizes_between(_same_budget(text, state), state)
        alone = _ALONE.match(_in_digits(text))
        said = amounts(alone["n"]) if alone else ()
        if alone is None or not said:
            return text
        if self._tells_size(alone, said[0], state):
            return f"size {said[0].value:g}"
        found = [] if alone["worn"] else self._replaced(alone, said[0], state)
        return min(found)[1] if found else self._first(alone, said[0], state) or text

    def _sizes_between(self, text: str, state: DialogueState) -> str:
        """The text with "between 28 and 30" as these sizes, where the kind in hand has both and no budget is due."""
        asked = BUDGET_ASKED in state.need.questions and state.need.price_max is None
        found = None if asked or _OF_MONEY.search(text) else _BETWEEN.search(text)
        if not (found and all(self._is_size(float(found[end].replace(",", ".")), state.need) for end in "ab")):
            return text
        return f"{text[: found.start()]}size {found['a']} or {found['b']}{text[found.end() :]}"

    def _tells_size(self, alone: re.Match[str], said: Amount, state: DialogueState) -> bool:
        """Whether the number is a size, be it near a budget: who says it wears that, or just asked for the sizes."""
        told = alone["worn"] or ("size" in state.asked and not alone["move"])
        return bool(told) and not said.money and self._is_size(said.value, state.need)

    def _replaced(self, alone: re.Match[str], said: Amount, state: DialogueState) -> list[tuple[float, str]]:
        """What the number can take the place of, each with how far it is from that."""
        need, written = state.need, alone["n"].strip()
        found = [] if said.money else [*self._measured(written, said.value, need)]
        if not (said.money or alone["move"]):  # what is raised or lowered is no size
            found += self._sized(said.value, need, first=not alone["make"])
        if alone["move"] or alone["make"] or not _is_card(said, state):
            told = said.money or bool(alone["move"] or alone["make"])
            found += _budgeted(written, said.value, need, most=NEAR if _is_small(said) else math.inf if told else FAR)
        return found

    def _first(self, alone: re.Match[str], said: Amount, state: DialogueState) -> str:
        """The number as a budget that was asked for, or as the first size that is spoken of; "" as neither."""
        if said.money or alone["worn"] or _is_card(said, state):
            return ""
        asked = BUDGET_ASKED in state.need.questions and state.need.price_max is None
        if asked and not (alone["make"] or _is_small(said)):
            return f"under {alone['n'].strip()}"
        return f"size {said.value:g}" if self._is_size(said.value, state.need) else ""

    def _measured(self, written: str, number: float, need: Need) -> Iterator[tuple[float, str]]:
        """ "For 3 people" with the new number, where some thing has that."""
        for fact, words in reversed([*need.measured.items()]):
            before, said = _NUMBER.search(words[-1]), _NUMBER.sub(written, words[-1], count=1)
            if before and any(self._measures.meeting(fact, asked) for asked in self._measures.asked(said)):
                yield _apart(number, float(before.group().replace(",", "."))), said

    def _sized(self, number: float, need: Need, first: bool) -> Iterator[tuple[float, str]]:
        """A size that the kind in hand has, in the place of the one in force; a ``first`` one where none is."""
        sizes = need.include.get("size", ())
        if first and not sizes and self._is_size(number, need):
            yield _TWICE, f"size {number:g}"
        if sizes and self._is_size(number, need):
            before = _NUMBER.search(sizes[0])
            yield _apart(number, float(before.group())) if before else _BESIDE, f"size {number:g}"

    def _is_size(self, number: float, need: Need) -> bool:
        held = self._held("size", need.type_fact, need.type_values) if need.type_values else ()
        return bool(fitting_sizes(f"{number:g}", held))


def _in_digits(text: str) -> str:
    """The text with its numbers in digits, but for those that could count cards: "make it forty"."""
    return _SPELT.sub(lambda match: str(n) if (n := number_of(match[0])) > SMALL else match[0], text)


def _is_small(said: Amount) -> bool:
    return not said.money and said.value <= SMALL


def _is_card(said: Amount, state: DialogueState) -> bool:
    return _is_small(said) and 1 <= said.value <= len(state.cards)


def _budgeted(written: str, number: float, need: Need, most: float) -> Iterator[tuple[float, str]]:
    """The budget in force with the new number, where it is at most so many times that, or that part of it."""
    low, high = need.price_min, need.price_max
    for bound, words in ((high, "around" if is_around(low, high) else "under"), (low, "over")):
        if bound and _apart(number, bound) <= math.log(most):
            yield _apart(number, bound), f"{words} {written}"
            return


def is_around(low: float | None, high: float | None) -> bool:
    """Whether two bounds are those of an "around 50"."""
    return bool(low and high) and math.isclose((high or 1) / (low or 1), (1 + AROUND) / (1 - AROUND), rel_tol=0.01)


def _same_budget(text: str, state: DialogueState) -> str:
    """The text with the bounds of the budget that was said last instead of "the same budget"."""
    needs = (state.need, *reversed(state.needs))
    last = next((need for need in needs if need.price_min is not None or need.price_max is not None), None)
    if last is None:
        return text
    low, high = last.price_min, last.price_max
    if low is not None and high is not None:
        words = f"between {low:.2f} and {high:.2f}"
    else:
        words = f"under {high:.2f}" if high is not None else f"over {low:.2f}"
    return _SAME.sub(words, text, count=1)


def _apart(one: float, other: float) -> float:
    """How far two numbers are from each other, in ratio."""
    return abs(math.log(one / other)) if one > 0 and other > 0 else math.inf
