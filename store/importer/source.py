"""Which files make up a source: one file, or a folder with a catalog and its pictures.

Knows names and kinds of files, not their columns' meanings.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from store.errors import SourceError
from store.importer.detect import SourceFile, detect

SUFFIXES = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".xml", ".rss", ".atom")
CATALOG_NAMES = ("products", "product", "catalog", "catalogue", "items", "feed")


@dataclass(frozen=True, slots=True)
class Source:
    """Files to read in order; ``root`` is the folder that local picture paths are relative to."""

    path: Path
    root: Path
    files: tuple[SourceFile, ...]
    left_out: tuple[str, ...] = ()  # other tables in the folder that were not read

    @property
    def rows(self) -> int:
        """About how many rows there are, for the progress bar; 0 where it is not known."""
        return sum(file.rows for file in self.files)


def open_source(path: Path) -> Source:
    """Find and look into the files of a source.

    Raises
    ------
    SourceError
        Nothing there, several catalogs to choose from, or a file that is not what it claims to be.
    """
    path = path.expanduser()
    if path.is_file():
        return Source(path, path.parent.resolve(), (detect(path),))
    if not path.is_dir():
        raise SourceError(f"{path}: no such file or folder")
    found = sorted(file for file in path.iterdir() if file.is_file() and _is_table(file))
    chosen = _choose(path, found)
    files = tuple(detect(file) for file in chosen)
    if len({file.kind for file in files}) > 1:
        raise SourceError(f"{path}: files of several kinds ({_names(chosen)}); name the one to import")
    return Source(path, path.resolve(), files, tuple(file.name for file in found if file not in chosen))


def _is_table(file: Path) -> bool:
    return not file.name.startswith(".") and file.name.lower().removesuffix(".gz").endswith(SUFFIXES)


def _choose(folder: Path, found: list[Path]) -> list[Path]:
    """The only table; else the one that is called a catalog; else all, as parts of one catalog."""
    if not found:
        raise SourceError(f"{folder}: no catalog in this folder; it needs one of {', '.join(SUFFIXES)}")
    named = [file for file in found if file.name.lower().split(".")[0] in CATALOG_NAMES]
    if len(found) > 1 and len(named) == 1:
        return named
    stems = {file.name.split(".")[0].rstrip("0123456789").rstrip("-_") for file in found}
    if len(stems) > 1:
        raise SourceError(
            f"{folder}: several tables ({_names(found)}); name the one to import, or call it products or catalog"
        )
    return found


def _names(files: list[Path]) -> str:
    names = [file.name for file in files]
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
