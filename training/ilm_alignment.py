"""Phase 1 of ILM: the item encoder learns, without the language model, what texts say and what shoppers do.

The losses of BLIP-2 (Li et al. 2023, arXiv:2301.12597, section 3.1) and the two that ILM adds (arXiv:2406.02844):

- ITC, item and text: InfoNCE, the similarity being that of the best query *for each candidate*;
- ITM: do this item and this text belong together, with hard negatives drawn by the similarities of ITC;
- ITG: write the text from the queries, which do not see it;
- II: items that one user took one after the other lie near, by the mean of their queries less the batch's;
- UI: a user lies near an item that they took.

Pairs of a batch that are no true negatives (the same text, the same item, an item of the same user) count as none.
The text that stands in the item's own inputs would give ITC away, so it is hidden from half the items.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from retrievers.item_inputs import ItemInputs
from retrievers.item_language_model import ItemEncoder
from training.ilm_material import MOST_PIECES

COMPARED = 128  # numbers in the space where items and texts are compared
ITC_TEMPERATURE = 0.07
II_TEMPERATURE = 0.05
HIDDEN_TEXTS = 0.5


@dataclass(frozen=True, slots=True)
class Batch:
    """Items with their texts, and pairs of them; ``None`` where nobody's doings are known."""

    inputs: ItemInputs
    pieces: Tensor  # (batch, MOST_PIECES)
    following: ItemInputs | None = None  # what a user took next, row by row
    takers: ItemInputs | None = None  # the user who took both, row by row
    same_user: Tensor | None = None  # (batch, batch) bool: row's user also took column's next item


class Alignment(nn.Module):
    """The parts that only phase 1 needs, around an item encoder and a frozen table of word vectors."""

    def __init__(self, encoder: ItemEncoder, table: Tensor) -> None:  # (vocabulary, dim)
        super().__init__()
        width = encoder.shape.width
        self._encoder = [encoder]  # in a list: its parameters are its own
        self._table = table
        self.text_in = nn.Linear(table.shape[1], width)
        self.text_out = nn.Linear(width, table.shape[1])
        self.places = nn.Parameter(torch.randn(MOST_PIECES + 1, width) * 0.02)
        self.first = nn.Parameter(torch.randn(width) * 0.02)  # stands before every text
        self.item_head = nn.Linear(width, COMPARED)
        self.text_head = nn.Linear(width, COMPARED)
        self.match_head = nn.Linear(width, 2)

    def losses(self, batch: Batch) -> dict[str, Tensor]:
        """Each loss of a batch by its name."""
        encoder = self._encoder[0]
        memory = encoder.memory(_hide_texts(batch.inputs))
        answers = self._queries(memory)
        texts, there = self._texts(batch.pieces)
        similarity = self._similarity(answers, texts, there)
        same = (batch.pieces[:, None] == batch.pieces[None]).all(-1)
        losses = {
            "itc": _contrast(similarity / ITC_TEMPERATURE, same),
            "itm": self._match(memory, texts, there, similarity.detach(), same),
            "itg": self._write(memory, batch.pieces, texts, there),
        }
        if batch.following is not None and batch.takers is not None and batch.same_user is not None:
            following = self._queries(encoder.memory(batch.following))
            losses["ii"] = _agree(answers, following, batch.same_user)
            losses["ui"] = _agree(self._queries(encoder.memory(batch.takers)), following, batch.same_user)
        return losses

    def _queries(self, memory: tuple[Tensor, Tensor]) -> Tensor:
        return self._read(memory, None, None)

    def _read(self, memory: tuple[Tensor, Tensor], texts: Tensor | None, mask: Tensor | None) -> Tensor:
        encoder, (rows, there) = self._encoder[0], memory
        queries = encoder.queries.expand(len(rows), -1, -1)
        joint = queries if texts is None else torch.cat([queries, texts], 1)
        output = encoder.qformer(
            query_embeds=joint,
            query_length=encoder.shape.queries,
            attention_mask=mask,
            encoder_hidden_states=rows,
            encoder_attention_mask=there[:, None, None],  # with texts beside, a flat one is taken for longer
        )
        states: Tensor = output.last_hidden_state
        return states

    def _texts(self, pieces: Tensor) -> tuple[Tensor, Tensor]:
        """Embedded texts behind their first mark, (batch, 1 + MOST_PIECES, width), and what is there of them."""
        words = self.text_in(F.embedding(pieces, self._table))
        texts = torch.cat([self.first.expand(len(pieces), 1, -1), words], 1) + self.places
        there = torch.cat([torch.ones_like(pieces[:, :1]), pieces], 1) > 0
        return texts, there

    def _similarity(self, answers: Tensor, texts: Tensor, there: Tensor) -> Tensor:
        """Cosine of each item (rows) to each text (columns), by the item's best query for that text."""
        read = self._encoder[0].qformer(query_embeds=texts, query_length=0, attention_mask=there)
        text = F.normalize(self.text_head(read.last_hidden_state[:, 0]), dim=-1)
        items = F.normalize(self.item_head(answers), dim=-1)
        return torch.einsum("ikd,td->ikt", items, text).amax(1)

    def _match(
        self, memory: tuple[Tensor, Tensor], texts: Tensor, there: Tensor, similarity: Tensor, same: Tensor
    ) -> Tensor:
        """True pairs, each item with a hard wrong text, and each text with a hard wrong item."""
        odds = (similarity / ITC_TEMPERATURE).masked_fill(same, -1e4)
        fair = ~same.all(1)  # rows that have a negative at all
        wrong_text = odds.softmax(1).multinomial(1).squeeze(1)
        wrong_item = odds.T.softmax(1).multinomial(1).squeeze(1)
        rows, present = memory
        count = len(rows)
        own = torch.arange(count)
        items, said = torch.cat([own, own[fair], wrong_item[fair]]), torch.cat([own, wrong_text[fair], own[fair]])
        queries = torch.ones(len(items), self._encoder[0].shape.queries, dtype=torch.bool)
        mask = torch.cat([queries, there[said]], 1)
        states = self._read((rows[items], present[items]), texts[said], mask)
        logits = self.match_head(states[:, : queries.shape[1]].mean(1))
        return F.cross_entropy(logits, (torch.arange(len(items)) < count).long())

    def _write(self, memory: tuple[Tensor, Tensor], pieces: Tensor, texts: Tensor, there: Tensor) -> Tensor:
        """The next piece of the text, from the queries and the pieces before."""
        states = self._read(memory, texts, written_mask(self._encoder[0].shape.queries, there))
        states = states[:, self._encoder[0].shape.queries : -1][pieces > 0]  # the state before each piece
        logits = self.text_out(states) @ self._table.T
        return F.cross_entropy(logits, pieces[pieces > 0])


