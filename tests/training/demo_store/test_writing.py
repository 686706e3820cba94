from __future__ import annotations

import re

import pytest

from training.demo_store.catalog import Product, compose
from training.demo_store.departments import TYPES
from training.demo_store.materials import MATERIALS
from training.demo_store.palette import COLORS
from training.demo_store.patterns import PATTERNS
from training.demo_store.writing import description, phrase, title


@pytest.fixture(scope="module")
def products() -> tuple[Product, ...]:
    return compose(TYPES)


def _own(product: Product) -> str:
    """Everything that the record says, in one lower-case text."""
    facts = product.facts
    values = [phrase(name, value) for name, value in {**facts.visible, **product.extras}.items()]
    seasons = " ".join(product.seasons)
    named = [facts.color.name, facts.material, facts.pattern, product.style, product.brand, product.kind.noun]
    return " ".join([*named, product.care, seasons, *values]).lower()


def test_a_description_states_only_what_the_record_holds(products: tuple[Product, ...]) -> None:
    vocabulary = [*COLORS, *MATERIALS, *PATTERNS, "spring", "summer", "autumn", "winter"]
    vocabulary += sorted(
        {phrase(name, value) for kind in TYPES for name in kind.visible for value in kind.visible[name]}
    )
    words = sorted((re.escape(word.lower()) for word in vocabulary), key=len, reverse=True)
    known = re.compile(rf"\b({'|'.join(words)})\b")
    for product in products:
        text, own = description(product).lower(), _own(product)
        strange = set(known.findall(text)) - set(known.findall(own))
        assert not strange, (text, strange)


def test_a_description_names_colour_material_brand_and_care(products: tuple[Product, ...]) -> None:
    for product in products:
        text = description(product)
        for fact in (product.facts.color.name.lower(), product.facts.material.lower(), product.brand, product.care):
            assert fact in text


def test_hide_and_its_stand_ins_are_told_apart(products: tuple[Product, ...]) -> None:
    for product in products:
        vegan = "contains no animal hide" in description(product)
        assert vegan == product.facts.material.startswith("Vegan")


def test_a_title_ends_with_the_colour_and_names_pattern_and_style(products: tuple[Product, ...]) -> None:
    for product in products:
        text = title(product)
        assert text.endswith(f", {product.facts.color.name.lower()}")
        assert product.style in text
        assert product.facts.pattern == "Solid" or product.facts.pattern.lower() in text


def test_sentences_vary(products: tuple[Product, ...]) -> None:
    assert len({description(product) for product in products}) > 0.95 * len(products)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("sleeve", "long sleeve", "long sleeves"),
        ("neckline", "v-neck", "v-neck"),
        ("length", "midi", "midi length"),
        ("handle", "with handle", "with handle"),
        ("hood", "no hood", "no hood"),
    ],
)
def test_phrases_follow_with(name: str, value: str, words: str) -> None:
    assert phrase(name, value) == words
