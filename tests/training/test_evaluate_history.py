"""The held-out item among ten: what is asked, of whom, and how answers become figures."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retrievers.base import Vectors
from retrievers.errors import LanguageModelUnavailable
from retrievers.indexing import import_catalog
from retrievers.judge import Wanted
from retrievers.soft_tokens import Slot, SlotKind
from store.errors import SourceError
from store.importer.stage import ImportOptions
from store.interactions import Visits
from store.schemas import Item
from store.vector_index import connect
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training.bench import OpenStore
from training.evaluate_history import (
    POOLS,
    History,
    HistoryModel,
    Pool,
    Shopper,
    held_out,
    main,
    measured,
    systems_of,
)
from training.import_interactions import import_interactions

MUGS, COATS = ([f"{kind} {n}" for n in range(15)] for kind in ("mug", "coat"))
ITEMS = [Item(f"i{n}", title) for n, title in enumerate([*MUGS, *COATS])]
CONTENT = np.array([[1, 0, n / 100] for n in range(15)] + [[0, 1, n / 100] for n in range(15)], dtype=np.float32)
WALKS = [[3, 4, 5, 20, 6], [18, 17, 16, 19], [7, 8, 9, 10], [16], [2, 2]]  # the last two have nothing to hold out


def visits(walks: Sequence[Sequence[int]] = WALKS) -> Visits:
    users = [user for user, walk in enumerate(walks) for _ in walk]
    items = [item for walk in walks for item in walk]
    return Visits(np.array(users), np.array(items))


class Told:
    """Says what a test has it say, and keeps what it was asked."""

    def __init__(self, likely: str = "", late: bool = False) -> None:
        self.likely, self.late = likely, late
        self.asked: list[tuple[str, Wanted, int]] = []

    def letters(self, wanted: Wanted, texts: Sequence[str], shuffles: int, within_s: float) -> Vectors:
        return self._scores(f"letters of {len(texts)} in {within_s:g} s", wanted, texts, shuffles)

    def fits(self, wanted: Wanted, texts: Sequence[str], within_s: float) -> Vectors:
        return self._scores("yes", wanted, texts, 0)

    def _scores(self, form: str, wanted: Wanted, texts: Sequence[str], shuffles: int) -> Vectors:
        self.asked.append((form, wanted, shuffles))
        if self.late:
            raise LanguageModelUnavailable("late")
        return np.array([text == self.likely for text in texts], dtype=np.float32)


class Rows:
    """Item tokens of two rows; keeps which were asked for."""

    llm, llm_name, per_item, dim = "f", "small", 2, 3

    def __init__(self) -> None:
        self.made: list[Slot] = []

    def rows(self, slot: Slot) -> Vectors:
        self.made.append(slot)
        return np.zeros((2 * len(slot.ids), 3), np.float32)

    def text(self, slot: Slot) -> str:
        return ""


@pytest.fixture(scope="module")
def history() -> History:
    return History(held_out(visits(), len(ITEMS)), ITEMS, CONTENT)


def asked(history: History, pool: Pool, judge: Told, tokens: Rows | None = None) -> dict[str, dict[str, float]]:
    systems = systems_of(history.rules, HistoryModel("m", judge, tokens), 2.0)
    found: dict[str, dict[str, float]] = measured(pool, systems, tokens, progress=False)["systems"]
    return found


def test_a_sampled_shopper_has_ten_of_which_one_is_the_held_out(history: History) -> None:
    pool = history.pool("sampled", 80)
    assert [(each.user, each.target) for each in pool.shoppers] == [(0, 6), (1, 19), (2, 10)]
    assert pool.share == 1
    for shopper, walk in zip(pool.shoppers, WALKS, strict=False):
        assert len(set(shopper.candidates.tolist())) == 10
        assert set(walk) & set(shopper.candidates.tolist()) == {shopper.target}
        assert [ITEMS.index(item) for item in shopper.history] == walk[:-1]
        assert list(shopper.titles) == [ITEMS[at].title for at in shopper.candidates]
        near = [at // 15 for at in shopper.candidates]  # in the order of content: of the shopper's kind first
        assert near == sorted(near, reverse=walk[-1] >= 15)
    assert len(history.pool("sampled", 2).shoppers) == 2


def test_the_nearest_ten_are_asked_about_where_the_held_out_is_among_them(history: History) -> None:
    pool = history.pool("content", 80)
    for shopper in pool.shoppers:
        assert shopper.target in shopper.candidates
        assert not set(WALKS[shopper.user][:-1]) & set(shopper.candidates.tolist())
        scores = history.rules["content"](np.array([shopper.user]))[0]
        assert (np.diff(scores[shopper.candidates]) <= 0).all()
    assert pool.share == pytest.approx(len(pool.shoppers) / 3)
    assert pool.shoppers


def test_who_has_met_nearly_everything_is_not_asked_about() -> None:
    walks = [list(range(21)), list(range(22)), [0, 1]]
    held = held_out(visits(walks), len(ITEMS))
    assert held.users.tolist() == [0, 2]  # the second has only nine others that are new
    History(held, ITEMS, CONTENT).pool("sampled", 80)


def test_every_form_is_asked_with_the_same_history(history: History) -> None:
    pool, judge, rows = history.pool("sampled", 1), Told(), Rows()
    found = asked(history, pool, judge, rows)
    letters = [f"letters-{form}-{shuffles}" for form in ("tokens", "titles") for shuffles in (5, 1)]
    assert list(found) == ["content", "als", *letters, "yes-tokens", "yes-titles"]
    (shopper,) = pool.shoppers
    ids, titles = zip(*((item.item_id, item.title) for item in shopper.history), strict=True)
    assert rows.made == [Slot(SlotKind.HISTORY, ids)]
    assert [(form, wanted.liked_ids, shuffles) for form, wanted, shuffles in judge.asked] == [
        ("letters of 10 in 2 s", ids, 5),
        ("letters of 10 in 2 s", ids, 1),
        ("letters of 10 in 2 s", (), 5),
        ("letters of 10 in 2 s", (), 1),
        ("yes", ids, 0),
        ("yes", (), 0),
    ]
    assert {(wanted.text, wanted.liked) for _, wanted, _ in judge.asked} == {("", titles)}


def test_a_model_without_item_tokens_reads_titles_only(history: History) -> None:
    found = asked(history, history.pool("sampled", 1), Told())
    assert list(found) == ["content", "als", "letters-titles-5", "letters-titles-1", "yes-titles"]


def test_what_the_model_prefers_comes_first(history: History) -> None:
    pool = history.pool("sampled", 1)
    target = ITEMS[pool.shoppers[0].target].title
    found = asked(history, pool, Told(target))["letters-titles-5"]
    assert found["judged"] == 1
    assert found["ndcg@10"] == found["hr@1"] == found["hr@5"] == 1
    assert found["ci95"]["hr@1"] == [1, 1]


def test_places_become_figures(history: History) -> None:
    """By letters the held-out item is third for everybody, whatever the order of the list."""
    pool = history.pool("sampled", 80)

    def third(shopper: Shopper) -> Vectors:
        scores = np.arange(10, dtype=np.float32)
        place = shopper.candidates.tolist().index(shopper.target)
        scores[place], scores[7] = scores[7], scores[place]
        return scores

    found = measured(pool, {"third": third}, None, progress=False)["systems"]["third"]
    assert (found["hr@1"], found["hr@5"]) == (0, 1)
    assert found["ndcg@10"] == pytest.approx(1 / math.log2(4), abs=1e-4)


def test_a_model_that_has_no_opinion_does_not_inherit_the_rules(history: History) -> None:
    """Equal scores leave the held-out item, first by content, anywhere."""
    (some,) = history.pool("sampled", 1).shoppers
    first = [replace(some, user=user, target=int(some.candidates[0])) for user in range(400)]
    found = measured(Pool(tuple(first), 1.0), {"flat": lambda _: np.zeros(10, np.float32)}, None, progress=False)
    assert found["systems"]["flat"]["hr@1"] == pytest.approx(0.1, abs=0.05)
    assert found["systems"]["flat"]["hr@5"] == pytest.approx(0.5, abs=0.08)


def test_without_an_answer_the_order_is_that_of_the_rule(history: History) -> None:
    found = asked(history, history.pool("content", 80), Told(late=True))
    assert found["yes-titles"]["judged"] == 0
    assert found["content"]["judged"] == 1
    for measure in ("hr@1", "hr@5", "ndcg@10"):
        assert found["letters-titles-5"][measure] == found["yes-titles"][measure] == found["content"][measure]


def titles_only(store: OpenStore) -> HistoryModel:
    return HistoryModel("small", Told(), None)


def stocked(folder: Path, log: str) -> list[str]:
    """A store of 24 mugs, and what its shoppers did."""
    write_catalog(folder)
    rows = "".join(f"x{n},Enamel mug number {n},12 USD,Mugs,Blue,p/m1.png\n" for n in range(20))
    with (folder / "catalog.csv").open("a") as file:
        file.write(rows)
    home = folder / "home"
    client = connect(home, None)
    source = folder / "catalog.csv"
    import_catalog(source, "mine", ImportOptions(), home, client, WordEncoder(), progress=False)
    (folder / "log.csv").write_text("user_id,item_id,timestamp\n" + log)
    import_interactions(folder / "log.csv", "mine", home, client)
    return ["--store", "mine"]


def test_the_command_prints_every_pool(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = "".join(f"u{n},x{(n + at) % 20},{at}\n" for n in range(12) for at in range(4))
    arguments = stocked(tmp_path, log)
    capsys.readouterr()
    assert main([*arguments, "--json"], tmp_path / "home", WordEncoder, None, titles_only) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["model"], found["reads_items"], found["budget_ms"]) == ("small", False, 10_000)
    assert set(found["pools"]) <= set(POOLS)
    sampled = found["pools"]["sampled"]
    assert (sampled["n"], sampled["share"]) == (12, 1)
    measures = {"hr@1", "hr@5", "ndcg@10"}
    assert set(sampled["systems"]["yes-titles"]) == {*measures, "judged", "ci95", "ms_p50", "ms_p95"}
    arguments += ["--pools", "sampled", "--users", "5"]
    assert main(arguments, tmp_path / "home", WordEncoder, None, titles_only) == 0
    said = capsys.readouterr().out
    assert "sampled: 5 shoppers" in said
    assert "| letters-titles-5 | 1.00 |" in said
    assert "content: " not in said


def test_a_store_without_a_second_item_of_anybody_is_refused(tmp_path: Path) -> None:
    arguments = stocked(tmp_path, "u1,x1,1\nu2,x1,2\n")
    with pytest.raises(SourceError, match=r"no shopper met two items.*import-interactions"):
        main(arguments, tmp_path / "home", WordEncoder, None, titles_only)
