from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.amounts import read_amount, read_number


@given(st.integers(1, 10**6), st.integers(0, 99))
def test_every_way_of_writing_an_amount_is_the_same_number(whole: int, cents: int) -> None:
    amount = whole + cents / 100
    assert read_number(f"{amount:,.2f}") == pytest.approx(amount)
    assert read_number(f"{amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")) == pytest.approx(
        amount
    )


def test_an_edited_price_needs_an_amount() -> None:
    assert read_amount("€ 49,90") == 49.9
    assert read_amount("lots") is None
