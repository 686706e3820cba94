from store.importer import report
from store.importer.report import Columns, Finding, ImportReport, Tally, render


def finding(line: int, reason: str = "not a price") -> Finding:
    return Finding("shop.csv", line, f"id{line}", "price", "free", reason)


REPORT = ImportReport(
    store="demo", source="shop.csv", generation="3", rows_read=1200, items=1100, imported=5, updated=6,
    unchanged=1089, removed=7, rejected=100, warned=1, photos=40, rejections=tuple(finding(n) for n in range(2, 102)),
    warnings=(finding(9, "ignored"),),
    columns=Columns({"sku": "id", "title": "title"}, {"sku": "id"}, ("sleeve",), ("cost",), ("brand",)),
    pictures={"new": 4}, encoded={"text": 11}, notes=("look here",), seconds={"total": 1.5},
)  # fmt: skip


def test_the_text_has_every_count_line_and_reason() -> None:
    text = render(REPORT)
    for part in (
        "rows read 1,200; items in the store 1,100; photos 40",
        "imported 5, updated 6, unchanged 1,089, removed 7, rejected 100",
        "Synonyms: sku -> id",
        "Attributes: sleeve",
        "Not kept: cost",
        "No item has: brand;",
        "note: look here",
        "100 x price: not a price",
        "shop.csv line 2, id id2: 'free'",
        "1 x price: ignored",
    ):
        assert part in text
    assert len(text.splitlines()) < 30


def test_json_has_every_finding() -> None:
    data = REPORT.to_json()
    assert len(data["rejections"]) == 100
    assert data["rejections"][0] == {
        "file": "shop.csv", "line": 2, "item_id": "id2", "field": "price", "value": "free", "reason": "not a price",
        "unit": "line",
    }  # fmt: skip


def test_a_tally_counts_on_when_it_stops_keeping() -> None:
    tally = Tally()
    for n in range(report.MOST_DETAILS + 5):
        tally.reject(finding(n))
        tally.warn(finding(n))
    assert (tally.rejected, len(tally.rejections)) == (report.MOST_DETAILS + 5, report.MOST_DETAILS)
    assert (tally.warned, len(tally.warnings)) == (report.MOST_DETAILS + 5, report.MOST_DETAILS)
