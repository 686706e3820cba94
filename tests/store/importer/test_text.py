import pytest

from store.importer.text import clean, clean_lines, flat, identifier, plain_text, split_values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (b"\x00", ""),
        (True, "yes"),
        (False, "no"),
        (2011, "2011"),
        (" a\x00b\t c\u200b ", "ab c"),
        ("\ud800x", "?x"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_one_line_of_text(value: object, text: str) -> None:
    assert clean(value) == text


def test_line_breaks_survive_where_they_may() -> None:
    assert clean_lines("a\r\nb\rc") == "a\nb\nc"


def test_ids() -> None:
    assert identifier(10001.0) == "10001"
    assert identifier("007") == "007"


def test_descriptions_lose_their_markup_and_keep_their_lines() -> None:
    html = "<p>Soft &amp; warm.</p><ul><li>Wool<li>Hood</ul><script>alert(1)</script><style>p{}</style>5 < 6"
    assert plain_text(html) == "Soft & warm.\nWool\nHood\n5 < 6"
    assert plain_text("2 < 3, and R&D") == "2 < 3, and R&D"


def test_values_out_of_lists_of_any_form() -> None:
    assert flat(["a", ["b", {"x": ["c"]}], '["d", "e"]', "[not json"]) == ["a", "b", "c", "d", "e", "[not json"]
    assert split_values(["Waterproof| Lockable |", "Lockable"]) == ("Waterproof", "Lockable")
    assert split_values(["S,M", "L"], ",") == ("S", "M", "L")
    assert split_values(["Cocona&reg; fabric"], ";") == ("Cocona® fabric",)
