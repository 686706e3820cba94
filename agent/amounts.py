"""Amounts of money as they are written: "$40", "1.299,00", "fifty euros", "2k".

Knows how numbers, signs and units of money are written, not what is asked of them (``agent/prices.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.number_words import SPELT_NUMBER, number_of

CENT = 0.01
NEAR = 0.005  # two amounts of money this close are the same

_SIGN = r"(?:us\$|[$€£¥₹]|rs\.?|usd|eur|gbp|inr)"
_UNIT = r"(?:dollars?|usd|euros?|eur|pounds?|gbp|quid|rupees?|inr|rs|bucks?|yen|[$€£¥₹])"
_NUMBER = rf"\d{{1,3}}(?:[,.]\d{{3}})+(?:[.,]\d{{1,2}})?|\d+(?:[.,]\d{{1,2}})?|{SPELT_NUMBER}"
_AMOUNT = rf"(?:(?P<s{{n}}>{_SIGN})\s*)?(?P<a{{n}}>{_NUMBER})(?P<k{{n}}>k)?(?:\s*(?P<u{{n}}>{_UNIT})(?![\w]))?"


def amount(n: int) -> str:
    """The pattern of one amount, the ``n``-th of a larger one."""
    return _AMOUNT.replace("{n}", str(n))


_ANY_AMOUNT = re.compile(rf"(?<![^\W\d_]){amount(1)}", re.IGNORECASE)
_SIGN_GROUPS = ("s1", "u1", "s2", "u2")
_CURRENCY = {
    "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "usd": "USD", "buck": "USD", "bucks": "USD",
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR",
    "£": "GBP", "pound": "GBP", "pounds": "GBP", "gbp": "GBP", "quid": "GBP",
    "₹": "INR", "rs": "INR", "rs.": "INR", "inr": "INR", "rupee": "INR", "rupees": "INR", "¥": "JPY", "yen": "JPY",
}  # fmt: skip


def read_amount(text: str) -> float | None:
    """The first amount in a short text such as an edited price, None when there is none.

    >>> read_amount("$ 49.90"), read_amount("lots")
    (49.9, None)
    """
    match = re.search(_NUMBER, text)
    return read_number(match.group()) if match else None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text, ``money`` where a sign or unit of money stands with it; its place includes that.

    ``currency`` is the code that the sign or unit stands for.
    """

    value: float
    start: int
    end: int
    money: bool
    currency: str | None = None


def amounts(text: str) -> tuple[Amount, ...]:
    """Every number of a text; spelt ones only where they are money.

    >>> [(a.value, a.money) for a in amounts("2 left at $1,299.50 or fifty euros")]
    [(2.0, False), (1299.5, True), (50.0, True)]
    """
    found = []
    for match in _ANY_AMOUNT.finditer(text):
        money = has_sign(match)
        if money or match["a1"][0].isdigit():
            found.append(Amount(value_of(match), match.start(), match.end(), money, currency_of(match)))
    return tuple(found)


def value_of(match: re.Match[str], n: int = 1) -> float:
    """How much the ``n``-th amount of a match is."""
    return read_number(match[f"a{n}"]) * (1000 if match[f"k{n}"] else 1)


def read_number(written: str) -> float:
    """ "1,299.00", "1.299,00", "12,50" and "1200" as numbers; a last group of three digits is thousands."""
    if not written[0].isdigit():
        return float(number_of(written))
    last = max(written.rfind("."), written.rfind(","))
    if last >= 0 and len(written) - last - 1 != 3:
        whole, fraction = written[:last], written[last + 1 :]
        return float(re.sub(r"[.,]", "", whole) + "." + fraction)
    return float(re.sub(r"[.,]", "", written))


def has_sign(match: re.Match[str]) -> bool:
    """Whether a sign or unit of money stands with the amounts of a match."""
    return any(match[name] for name in _SIGN_GROUPS if name in match.re.groupindex)


def currency_of(match: re.Match[str]) -> str | None:
    """The code of the currency that an amount of a match names."""
    signs = [match[name] for name in _SIGN_GROUPS if name in match.re.groupindex]
    return next((_CURRENCY.get(sign.lower()) for sign in signs if sign), None)
