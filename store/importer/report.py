"""What an import did, as values, as JSON and as text. Knows nothing of how it was done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_DETAILS = 10_000  # rejections and warnings kept one by one; the rest are counted
MOST_KINDS = 30
MOST_EXAMPLES = 3
_DECIMAL_COMMA = re.compile(r"\d,\d{1,2}(?!\d)")  # "12,50 €", but not "1,299.00"


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that was rejected, or a field of an imported row that was left out."""

    file: str
    line: int
    item_id: str
    field: str
    value: str
    reason: str
    unit: str = "line"  # what ``line`` counts

    @property
    def place(self) -> str:
        """Where it is, and the value: 'shop.csv line 12, id 4711: "free"'."""
        who = f", id {self.item_id}" if self.item_id else ""
        return f"{self.file} {self.unit} {self.line}{who}" + (f": {self.value!r}" if self.value else "")

    def __str__(self) -> str:
        return f"{self.place}, {self.field} {self.reason}"


@dataclass
class Tally:
    """Counts and findings while an import runs."""

    rows_read: int = 0
    rejected: int = 0
    warned: int = 0
    broken: set[str] = field(default_factory=set)  # ids of rejected records, of which no other gave an item
    currencies: Counter[str | None] = field(default_factory=Counter)  # of prices, None where one names none
    commas: int = 0  # prices with a decimal comma; the first as it is written and as it was read
    comma_example: tuple[str, float] = ("", 0.0)
    rejections: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    pictures: Counter[str] = field(default_factory=Counter)

    def reject(self, finding: Finding) -> None:
        """Count a rejected record."""
        self.rejected += 1
        if len(self.rejections) < MOST_DETAILS:
            self.rejections.append(finding)

    def priced(self, currency: str | None, written: str, amount: float) -> None:
        """Count a price of an item."""
        self.currencies[currency] += 1
        if _DECIMAL_COMMA.search(written):
            self.commas += 1
            self.comma_example = self.comma_example if self.commas > 1 else (written, amount)

    def warn(self, finding: Finding) -> None:
        """Count something that was left out of an item."""
        self.warned += 1
        if len(self.warnings) < MOST_DETAILS:
            self.warnings.append(finding)


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns were taken: fact by column, those found by synonym, attributes, and what there is not."""

    recognised: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()  # not kept
    missing: tuple[str, ...] = ()  # facts worth having that no item has


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The end of an import. ``items`` are those now in the store; the four counts after it say what changed."""

    store: str
    source: str
    generation: str
    rows_read: int
    items: int
    imported: int
    updated: int
    unchanged: int
    removed: int
    rejected: int
    warned: int
    photos: int
    rejections: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    columns: Columns = Columns()
    pictures: Mapping[str, int] = field(default_factory=dict)
    encoded: Mapping[str, int] = field(default_factory=dict)  # text, image: vectors made now, not taken over
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Everything, in JSON types."""
        return asdict(self)


def render(report: ImportReport) -> str:
    """The report as a person reads it; details beyond the first few stand in the JSON file."""
    lines = [
        f"Imported {report.source} into store {report.store!r} (generation {report.generation})",
        f"  rows read {report.rows_read:,}; items in the store {report.items:,}; photos {report.photos:,}",
        f"  imported {report.imported:,}, updated {report.updated:,}, unchanged {report.unchanged:,}, "
        f"removed {report.removed:,}, rejected {report.rejected:,}",
        *_counts("  pictures: ", report.pictures),
        *_counts("  encoded now: ", report.encoded),
        *(f"  note: {note}" for note in report.notes),
        *_columns(report.columns),
        *findings_text("Rejected", report.rejected, report.rejections, "import-report.json"),
        *findings_text("Warnings", report.warned, report.warnings, "import-report.json"),
        *_counts("  seconds: ", report.seconds),
    ]
    return "\n".join(lines) + "\n"


def _counts(label: str, counts: Mapping[str, float]) -> list[str]:
    if not counts:
        return []
    return [label + ", ".join(f"{name} {count:,}" for name, count in counts.items())]


def _columns(columns: Columns) -> list[str]:
    by_synonym = [f"{column} -> {fact}" for column, fact in columns.synonyms.items()]
    own = [f"{column} -> {fact}" if column != fact else fact
           for column, fact in columns.recognised.items() if column not in columns.synonyms]  # fmt: skip
    rows = {"Columns": own, "Synonyms": by_synonym, "Attributes": columns.attributes, "Not kept": columns.dropped}
    lines = [f"  {label}: {', '.join(names)}" for label, names in rows.items() if names]
    without = f"  No item has: {', '.join(columns.missing)}; if a column holds it, say so with --map FACT=COLUMN"
    return [*lines, without] if columns.missing else lines


def findings_text(label: str, count: int, findings: tuple[Finding, ...], file: str) -> list[str]:
    """Lines with each kind of finding, its count and its first examples; ``file`` has them all."""
    if not count:
        return []
    kinds = Counter((finding.field, finding.reason) for finding in findings)
    lines = [f"{label}: {count:,}"]
    for (name, reason), number in kinds.most_common(MOST_KINDS):
        examples = [finding for finding in findings if (finding.field, finding.reason) == (name, reason)]
        lines.append(f"  {number:,} x {name}: {reason}")
        lines += [f"      {finding.place}" for finding in examples[:MOST_EXAMPLES]]
        lines += ["      ..."] if number > MOST_EXAMPLES else []
    more = len(kinds) - MOST_KINDS
    return lines + ([f"  and {more:,} other reasons, see {file}"] if more > 0 else [])
