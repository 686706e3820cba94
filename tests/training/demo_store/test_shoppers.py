"""The simulated shoppers keep their written rules, and their co-visits hold structure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path
from random import Random

import pytest

from training.demo_store.catalog import Product, compose
from training.demo_store.complements import COMPLEMENTS
from training.demo_store.departments import TYPES
from training.demo_store.shopper_tastes import Shelves
from training.demo_store.shoppers import RULES, SHOPPERS, Interaction, shoppers_readme, simulate, write_interactions

SOME = 600


@pytest.fixture(scope="module")
def products() -> tuple[Product, ...]:
    return compose(TYPES)


@pytest.fixture(scope="module")
def log(products: tuple[Product, ...]) -> tuple[Interaction, ...]:
    return simulate(products, SOME)


def sessions(log: Sequence[Interaction]) -> list[list[Interaction]]:
    by_session = sorted(log, key=lambda line: line.session_id)  # stable: keeps the order in time
    return [list(lines) for _, lines in groupby(by_session, key=lambda line: line.session_id)]


def views(session: Sequence[Interaction]) -> list[str]:
    return [line.item_id for line in session if line.event == "view"]


def test_the_same_catalog_gives_the_same_log(products: tuple[Product, ...], log: tuple[Interaction, ...]) -> None:
    assert simulate(products, SOME) == log


def test_every_shopper_comes_and_events_are_in_order_of_time(log: tuple[Interaction, ...]) -> None:
    assert {line.user_id for line in log} == {f"U{number:04d}" for number in range(1, SOME + 1)}
    assert all(first.timestamp <= second.timestamp for first, second in pairwise(log))


def test_sessions_belong_to_one_shopper_and_do_not_overlap(
    log: tuple[Interaction, ...],
) -> None:
    last: dict[str, str] = {}
    for line in log:
        assert line.session_id.startswith(line.user_id)
        assert line.session_id >= last.get(line.user_id, "")
        last[line.user_id] = line.session_id


def test_carts_follow_views_and_purchases_follow_carts(log: tuple[Interaction, ...]) -> None:
    for session in sessions(log):
        seen: defaultdict[str, list[str]] = defaultdict(list)
        for line in session:
            seen[line.item_id].append(line.event)
        allowed = (["view"], ["view", "cart"], ["view", "cart", "purchase"])
        assert all(events in allowed for events in seen.values())


def test_what_is_out_of_stock_is_viewed_but_never_put_into_a_cart(
    products: tuple[Product, ...], log: tuple[Interaction, ...]
) -> None:
    gone = {product.item_id for product in products if not product.stock}
    events = {line.event for line in log if line.item_id in gone}
    assert events == {"view"}


def test_nothing_is_bought_twice_by_one_shopper(log: tuple[Interaction, ...]) -> None:
    bought = Counter((line.user_id, line.item_id) for line in log if line.event == "purchase")
    assert max(bought.values()) == 1


def test_sale_and_rating_lead_to_more_carts(products: tuple[Product, ...], log: tuple[Interaction, ...]) -> None:
    def carts_per_view(chosen: set[str]) -> float:
        events = Counter(line.event for line in log if line.item_id in chosen)
        return events["cart"] / events["view"]

    reduced = {p.item_id for p in products if p.sale_price is not None}
    others = {p.item_id for p in products if p.sale_price is None}
    assert carts_per_view(reduced) > 1.3 * carts_per_view(others)
    well = {p.item_id for p in products if p.rating >= 4.5}
    ill = {p.item_id for p in products if p.rating < 4}
    assert carts_per_view(well) > 1.8 * carts_per_view(ill)


def test_complements_follow_a_cart_more_often_than_a_plain_view(
    products: tuple[Product, ...], log: tuple[Interaction, ...]
) -> None:
    kinds = {p.item_id: p.kind.plural for p in products}
    hits: Counter[str] = Counter()
    steps: Counter[str] = Counter()
    for session in sessions(log):
        for first, second in pairwise(session):
            wanted = set(COMPLEMENTS.get(kinds[first.item_id], ())) - {kinds[first.item_id]}
            if second.event == "view" and wanted & set(kinds.values()):
                steps[first.event] += 1
                hits[first.event] += kinds[second.item_id] in wanted
    assert hits["cart"] / steps["cart"] > 2 * hits["view"] / steps["view"]


def test_co_visits_predict_the_next_view_better_than_chance_and_popularity(log: tuple[Interaction, ...]) -> None:
    walks = [views(session) for session in sessions(log)]
    known, unseen = walks[: len(walks) * 4 // 5], walks[len(walks) * 4 // 5 :]
    popular = Counter(item_id for walk in known for item_id in walk)
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for walk in known:
        for first in walk:
            together[first].update(second for second in walk if second != first)
    steps = [step for walk in unseen for step in pairwise(walk)]
    usual = {item_id for item_id, _ in popular.most_common(20)}
    by_popularity = sum(second in usual for _, second in steps) / len(steps)
    by_covisit = sum(second in dict(together[first].most_common(20)) for first, second in steps) / len(steps)
    assert by_covisit > 2 * by_popularity
    assert by_covisit > 4 * 20 / len(popular)


def test_a_shopper_is_drawn_to_what_the_taste_names(products: tuple[Product, ...]) -> None:
    shelves = Shelves(products)
    taste = shelves.draw_taste(Random(1))
    liking = shelves.liking(taste)
    best = [products[int(row)] for row in liking.argsort()[::-1][:20]]
    assert {p.kind.department for p in best} <= set(taste.departments)
    assert sum(p.facts.color.family in taste.colors for p in best) > len(best) / 2


def test_complements_name_types_of_the_catalog() -> None:
    known = {kind.plural for kind in TYPES}
    named = set(COMPLEMENTS) | {name for names in COMPLEMENTS.values() for name in names}
    assert named <= known


def test_the_csv_holds_the_log_and_stays_small(products: tuple[Product, ...], tmp_path: Path) -> None:
    path = tmp_path / "interactions.csv"
    write_interactions(path, products)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "user_id,session_id,timestamp,item_id,event"
    assert 25_000 < len(lines) < 42_000
    assert path.stat().st_size < 2_000_000


def test_the_readme_section_says_that_it_is_simulated_and_holds_every_rule() -> None:
    text = shoppers_readme()
    assert "simulated" in text
    assert f"{SHOPPERS:,}" in text
    assert all(rule in text for rule in RULES)
