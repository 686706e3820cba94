from __future__ import annotations

import pytest

from agent.grammar import many, one_article, plural


@pytest.mark.parametrize("title", ["Wine glasses", "Trousers, navy", "Leather boots with a zip", "Headphones"])
def test_several_things_are_plural(title: str) -> None:
    assert plural(title)


@pytest.mark.parametrize(
    "title", ["Pair of socks", "Canvas", "Dress for girls", "Brass lamp", "The Socks", "Gouda 5 months", "Bus", ""]
)
def test_one_thing_is_not(title: str) -> None:
    assert not plural(title)


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("table lamp", "table lamps"),
        ("knife", "knives"),
        ("couch", "couches"),
        ("gallery", "galleries"),
        ("toy", "toys"),
        ("dress", "dresses"),
        ("jeans", "jeans"),
        ("children", "children"),
        ("running swimwear", "running swimwear pieces"),
        ("cordless", "cordless pieces"),
        ("sit on", "things to sit on"),
    ],
)
def test_one_thing_is_said_of_many(one: str, several: str) -> None:
    assert many(one) == several


def test_a_title_that_brings_its_article_takes_no_other() -> None:
    assert one_article("Have a look at the The Pilot lamp.") == "Have a look at The Pilot lamp."
    assert one_article("the theatre chair") == "the theatre chair"
