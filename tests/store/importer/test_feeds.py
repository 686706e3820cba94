from pathlib import Path

import pytest

from store.errors import SourceError
from store.importer import feeds
from store.importer.detect import detect
from store.importer.feeds import read_feed

NAMESPACE = 'xmlns:g="http://base.google.com/ns/1.0"'
RSS = f"""<?xml version="1.0"?>
<rss version="2.0" {NAMESPACE}><channel><title>The shop</title><link>https://shop.example</link>
<item><g:id>1</g:id><title>Red &amp; blue</title><link>https://shop.example/1</link><g:price>9.99 USD</g:price>
<g:additional_image_link>a.jpg</g:additional_image_link><g:additional_image_link>b.jpg</g:additional_image_link>
<g:shipping><g:country>US</g:country><g:price>5 USD</g:price></g:shipping>
<g:product_detail><g:attribute_name>Neckline</g:attribute_name><g:attribute_value>V</g:attribute_value></g:product_detail>
</item><item><g:id>2</g:id><title><![CDATA[<b>Two</b>]]></title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACE}><title>Shop</title>
<entry><g:id>7</g:id><title>Lamp</title><link rel="self" href="https://shop.example/self"/>
<link href="https://shop.example/7"/><summary>Bright</summary></entry></feed>"""


def read(tmp_path: Path, text: str) -> list[dict[str, object]]:
    path = tmp_path / "feed.xml"
    path.write_text(text, encoding="utf-8")
    return [row.values for row in read_feed(detect(path))]


def test_rss_items(tmp_path: Path) -> None:
    first, second = read(tmp_path, RSS)
    assert first == {
        "id": "1",
        "title": "Red & blue",
        "link": "https://shop.example/1",
        "price": "9.99 USD",
        "additional_image_link": ["a.jpg", "b.jpg"],
        "Neckline": "V",
    }
    assert second == {"id": "2", "title": "<b>Two</b>"}


def test_atom_entries(tmp_path: Path) -> None:
    assert read(tmp_path, ATOM) == [
        {"id": "7", "title": "Lamp", "link": "https://shop.example/7", "summary": "Bright"}
    ]


def test_entries_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS, encoding="utf-8")
    assert [(row.line, row.unit) for row in read_feed(detect(path))] == [(1, "entry"), (2, "entry")]


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><item><id>&b;</id></item></rss>'
    with pytest.raises(SourceError, match="DOCTYPE"):
        read(tmp_path, bomb)


def test_broken_xml_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"feed\.xml.*line 1"):
        read(tmp_path, "<rss><item><id>1</id></rss>")


def test_an_endless_entry_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LONGEST_LINE", 100_000)
    with pytest.raises(SourceError, match="without one whole"):
        read(tmp_path, "<rss><item><id>" + "1" * 300_000 + "</id></item></rss>")


def test_many_entries_pass_that_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LONGEST_LINE", 100_000)
    entries = "".join(f"<item><id>{n}</id><title>{'x' * 500}</title></item>" for n in range(1000))
    assert len(read(tmp_path, f"<rss>{entries}</rss>")) == 1000