def written_mask(queries: int, there: Tensor) -> Tensor:
    """Who sees whom while a text is written, (batch, 1, n, n) bool: queries each other, pieces all before them.

    >>> written_mask(1, torch.tensor([[True, True]]))[0, 0].int().tolist()
    [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    """
    length = queries + there.shape[1]
    sees = torch.ones(length, length, dtype=torch.bool).tril()
    sees[:queries, :queries] = True
    present = torch.cat([torch.ones(len(there), queries, dtype=torch.bool), there], 1)
    return (sees & present[:, None]).unsqueeze(1)


def _hide_texts(inputs: ItemInputs) -> ItemInputs:
    hidden = torch.rand(len(inputs), 1) < HIDDEN_TEXTS
    return replace(inputs, said=inputs.said & ~hidden)


def _contrast(logits: Tensor, same: Tensor) -> Tensor:
    """InfoNCE in both directions; pairs that are ``same`` without being the row's own count as no negatives."""
    own = torch.eye(len(logits), dtype=torch.bool)
    logits = logits.masked_fill(same & ~own, -1e4)
    aims = torch.arange(len(logits))
    return (F.cross_entropy(logits, aims) + F.cross_entropy(logits.T, aims)) / 2


def _agree(one: Tensor, other: Tensor, same: Tensor) -> Tensor:
    """InfoNCE of means over the queries, less the batch's mean: a best pair of queries would flatten the loss."""
    left, right = (F.normalize(each.mean(1) - each.mean((0, 1)), dim=-1) for each in (one, other))
    return _contrast(left @ right.T / II_TEMPERATURE, same)
