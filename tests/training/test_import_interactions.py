"""Interactions come into a store once, its behaviour vectors follow, and nothing of use is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrievers.behaviour import FILE, Behaviour, load_behaviour
from retrievers.indexing import import_catalog
from store.catalog import Catalog
from store.errors import SourceError, StoreNotFound, StoreUnavailable
from store.generations import StoreFolder
from store.importer.interaction_report import InteractionReport
from store.importer.stage import ImportOptions
from store.vector_index import connect
from tests.retrievers.small_shop import WordEncoder
from tests.training.small_bench import write_catalog
from training.import_interactions import content_of, import_interactions

LOG = "user_id,item_id,timestamp,event\nu1,d1,1,view\nu1,d2,2,cart\nu2,m1,3,view\nu2,d2,4,view\n"


class Shop:
    """The small catalog in a store called mine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        self.client = connect(self.home, None)
        self.bring_catalog(write_catalog(folder))
        self.path = StoreFolder(self.home, "mine").path

    def bring_catalog(self, source: Path) -> None:
        import_catalog(source, "mine", ImportOptions(), self.home, self.client, WordEncoder(), progress=False)

    def bring(self, text: str) -> InteractionReport:
        (self.folder / "log.csv").write_text(text)
        return import_interactions(self.folder / "log.csv", "mine", self.home, self.client)

    def behaviour(self) -> Behaviour | None:
        catalog = Catalog.open(self.home, "mine")
        ids = [item.item_id for item in catalog.items]
        return load_behaviour(self.path, "mine", WordEncoder.fingerprint, ids, content_of(catalog, self.client))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_events_and_vectors_are_there_and_a_second_time_changes_nothing(shop: Shop) -> None:
    report = shop.bring(LOG)
    assert (report.rows_read, report.added, report.known, report.rejected) == (4, 4, 0, 0)
    assert (report.events, report.users, report.items) == (4, 2, 3)
    found = shop.behaviour()
    assert found is not None
    assert found.observed.tolist() == [True, True, True, False]
    before = (shop.path / FILE).read_bytes()
    again = shop.bring(LOG)
    assert (again.added, again.known, again.events) == (0, 4, 4)
    assert "unchanged" in again.notes[0]
    assert (shop.path / FILE).read_bytes() == before


def test_bad_rows_are_reported_and_good_ones_kept(shop: Shop) -> None:
    report = shop.bring(LOG + "u3,zz,5,view\nu3,d1,2999-01-01,view\nu1,d1,1,view\n,d1,6,view\n")
    assert (report.added, report.rejected) == (4, 4)
    assert "zz" in (shop.path / "interactions-report.txt").read_text()


def test_a_file_of_no_use_loses_nothing(shop: Shop) -> None:
    shop.bring(LOG)
    before = (shop.path / FILE).read_bytes()
    with pytest.raises(SourceError, match="nothing was changed"):
        shop.bring("user_id,item_id,timestamp\nu1,zz,1\n")
    assert (shop.path / FILE).read_bytes() == before
    assert shop.bring(LOG).known == 4


def test_one_user_is_kept_and_said(shop: Shop) -> None:
    report = shop.bring("user_id,item_id,timestamp\nu1,d1,1\nu1,d2,2\n")
    assert "one user only (u1): no behaviour vectors" in report.notes[0]
    assert shop.behaviour() is None
    assert shop.bring("user_id,item_id,timestamp\nu2,d1,1\n").events == 3
    assert shop.behaviour() is not None


def test_a_new_catalog_lines_up_at_once_and_is_fitted_anew_without_a_file(shop: Shop) -> None:
    shop.bring(LOG)
    before = shop.behaviour()
    catalog = (shop.folder / "catalog.csv").read_text().replace("d1,Linen", "n1,Linen")
    (shop.folder / "catalog.csv").write_text(catalog)
    shop.bring_catalog(shop.folder / "catalog.csv")
    after = shop.behaviour()
    assert before is not None
    assert after is not None
    assert after.observed.tolist() == [False, True, True, False]  # n1, d2, m1, m2
    assert after.items[1].tolist() == before.items[1].tolist()
    report = import_interactions(None, "mine", shop.home, shop.client)
    assert (report.events, report.items) == (4, 2)  # what was said of d1 is kept, but of no use now
    fitted = shop.behaviour()
    assert fitted is not None
    assert fitted.made_from.catalog != after.made_from.catalog


def test_a_damaged_file_of_vectors_is_replaced(shop: Shop) -> None:
    shop.bring(LOG)
    before = (shop.path / FILE).read_bytes()
    (shop.path / FILE).write_bytes(b"")
    import_interactions(None, "mine", shop.home, shop.client)
    assert (shop.path / FILE).read_bytes() == before


def test_what_cannot_be_is_named_with_the_way_out(shop: Shop) -> None:
    with pytest.raises(SourceError, match="import-interactions FILE --store mine"):
        import_interactions(None, "mine", shop.home, shop.client)
    with pytest.raises(StoreNotFound, match="No store 'other'"):
        import_interactions(None, "other", shop.home, shop.client)
    with StoreFolder(shop.home, "mine").locked(), pytest.raises(StoreUnavailable, match="Another import"):
        shop.bring(LOG)
