"""The X-ray drawer: how the last answer was found, from its trace to what the template ``XRAY`` paints.

For presenters. Pure functions; everything goes through ``for_template`` and is escaped by the template, but for the
map, which ``ui/catalog_map.py`` escapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from agent.events import Card
from retrievers.atlas import Atlas
from retrievers.judge import FITS, LETTERS, VOTES
from retrievers.trace import Trace
from ui.cards import Value, file_url, for_template
from ui.catalog_map import code_color, map_svg
from ui.contracts import Assistant
from ui.handlers import find_card
from ui.session import Session

MOST_BEAMS = 6
MOST_CANDIDATES = 10
_SOURCES = {
    "generative": "generator",
    "dense-text": "text vectors",
    "dense-image": "photo vectors",
    "bm25": "exact words (BM25)",
}
EVALUATORS = {
    "wished facts": "has the facts wished for",
    "said words": "says the shopper's words",
    "request": "near the request in meaning",
    "photo": "looks like the photo",
    "exact words": "exact words (BM25)",
    "said words beside a photo": "says the words beside the photo",
    "request beside a photo": "near the words beside the photo",
    "exact words beside a photo": "exact words beside the photo (BM25)",
    "wish": "near what the generator expects",
    "not like refused": "unlike what was refused",
    "like liked": "like what was liked",
    "like shown": "like what was talked about",
    FITS: "the language model says it fits",
    LETTERS: "the language model expects it next",
    VOTES: "the language model chooses it from a list",
}
_STAGES = {
    "photo": "Read the photo",
    "understand": "Understand the message",
    "search.filter": "Apply the hard conditions",
    "search.encode": "Encode words and photo",
    "search.generate": "Generate semantic IDs (beam search)",
    "search.dense": "Search text and photo vectors",
    "search.lexical": "Search exact words (BM25)",
    "search.fuse": "Join these lists (rank fusion)",
    "search.rerank": "Rerank at test time",
    "reply": "Write the reply",
}


def xray_value(session: Session, assistant: Assistant) -> Value:
    """What the drawer shows of how the last answer of a conversation was found."""
    atlas, trace = assistant.atlas, session.trace
    value: Value = {
        "has_generator": atlas is not None,
        "train": f"python app.py train --store {assistant.store_name}",
        "rerank": session.rerank,
        "searched": trace is not None,
        "stages": _stages(session.timings_ms),
    }
    if trace is None:
        return for_template({**value, "map": map_svg(atlas) if atlas else ""})

    def card(item_id: str) -> Card | None:
        return find_card(assistant, item_id)

    best = [trace.item_ids[at] for at in _order(trace, session.rerank)[:MOST_CANDIDATES]]
    return for_template(
        {
            **value,
            "request": trace.request,
            "conditions": [chip.label for chip in session.chips],
            "count": f"{len(trace.item_ids):,}",
            "all": len(trace.item_ids) <= MOST_CANDIDATES,
            "beams": _beams(trace, atlas, card) if atlas else [],
            "evaluators": _evaluators(trace),
            "weighed": bool(trace.verdicts),
            "rearranged": trace.rearranged and (session.rerank or not trace.verdicts),
            "stale": session.rerank and not trace.verdicts,
            "candidates": list(_candidates(trace, session.rerank, card)),
            "map": map_svg(atlas, best) if atlas else "",
        }
    )


def _order(trace: Trace, rerank: bool) -> list[int]:
    """Places of the candidates as the switch stands, best first; found with reranking off, as the answer has them."""
    return [int(at) for at in (trace.order if rerank or not trace.verdicts else trace.base_order)]


def _stages(timings_ms: Mapping[str, float]) -> list[Value]:
    """Milliseconds of each stage, with its share of the longest for a bar."""
    timed = [(label, timings_ms[stage]) for stage, label in _STAGES.items() if stage in timings_ms]
    longest = max((ms for _, ms in timed), default=0.0)
    return [{"label": label, "ms": f"{ms:.1f}", "share": _percent(ms / (longest or 1.0))} for label, ms in timed]


def _beams(trace: Trace, atlas: Atlas, card: Callable[[str], Card | None]) -> list[Value]:
    """The first beams: their items, and of each level the code and the words that it adds."""
    assert trace.ids is not None, "a store with an atlas has semantic IDs"
    beams: list[Value] = []
    for item_id, row, score in zip(trace.item_ids, trace.ids.tolist(), trace.base_scores, strict=True):
        if len(beams) == min(trace.beams, MOST_BEAMS):
            break
        codes = row[:-1]
        levels = [
            {"n": str(depth), "code": str(codes[depth - 1]), "words": ", ".join(atlas.words(codes[:depth])) or "–"}
            for depth in range(1, len(codes) + 1)
        ]
        beams.append(
            {
                **_named(item_id, card),
                "id": "-".join(map(str, row)),
                "last": str(row[-1]),
                "color": code_color(codes[0]),
                "levels": levels,
                "score": f"{score:.2f}",
            }
        )
    return beams


def _evaluators(trace: Trace) -> list[Value]:
    """The evaluators that were asked, and how much each was learned to count."""
    asked = [(EVALUATORS[name], trace.powers[name]) for name in _telling(trace) if name in trace.powers]
    most = max((power for _, power in asked), default=0.0)
    return [
        {"name": name, "power": f"{power:.2f}", "share": _percent(power / (most or 1.0))} for name, power in asked
    ]


def _telling(trace: Trace) -> list[str]:
    """The evaluators that had anything to go by: they do not give all candidates the same."""
    return [name for name, verdicts in trace.verdicts.items() if np.ptp(verdicts) > 0]


def _candidates(trace: Trace, rerank: bool, card: Callable[[str], Card | None]) -> Iterator[dict[str, Any]]:
    """The best candidates as the switch stands: both places, who proposed each, and each evaluator's verdict."""
    ranks = [{at: rank for rank, at in enumerate(_order(trace, on), start=1)} for on in (False, True)]
    for at in _order(trace, rerank)[:MOST_CANDIDATES]:
        before, after = (rank[at] for rank in ranks)
        yield {
            **_named(trace.item_ids[at], card),
            "rank": str(after if rerank or not trace.verdicts else before),
            "before": str(before),
            "after": str(after),
            "moved": "up" if after < before else "down" if after > before else "",
            "sources": ", ".join(_SOURCES.get(name, name) for name in trace.sources[at]) or "none",
            "base": f"{trace.base_scores[at]:.3g}",
            "score": f"{trace.scores[at]:.3g}",
            "verdicts": [
                {"name": EVALUATORS[name], "value": f"{row[at]:.2f}", "share": _percent(float(row[at]))}
                for name, row in ((name, trace.verdicts[name]) for name in _telling(trace))
            ],
        }


def _named(item_id: str, card: Callable[[str], Card | None]) -> Value:
    found = card(item_id)
    return {
        "item_id": item_id,
        "title": found.item.title if found else item_id,
        "image": file_url(found.image) if found else "",
    }


def _percent(share: float) -> str:
    return f"{100 * min(1.0, max(0.0, share)):.0f}"
