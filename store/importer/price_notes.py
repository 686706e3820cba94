"""What is said at the end of an import about its prices as a whole: their currencies, and how they are written."""

from __future__ import annotations

from store.importer.report import Tally

USUAL = "EUR"  # what an example names where no price names a currency


def price_notes(tally: Tally) -> list[str]:
    """Currencies that are missing or mixed, with what to do, and decimal commas, with how they were read."""
    counted = tally.currencies
    named = [code for code, _ in counted.most_common() if code]
    notes = []
    if counted[None]:
        others = f", the others {' or '.join(named)}" if named else ""
        notes.append(
            f"{counted[None]:,} of {counted.total():,} prices name no currency{others}: they are shown as bare "
            f"numbers. Import again with the shop's own, for example --currency {named[0] if named else USUAL}"
            " (an export from Shopify never names it)"
        )
    if len(named) > 1:
        listed = ", ".join(f"{code} {counted[code]:,}" for code in named)
        notes.append(
            f"prices are in several currencies ({listed}) and are compared as plain numbers; "
            "convert them to one, or import each currency into a store of its own"
        )
    if tally.commas:
        written, read = tally.comma_example
        notes.append(f"{tally.commas:,} prices have a decimal comma: {written!r} was read as {read:.2f}")
    return notes
