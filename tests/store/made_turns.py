"""Finished turns for tests and for the durability harness: each can be told from every other by its words."""

from __future__ import annotations

from PIL import Image

from store.schemas import Act, ActKind, FinishedTurn, ShownItem, UserTurn


def finished(words: str = "red dress", shown: int = 3, photos: tuple[str, ...] = ()) -> FinishedTurn:
    items = tuple(
        ShownItem(f"item-{rank}", rank, 1.0 / rank, f"Dress {rank}", 9.5 * rank, "USD", f"because {words}")
        for rank in range(1, shown + 1)
    )
    return FinishedTurn(
        user=UserTurn(words, photos, (Act(ActKind.REJECT, "item-9"),)),
        reply=f"You said: {words}",
        outcome="found",
        shown=items,
        understood={"intent": "search", "exclude": {"material": ["leather"]}, "price_max": 60.5},
        state={"needs": [{"type": "dress", "words": words}], "turns": 1},
        versions={"encoder": "embedded", "catalog": "abc"},
        timings_ms={"search": 12.5, "to_finish": 30.0},
    )


def photo(path: str, colour: str = "red") -> str:
    Image.new("RGB", (8, 8), colour).save(path, "JPEG")
    return path
