"""Everything that the environment decides, read once at start."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, fields
from pathlib import Path

from store.generations import home_folder
from ui.errors import BadSetting

_OF_TESTS = ("MERCER_TEST_", "MERCER_VLLM_", "MERCER_SCREENSHOTS")  # of the test suite and of what runs it


@dataclass(frozen=True)
class Settings:
    """The settings of one running program."""

    home: Path
    encoder: str
    chroma_url: str | None
    llm_base_url: str | None
    llm_model: str | None
    llm_api_key: str
    llm_folder: Path | None
    rerank_ms: float | None

    @classmethod
    def from_environment(cls) -> Settings:
        """The variables ``MERCER_*`` of the README; raises ``BadSetting`` for one that is no value of its kind."""
        env = os.environ
        return cls(
            home=home_folder(),
            encoder=env.get("MERCER_ENCODER") or "embedded",
            chroma_url=env.get("MERCER_CHROMA_URL") or None,
            llm_base_url=env.get("MERCER_LLM_BASE_URL") or None,
            llm_model=env.get("MERCER_LLM_MODEL") or None,
            llm_api_key=env.get("MERCER_LLM_API_KEY") or "EMPTY",
            llm_folder=Path(folder).expanduser() if (folder := env.get("MERCER_LLM_FOLDER")) else None,
            rerank_ms=_milliseconds("MERCER_RERANK_MS", env.get("MERCER_RERANK_MS")),
        )


def setting_names() -> list[str]:
    """The variables that decide something."""
    return [f"MERCER_{field.name.upper()}" for field in fields(Settings)]


def unknown_settings() -> list[str]:
    """Variables of the environment that look like settings and are none."""
    ours = {name for name in os.environ if name.startswith("MERCER_") and not name.startswith(_OF_TESTS)}
    return sorted(ours - set(setting_names()))


def _milliseconds(name: str, value: str | None) -> float | None:
    """A number of milliseconds from the environment; None where it is not set.

    Raises
    ------
    BadSetting
        It is no number, or below 0.
    """
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise BadSetting(f"{name} is {value!r}; give milliseconds such as 100, or 0 for none.")
    return number
