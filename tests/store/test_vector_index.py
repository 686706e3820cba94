"""Vectors go in, come out the same, and are refused when another encoder made them; embedded and on a real server."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chromadb.api import ClientAPI

from store.errors import StoreUnavailable, VectorMismatch
from store.schemas import Item
from store.vector_index import VectorIndex, connect, delete_generation, item_metadata

DIM = 8
STARTED_WITHIN = 60  # seconds


def unit_rows(n: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(n, DIM)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--path", str(tmp_path_factory.mktemp("server"))]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url, deadline = f"http://127.0.0.1:{port}", time.monotonic() + STARTED_WITHIN
    try:
        while True:
            try:
                connect(Path(), url)
                break
            except StoreUnavailable:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(params=["folder", "server"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> ClientAPI:
    return connect(tmp_path, None if request.param == "folder" else request.getfixturevalue("server_url"))


@pytest.fixture
def generation(request: pytest.FixtureRequest) -> str:
    return re.sub(r"\W", "-", request.node.name).strip("-")  # the server outlives a test


def filled(client: ClientAPI, generation: str, n: int = 5) -> VectorIndex:
    index = VectorIndex.create(client, "shop", generation, "text", "tiny", "abc")
    index.add([f"p{i}" for i in range(n)], unit_rows(n), [{"price_now": float(i)} for i in range(n)])
    return index


def test_vectors_come_back_as_they_went_in(client: ClientAPI, generation: str) -> None:
    filled(client, generation)
    index = VectorIndex.open(client, "shop", generation, "text", "tiny", "abc")
    assert (index.count, index.dim) == (5, DIM)
    found = index.get(["p3", "missing", "p0"])
    assert set(found) == {"p0", "p3"}
    np.testing.assert_allclose(found["p3"], unit_rows(5)[3], atol=1e-6)


def test_read_follows_the_order_of_the_catalog_and_leaves_out_other_items(client: ClientAPI, generation: str) -> None:
    vectors = filled(client, generation).read(["p4", "none", "p1"])
    assert vectors.owners.tolist() == [0, 2]
    np.testing.assert_allclose(vectors.vectors, unit_rows(5)[[4, 1]], atol=1e-6)


def test_every_photo_belongs_to_its_item(client: ClientAPI, generation: str) -> None:
    index = VectorIndex.create(client, "shop", generation, "image", "tiny", "abc")
    index.add(["odd|id|0", "b|0", "odd|id|1"], unit_rows(3), [{"n": 0}] * 3)
    assert index.read(["b", "odd|id"]).owners.tolist() == [0, 1, 1]


def test_more_rows_than_a_batch_are_all_kept(client: ClientAPI, generation: str) -> None:
    index = filled(client, generation, 2345)
    assert index.count == 2345
    vectors = index.read([f"p{i}" for i in range(2345)])
    np.testing.assert_allclose(vectors.vectors, unit_rows(2345), atol=1e-6)


def test_adding_again_replaces(client: ClientAPI, generation: str) -> None:
    index = filled(client, generation)
    index.add(["p0"], unit_rows(1, seed=9), [{"price_now": 1.0}])
    np.testing.assert_allclose(index.get(["p0"])["p0"], unit_rows(1, seed=9)[0], atol=1e-6)
    assert index.count == 5


@pytest.mark.parametrize(("encoder", "fingerprint"), [("other", "abc"), ("tiny", "abd")])
def test_vectors_of_another_encoder_are_refused_with_the_way_out(
    client: ClientAPI, generation: str, encoder: str, fingerprint: str
) -> None:
    filled(client, generation)
    with pytest.raises(VectorMismatch, match=r"app\.py import SOURCE --store shop"):
        VectorIndex.open(client, "shop", generation, "text", encoder, fingerprint)


def test_what_is_wrong_with_vectors_and_what_to_do_are_told_apart(client: ClientAPI, generation: str) -> None:
    made_by = "local-dir:/models; old"
    VectorIndex.create(client, "shop", generation, "text", made_by, "abc")
    with pytest.raises(VectorMismatch) as caught:
        VectorIndex.open(client, "shop", generation, "text", "tiny", "abc")
    assert caught.value.problem == f"The text vectors of store 'shop' have encoder name {made_by!r}, not 'tiny'"
    assert caught.value.remedy == "rebuild with: python app.py import SOURCE --store shop"
    assert str(caught.value) == f"{caught.value.problem}; {caught.value.remedy}"


def test_vectors_of_another_catalog_are_refused(client: ClientAPI, generation: str) -> None:
    VectorIndex.create(client, "shop", generation, "text", "tiny", "abc", catalog_fingerprint="old")
    with pytest.raises(VectorMismatch, match="catalog fingerprint 'old', not 'new'"):
        VectorIndex.open(client, "shop", generation, "text", "tiny", "abc", catalog_fingerprint="new")


def test_a_deleted_generation_is_gone_and_deleting_twice_is_harmless(client: ClientAPI, generation: str) -> None:
    filled(client, generation)
    filled(client, generation + "-next")
    delete_generation(client, "shop", generation)
    delete_generation(client, "shop", generation)
    with pytest.raises(VectorMismatch, match="no text vectors"):
        VectorIndex.open(client, "shop", generation, "text", "tiny", "abc")
    assert VectorIndex.open(client, "shop", generation + "-next", "text", "tiny", "abc").count == 5


def test_create_replaces_what_a_stopped_import_left(client: ClientAPI, generation: str) -> None:
    filled(client, generation)
    assert VectorIndex.create(client, "shop", generation, "text", "tiny", "abc").count == 0


@pytest.mark.parametrize(
    "bad",
    [np.full((1, DIM), np.nan), np.zeros((1, DIM)), np.ones((1, DIM)), np.eye(1, DIM + 1), np.eye(2, DIM)],
    ids=["nan", "zero", "long", "other dimension", "two vectors for one id"],
)
def test_bad_vectors_are_refused_and_nothing_is_written(client: ClientAPI, generation: str, bad: np.ndarray) -> None:
    index = filled(client, generation)
    with pytest.raises(ValueError, match=r"vector of 'x'|Vectors of shape"):
        index.add(["x"], bad.astype(np.float32), [{"n": 0}])
    assert index.count == 5


def test_a_server_that_is_down_is_named() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StoreUnavailable, match=re.escape(url)):
        connect(Path(), url)


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://host:port"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="http://127"):
        connect(Path(), url)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("a file is in the way")
    with pytest.raises(StoreUnavailable, match=re.escape(str(tmp_path))):
        connect(tmp_path, None)


def test_item_facts_become_metadata_that_chroma_takes(client: ClientAPI, generation: str) -> None:
    attributes = {"color": ("Red", "Blue"), "material": ("Wool",), "none": (), "": ("x",), "chroma:document": ("y",)}
    item = Item(
        "a", "Coat", price=20.0, sale_price=15.0, brand="Acme", product_type="Wear > Coats", attributes=attributes
    )
    metadata = item_metadata(item)
    index = VectorIndex.create(client, "shop", generation, "text", "tiny", "abc")
    index.add(["a"], unit_rows(1), [metadata])
    assert index.count == 1
    assert metadata["price_now"] == 15.0
    assert metadata["color"] == ["Red", "Blue"]
    assert metadata["category"] == "Coats"
