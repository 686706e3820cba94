"""Turn a pinned GGUF file into a folder that transformers and vLLM both load in a second, once.

Reading the GGUF itself takes about 25 s on two cores, most of it for the tokenizer. The folder holds bfloat16
safetensors, tokenizer and chat template, and a marker with the hash of the file it was made from.

This module does not know how text is generated, and it fetches nothing by itself: ``store.weights`` does.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from filelock import FileLock
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

from agent.errors import EngineUnavailable
from retrievers.torchvision_shim import ensure_torchvision
from store.errors import WeightsError
from store.weights import WeightsSpec, fetch

MARKER = "converted.json"  # written before the folder gets its name, so a folder with the name is whole


def convert(spec: WeightsSpec, models_dir: Path) -> Path:
    """Folder ``models_dir/NAME`` with the safetensors of ``spec``, made from its GGUF file on the first call.

    A later call costs one small file read. Two processes may call it at once: one converts, the other waits.

    Raises
    ------
    EngineUnavailable
        The GGUF file could not be fetched, or the folder could not be written.
    """
    folder = models_dir / spec.folder_name
    if _is_made_from(folder, spec):
        return folder
    try:
        source = fetch(spec, models_dir)
        with FileLock(models_dir / f".{folder.name}.lock"):
            if not _is_made_from(folder, spec):
                print(f"Converting {spec.model_file}, once, about half a minute", file=sys.stderr, flush=True)
                _convert_into(folder, source, spec)
    except WeightsError as error:
        raise EngineUnavailable(str(error)) from error
    except OSError as error:
        raise EngineUnavailable(
            f"Cannot write the language model to {folder}: {error.strerror or error}. Free some space or make the "
            "folder writable, or set MERCER_HOME to another one."
        ) from error
    return folder


def _is_made_from(folder: Path, spec: WeightsSpec) -> bool:
    try:
        marker = json.loads((folder / MARKER).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    return bool(marker.get("source_sha256") == spec.model_sha256)


def _convert_into(folder: Path, source: Path, spec: WeightsSpec) -> None:
    """Write the whole folder under another name, then give it its own in one step."""
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as staging:
        made = Path(staging) / "made"
        _write_safetensors(source, spec.model_file, made)
        marker = {"source": spec.model_file, "source_sha256": spec.model_sha256, "licence": spec.licence}
        (made / MARKER).write_text(json.dumps(marker, indent=1), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)


def _write_safetensors(source: Path, gguf_file: str, target: Path) -> None:
    """Dequantise to bfloat16: without ``dequantize`` transformers keeps the quantised layout and cannot save it."""
    ensure_torchvision()
    model = AutoModelForCausalLM.from_pretrained(
        source,
        gguf_file=gguf_file,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.bfloat16,
        local_files_only=True,
    )
    tokenizer = AutoTokenizer.from_pretrained(source, gguf_file=gguf_file, local_files_only=True)
    model.save_pretrained(target)
    tokenizer.save_pretrained(target)
