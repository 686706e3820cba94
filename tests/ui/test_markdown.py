import pytest

from ui.markdown import as_prose, as_typed


def test_typed_text_keeps_every_character_and_formats_none() -> None:
    assert as_typed("*a* _b_ `c` # d | $$e$$") == "\\*a\\* \\_b\\_ \\`c\\` \\# d \\| \\$\\$e\\$\\$"


@pytest.mark.parametrize(("text", "shown"), [("- one", "\\- one"), ("2. two", "2\\. two"), ("    code", "code")])
def test_typed_lines_make_no_list_and_no_code(text: str, shown: str) -> None:
    assert as_typed("first\n" + text) == "first\n" + shown


@pytest.mark.parametrize("function", [as_typed, as_prose])
def test_no_picture_no_link_and_no_html_survives(function) -> None:  # type: ignore[no-untyped-def]
    made = function("![x](https://evil.example/a) <img src=x> www.evil.example [a](javascript:b)")
    assert "![" not in made
    assert "](" not in made.replace("\\](", "")
    assert "https://" not in made
    assert "\\<img" in made
    assert "www." not in made


def test_prose_keeps_emphasis_and_lists() -> None:
    assert as_prose("**Two** fit:\n- one\n- two") == "**Two** fit:\n- one\n- two"
