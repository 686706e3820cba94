"""What an import of interactions did, as values, as JSON and as text. Knows nothing of how it was done."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from store.generations import StoreFolder, disk_errors
from store.importer.report import Finding, findings_text

NAME = "interactions-report"


@dataclass(frozen=True, slots=True)
class InteractionReport:
    """The end of an import. ``rows_read`` to ``rejected`` are about the file, the rest about the store's whole log.

    ``known`` rows were kept before; ``users`` and ``items`` count those of events about present items.
    """

    store: str
    source: str  # "" where none was given
    rows_read: int
    added: int
    known: int
    rejected: int
    events: int
    users: int
    items: int
    rejections: tuple[Finding, ...]
    notes: tuple[str, ...]
    seconds: float


def render(report: InteractionReport) -> str:
    """The report as a person reads it; every rejected row stands in the JSON file."""
    lines = [
        f"Imported {report.source} into store {report.store!r}"
        if report.source
        else f"Interactions of store {report.store!r}",
        f"  rows read {report.rows_read:,}; added {report.added:,}, known {report.known:,}, "
        f"rejected {report.rejected:,}",
        f"  in the store {report.events:,} events; {report.users:,} users and {report.items:,} items of the catalog",
        *(f"  {note}" for note in report.notes),
        *findings_text("Rejected", report.rejected, report.rejections, f"{NAME}.json"),
        f"  seconds: {report.seconds}",
    ]
    return "\n".join(lines) + "\n"


def write_report(folder: StoreFolder, report: InteractionReport) -> None:
    """Keep a report in the store's folder, as text and as JSON."""
    with disk_errors(folder.path):
        text = json.dumps(asdict(report), indent=1, ensure_ascii=False)
        (folder.path / f"{NAME}.json").write_text(text, encoding="utf-8")
        (folder.path / f"{NAME}.txt").write_text(render(report), encoding="utf-8")
