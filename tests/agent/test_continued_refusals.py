from __future__ import annotations

import pytest

from agent.utterance import Values
from tests.agent.conftest import Talk


@pytest.mark.parametrize(
    ("messages", "wanted", "refused"),
    [
        (("dresses that aren't silk", "or linen"), {}, ("Silk", "Linen")),
        (("dresses, no silk", "nor linen please"), {}, ("Silk", "Linen")),
        (("dresses in silk", "or linen"), {"material": ("Silk", "Linen")}, ()),
        (("dresses, no silk", "or maybe linen"), {"material": ("Linen",)}, ("Silk",)),
        (("dresses, no silk", "or linen?"), {"material": ("Linen",)}, ("Silk",)),
        (("dresses, no silk", "or a linen one with long sleeves"), None, ("Silk",)),
    ],
)
def test_or_goes_on_with_a_refusal(
    messages: tuple[str, ...], wanted: Values | None, refused: tuple[str, ...], talk: Talk
) -> None:
    need = talk(*messages).need
    assert need.exclude.get("material", ()) == refused
    assert wanted is None or need.include == wanted
