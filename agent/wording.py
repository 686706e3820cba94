"""Small pieces of wording that chips, reasons, replies and the page share: money, lists, a state in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.state import DialogueState
from agent.vocabulary import is_colour

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥"}


def money(amount: float | None, currency: str | None) -> str:
    """An amount as shoppers read it; whole amounts without cents.

    >>> money(59.0, "USD"), money(12.5, "EUR"), money(5, "SEK"), money(None, "USD")
    ('$59', '€12.50', '5 SEK', 'price on request')
    """
    if amount is None:
        return "price on request"
    number = f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.2f}"
    if not currency:
        return number
    symbol = _SYMBOLS.get(currency.upper())
    return f"{symbol}{number}" if symbol else f"{number} {currency.upper()}"


def listing(words: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def things(state: DialogueState) -> str:
    """What is being looked for, in the plural: "dresses", "shoes", "pieces" when no type is known."""
    need = state.need
    if need.type_values:
        words = need.type_words or need.type_values[0].lower()
        if len(need.type_values) == 1:
            return need.type_values[0].lower()
        return _plural(words)
    return _plural(need.unknown_type) if need.unknown_type else "pieces"


def request(state: DialogueState, currency: str | None) -> str:
    """The need in focus as a noun phrase: "blue midi dresses under $60, without leather"."""
    need = state.need
    before = [v.lower() for fact, vs in need.include.items() if is_colour(fact) or fact == "pattern" for v in vs[:2]]
    facts = {**state.recipient, **need.include}
    after = [with_values(fact, vs) for fact, vs in facts.items() if not (is_colour(fact) or fact == "pattern")]
    phrase = " ".join([listing(before, "or"), things(state)]).strip()
    if after:
        phrase += " " + listing(after)
    phrase += _price_words(need.price_min, need.price_max, currency)
    without = refused(state)
    return f"{phrase}, without {listing(without, 'or')}" if without else phrase


def with_values(fact: str, values: Iterable[str]) -> str:
    """A wanted fact as it follows a noun: "in linen", "by Marlow", "for women", "with sleeve: long"."""
    said = listing([v if fact == "brand" else v.lower() for v in list(values)[:2]], "or")
    if fact == "material":
        return f"in {said}"
    if fact == "brand":
        return f"by {said}"
    if fact in ("occasion", "season", "gender", "department", "usage"):
        return f"for {said}"
    if fact == "size":
        return f"in size {said.upper()}"
    name = fact.replace("_", " ")
    return f"with {said}" if name in said else f"with {said} {name}"


def refused(state: DialogueState) -> list[str]:
    """What must not be there, in words."""
    constraints = state.constraints
    values = [min(vs, key=len) for vs in constraints.exclude.values() if vs]
    return [v.lower() for v in values] + list(constraints.exclude_words)


def _price_words(low: float | None, high: float | None, currency: str | None) -> str:
    if low is not None and high is not None:
        return f" from {money(low, currency)} to {money(high, currency)}"
    if high is not None:
        return f" under {money(high, currency)}"
    return f" from {money(low, currency)}" if low is not None else ""


def _plural(words: str) -> str:
    if not words or words.endswith("s"):
        return words
    return words + ("es" if words.endswith(("x", "ch", "sh")) else "s")
