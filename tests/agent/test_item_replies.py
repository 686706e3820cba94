"""Sentences about single items and items side by side."""

from __future__ import annotations

from dataclasses import replace

from agent.advice import advised
from agent.fact_check import Checker
from agent.grounds import Grounds
from agent.highlights import Highlights
from agent.item_replies import comparison, details
from agent.realiser import Voice, found
from agent.shop import Shop
from agent.state import DialogueState


def test_an_item_without_a_price_has_it_on_request(shop: Shop) -> None:
    other = shop.catalog.get("DR2")
    unpriced = replace(shop.catalog.get("DR1"), price=None, sale_price=None)
    told = Highlights("dresses", 2, 2, "", unpriced)
    said = [*comparison([unpriced, other]), *details(unpriced, (), (), ()), *found(Voice("1", 0), told)]
    name = unpriced.title
    assert said.count(f"The {name}, has a price on request.") == 2
    assert f"First comes the {name}, price on request." in said
    said += advised(Voice("1", 0), [unpriced, other], DialogueState())[:1]
    assert said[-1] in (
        f"I would take the {name}, price on request.",
        f"My choice would be the {name}, price on request.",
    )
    checker = Checker(Grounds((unpriced, other), matches=2), shop.vocabulary)
    assert not [(sentence, checker.check(sentence)) for sentence in said if checker.check(sentence)]
