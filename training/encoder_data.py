"""Pictures with words to train and measure the image tower on, and the seeded split by item.

Five domains: ``myntra`` (fashion photos, 224 px), ``small`` (the same shop at 60x80, more types, beauty among them),
``luma`` (a sports shop's products), ``grocery`` (a clean picture and phone photos of each of 81 groceries) and
``demo`` (the illustrated demo store). The photos are on the machine that trains, never in the repository.

An item is in one part only, whatever its picture's size: ``train`` is fitted, ``dev`` chooses, ``test`` is reported.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from PIL import Image

Part = Literal["train", "dev", "test"]
DOMAINS = ("myntra", "small", "luma", "grocery", "demo")
DEV_SHARE, TEST_SHARE = 0.08, 0.20
SMALL_PER_TYPE = 60
HELD_OUT_GROCERY_CLASSES = 0.20  # whole groceries of which no photo is trained on
ALWAYS_PLURAL = (
    *("shoes", "jeans", "shorts", "trousers", "pants", "flops", "sunglasses", "socks", "heels", "briefs", "tights"),
    *("leggings", "flats", "sandals", "boxers", "stockings", "capris"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, what can be said of it, and which part it belongs to.

    ``texts`` maps a kind of text ("type", "colour type", "name", ...) to the text; ``label`` is what a relevance
    judgement compares ("type" in fashion, the product in a grocery).
    ``member`` is the name inside ``path`` where that is a zip.
    """

    picture_id: str
    item_id: str
    domain: str
    part: Part
    path: Path
    texts: dict[str, str]
    label: str
    member: str = ""
    photo: bool = False  # taken with a phone in a shop, not made for a catalog

    def open(self) -> Image.Image:
        """The picture in RGB."""
        source = io.BytesIO(_archive(self.path).read(self.member)) if self.member else self.path
        with Image.open(source) as image:
            return image.convert("RGB")


@lru_cache(maxsize=1)
def _archive(path: Path) -> zipfile.ZipFile:
    """The zip, kept open: reading its directory anew for each picture takes longer than all the rest."""
    return zipfile.ZipFile(path)


def part_of(key: str) -> Part:
    """The part of an item, from a hash of its key: the same on every machine and whatever else is loaded."""
    place = int.from_bytes(hashlib.sha256(f"mercer-encoder:{key}".encode()).digest()[:4]) / 2**32
    if place < TEST_SHARE:
        return "test"
    return "dev" if place < TEST_SHARE + DEV_SHARE else "train"


def load_pictures(data: Path, demo: Path) -> list[Picture]:
    """Every picture of every domain that is there, in a fixed order; what is missing is left out."""
    sources = (
        (_load_myntra, data / "myntra"),
        (_load_small, data / "myntra"),
        (_load_luma, data / "luma"),
        (_load_grocery, data / "grocery_store"),
        (_load_demo, demo),
    )
    return [picture for load, folder in sources if folder.is_dir() for picture in load(folder)]


def load_colourways(data: Path) -> list[tuple[str, str]]:
    """Item ids of "same product, other colour" pairs of the fashion shop; empty where it is not there."""
    table = data / "myntra" / "colourways.tsv"
    if not table.is_file():
        return []
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()[1:]]
    return [(f"myntra-{one}", f"myntra-{other}") for one, other in rows]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _singular(type_name: str) -> str:
    """ "Casual Shoes" -> "casual shoes", "Tshirts" -> "t-shirt", "Tops" -> "top": what a shopper types."""
    name = type_name.lower().replace("tshirts", "t-shirts")
    if name.endswith(ALWAYS_PLURAL) or not name.endswith("s") or name.endswith("ss"):
        return name
    return name[:-2] if name.endswith(("watches", "dresses", "clutches")) else name[:-1]


def _myntra_texts(record: dict[str, Any]) -> dict[str, str]:
    colour, kind = record.get("base_colour", ""), _singular(record["article_type"])
    brand, name = record.get("brand", ""), record.get("name", "")
    people, usage = record.get("gender", "").lower(), record.get("usage", "").lower()
    texts = {
        "type": kind,
        "type as written": record["article_type"],
        "category": f"{record['sub_category']} {record['master_category']}".lower(),
        "colour type": f"{colour} {kind}".lower().strip(),
        "full": " ".join(filter(None, (people, colour.lower(), kind, usage))),
        "name": name,
        "name without brand": name.removeprefix(brand).strip(),
    }
    if description := record["image_224"] and record.get("description", "").strip():
        texts["description"] = description.split("\n")[0][:200]
    if note := record["image_224"] and record.get("style_note", "").strip():
        texts["note"] = note.split(". ")[0][:200]
    return {kind: text for kind, text in texts.items() if text}


def _load_myntra(folder: Path) -> Iterator[Picture]:
    for record in _lines(folder / "catalog_224.jsonl.gz"):
        path = folder / "images_224" / f"{record['id']}.jpg"
        yield _myntra_picture(record, "myntra", path)


