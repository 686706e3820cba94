"""A language model changed by low-rank maps (LoRA: Hu et al. 2021, arXiv:2106.09685).

The variant that learned prompts are compared with. The changed model is saved whole, so that any engine can load it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from torch import nn

from retrievers.torchvision_shim import ensure_torchvision
from training.frozen_llm import FrozenLLM

RANK = 8


class LowRank:
    """The model of a folder with maps of rank ``RANK`` beside its linear ones; these alone are ``learned``."""

    def __init__(self, folder: Path) -> None:
        ensure_torchvision()
        from peft import LoraConfig, get_peft_model

        config = LoraConfig(r=RANK, lora_alpha=2 * RANK, target_modules="all-linear", task_type="CAUSAL_LM")
        self.llm = FrozenLLM(folder, lambda model: get_peft_model(model, config))
        self._folder = folder
        self.learned: list[nn.Parameter] = [each for each in self.llm.changed.parameters() if each.requires_grad]

    def save(self, out: Path) -> None:
        """The model with its changes merged, and its tokenizer."""
        from peft import PeftModel
        from transformers import AutoModelForCausalLM

        changes = out / "changes"
        adapted: Any = self.llm.changed
        adapted.save_pretrained(changes)
        model = AutoModelForCausalLM.from_pretrained(self._folder, local_files_only=True)
        merging: Any = PeftModel.from_pretrained(model, changes)
        merging.merge_and_unload().save_pretrained(out)
        self.llm.tokenizer.save_pretrained(out)
