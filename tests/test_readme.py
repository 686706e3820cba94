from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

import app
from ui.settings import Settings
from ui.templates import HEADER
from ui.xray_template import XRAY, XRAY_ITEMS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCS = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
NAMES = [run.__name__.rstrip("_").replace("_", "-") for run in app.COMMANDS]
ACTIONS = ("list", "show", "export", "forget")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if "python app.py" in line and "&&" not in line]


def test_the_first_screen_has_the_two_commands() -> None:
    assert BLOCKS[0] == "pip install -e . && python app.py\n"
    assert BLOCKS[1] == 'pip install -e ".[test]" && pytest\n'
    assert README.index(BLOCKS[1]) < 1500


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_understood(command: str) -> None:
    words = shlex.split(command.split("python app.py", 1)[1])
    assert app.command_of(words).run is not None


def options(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> set[str]:
    """What a command says of itself, but for what all take."""
    with pytest.raises(SystemExit):
        app.command_of([*words, "--help"])
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", capsys.readouterr().out)) - {"--help"}


@pytest.mark.parametrize("words", [(), *((name,) for name in NAMES), *(("transcripts", name) for name in ACTIONS)])
def test_every_option_of_a_command_is_documented(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    documented = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README + DOCS))
    assert options(words, capsys) <= documented


def test_every_setting_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"`(MERCER_[A-Z_]+)`", README))
    assert documented == {f"MERCER_{field.name.upper()}" for field in fields(Settings)}


def test_the_tree_is_the_tree() -> None:
    tree = README.split("## The tree\n\n```\n", 1)[1].split("```", 1)[0]
    for line in tree.splitlines():
        assert (ROOT / line.split()[0]).exists(), line


def test_everything_that_is_linked_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_what_is_named_of_the_x_ray_is_on_the_page() -> None:
    told = README.split("## Look inside an answer\n", 1)[1].split("\n## ", 1)[0]
    names = re.findall(r"\*\*(.+?)\*\*", told)
    assert {"X-ray", "Answer both ways"} <= set(names)
    for name in names:
        assert name in HEADER + XRAY + XRAY_ITEMS, name


def test_nothing_is_left_to_fill_in() -> None:
    assert not re.search(r"@[A-Z]+@", README)
