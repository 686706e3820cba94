"""Rows of a source, through mapping and pictures, into a generation that is being built.

This ties the parts of the importer together; it writes items and pictures and collects what the report needs.
What happens to vectors, and whether the generation becomes current, is decided above.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from store.catalog import CatalogWriter
from store.errors import SourceError
from store.generations import disk_errors
from store.importer.cache import ImportCache
from store.importer.downloads import Downloader, any_address, is_public
from store.importer.feeds import read_feed
from store.importer.json_array import read_json_array
from store.importer.mapping import NEVER_KEPT, SYNONYMS, ColumnPlan, plan_columns, snake
from store.importer.money import known_currency
from store.importer.normalise import Normalised, Remark, normalise, shortened
from store.importer.pictures import LocalPictures, PictureShelf
from store.importer.readers import Row, read_json_lines, read_parquet, read_table, table_header
from store.importer.report import Columns, Finding, Tally
from store.importer.shopify import is_shopify, products
from store.importer.source import Source
from store.importer.text import flat, identifier
from store.schemas import Item

WORTH_HAVING = ("product_type", "description", "price", "brand", "rating", "image_link")  # what a report misses
PEEKED_ROWS = 200  # columns are decided from these; later ones are attributes
ITEMS_AT_ONCE = 64
FETCHERS = 8
MOST_PICTURES = 12  # of one item


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user may say about a source.

    ``column_map``: (fact, column or template), see ``mapping.parse_map``. ``currency``: code for prices that name
    none. ``images``: folder that local picture paths are relative to, instead of the source's own.
    ``allow_private_urls``: fetch pictures from the local network too. ``refresh_pictures``: fetch addresses again
    that were fetched before.
    """

    column_map: tuple[tuple[str, str], ...] = ()
    currency: str | None = None
    images: Path | None = None
    allow_private_urls: bool = False
    refresh_pictures: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item with the row that it came from."""

    row: Row
    found: Normalised


@dataclass
class _Pictures:
    """Finds the pictures of many items at once."""

    local: LocalPictures
    shelf: PictureShelf
    cache: ImportCache
    downloader: Downloader
    pool: ThreadPoolExecutor
    refresh: bool
    found: dict[str, str] = field(default_factory=dict)  # in this run

    def find(self, references: Sequence[str], tally: Tally) -> dict[str, str | ValueError]:
        """The stored name of each picture, or why there is none."""
        results: dict[str, str | ValueError] = {}
        wanted = []
        for reference in dict.fromkeys(references):
            if known := self._known(reference):
                results[reference] = known
                tally.pictures["already here"] += 1
            else:
                wanted.append(reference)
        fetched = {}
        for reference, (result, is_new) in zip(wanted, self.pool.map(self._get, wanted), strict=True):
            results[reference] = result
            kind = "failed" if isinstance(result, ValueError) else "new" if is_new else "already here"
            tally.pictures[kind] += 1
            if isinstance(result, str):
                self.found[reference] = result
                if _is_url(reference):
                    fetched[reference] = result
        self.cache.put_fetched(fetched)
        return results

    def _known(self, reference: str) -> str | None:
        if reference in self.found:
            return self.found[reference]
        if self.refresh or not _is_url(reference):
            return None
        known = self.cache.picture_of(reference)
        return known if known and self.shelf.has(known) else None

    def _get(self, reference: str) -> tuple[str | ValueError, bool]:
        try:
            data = self.downloader.fetch(reference) if _is_url(reference) else self.local.read(reference)
            return self.shelf.put(data)
        except ValueError as error:
            return error, False


def stage(
    source: Source,
    options: ImportOptions,
    folder: Path,
    writer: CatalogWriter,
    cache: ImportCache,
    tally: Tally,
    advance: Callable[[int], object],
) -> Columns:
    """Read a whole source into ``writer``; ``advance`` is told of rows as they are done.

    Raises
    ------
    SourceError
        A file cannot be read, or the options do not fit it.
    StoreUnavailable
        The store's folder cannot be written.
    """
    if options.images is not None and not options.images.is_dir():
        raise SourceError(f"--images {options.images}: there is no such folder")
    if options.currency and not known_currency(options.currency):
        raise SourceError(f"--currency {options.currency!r}: write a currency code such as USD or EUR")
    allowed = any_address if options.allow_private_urls else is_public
    local = LocalPictures.below(options.images or source.root)
    rows = rows_of(source)
    peeked = list(itertools.islice(rows, PEEKED_ROWS))
    plan = plan_columns((column for row in peeked for column in row.values), options.column_map)
    _require_id_and_title(source, plan, peeked)
    kept: set[str] = set()
    with ThreadPoolExecutor(FETCHERS) as pool, closing(Downloader(allowed)) as downloader, disk_errors(folder):
        pictures = _Pictures(local, PictureShelf(folder), cache, downloader, pool, options.refresh_pictures)
        placed = _items(itertools.chain(peeked, rows), plan, options.currency, tally, advance)
        while batch := list(itertools.islice(placed, ITEMS_AT_ONCE)):
            items = _with_pictures(batch, pictures, tally)
            kept.update(name for item in items for name in (*item.attributes, *_fields_of(item)))
            writer.add(items)
    return _columns(plan, kept)


def rows_of(source: Source) -> Iterator[Row]:
    """Records of every file of a source, in order."""
    for file in source.files:
        if file.kind == "xml":
            yield from read_feed(file)
        elif file.kind == "jsonl":
            yield from read_json_lines(file)
        elif file.kind == "json":
            yield from read_json_array(file)
        elif file.kind == "parquet":
            yield from read_parquet(file)
        elif is_shopify(table_header(file)):
            yield from products(read_table(file))
        else:
            yield from read_table(file)


def _require_id_and_title(source: Source, plan: ColumnPlan, rows: Sequence[Row]) -> None:
    """Say at once what would reject every row, and which column may be meant.

    That is the one that tells most rows apart, of several the one that does so in the fewest letters.
    """
    columns = list(dict.fromkeys(column for row in rows for column in row.values))
    for fact in ("id", "title"):
        if columns and not plan.has(fact):
            unknown = [column for column in columns if plan.fact_of(column) not in SYNONYMS] or columns
            said = {column: {str(row.values.get(column) or "") for row in rows} - {""} for column in unknown}
            likely = max(unknown, key=lambda column: (len(said[column]), -sum(map(len, said[column]))))
            title = next((column for column in columns if plan.fact_of(column) == "title"), "")
            # A template leaves the column to be the title too.
            other = f', or with --map "id={{{title}}}" where no two are alike' if fact == "id" and title else ""
            raise SourceError(
                f"{source.path}: no column is recognised as the {fact}; say which one is, for example with "
                f'--map "{fact}={likely}"{other} (columns: {", ".join(columns)})'
            )


def _items(
    rows: Iterator[Row], plan: ColumnPlan, currency: str | None, tally: Tally, advance: Callable[[int], object]
) -> Iterator[_Placed]:
    """Items of the good rows; the others are told to the tally."""
    seen: dict[str, tuple[str, int]] = {}
    for row in rows:
        tally.rows_read += row.rows
        advance(row.rows)
        found = Remark("row", "", row.problem) if row.problem else normalise(row.values, plan, currency)
        if isinstance(found, Remark):
            item_id = identifier(next(iter(flat(plan.gather(row.values).get("id", ()))), ""))
            tally.reject(_finding(row, found, shortened(item_id)))
            if item_id not in seen:
                tally.broken.add(item_id)
            continue
        item_id = found.item.item_id
        if item_id in seen:
            file, line = seen[item_id]
            where = f"{row.unit} {line}" if file == row.file else f"{file} {row.unit} {line}"
            tally.reject(_finding(row, Remark("id", item_id, f"the same id as {where}, which is kept"), item_id))
            continue
        seen[item_id] = (row.file, row.line)
        tally.broken.discard(item_id)
        if row.doubt:
            tally.warn(_finding(row, Remark("row", "", row.doubt), item_id))
        for remark in found.warnings:
            tally.warn(_finding(row, remark, item_id))
        if found.item.price is not None:
            tally.priced(found.item.currency, *found.written)
        yield _Placed(row, found)


def _with_pictures(batch: Sequence[_Placed], pictures: _Pictures, tally: Tally) -> list[Item]:
    """The items with the names of their pictures; those that cannot be had are told to the tally."""
    found = pictures.find([ref for placed in batch for ref in placed.found.pictures[:MOST_PICTURES]], tally)
    items = []
    for placed in batch:
        item_id, references = placed.found.item.item_id, placed.found.pictures
        names = []
        for reference in references[:MOST_PICTURES]:
            if isinstance(result := found[reference], str):
                names.append(result)
            else:
                remark = Remark("image_link", shortened(reference), f"imported without it: {result}")
                tally.warn(_finding(placed.row, remark, item_id))
        if len(references) > MOST_PICTURES:
            remark = Remark("image_link", str(len(references)), f"only the first {MOST_PICTURES} pictures are kept")
            tally.warn(_finding(placed.row, remark, item_id))
        items.append(replace(placed.found.item, image_paths=tuple(dict.fromkeys(names))))
    return items


def _finding(row: Row, remark: Remark, item_id: str) -> Finding:
    return Finding(row.file, row.line, item_id, remark.field, remark.value, remark.reason, row.unit)


def _columns(plan: ColumnPlan, kept: set[str]) -> Columns:
    """How the columns were taken; ``kept`` are the attributes that some item really has."""
    recognised = {column: fact for column, fact in plan.columns.items() if fact in SYNONYMS}
    recognised |= {text: fact for fact, texts in plan.templates.items() for text in texts}
    others = [column for column in plan.columns if column not in recognised]
    dropped = tuple(column for column in others if snake(column) in NEVER_KEPT)
    missing = tuple(fact for fact in WORTH_HAVING if fact not in kept)
    return Columns(recognised, plan.synonyms, tuple(sorted(kept - set(SYNONYMS))), dropped, missing)


def _fields_of(item: Item) -> list[str]:
    """The facts worth having that an item holds outside its attributes."""
    held = {
        "product_type": item.product_type,
        "description": item.description,
        "price": item.price is not None,
        "brand": item.brand,
        "image_link": item.image_paths,
    }
    return [fact for fact, value in held.items() if value]


def _is_url(reference: str) -> bool:
    return re.match(r"https?://", reference, re.IGNORECASE) is not None
