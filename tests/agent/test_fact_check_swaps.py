"""The fact check against swapped values in the realiser's replies about the demo store."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from agent.drills import Drills
from agent.fact_check import Checker, Violation
from agent.shop import Shop
from store.importer.detect import detect
from store.importer.mapping import plan_columns
from store.importer.normalise import Normalised, normalise
from store.importer.readers import read_json_lines
from tests.agent.small_store import small_shop
from tests.agent.swaps import attack

CATALOG = Path(__file__).parents[2] / "assets" / "demo" / "catalog.jsonl"
DRILLS = 60
KINDS = ("title on the table", "title away", "title mixed", "price", "was", "rating", "color", "material", "size")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    rows = [row.values for row in read_json_lines(detect(CATALOG))]
    plan = plan_columns({column: None for row in rows for column in row})
    read = [normalise(row, plan) for row in rows]
    items = tuple(found.item for found in read if isinstance(found, Normalised))
    assert len(items) == len(rows)
    return small_shop(tmp_path_factory.mktemp("demo"), items)


class Strict(Checker):
    """The checker, but for a true sentence that fails it."""

    def check(self, sentence: str) -> tuple[Violation, ...]:
        found = super().check(sentence)
        assert not found, sentence
        return found


def test_no_sentence_of_the_realiser_fails(demo: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.reply.Checker", Strict)
    assert len(list(Drills(demo, demo.catalog.items, ["a linen dress under 90"], 12).draw(4 * DRILLS))) == 4 * DRILLS


def test_swapped_values_are_caught(demo: Shop) -> None:
    items, rng = demo.catalog.items, random.Random(5)
    tried: Counter[str] = Counter()
    missed = []
    for drill in Drills(demo, items, ["a linen dress under 90"], 11).draw(DRILLS):
        checker = Checker(drill.reply.grounds, demo.vocabulary)
        for swap, caught in attack(drill, checker, items, rng):
            tried[swap.kind] += 1
            missed += [] if caught else [swap]
    assert min(tried[kind] for kind in KINDS) >= 10, tried
    assert len(missed) < 0.005 * tried.total(), missed[:10]
