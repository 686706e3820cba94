"""The file of a generator: written and read back, refused where it does not belong; new items are found by it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from retrievers.base import EncodedQuery, PastTurn, Query
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.errors import GeneratorError
from retrievers.full import FullRetriever
from retrievers.generative import GenerativeRetriever, Model, Reranking, TrainedOn, id_hashes
from retrievers.generator import Generator
from retrievers.minilm import WordPieces
from retrievers.pipeline import COMMITTED, full_over
from retrievers.recommender import Recommender
from retrievers.rqvae import RqVae, fit
from retrievers.semantic_ids import IndexMethod
from store.facts import FactTable
from store.schemas import Constraints
from store.weights import MINILM, fetch
from tests.retrievers.small_evidence import FACTS, FEATURES, HYBRID, IMAGE, TEXT, item_vectors
from tests.retrievers.small_shop import ITEMS, WordEncoder, item, open_catalog

IDS = [each.item_id for each in ITEMS]
EVERYTHING = np.ones(len(ITEMS), dtype=bool)


@pytest.fixture(scope="module")
def pieces(models_dir: Path) -> WordPieces:
    return WordPieces(fetch(MINILM, models_dir))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    about = TrainedOn("shop", "1", 64, 2, 4)
    quantiser = fit(FEATURES.joint, 2, 4, epochs=20)
    path = tmp_path_factory.mktemp("generator") / "generator.safetensors"
    Model(about, quantiser, Generator(64, 2, 4), id_hashes(IDS), Reranking({"photo": 20.0}, 0.5)).save(path)
    return path


def opened(file: Path, pieces: WordPieces, store: str = "shop", encoder: str = "1") -> GenerativeRetriever:
    return GenerativeRetriever.open(file, store, encoder, IDS, FEATURES, pieces)


def test_what_was_written_is_read_back(file: Path) -> None:
    model = Model.load(file)
    assert model.about == TrainedOn("shop", "1", 64, 2, 4)
    assert model.reranking == Reranking({"photo": 20.0}, 0.5)
    assert torch.equal(model.known, id_hashes(IDS))


def test_a_file_from_before_there_was_a_choice_of_ids_is_semantic(file: Path, tmp_path: Path) -> None:
    with safe_open(file, "pt") as opened_file:
        about = json.loads(opened_file.metadata()["about"])
        metadata = {
            **opened_file.metadata(),
            "about": json.dumps({k: about[k] for k in about if k != "index_method"}),
        }
        tensors = {name: opened_file.get_tensor(name) for name in opened_file.keys()}  # noqa: SIM118
    save_file(tensors, tmp_path / "old.safetensors", metadata)
    model = Model.load(tmp_path / "old.safetensors")
    assert model.about.index_method is IndexMethod.SEMANTIC
    assert (model.quantiser.codes(FEATURES.joint) == Model.load(file).quantiser.codes(FEATURES.joint)).all()


def test_a_file_with_ids_of_an_unknown_kind_is_refused(file: Path, tmp_path: Path) -> None:
    model = Model.load(file)
    model.about = replace(model.about, index_method="astral")  # type: ignore[arg-type]
    model.save(tmp_path / "new.safetensors")
    with pytest.raises(GeneratorError, match="'astral'"):
        Model.load(tmp_path / "new.safetensors")


def test_the_committed_generator_loads() -> None:
    model = Model.load(COMMITTED / "generator_demo.safetensors")
    assert model.about.index_method is IndexMethod.SEMANTIC
    assert isinstance(model.quantiser, RqVae)


def test_every_found_item_is_allowed_and_scored(file: Path, pieces: WordPieces) -> None:
    retriever = opened(file, pieces)
    allowed = FACTS.allowed(Constraints(exclude={"color": ("Red",)}))
    found = retriever.retrieve(EncodedQuery(Query("a dress"), allowed, TEXT.vectors[0], None), 10)
    assert {candidate.item_id for candidate in found} == {"d2", "d3", "c1", "m1", "m2"}
    assert all(candidate.score < 0 for candidate in found)


@pytest.mark.parametrize(
    ("store", "encoder", "ids", "says"),
    [
        ("shop", "2", IDS, "another encoder"),
        ("other", "1", [f"x{i}" for i in range(7)], "of whose items 'other' has 0%"),
    ],
)
def test_a_file_that_does_not_belong_is_refused(
    file: Path, pieces: WordPieces, store: str, encoder: str, ids: list[str], says: str
) -> None:
    with pytest.raises(GeneratorError, match=says) as caught:
        GenerativeRetriever.open(file, store, encoder, ids, FEATURES, pieces)
    assert f"python app.py train --store {store}" in str(caught.value)


def test_a_file_from_before_there_were_pictures_is_refused(file: Path, pieces: WordPieces, tmp_path: Path) -> None:
    model = Model.load(file)
    model.about = replace(model.about, pictures=False)
    model.save(tmp_path / "generator.safetensors")
    with pytest.raises(GeneratorError, match="had no pictures; train it with"):
        opened(tmp_path / "generator.safetensors", pieces)
    none = ItemFeatures(np.hstack([FEATURES.text, np.zeros_like(FEATURES.image)]))
    GenerativeRetriever.open(tmp_path / "generator.safetensors", "shop", "1", IDS, none, pieces)


def test_a_damaged_file_is_refused(file: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "generator.safetensors"
    damaged.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(GeneratorError, match="not a generator's file"):
        Model.load(damaged)


def test_an_item_that_came_later_has_an_id_and_is_found(file: Path, pieces: WordPieces) -> None:
    items = (*ITEMS, item("n1", "Corduroy jacket", "Wear > Jackets", "Green", 70.0))
    vectors = [item_vectors(items, WordEncoder(), kind) for kind in ("text", "image")]
    retriever = GenerativeRetriever.open(
        file, "shop", "1", [each.item_id for each in items], ItemFeatures.of(*vectors), pieces
    )
    assert (retriever.ids[:-1] == opened(file, pieces).ids).all()
    only = np.array([*np.zeros(len(ITEMS), dtype=bool), True])
    assert [c.item_id for c in retriever.retrieve(EncodedQuery(Query("jacket"), only, None, None), 5)] == ["n1"]


def test_the_whole_pipeline_joins_and_reranks(file: Path, pieces: WordPieces) -> None:
    full = full_over(opened(file, pieces), HYBRID, FACTS)
    turns = (PastTurn("a coat"), PastTurn("blue", shown=("c2",), rejected=("c2",)))
    query = EncodedQuery(Query("blue coat", turns=turns), EVERYTHING, TEXT.vectors[3], IMAGE.vectors[3])
    timings: dict[str, float] = {}
    pool = full.pool(query, 10, timings)
    found = full.search(query, 10)
    assert sorted(i.item_id for i in found.items) == sorted(IDS[at] for at in pool.positions)
    assert {"generate", "rerank", "dense", "lexical"} <= set(found.timings_ms)
    by_id = {i.item_id: i for i in found.items}
    assert {"generative", "bm25", "dense-text"} <= set(by_id["c1"].sources)
    assert [i.score for i in found.items] == sorted((i.score for i in found.items), reverse=True)


def test_beams_alone_are_what_the_generator_found(file: Path, pieces: WordPieces) -> None:
    retriever = opened(file, pieces)
    alone = full_over(retriever, HYBRID, FACTS, joined=False)
    query = EncodedQuery(Query("mug"), EVERYTHING, TEXT.vectors[5], None)
    assert {c.item_id for c in alone.retrieve(query, 10)} == {c.item_id for c in retriever.retrieve(query, 10)}
    assert isinstance(alone, FullRetriever)


def test_the_shop_is_ranked_by_the_whole_pipeline(file: Path, pieces: WordPieces, tmp_path: Path) -> None:
    from retrievers.query_encoder import QueryEncoder

    facts, catalog = FactTable(ITEMS), open_catalog(ITEMS, tmp_path)
    shop = Recommender(catalog, facts, QueryEncoder(WordEncoder(), facts), HYBRID, opened(file, pieces))
    query = Query("blue coat", constraints=Constraints(exclude={"color": ("Red",)}))
    answer = shop.recommend(query, 3)
    assert all("Red" not in found.item.values("color") for found in answer.recommendations)
    assert any("generative" in found.sources for found in answer.recommendations)
    same = shop.recommend(replace(query, turns=(PastTurn("blue coat"),)), 3)
    assert [f.item.item_id for f in same.recommendations] == [f.item.item_id for f in answer.recommendations]


def test_a_search_tells_how_its_candidates_came_to_their_order(file: Path, pieces: WordPieces) -> None:
    retriever = opened(file, pieces)
    full = full_over(retriever, HYBRID, FACTS)
    query = EncodedQuery(Query("blue coat"), EVERYTHING, TEXT.vectors[3], IMAGE.vectors[4])
    found = full.search(query, 4)
    trace = found.trace
    assert trace.request == "blue coat"
    assert sorted(trace.order.tolist()) == list(range(len(trace.item_ids)))
    assert [trace.item_ids[at] for at in trace.order] == [each.item_id for each in found.items]
    assert trace.powers == {"photo": 20.0}
    assert set(trace.verdicts) == {"photo"}
    expected = 0.5 * trace.base_scores + 20.0 * (trace.verdicts["photo"] - 1)
    assert np.allclose(trace.scores, expected, atol=1e-5)
    assert all("generative" in named for named in trace.sources[: trace.beams])
    assert not any("generative" in named for named in trace.sources[trace.beams :])
    assert trace.ids is not None
    assert [tuple(row) for row in trace.ids] == [tuple(retriever.ids[IDS.index(each)]) for each in trace.item_ids]


def test_without_reranking_the_order_is_that_of_the_base_scores(file: Path, pieces: WordPieces) -> None:
    full = full_over(opened(file, pieces), HYBRID, FACTS)
    asked = EncodedQuery(Query("blue coat"), EVERYTHING, TEXT.vectors[3], IMAGE.vectors[4])
    weighed = full.search(asked, 10).trace
    plain = full.search(replace(asked, query=replace(asked.query, rerank=False)), 10)
    assert not plain.trace.verdicts
    assert [each.score for each in plain.items] == sorted(plain.trace.base_scores.tolist(), reverse=True)
    before = [weighed.item_ids[at] for at in weighed.base_order]
    assert [each.item_id for each in plain.items] == before
    assert before != [weighed.item_ids[at] for at in weighed.order]
