from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.importer.money import CODES, Money, parse_price


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("29.99 USD", 29.99, "USD"),
        ("USD 29.99", 29.99, "USD"),
        ("$1,299.00", 1299.0, "USD"),
        ("$1,299.00 CAD", 1299.0, "CAD"),
        ("12,50 €", 12.5, "EUR"),
        ("1.299,00 EUR", 1299.0, "EUR"),
        ("1.299 €", 1299.0, "EUR"),
        ("1 299,50 SEK", 1299.5, "SEK"),
        ("CHF 1'299.–", 1299.0, "CHF"),
        ("12,- €", 12.0, "EUR"),
        ("CHF 1’299.00", 1299.0, "CHF"),
        ("1.299,00 €*", 1299.0, "EUR"),
        ("12,99 Euro", 12.99, "EUR"),
        ("1 299:- kr", 1299.0, "SEK"),
        ("Rs. 1,29,999/-", 129999.0, "INR"),
        ("US $12.50", 12.5, "USD"),
        ("₹549", 549.0, "INR"),
        ("Rs. 1,29,999", 129999.0, "INR"),
        ("R$ 1.299,90", 1299.9, "BRL"),
        ("£0.99", 0.99, "GBP"),
        (".99 GBP", 0.99, "GBP"),
        ("15.999 KWD", 15.999, "KWD"),
        ("¥12,000", 12000.0, "JPY"),
        ("２９.９９ USD", 29.99, "USD"),
        (549, 549.0, None),
        (19.9, 19.9, None),
        (Decimal("19.90"), 19.9, None),
        ("0.125", 0.125, None),
        ("1,299", 1299.0, None),
    ],
)
def test_reads_prices_as_shops_write_them(text: object, amount: float, currency: str | None) -> None:
    assert parse_price(text) == Money(amount, currency)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("free", "no amount"),
        ("", "no amount"),
        ("-5 USD", "negative"),
        ("USD -5", "negative"),
        ("- $5", "negative"),
        (-5, "negative"),
        (float("nan"), "finite"),
        (float("inf"), "finite"),
        ("NaN", "no amount"),
        (True, "not a price"),
        ("from $12", "'from $'"),
        ("12 per pair", "'per pair'"),
        ("10-20 USD", "beside"),
        ("1.299", "ambiguous"),
        ("1,29,9 USD", "grouped"),
        ("1e9 USD", "beside"),
        ("9" * 30, "too large"),
        ("12 USD EUR", "beside"),
        ("€12 USD", "beside"),
    ],
)
def test_refuses_what_is_not_one_plain_amount(text: object, reason: str) -> None:
    with pytest.raises(ValueError, match=r".*") as caught:
        parse_price(text)
    assert reason in str(caught.value)


def test_the_shop_s_currency_settles_what_the_text_leaves_open() -> None:
    assert parse_price("549", "INR").currency == "INR"
    assert parse_price("$5", "AUD").currency == "AUD"
    assert parse_price("$5", "EUR").currency == "USD"
    assert parse_price("99 kr", "NOK").currency == "NOK"
    assert parse_price("29.99 USD", "EUR").currency == "USD"
    assert parse_price("1.299", "EUR").amount == 1299.0


cents = st.integers(min_value=0, max_value=10**11)


@given(cents, st.sampled_from(sorted(CODES)))
def test_google_s_form_always_reads_back(amount: int, code: str) -> None:
    written = f"{amount // 100}.{amount % 100:02d} {code}"
    assert parse_price(written) == Money(amount / 100, code)


@given(cents)
def test_english_and_german_grouping_mean_the_same(amount: int) -> None:
    english = f"{amount // 100:,}.{amount % 100:02d}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert parse_price(f"${english}").amount == parse_price(f"{german} €").amount == amount / 100


@given(st.text(max_size=30))
def test_any_text_gives_a_price_or_a_reason(text: str) -> None:
    try:
        money = parse_price(text)
    except ValueError:
        return
    assert 0 <= money.amount <= 1e12
