"""Whether a photo shows anything that the shop has, by how near its nearest items are.

Cosines mean something only within one encoder, so the floors belong to the embedded one; with another encoder every
photo counts as resembling something. Knows cosines and kinds of things, no items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class PhotoFloor:
    """Below ``photos`` to the nearest photo, nothing resembles it; nor below ``unsure`` when the neighbours disagree.

    They disagree when fewer than ``agreement`` of them are of one kind. ``texts`` is the floor where a shop has no
    photos.
    """

    photos: float
    unsure: float
    agreement: float
    texts: float

    def resembles(self, cosines: Sequence[float], kinds: Sequence[str]) -> bool:
        """Whether the nearest photos, best first, with the kinds of their items, look like the shopper's."""
        if not cosines:
            return True
        agreed = Counter(kinds).most_common(1)[0][1] >= self.agreement * len(kinds)
        return cosines[0] >= self.photos and (cosines[0] >= self.unsure or agreed)


# Calibrated on photos of what a shop has and of what it has not: docs/RESULTS.md, "Photos of other things".
FLOORS = {"embedded": PhotoFloor(photos=0.32, unsure=0.36, agreement=0.34, texts=0.24)}
