from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from training.demo_store.departments import TYPES
from training.demo_store.materials import MATERIALS
from training.demo_store.names import BRANDS
from training.demo_store.palette import COLORS
from training.demo_store.patterns import PATTERNS
from training.demo_store.pictures import TINTS, draw_picture
from training.demo_store.product_type import Facts, ProductType, View


def _draw(
    kind: ProductType,
    changes: Mapping[str, str] | None = None,
    view: View = "front",
    color: str = "",
    pattern: str = "",
) -> str:
    visible = {name: values[0] for name, values in kind.visible.items()} | dict(changes or {})
    for value in list(visible.values()):
        visible |= kind.implied.get(value, {})
    facts = Facts(
        COLORS[color or kind.colors[0]],
        pattern or kind.patterns[0],
        kind.materials[0],
        kind.genders[0],
        visible,
        view,
    )
    return draw_picture(kind, facts, TINTS[0])


def test_the_store_is_as_wide_as_promised() -> None:
    assert len(TYPES) >= 36
    assert len({kind.department for kind in TYPES}) == 6
    assert len({kind.plural for kind in TYPES}) == len(TYPES)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.noun)
def test_a_type_names_only_what_exists(kind: ProductType) -> None:
    assert kind.department in BRANDS
    assert set(kind.colors) <= set(COLORS)
    assert set(kind.materials) <= set(MATERIALS)
    assert set(kind.patterns) <= {"Solid", *PATTERNS}


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.noun)
def test_every_visible_value_changes_the_picture(kind: ProductType) -> None:
    for name, values in kind.visible.items():
        pictures = {_draw(kind, {name: value}) for value in values}
        assert len(pictures) == len(values), name


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.noun)
def test_colour_pattern_and_view_change_the_picture(kind: ProductType) -> None:
    colors = [_draw(kind, color=name) for name in kind.colors]
    patterns = [_draw(kind, pattern=name) for name in kind.patterns]
    views = [_draw(kind, view=view) for view in ("front", *kind.views)]
    for pictures in (colors, patterns, views):
        assert len(set(pictures)) == len(pictures)
        assert all(ElementTree.fromstring(picture).tag.endswith("svg") for picture in pictures)
