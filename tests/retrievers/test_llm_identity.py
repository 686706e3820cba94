from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

from retrievers.errors import ItemTokensError
from retrievers.llm_identity import llm_fingerprint, read_table, table_of
from retrievers.torchvision_shim import ensure_torchvision

SMALL = {"vocab_size": 40, "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "head_dim": 8}
HEADS = {"num_attention_heads": 2, "num_key_value_heads": 1, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}


MODELS = {
    "gemma3_text": {**SMALL, **HEADS},
    "qwen3": {**SMALL, **HEADS, "tie_word_embeddings": False},
    "gpt2": {"vocab_size": 40, "n_embd": 16, "n_layer": 1, "n_head": 2, "n_positions": 40},
}


def made(kind: str) -> Any:
    ensure_torchvision()
    return AutoModelForCausalLM.from_config(AutoConfig.for_model(kind, **MODELS[kind]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    torch.manual_seed(3)
    made("qwen3").save_pretrained(tmp_path / "qwen")
    return tmp_path / "qwen"


@pytest.mark.parametrize("kind", MODELS)
def test_table_of_a_folder_gives_the_models_own_rows(kind: str, tmp_path: Path) -> None:
    model = made(kind)
    model.save_pretrained(tmp_path)
    ids = [5, 0, 39, 5]
    expected = model.get_input_embeddings()(torch.tensor(ids))
    assert torch.equal(read_table(tmp_path).rows(ids), expected)
    assert torch.equal(table_of(model.get_input_embeddings()).rows(ids), expected)
    assert llm_fingerprint(tmp_path) == table_of(model.get_input_embeddings()).fingerprint()


def test_fingerprint_is_the_same_in_both_dtypes_and_in_shards(folder: Path, tmp_path: Path) -> None:
    model = AutoModelForCausalLM.from_pretrained(folder).bfloat16()
    model.save_pretrained(tmp_path / "half")
    model.save_pretrained(tmp_path / "shards", max_shard_size="1KB")
    assert (tmp_path / "shards" / "model.safetensors.index.json").exists()
    one = llm_fingerprint(folder)
    assert read_table(tmp_path / "half").weight.dtype == torch.bfloat16 != read_table(folder).weight.dtype
    assert one == llm_fingerprint(tmp_path / "half") == llm_fingerprint(tmp_path / "shards")


def test_fingerprint_tells_another_table_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    model = AutoModelForCausalLM.from_pretrained(folder)
    before = table_of(model.get_input_embeddings()).fingerprint()
    model.lm_head.weight.data += 1.0  # what a model says is not what it reads
    assert table_of(model.get_input_embeddings()).fingerprint() == before
    model.get_input_embeddings().weight.data[7, 3] += 1.0
    assert table_of(model.get_input_embeddings()).fingerprint() != before


def test_a_folder_that_is_no_model_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ItemTokensError, match=r"nothing.*folder of a causal language model"):
        read_table(tmp_path / "nothing")
    shutil.copytree(folder, tmp_path / "other")
    (tmp_path / "other" / "model.safetensors").write_bytes(b"none")
    with pytest.raises(ItemTokensError, match="other"):
        read_table(tmp_path / "other")
    save_file({"model.embed_tokens.weight": torch.zeros(41, 16)}, tmp_path / "other" / "model.safetensors")
    with pytest.raises(ItemTokensError, match="embedding table of 40 x 16"):
        read_table(tmp_path / "other")