def _load_small(folder: Path) -> Iterator[Picture]:
    """At most ``SMALL_PER_TYPE`` items of each type that have no large photo: breadth of types, not of numbers."""
    archive = folder / "images_60x80.zip"
    members = set(zipfile.ZipFile(archive).namelist())
    records = [record for record in _lines(folder / "catalog_all.jsonl.gz") if not record["image_224"]]
    records.sort(key=lambda record: hashlib.sha256(f"mercer-small:{record['id']}".encode()).digest())
    taken: Counter[str] = Counter()
    for record in records:
        member = f"{record['id']}.jpg"
        if member in members and taken[record["article_type"]] < SMALL_PER_TYPE:
            taken[record["article_type"]] += 1
            yield _myntra_picture(record, "small", archive, member)


def _myntra_picture(record: dict[str, Any], domain: str, path: Path, member: str = "") -> Picture:
    item_id = f"myntra-{record['id']}"
    return Picture(
        picture_id=f"{domain}-{record['id']}",
        item_id=item_id,
        domain=domain,
        part=part_of(item_id),
        path=path,
        member=member,
        texts=_myntra_texts(record),
        label=record["article_type"],
    )


def _load_luma(folder: Path) -> Iterator[Picture]:
    """Pictures of the products, then those that only a colour-size variant has."""
    products = {record["sku"]: record for record in _lines(folder / "products.jsonl")}
    of_product = {image: (product, "") for product in products.values() for image in product["images"]}
    for variant in _lines(folder / "variants.jsonl"):
        if product := products.get(variant["sku"].split("-")[0]):
            for image in variant["images"]:
                of_product[image] = (product, variant["attributes"].get("color", ""))
    for image, (product, colour) in of_product.items():
        if (folder / "images" / image).is_file():
            kind = product["categories"][0].rsplit("/", 1)[-1] if product["categories"] else product["attribute_set"]
            yield _luma_picture(product, _singular(kind), colour, folder / "images" / image)


def _luma_picture(product: dict[str, Any], kind: str, colour: str, path: Path) -> Picture:
    texts = {
        "type": kind,
        "colour type": f"{colour} {kind}".lower().strip(),
        "name": product["name"],
        "colour name": f"{colour} {product['name']}".strip(),
        "description": product["description"].split(". ")[0][:200],
    }
    return Picture(
        picture_id=f"luma-{path.stem}",
        item_id=f"luma-{product['sku']}",
        domain="luma",
        part=part_of(f"luma-{product['sku']}"),
        path=path,
        texts=texts,
        label=kind,
    )


def _load_grocery(folder: Path) -> Iterator[Picture]:
    """Clean pictures and phone photos; photos of held-out classes, and a fifth of all others, are ``test``."""
    with (folder / "classes.csv").open(encoding="utf-8") as table:
        classes = list(csv.DictReader(table))
    with (folder / "photos.csv").open(encoding="utf-8") as table:
        photos = list(csv.DictReader(table))
    for row in classes:
        inside = row["Iconic Image Path (str)"].split("/", 2)[2]
        picture_id = f"grocery-{row['Class ID (int)']}-clean"
        yield _grocery_picture(row, folder / "products" / inside, picture_id, photo=False)
    by_id = {row["Class ID (int)"]: row for row in classes}
    for photo in photos:
        row = by_id[photo["fine_label"]]
        yield _grocery_picture(row, folder / "photos" / photo["file"], f"grocery-{photo['file']}", photo=True)


def is_held_out_grocery(name: str) -> bool:
    """Whether no photo of this grocery may be trained on (its clean picture and name neither)."""
    place = int.from_bytes(hashlib.sha256(f"mercer-grocery:{name}".encode()).digest()[:4]) / 2**32
    return place < HELD_OUT_GROCERY_CLASSES


def _grocery_picture(row: dict[str, str], path: Path, picture_id: str, photo: bool) -> Picture:
    name = row["Class Name (str)"]
    spoken, kind = name.replace("-", " "), row["Coarse Class Name (str)"].replace("-", " ")
    described = path.parent / f"{name}_Description.txt"
    texts = {"type": kind.lower(), "name": spoken, "name type": f"{spoken} {kind}".lower()}
    if not photo and described.is_file():
        texts["description"] = described.read_text("utf-8").split(". ")[0][:200]
    part: Part = "test" if is_held_out_grocery(name) else (part_of(picture_id) if photo else "train")
    return Picture(
        picture_id=picture_id,
        item_id=f"grocery-{name}",
        domain="grocery",
        part=part,
        path=path,
        texts=texts,
        label=name,
        photo=photo,
    )


def _load_demo(folder: Path) -> Iterator[Picture]:
    """Every view of every item of the demo store; a family of styles is in one part."""
    for record in _lines(folder / "catalog.jsonl"):
        kind = _singular(record["product_type"].rsplit("> ", 1)[-1])
        texts = {
            "type": kind,
            "colour type": f"{record['color']} {kind}".lower(),
            "family type": f"{record['color_family']} {kind}".lower(),
            "name": record["title"],
            "description": record["description"].split(". ", 1)[-1][:200],
        }
        images = [record["image_link"], *record["additional_image_link"]]
        for image in (each for each in images if (folder / each).is_file()):
            yield Picture(
                picture_id=f"demo-{Path(image).stem}",
                item_id=f"demo-{record['id']}",
                domain="demo",
                part=part_of(f"demo-{record['style_family']}"),
                path=folder / image,
                texts=texts,
                label=kind,
            )
