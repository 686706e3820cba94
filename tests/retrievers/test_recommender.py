"""Outcomes are decided from data, and no answer breaks a constraint that it does not name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from chromadb.api import ClientAPI
from hypothesis import given, settings
from hypothesis import strategies as st

from retrievers.base import Outcome, Query, Retrieval
from retrievers.generative import FILE
from retrievers.recommender import Recommender
from retrievers.trace import Trace
from store.errors import VectorMismatch
from store.facts import FactTable
from store.schemas import Constraints
from store.vector_index import VectorIndex, connect
from tests.retrievers.small_shop import ITEMS, WordEncoder, item_vectors, open_catalog, open_recommender, picture
from tests.store.test_facts import satisfies


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    return open_recommender(ITEMS, tmp_path_factory.mktemp("home"))


def ids(retrieval: Retrieval) -> list[str]:
    return [recommendation.item.item_id for recommendation in retrieval.recommendations]


def order(trace: Trace) -> list[str]:
    """The candidates as the trace has them, best first."""
    return [trace.item_ids[at] for at in trace.order]


def test_words_find_the_item_that_says_them(shop: Recommender) -> None:
    answer = shop.recommend(Query("a red summer dress"), 3)
    assert answer.outcome is Outcome.FOUND
    assert ids(answer)[0] == "d1"
    assert answer.matches == len(ITEMS)
    assert answer.recommendations[0].sources
    assert [r.rank for r in answer.recommendations] == [1, 2, 3]
    assert set(answer.timings_ms) == {"encode", "filter", "dense", "lexical", "fuse"}
    assert answer.trace is not None
    assert answer.trace.ids is None  # no generator
    assert order(answer.trace)[:3] == ids(answer)
    assert answer.trace.sources[0] == answer.recommendations[0].sources


def test_by_words_alone_nothing_is_rearranged_but_what_is_sold_out(shop: Recommender) -> None:
    for in_stock in (True, False):
        trace = shop.recommend(Query("a red summer dress", constraints=Constraints(in_stock=in_stock)), 3).trace
        assert trace is not None
        assert trace.rearranged is not in_stock


def test_a_sku_finds_its_item(shop: Recommender) -> None:
    assert ids(shop.recommend(Query("mx204"), 1)) == ["m1"]
    assert ids(shop.recommend(Query("C2"), 1)) == ["c2"]


def test_a_photo_finds_items_that_look_like_it(shop: Recommender) -> None:
    answer = shop.recommend(Query(image=picture("green")), 2)
    assert answer.outcome is Outcome.FOUND
    assert set(ids(answer)) == {"d3", "m2"}


def test_fewer_matches_than_asked_for_stay_few(shop: Recommender) -> None:
    answer = shop.recommend(Query("dress", constraints=Constraints(include={"category": ("Dresses",)})), 10)
    assert (answer.outcome, answer.matches, len(ids(answer))) == (Outcome.FOUND, 3, 3)


def test_constraints_alone_are_enough(shop: Recommender) -> None:
    assert set(ids(shop.recommend(Query(constraints=Constraints(price_max=50)), 10))) == {"d1", "m1"}


@pytest.mark.parametrize("text", ["", "  ", "🙂", "hello, show me something nice please"])
def test_nothing_to_search_by(shop: Recommender, text: str) -> None:
    assert shop.recommend(Query(text), 5).outcome is Outcome.NEED_CLARIFICATION


@pytest.mark.parametrize(
    "query",
    [Query("surfboard"), Query("wax", constraints=Constraints(include={"category": ("Surfboards",)}))],
    ids=["words", "category"],
)
def test_what_the_shop_does_not_carry(shop: Recommender, query: Query) -> None:
    answer = shop.recommend(query, 5)
    assert (answer.outcome, ids(answer)) == (Outcome.NOT_CARRIED, [])


def test_out_of_range_gives_the_nearest_in_price(shop: Recommender) -> None:
    constraints = Constraints(include={"category": ("Dresses",)}, price_max=20)
    answer = shop.recommend(Query("silk evening dress", constraints=constraints), 2)
    assert (answer.outcome, answer.matches, answer.relaxed) == (Outcome.NOTHING_IN_RANGE, 0, ("price_max",))
    assert ids(answer) == ["d1", "d3"]


def test_words_out_of_range_are_not_answered_with_another_kind(shop: Recommender) -> None:
    answer = shop.recommend(Query("wool coat", constraints=Constraints(price_max=20)), 2)
    assert (answer.outcome, answer.relaxed) == (Outcome.NOTHING_IN_RANGE, ("price_max",))
    assert set(ids(answer)) == {"c1", "c2"}


def test_a_fact_that_no_item_has_is_let_go_but_not_the_kind(shop: Recommender) -> None:
    constraints = Constraints(include={"category": ("Coats",), "color": ("Green",)})
    answer = shop.recommend(Query("coat", constraints=constraints), 5)
    assert (answer.outcome, answer.relaxed, set(ids(answer))) == (
        Outcome.NOTHING_IN_RANGE,
        ("color",),
        {"c1", "c2"},
    )


def test_exclusions_are_never_let_go(shop: Recommender) -> None:
    constraints = Constraints(include={"category": ("Mugs",)}, exclude_words=("mug",))
    answer = shop.recommend(Query("mug", constraints=constraints), 5)
    assert (answer.outcome, ids(answer)) == (Outcome.NOTHING_IN_RANGE, [])


def test_words_override_the_photo(shop: Recommender) -> None:
    constraints = Constraints(include={"color": ("Blue",)})
    query = Query("in blue", picture("red"), constraints, overrides={"color": ("Blue",)})
    assert set(ids(shop.recommend(query, 3))) == {"d2", "c1", "m1"}


FACTS = {"color": ("red", "Blue", "pink"), "category": ("Dresses", "Mugs", "Skis"), "brand": ("acme", "Zed")}
some_facts = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(v), min_size=1, max_size=2).map(tuple) for name, v in FACTS.items()}
)
constraints_of = st.builds(
    Constraints,
    include=some_facts,
    exclude=some_facts,
    exclude_words=st.lists(st.sampled_from(["hood", "glass", "red"]), max_size=1).map(tuple),
    exclude_items=st.lists(st.sampled_from([i.item_id for i in ITEMS]), max_size=2).map(tuple),
    price_min=st.none() | st.sampled_from([10.0, 100.0, 500.0]),
    price_max=st.none() | st.sampled_from([5.0, 60.0, 150.0]),
    in_stock=st.booleans(),
)


def without(constraints: Constraints, names: tuple[str, ...]) -> Constraints:
    kept = {n: v for n, v in constraints.include.items() if n not in names}
    price = {n: None if n in names else getattr(constraints, n) for n in ("price_min", "price_max")}
    stock = constraints.in_stock and "in_stock" not in names
    return Constraints(
        kept, constraints.exclude, constraints.exclude_words, constraints.exclude_items, in_stock=stock, **price
    )


@settings(deadline=None)  # a busy machine is no failure
@given(
    text=st.sampled_from(["", "dress", "blue mug", "surfboard", "coat under 60"]),
    color=st.none() | st.sampled_from(["red", "blue"]),
    constraints=constraints_of,
    k=st.integers(1, 8),
)
def test_every_item_satisfies_what_is_not_named_as_relaxed(
    shop: Recommender, text: str, color: str | None, constraints: Constraints, k: int
) -> None:
    answer = shop.recommend(Query(text, picture(color) if color else None, constraints), k)
    held = without(constraints, answer.relaxed)
    assert all(satisfies(recommendation.item, held) for recommendation in answer.recommendations)
    assert len(answer.recommendations) <= k
    if answer.outcome is Outcome.FOUND:
        assert answer.relaxed == ()
        assert answer.matches == sum(satisfies(i, constraints) for i in ITEMS)
        assert len(answer.recommendations) == min(k, answer.matches)


def opened_from_chroma(folder: Path, encoder: WordEncoder, client: ClientAPI) -> Recommender:
    return Recommender.open(open_catalog(ITEMS, folder), FactTable(ITEMS), client, encoder, folder, folder)


def fill(client: ClientAPI) -> None:
    for kind in ("text", "image"):
        index = VectorIndex.create(client, "shop", "1", kind, "words", "1", "fingerprint")
        ending = "" if kind == "text" else "|0"
        vectors = item_vectors(ITEMS, WordEncoder(), kind).vectors
        index.add([i.item_id + ending for i in ITEMS], vectors, [{"n": 0}] * len(ITEMS))


def test_a_store_is_opened_from_its_vectors_and_refuses_another_encoders(tmp_path: Path) -> None:
    client, encoder = connect(tmp_path, None), WordEncoder()
    fill(client)
    opened = opened_from_chroma(tmp_path, encoder, client)
    assert ids(opened.recommend(Query("enamel MX-204"), 1)) == ["m1"]
    encoder.fingerprint = "2"
    with pytest.raises(VectorMismatch, match="import SOURCE --store shop"):
        opened_from_chroma(tmp_path, encoder, client)


def test_a_generator_that_cannot_be_used_leaves_the_hybrid_at_work(
    tmp_path: Path, models_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = connect(tmp_path, None)
    fill(client)
    (tmp_path / FILE).write_bytes(b"no generator")
    opened = Recommender.open(
        open_catalog(ITEMS, tmp_path), FactTable(ITEMS), client, WordEncoder(), tmp_path, models_dir
    )
    assert ids(opened.recommend(Query("enamel MX-204"), 1)) == ["m1"]
    assert "not a generator's file" in caplog.text
    assert "python app.py train" in caplog.text


def test_a_purpose_is_of_no_wrong_kind(tmp_path: Path) -> None:
    recommender = open_recommender(ITEMS, tmp_path)
    assert recommender.recommend(Query("stormy fjord excursion"), 3).outcome is Outcome.NOT_CARRIED
    assert recommender.recommend(Query("stormy fjord excursion", names_kind=False), 3).outcome is Outcome.FOUND


def test_something_else_keeps_away_from_what_was_passed_over(tmp_path: Path) -> None:
    doubles = [replace(ITEMS[0], item_id=f"d1{n}") for n in range(3)]
    shop = open_recommender((*ITEMS, *doubles), tmp_path)
    asked = Query("linen summer dress", constraints=Constraints(exclude_items=("d1",)))
    plain = ids(shop.recommend(asked, 3))
    assert set(plain) == {"d10", "d11", "d12"}
    other = shop.recommend(replace(asked, history=("d1",)), 2)
    assert set(ids(other)) == {"d2", "d3"}
    assert other.trace
    assert order(other.trace)[:2] == ids(other)
    assert sorted(order(other.trace)) == sorted(other.trace.item_ids)
    assert other.trace.rearranged
    assert ids(shop.recommend(replace(asked, history=("d1", "d11")), 3)) == plain  # one of them is still welcome
