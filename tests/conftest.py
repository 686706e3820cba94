"""What every test may ask for: real models, fetched once, and the real data where this machine has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from platformdirs import user_cache_path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: on a busy machine its spinning threads stall

from retrievers.encoders import EmbeddedEncoder

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """Where the suite keeps model files, so that it downloads them once and not in every run."""
    home = os.environ.get("MERCER_TEST_HOME")
    return (Path(home) if home else user_cache_path("mercer-tests")) / "models"


@pytest.fixture(scope="session")
def embedded(models_dir: Path) -> EmbeddedEncoder:
    """The real default encoder."""
    return EmbeddedEncoder(models_dir)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data sets; skips where the machine has none."""
    if not SHARED.is_dir():
        pytest.skip(f"no real data at {SHARED}")
    return SHARED
