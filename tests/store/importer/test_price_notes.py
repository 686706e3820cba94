from __future__ import annotations

from store.importer.price_notes import price_notes
from store.importer.report import Tally


def tally(*prices: tuple[str | None, str, float]) -> Tally:
    counted = Tally()
    for price in prices:
        counted.priced(*price)
    return counted


def test_prices_in_one_currency_with_points_need_no_note() -> None:
    assert price_notes(tally(("USD", "1,299.00", 1299.0), ("USD", "1,299", 1299.0), ("USD", "5", 5.0))) == []


def test_prices_without_a_currency_tell_how_to_give_it() -> None:
    (note,) = price_notes(tally((None, "5.00", 5.0), (None, "6.00", 6.0)))
    assert note.startswith("2 of 2 prices name no currency: they are shown as bare numbers.")
    assert "--currency EUR" in note
    (note,) = price_notes(tally((None, "5.00", 5.0), ("GBP", "£6.00", 6.0)))
    assert note.startswith("1 of 2 prices name no currency, the others GBP:")
    assert "--currency GBP" in note


def test_decimal_commas_are_told_with_how_they_were_read() -> None:
    (note,) = price_notes(tally(("EUR", "12,50", 12.5), ("EUR", "1.299,9", 1299.9), ("EUR", "7.00", 7.0)))
    assert note == "2 prices have a decimal comma: '12,50' was read as 12.50"
