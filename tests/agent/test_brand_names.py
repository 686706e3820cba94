from __future__ import annotations

from pathlib import Path

import pytest

from agent.brand_names import BrandNames
from agent.state import DialogueState
from store.schemas import Item
from tests.agent.small_store import items, small_shop, small_understanding

BRANDS = BrandNames(["Dr. Lund & Søn", "Åse + Bråten", "Mills & Sons", "Mills & Co", "O'Hare", "Plain Name"])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("not from Dr. Lund & Søn, a cream", "not from Dr Lund Søn, a cream"),
        ("dr lund and son", "Dr Lund Søn"),
        ("anything by DR. LUND & SOEN?", "anything by Dr Lund Søn?"),
        ("by Dr. Lund under 15", "by Dr Lund Søn under 15"),
        ("ase braten mugs", "Åse Bråten mugs"),
        ("aase and braaten", "Åse Bråten"),
        ("Mills and Sons. Cheap ones", "Mills Sons. Cheap ones"),
        ("watermills and sons", "watermills and sons"),
        ("Mills", "Mills"),
        ("ohare boots", "O'Hare boots"),
        ("plain name", "plain name"),
        ("a lund and a son", "a lund and a son"),
    ],
)
def test_a_brand_is_known_without_its_signs(text: str, plain: str) -> None:
    assert BRANDS.plain(text) == plain


def test_a_brand_with_signs_is_wished_and_refused(tmp_path: Path) -> None:
    white, brand = {"color": ("White",)}, "Dr. Lund & Søn"
    cream = Item("C0", "Day cream", "", 9.0, None, "EUR", brand=brand, product_type="Care > Creams", attributes=white)
    rules = small_understanding(small_shop(tmp_path, (*items(), cream)))
    wished, refused = (
        rules.understand(text, DialogueState())
        for text in ("anything from Dr. Lund & Son", "not from dr. lund, mugs")
    )
    assert (wished.include, wished.text) == ({"brand": ("Dr. Lund & Søn",)}, "")
    assert (refused.exclude, refused.type_values) == ({"brand": ("Dr. Lund & Søn",)}, ("Mugs",))
