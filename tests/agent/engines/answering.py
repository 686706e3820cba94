"""A tiny model to which Yes and No are tokens, and the other side of its server: prompts of rows read as words."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from fastapi import Response
from fastapi.responses import JSONResponse

from agent.engines.conversion import convert
from agent.engines.soft_prompt import SoftPrompts
from store.weights import WeightsSpec
from tests.agent.engines.scripted_server import completion
from tests.tiny_llama import MERGES, write_gguf

ROW = "▢"  # stands for a row that is no token


def answering_folder(spec: WeightsSpec, folder: Path) -> Path:
    write_gguf(folder / "tiny.gguf", merges=(*MERGES, "Y e", "Ye s", "N o"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.engines.conversion.fetch", lambda spec, models_dir: folder)
        return convert(spec, folder)


class Reader:
    """Reads the prompts that are sent, and answers with the log-probabilities that a test has for them."""

    def __init__(self, prompts: SoftPrompts) -> None:
        self.prompts = prompts

    def text_of(self, body: Mapping[str, Any]) -> str:
        rows = torch.load(io.BytesIO(base64.b64decode(body["prompt_embeds"])), weights_only=True).float()
        same = torch.cdist(rows, self.prompts.table.weight.float(), compute_mode="donot_use_mm_for_euclid_dist") == 0
        known = [int(row.nonzero()[0]) if row.any() else -1 for row in same]
        return "".join(ROW if id_ < 0 else self.prompts.tokenizer.decode([id_]) for id_ in known)

    def answers_of(self, body: Mapping[str, Any]) -> list[str]:
        return [self.prompts.tokenizer.decode([id_]) for id_ in body["logprob_token_ids"]]

    def scoring(self, told: Callable[[str, str], float]) -> Callable[[dict[str, Any]], Response]:
        """A server's side: ``told`` gives the log-probability of an answer after a text."""

        def write(body: dict[str, Any]) -> Response:
            text, ids = self.text_of(body), body["logprob_token_ids"]
            answers = zip(ids, self.answers_of(body), strict=True)
            shares = {f"token_id:{id_}": told(text, answer) for id_, answer in answers}
            return JSONResponse(completion("A", "length", {"tokens": ["A"], "top_logprobs": [shares]}))

        return write
