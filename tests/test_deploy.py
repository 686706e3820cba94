"""The compose file holds to what docs/DEPLOY.md promises; it is not started here."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from ui.settings import Settings

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return loaded


def test_only_the_page_has_a_port_and_only_on_this_machine(compose: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert ports == {"mercer": ["127.0.0.1:7860:7860"]}
    assert compose["networks"]["private"] == {"internal": True}
    for name in ("llm", "chroma"):
        assert compose["services"][name]["networks"] == ["private"]


def test_the_settings_are_mercers(compose: dict[str, Any]) -> None:
    settings = {f"MERCER_{field.name.upper()}" for field in fields(Settings)}
    assert set(compose["services"]["mercer"]["environment"]) <= settings


def test_versions_go_together(compose: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    vllm = project["optional-dependencies"]["vllm"][0].removeprefix("vllm==")
    assert {compose["services"][name]["image"] for name in ("llm", "fetch")} == {f"vllm/vllm-openai:v{vllm}"}
    assert f"VERSION={vllm}\n" in (ROOT / ".ci" / "vllm.sh").read_text("utf-8")
    assert compose["services"]["chroma"]["image"] == f"chromadb/chroma:{version('chromadb')}"


def test_the_server_takes_rows_and_calls_tools(compose: dict[str, Any]) -> None:
    flags = compose["services"]["llm"]["command"]
    assert {"--enable-prompt-embeds", "--enable-auto-tool-choice"} <= set(flags)
