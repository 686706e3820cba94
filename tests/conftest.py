"""What every test may ask for: real models, fetched once, a tiny one, and real data where this machine has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from platformdirs import user_cache_path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: on a busy machine its spinning threads stall

from retrievers.encoders import EmbeddedEncoder
from store.weights import WeightsSpec
from tests.tiny_llama import write_gguf

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


@pytest.fixture(scope="session")
def tiny_spec() -> WeightsSpec:
    return WeightsSpec(
        name="tiny-gguf",
        package="none",
        version="0",
        wheel_sha256="",
        wheel_size=0,
        inside="",
        model_file="tiny.gguf",
        model_sha256="1" * 64,
        unpacked_size=0,
        licence="none",
    )


@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that holds ``tiny.gguf``, as fetching would give it."""
    folder = tmp_path_factory.mktemp("gguf")
    write_gguf(folder / "tiny.gguf")
    return folder


@pytest.fixture(scope="session")
def tiny_folder(tiny_spec: WeightsSpec, tiny_gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as a transformers folder, made by the conversion itself."""
    from agent.engines.conversion import convert  # transformers: seconds that other tests need not wait

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.engines.conversion.fetch", lambda spec, models_dir: tiny_gguf)
        return convert(tiny_spec, tmp_path_factory.mktemp("models"))
