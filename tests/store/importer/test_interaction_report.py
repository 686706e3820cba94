from __future__ import annotations

import json
from pathlib import Path

from store.generations import StoreFolder
from store.importer.interaction_report import InteractionReport, render, write_report
from store.importer.report import Finding

REJECTIONS = tuple(Finding("log.csv", n, "x", "item_id", "x", "is no item of the store") for n in range(2, 9))
REPORT = InteractionReport("mine", "log.csv", 1200, 1000, 193, 7, 1500, 40, 30, REJECTIONS, ("look here",), 1.5)


def test_the_text_has_every_count_and_the_first_lines() -> None:
    text = render(REPORT)
    for part in (
        "Imported log.csv into store 'mine'",
        "rows read 1,200; added 1,000, known 193, rejected 7",
        "1,500 events; 40 users and 30 items",
        "look here",
        "7 x item_id: is no item of the store",
        "log.csv line 2, id x: 'x'",
    ):
        assert part in text
    assert "line 6" not in text


def test_both_forms_are_kept_in_the_stores_folder(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path, "mine")
    folder.path.mkdir(parents=True)
    write_report(folder, REPORT)
    kept = json.loads((folder.path / "interactions-report.json").read_text("utf-8"))
    assert len(kept["rejections"]) == 7
    assert (folder.path / "interactions-report.txt").read_text("utf-8") == render(REPORT)
