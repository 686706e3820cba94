"""Prices as shops write them: "29.99 USD", "$1,299.00", "12,50 €", "1.299,00 EUR", "₹549", 549.

A text that could mean two amounts is refused, never guessed; so is everything that is not one plain amount.
Knows nothing of rows and items.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_CODES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ "
    "GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR "
    "LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN "
    "PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB "
    "TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL"
)
CODES = frozenset(_CODES.split())

# A sign that several currencies share lists them; the first is meant unless the shop's own currency is another.
SIGNS: dict[str, tuple[str, ...]] = {
    "US$": ("USD",), "A$": ("AUD",), "AU$": ("AUD",), "C$": ("CAD",), "CA$": ("CAD",), "NZ$": ("NZD",),
    "HK$": ("HKD",), "S$": ("SGD",), "R$": ("BRL",), "MX$": ("MXN",), "NT$": ("TWD",),
    "$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN", "TWD", "ARS", "CLP", "COP", "BBD", "BSD", "JMD"),
    "€": ("EUR",), "EURO": ("EUR",), "£": ("GBP", "EGP", "GIP"), "¥": ("JPY", "CNY"), "₹": ("INR",), "₩": ("KRW",),
    "₽": ("RUB",),
    "₺": ("TRY",), "₫": ("VND",), "₪": ("ILS",), "₴": ("UAH",), "₱": ("PHP",), "฿": ("THB",), "₦": ("NGN",),
    "ZŁ": ("PLN",), "KČ": ("CZK",), "FT": ("HUF",), "KR": ("SEK", "NOK", "DKK", "ISK"), "KR.": ("DKK", "NOK", "SEK"),
    "RS": ("INR", "PKR", "LKR", "NPR"), "RS.": ("INR", "PKR", "LKR", "NPR"), "FR.": ("CHF",), "LEI": ("RON",),
}  # fmt: skip

# Where a dot groups thousands in ordinary writing, so that "1.299 EUR" is not 1.299.
_DOT_GROUPS = "EUR BRL IDR TRY DKK NOK SEK PLN CZK HUF RON BGN RUB UAH VND CLP COP ARS UYU PYG ISK RSD"
DOT_GROUPS = frozenset(_DOT_GROUPS.split())
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
THREE_DECIMALS = frozenset(_THREE_DECIMALS.split())
LARGEST = Decimal(10) ** 12

_AMOUNT = re.compile(r"[+-]?\d[\d.,' _]*|[+-]?[.,]\d+")
_NO_CENTS = re.compile(r"(?<=\d)[.,:/][-–—]+(?!\d)")  # "12,- €", "12:- kr", "Rs. 12/-"
_QUOTES = str.maketrans("’‘", "''")  # "CHF 1’299.00"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in units of its currency; ``currency`` is None where neither the text nor the shop names one."""

    amount: float
    currency: str | None


def parse_price(value: object, currency: str | None = None) -> Money:
    """Read one price; ``currency`` is the shop's own, used where the text has no code or an ambiguous sign.

    Raises
    ------
    ValueError
        The text is not one plain, non-negative amount; the message is the reason, for the report.
    """
    if isinstance(value, bool):
        raise ValueError("not a price")
    if isinstance(value, (int, float, Decimal)):
        if not math.isfinite(value):
            raise ValueError("not a finite number")
        return Money(_checked(Decimal(str(value))), currency)
    text = " ".join(unicodedata.normalize("NFKC", str(value)).replace("\u2212", "-").split())
    text = _NO_CENTS.sub("", text.translate(_QUOTES)).rstrip("* ")  # a footnote on taxes: "12,99 €*"
    match = _AMOUNT.search(text)
    if match is None:
        raise ValueError("not a price: no amount in it")
    found = _currency(text[: match.start()], text[match.end() :], currency)
    sign = "-" if "-" in text[: match.start()] and not match.group().startswith("-") else ""
    return Money(_checked(_amount(sign + match.group(), found)), found)


def known_currency(code: str) -> bool:
    """Whether this is a currency code in use, in upper case ("EUR")."""
    return code in CODES


def _currency(before: str, after: str, shop: str | None) -> str | None:
    """The currency named beside the amount; anything else that stands there makes it no plain price."""
    names = [part for part in (before.strip(" +-:"), after.strip(" :")) if part]
    if not names:
        return shop
    if len(names) == 2 and len({name.upper() for name in names}) == 2:
        codes = [name for name in names if name.upper() in CODES]
        signs = [name for name in names if name.upper() in SIGNS]
        if len(codes) != 1 or len(signs) != 1 or codes[0].upper() not in SIGNS[signs[0].upper()]:
            raise ValueError(f"not a price: {names[0]!r} and {names[1]!r} beside the amount")
        return codes[0].upper()
    name = names[0].upper().replace(" $", "$")  # "US $12"
    if name in CODES:
        return name
    if name in SIGNS:
        return shop if shop in SIGNS[name] else SIGNS[name][0]
    raise ValueError(f"not a price: {names[0]!r} beside the amount")


def _amount(text: str, currency: str | None) -> Decimal:
    """The number, told apart from its separators."""
    text = text.replace(" ", "").replace("'", "").replace("_", "").rstrip(".,")
    dot, comma = text.rfind("."), text.rfind(",")
    if dot >= 0 and comma >= 0:
        group, point = (",", ".") if dot > comma else (".", ",")
        whole, _, cents = text.rpartition(point)
        text = _ungroup(whole, group) + "." + cents
    elif dot >= 0 or comma >= 0:
        text = _one_separator(text, "." if dot >= 0 else ",", currency)
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("not a price: the amount is not a number") from error


def _one_separator(text: str, mark: str, currency: str | None) -> str:
    """Only dots or only commas: decide between thousands and decimals, or refuse."""
    if text.count(mark) > 1:
        return _ungroup(text, mark)
    whole, _, rest = text.partition(mark)
    grouped = len(rest) == 3 and whole.lstrip("+-") not in ("", "0")
    if not grouped or currency in THREE_DECIMALS:
        return f"{whole or '0'}.{rest}"
    if mark == "," or currency in DOT_GROUPS:
        return whole + rest
    plain = f"{whole}{rest}"
    raise ValueError(f"ambiguous: {plain}.00 or {whole}.{rest}; write it with two decimals, or give the currency")


def _ungroup(text: str, mark: str) -> str:
    """Drop thousands marks, in groups of three or the Indian 12,34,567."""
    if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{2,3}})*\{mark}\d{{3}}|[+-]?\d+", text):
        raise ValueError("not a price: its thousands are not grouped")
    return text.replace(mark, "")


def _checked(amount: Decimal) -> float:
    if amount < 0:
        raise ValueError("negative")
    if amount > LARGEST:
        raise ValueError("too large to be a price")
    return float(amount)
