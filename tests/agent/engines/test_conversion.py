"""The conversion runs once, is whole or absent, and says what went wrong."""

from __future__ import annotations

import dataclasses
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from gguf import GGUFReader
from safetensors.torch import load_file

from agent.engines import conversion
from agent.engines.conversion import convert
from agent.errors import EngineUnavailable
from store.errors import WeightsError
from store.weights import WeightsSpec


@pytest.fixture(autouse=True)
def _fetched(monkeypatch: pytest.MonkeyPatch, tiny_gguf: Path) -> None:
    monkeypatch.setattr(conversion, "fetch", lambda spec, models_dir: tiny_gguf)


def stamps(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


def test_folder_holds_the_weights_of_the_file(tiny_folder: Path, tiny_gguf: Path, tiny_spec: WeightsSpec) -> None:
    tensors = load_file(tiny_folder / "model.safetensors")
    source = {tensor.name: tensor.data for tensor in GGUFReader(tiny_gguf / "tiny.gguf").tensors}
    table = tensors["model.embed_tokens.weight"]
    assert table.dtype == torch.bfloat16
    np.testing.assert_allclose(table.float().numpy(), source["token_embd.weight"], rtol=0.01)
    marker = json.loads((tiny_folder / "converted.json").read_text())
    assert marker["source_sha256"] == tiny_spec.model_sha256


def test_second_call_touches_nothing(tiny_folder: Path, tiny_spec: WeightsSpec) -> None:
    before = stamps(tiny_folder)
    assert convert(tiny_spec, tiny_folder.parent) == tiny_folder
    assert stamps(tiny_folder) == before


def test_callers_at_once_make_it_once(
    tiny_spec: WeightsSpec, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ThreadPoolExecutor(3) as pool:
        folders = list(pool.map(lambda _: convert(tiny_spec, tmp_path), range(3)))
    assert set(folders) == {tmp_path / "tiny"}
    assert capsys.readouterr().err.count("Converting tiny.gguf") == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == [".tiny.lock", "tiny"]


def test_made_from_another_file_is_made_again(tiny_folder: Path, tiny_spec: WeightsSpec, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder, tmp_path / "tiny")
    other = dataclasses.replace(tiny_spec, model_sha256="2" * 64)
    convert(other, tmp_path)
    assert json.loads((tmp_path / "tiny" / "converted.json").read_text())["source_sha256"] == "2" * 64


def test_failure_leaves_no_folder(tiny_spec: WeightsSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(conversion, "_write_safetensors", disk_full)
    with pytest.raises(EngineUnavailable, match=r"No space left on device.*MERCER_HOME"):
        convert(tiny_spec, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [".tiny.lock"]


def test_download_failure_is_the_engines_failure(
    tiny_spec: WeightsSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(*_: object) -> Path:
        raise WeightsError("Cannot fetch it: no network.")

    monkeypatch.setattr(conversion, "fetch", offline)
    with pytest.raises(EngineUnavailable, match="no network"):
        convert(tiny_spec, tmp_path)
