from __future__ import annotations

import pytest

from agent.well_formed import former_alone


@pytest.mark.parametrize(("text", "former"), [("It was $20.", "was $20"), ("They were 30 EUR each.", "were 30 EUR")])
def test_a_former_price_that_stands_alone_is_found(text: str, former: str) -> None:
    assert former_alone(text) == former


@pytest.mark.parametrize(
    "text", ["It is $15, was $20.", "Reduced: it was $20.", "$5 off", "It was the 20 that fitted.", "It costs $20."]
)
def test_beside_todays_price_or_a_sale_it_is_well_said(text: str) -> None:
    assert former_alone(text) == ""
