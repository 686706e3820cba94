from __future__ import annotations

import pytest

from tests.training.demo_store.seen import hardest_to_tell_apart, pixels, share_in_color
from training.demo_store.home import TYPES
from training.demo_store.product_type import ProductType


def test_every_type_is_in_the_home_department_once() -> None:
    assert {kind.department for kind in TYPES} == {"Home"}
    assert len({kind.noun for kind in TYPES}) == len(TYPES)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.noun)
def test_a_visible_value_is_seen_and_named_in_the_title(kind: ProductType) -> None:
    share, value = hardest_to_tell_apart(kind)
    assert share > 0.004, value
    assert all("{" + name + "}" in kind.title for name in kind.visible)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.noun)
@pytest.mark.parametrize("color", ["Red", "Blue"])
def test_the_colour_is_seen_at_a_glance(kind: ProductType, color: str) -> None:
    own = share_in_color(pixels(kind, color), color)
    assert own > 0.03
    assert own > 3 * share_in_color(pixels(kind, "Red" if color == "Blue" else "Blue"), color)
