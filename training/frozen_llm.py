"""A causal language model that is never trained: prompts with item rows in, losses and scores of answers out.

A prompt is a chat of one question, in the model's own template, with items' rows where the question names them. What
comes before the question is the same for all prompts, so its keys and values are computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from retrievers.errors import ItemTokensError
from retrievers.llm_identity import table_of
from retrievers.soft_tokens import READING_SYSTEM
from retrievers.torchvision_shim import ensure_torchvision
from training.device import on_gpu

QUESTION = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for the question where the template is cut


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer: text, and numbers of items (rows of a batch's ``items``) where they stand."""

    question: tuple[str | int, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the model made of answers: per token its natural-log probability and whether it was the likeliest.

    All are (prompts, longest answer); ``there`` is False beyond an answer's end.
    """

    log_probs: Tensor
    hits: Tensor
    there: Tensor

    @property
    def nats(self) -> Tensor:
        """Mean negative log-probability of an answer's tokens, for each prompt."""
        return -(self.log_probs * self.there).sum(1) / self.there.sum(1)


class HalfLinear(nn.Module):
    """A frozen linear map multiplied in bfloat16 between single-precision neighbours.

    On a CPU the products are most of a step and twice as fast so, while whole models in bfloat16 lose that again in
    their small operations. On a GPU the whole model is in bfloat16, but for its last product.
    """

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.weight = linear.weight.data.bfloat16()
        self.bias = None if linear.bias is None else linear.bias.data.bfloat16()

    def forward(self, states: Tensor) -> Tensor:
        """``linear`` of the states, in their precision."""
        return nn.functional.linear(states.bfloat16(), self.weight, self.bias).to(states.dtype)


class FrozenLLM:
    """The model, its tokenizer and its embedding table."""

    def __init__(self, folder: Path, change: Callable[[nn.Module], nn.Module] | None = None) -> None:
        """Load it; ``change`` may put parts beside its linear maps that learn (``changed`` is what it returns).

        Raises ``ItemTokensError`` where the folder holds none.
        """
        ensure_torchvision()
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self._precision = torch.bfloat16 if on_gpu() else torch.float32
        try:
            self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=self._precision, local_files_only=True)
        except (OSError, ValueError, SafetensorError) as error:
            reason = str(error).split("\n")[0]
            raise ItemTokensError(
                f"{folder} holds no causal language model ({reason}); give the folder of one that transformers reads"
            ) from error
        self.model = model.to(torch.get_default_device()).requires_grad_(False)
        table = table_of(self.model.get_input_embeddings())
        self.fingerprint = table.fingerprint()
        self.table: Tensor = table.weight.float() * table.scale
        self.changed = change(self.model) if change else self.model
        _halve(self.model)
        self.dim = int(self.table.shape[1])
        self._known: dict[str, list[int]] = {}  # titles and questions come again and again
        chat = [{"role": "system", "content": READING_SYSTEM}, {"role": "user", "content": QUESTION}]
        text = str(self.tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False))
        before, after = text.split(QUESTION)
        self.after = self.ids(after)
        self.end = [int(self.tokenizer.eos_token_id)]
        self._before = self._keys_and_values(self.ids(before))

    def ids(self, text: str) -> list[int]:
        """Token ids without marks of begin and end."""
        if text not in self._known:
            self._known[text] = list(self.tokenizer(text, add_special_tokens=False).input_ids)
        return self._known[text]

    @torch.no_grad()
    def _keys_and_values(self, ids: list[int]) -> list[tuple[Tensor, Tensor]]:
        cache = self._cache([], 1)
        self._run(self.table[ids][None], cache)
        return _kept(cache)

    @torch.no_grad()
    def continuing(self, prompt: Tensor) -> Callable[[Sequence[Sequence[int]]], Tensor]:  # (rows, dim)
        """What may follow in an answer to a prompt, its rows those after the fixed beginning, which is read once.

        The function takes first tokens of answers, n lists alike or not in length, and gives the log-probabilities of
        the next, (n, vocabulary).
        """
        cache = self._cache(self._before, 1)
        first: Tensor = self.model.lm_head(self._run(prompt[None], cache)[:, -1])
        kept = _kept(cache)

        @torch.no_grad()
        def following(begun: Sequence[Sequence[int]]) -> Tensor:
            if not any(begun):
                return first.log_softmax(-1).expand(len(begun), -1)
            ids = nn.utils.rnn.pad_sequence([torch.tensor(each) for each in begun], batch_first=True)
            states = self._run(self.table[ids], self._cache(kept, len(ids)))
            ends = torch.tensor([len(each) - 1 for each in begun])
            log_probs: Tensor = self.model.lm_head(states[torch.arange(len(ids)), ends]).log_softmax(-1)
            return log_probs

        return following

    def scores_of_each(self, question: str, answers: Sequence[Sequence[str]], items: Tensor) -> Tensor:
        """The same for many items that are asked about alone, each with as many answers: (items, answers)."""
        prompts = [self._prompt(Asked((0, question), ""), items[at : at + 1]) for at in range(len(items))]
        return self._scores(torch.stack(prompts), answers)

    @torch.no_grad()
    def _scores(
        self, prompts: Tensor, answers: Sequence[Sequence[str]]
    ) -> Tensor:  # (n, rows, dim), n of a -> (n, a)
        cache, count = self._cache(self._before, len(prompts)), len(answers[0])
        first = self.model.lm_head(self._run(prompts, cache)[:, -1]).log_softmax(-1)  # (n, vocabulary)
        ids = [self.ids(answer) + self.end for some in answers for answer in some]
        padded = nn.utils.rnn.pad_sequence([torch.tensor(each) for each in ids], batch_first=True)
        there = torch.arange(padded.shape[1]) < torch.tensor([len(each) for each in ids])[:, None]
        kept = [
            (keys.repeat_interleave(count, 0), values.repeat_interleave(count, 0)) for keys, values in _kept(cache)
        ]
        states = self._run(self.table[padded[:, :-1]], self._cache(kept, len(ids)))[there[:, 1:]]
        later = torch.zeros(len(ids), padded.shape[1] - 1)
        spoken = self.model.lm_head(states).log_softmax(-1).gather(1, padded[:, 1:][there[:, 1:]][:, None])
        later[there[:, 1:]] = spoken.squeeze(1)
        begun = first.repeat_interleave(count, 0).gather(1, padded[:, :1]).squeeze(1)
        scores: Tensor = (begun + later.sum(1)).view(len(prompts), count)
        return scores

    def tell(self, asked: Sequence[Asked], items: Tensor | Sequence[Tensor]) -> Told:
        """Read the prompts with their answers; ``items`` are the rows of the batch's items, (items, K, dim).

        They may also be of different lengths.
        """
        prompts = [self._prompt(each, items) for each in asked]
        answers = [self.ids(each.answer) + self.end for each in asked]
        rows, starts, longest = [], [], max(map(len, answers))
        for prompt, answer in zip(prompts, answers, strict=True):
            rows.append(torch.cat([prompt, self.table[answer[:-1]]]))
            starts.append(len(prompt) - 1)  # the state before an answer's first token foretells it
        hidden = self._states(nn.utils.rnn.pad_sequence(rows, batch_first=True))
        places = torch.tensor(starts)[:, None] + torch.arange(longest)
        there = torch.arange(longest) < torch.tensor([len(answer) for answer in answers])[:, None]
        ids = torch.tensor([answer + [0] * (longest - len(answer)) for answer in answers])
        states = hidden[torch.arange(len(asked))[:, None], places.clamp_max(hidden.shape[1] - 1)][there]
        logits = self.model.lm_head(states)  # the answers alone: the vocabulary is most of the cost
        log_probs = torch.zeros(there.shape).masked_scatter(
            there, logits.log_softmax(-1).gather(1, ids[there][:, None]).squeeze(1)
        )
        hits = torch.zeros(there.shape, dtype=torch.bool).masked_scatter(there, logits.argmax(-1) == ids[there])
        return Told(log_probs, hits, there)

    def _prompt(self, asked: Asked, items: Tensor | Sequence[Tensor]) -> Tensor:
        """Rows of what follows the fixed beginning, up to where the answer begins, (rows, dim)."""
        parts = [items[part] if isinstance(part, int) else self.table[self.ids(part)] for part in asked.question]
        return torch.cat([*parts, self.table[self.after]])

    def _states(self, rows: Tensor) -> Tensor:
        """States after the fixed beginning; padding lies behind the answers, where causal attention is blind."""
        return self._run(rows, self._cache(self._before, len(rows)))

    def branching(self, rows: Tensor, places: Tensor, sees: Tensor) -> Tensor:  # -> (n, rows, dim)
        """States of rows (n, rows, dim) after the fixed beginning, which all see, each at its own place in a prompt.

        ``places`` (n, rows) count from the beginning's end; ``sees`` (n, rows, rows) bool tells which row (second
        axis) sees which (third).
        """
        start = self._before[0][0].shape[-2]
        begun = torch.ones(*sees.shape[:2], start, dtype=torch.bool, device=sees.device)
        mask = torch.cat([begun, sees], -1)[:, None]
        return self._run(rows, self._cache(self._before, len(rows)), attention_mask=mask, position_ids=places + start)

    def _run(self, rows: Tensor, cache: Any, **how: Tensor) -> Tensor:  # (n, rows, dim) -> (n, rows, dim)
        """Last states after these rows, which the cache then holds too."""
        rows = rows.to(self._precision)
        output = self.model.model(inputs_embeds=rows, past_key_values=cache, use_cache=True, **how)
        states: Tensor = output.last_hidden_state
        return states.float()

    def _cache(self, kept: Sequence[tuple[Tensor, Tensor]], count: int) -> Any:
        """Keys and values of one beginning, for ``count`` prompts that share it."""
        from transformers import DynamicCache

        cache = DynamicCache(config=self.model.config)
        for layer, (keys, values) in enumerate(kept):
            cache.update(keys.expand(count, -1, -1, -1), values.expand(count, -1, -1, -1), layer)
        return cache


def _kept(cache: Any) -> list[tuple[Tensor, Tensor]]:
    return [(layer.keys, layer.values) for layer in cache.layers]


def _halve(module: nn.Module) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.Linear) and not any(weights.requires_grad for weights in child.parameters()):
            setattr(module, name, HalfLinear(child))
        else:
            _halve(child)
