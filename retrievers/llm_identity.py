"""Which language model a set of embedding rows belongs to, read from its folder without loading the model.

Rows that stand for items are trained against one table of token embeddings. That table's fingerprint tells whether
a language model is the one they are made for. This module generates no text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from retrievers.errors import ItemTokensError
from retrievers.torchvision_shim import ensure_torchvision

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"


@dataclass(frozen=True, slots=True)
class TokenTable:
    """What a language model's first layer makes of token ids.

    ``weight`` is the embedding table, ``(vocabulary, dim)``. ``scale`` multiplies each of its rows (Gemma 3; 1 for
    most): rows that bypass the table are not scaled.
    """

    weight: Tensor
    scale: float = 1.0

    @property
    def dim(self) -> int:
        """The model's hidden size."""
        return self.weight.shape[1]

    @torch.inference_mode()
    def rows(self, ids: Sequence[int]) -> Tensor:
        """Embedding rows ``(len(ids), dim)`` of the table's dtype."""
        rows = self.weight[torch.tensor(ids, dtype=torch.long)]
        return rows if self.scale == 1.0 else rows * torch.tensor(self.scale, dtype=rows.dtype)

    def fingerprint(self) -> str:
        """The same for a table kept in float32 and for its copy in bfloat16."""
        weight = self.weight.detach().to("cpu", torch.bfloat16).contiguous()
        digest = hashlib.sha256(f"{weight.shape[0]}x{weight.shape[1]}:".encode())
        digest.update(weight.view(torch.uint8).numpy().data)
        return digest.hexdigest()


def table_of(module: nn.Module) -> TokenTable:
    """The table of a loaded model's ``get_input_embeddings()``; it follows the module's dtype."""
    assert isinstance(module.weight, Tensor)
    return TokenTable(module.weight, float(getattr(module, "scalar_embed_scale", 1.0)))


def read_table(folder: Path) -> TokenTable:
    """The embedding table of a transformers folder, the only tensor of it that is read.

    Raises
    ------
    ItemTokensError
        The folder is no causal language model with safetensors.
    """
    try:
        module = _empty_embedding(folder)
        name, file = _stored_table(folder, tuple(module.weight.shape))
        with safe_open(folder / file, "pt") as tensors:
            weight: Tensor = tensors.get_tensor(name)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ItemTokensError(
            f"No embedding table could be read from {folder}: {error}. Give the folder of a causal language model of "
            "transformers with its safetensors."
        ) from error
    return TokenTable(weight, table_of(module).scale)


def llm_fingerprint(folder: Path) -> str:
    """Fingerprint of the language model in a transformers folder: its vocabulary size, hidden size and table.

    Raises ``ItemTokensError`` as ``read_table`` does.
    """
    return read_table(folder).fingerprint()


def _empty_embedding(folder: Path) -> nn.Embedding:
    """The model's embedding layer without its numbers."""
    ensure_torchvision()
    from transformers import AutoConfig, AutoModelForCausalLM

    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    with torch.device("meta"):
        module = AutoModelForCausalLM.from_config(config).get_input_embeddings()  # type: ignore[no-untyped-call]
    assert isinstance(module, nn.Embedding)
    return module


def _stored_table(folder: Path, shape: tuple[int, ...]) -> tuple[str, str]:
    """Name and file of the tensor that is the embedding table, by its name's end and its shape.

    Tied to the output layer it may be stored under that one's name.
    """
    for end in ("embed_tokens.weight", "wte.weight", "word_embeddings.weight", "embed_in.weight", "lm_head.weight"):
        for name, file in _files(folder).items():
            if name.endswith(end) and _shape(folder / file, name) == shape:
                return name, file
    raise ValueError(f"none of its tensors is an embedding table of {shape[0]} x {shape[1]}")


def _files(folder: Path) -> dict[str, str]:
    """The file of each tensor."""
    if (folder / INDEX).exists():
        files: dict[str, str] = json.loads((folder / INDEX).read_text("utf-8"))["weight_map"]
        return files
    with safe_open(folder / SINGLE, "pt") as tensors:
        return dict.fromkeys(tensors.keys(), SINGLE)


def _shape(file: Path, name: str) -> tuple[int, ...]:
    with safe_open(file, "pt") as tensors:
        return tuple(tensors.get_slice(name).get_shape())
