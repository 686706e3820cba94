"""What the import of a measured catalog left out, told to whoever measures: rows and pictures change the figures.

Knows reports of imports, no store and no system.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from store.importer.report import ImportReport

_ADDRESSES = ("http://", "https://")


def tell_left_out(report: ImportReport) -> None:
    """Count on standard error the rows that are no items and the pictures that could not be had."""
    if report.rejected:
        first = report.rejections[0]
        print(
            f"{report.rejected} of {report.rows_read} rows are no items and left out ({first}, ...)", file=sys.stderr
        )
    missing = report.pictures.get("failed", 0)
    if missing:
        told = [str(finding) for finding in report.warnings if finding.field == "image_link"]
        print(f"{missing} pictures are left out ({', '.join([*told[:1], '...'])})", file=sys.stderr)


def lacks_files(store: Path) -> bool:
    """Whether the import that filled a store missed pictures on disk; those of the web are not asked for again."""
    report = store / "import-report.json"
    if not report.is_file():
        return False
    told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return bool(told["pictures"].get("failed")) and _names_files(told["warnings"])


def _names_files(warnings: Iterable[Mapping[str, str]]) -> bool:
    return any(w["field"] == "image_link" and not w["value"].lower().startswith(_ADDRESSES) for w in warnings)
