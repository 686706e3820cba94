"""A Llama of 60,000 random parameters over single bytes, as a GGUF file: the smallest real language model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gguf import GGUFWriter, TokenType

DIM, HEADS, KV_HEADS, LAYERS, FEED_FORWARD = 32, 4, 2, 2, 64
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MERGES = ("t h",)  # a byte-level tokenizer needs one at least
TEMPLATE = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def byte_characters() -> list[str]:
    """The 256 printable stand-ins of byte-level BPE, in byte order."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in plain else chr(next(others)) for byte in range(256)]


def write_gguf(file: Path, seed: int = 0, merges: Sequence[str] = MERGES) -> None:
    """Write the model; another seed gives other weights, other merges other tokens beside the bytes."""
    writer = GGUFWriter(file, "llama")
    writer.add_context_length(1024)
    writer.add_embedding_length(DIM)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    _add_tokenizer(writer, merges)
    rng = np.random.default_rng(seed)
    for name, shape in _tensors(len(merges)).items():
        values = np.ones(shape) if name.endswith("norm.weight") else rng.normal(0, 0.4, shape)
        writer.add_tensor(name, values.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_tokenizer(writer: GGUFWriter, merges: Sequence[str]) -> None:
    tokens = SPECIAL + byte_characters() + [merge.replace(" ", "") for merge in merges]
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.CONTROL] * len(SPECIAL) + [TokenType.NORMAL] * (256 + len(merges)))
    writer.add_token_merges(list(merges))
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_pad_token_id(2)
    writer.add_chat_template(TEMPLATE)


def _tensors(merges: int) -> dict[str, tuple[int, ...]]:
    kv_dim = DIM // HEADS * KV_HEADS
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (len(SPECIAL) + 256 + merges, DIM),
        "output_norm.weight": (DIM,),
    }
    for layer in range(LAYERS):
        shapes |= {
            f"blk.{layer}.{name}.weight": shape
            for name, shape in {
                "attn_norm": (DIM,),
                "ffn_norm": (DIM,),
                "attn_q": (DIM, DIM),
                "attn_k": (kv_dim, DIM),
                "attn_v": (kv_dim, DIM),
                "attn_output": (DIM, DIM),
                "ffn_gate": (FEED_FORWARD, DIM),
                "ffn_up": (FEED_FORWARD, DIM),
                "ffn_down": (DIM, FEED_FORWARD),
            }.items()
        }
    return shapes
