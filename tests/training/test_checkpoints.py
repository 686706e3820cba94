from __future__ import annotations

from pathlib import Path

import pytest
import torch

from retrievers.errors import ItemTokensError
from training.checkpoints import half_done, keep


def test_what_was_kept_comes_back_and_nothing_half_written_stays(tmp_path: Path) -> None:
    keep(tmp_path / "t.pt", {"weights": torch.ones(3), "about": "demo"})
    with half_done(tmp_path / "t.pt", ItemTokensError, "start anew") as state:
        assert state["about"] == "demo"
        assert torch.equal(state["weights"], torch.ones(3))
    assert [path.name for path in tmp_path.iterdir()] == ["t.pt"]


def test_what_is_missing_torn_or_lacks_a_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.pt"
    with (
        pytest.raises(ItemTokensError, match="no half-done training"),
        half_done(path, ItemTokensError, "start anew"),
    ):
        pass
    keep(path, {"about": "demo"})
    with (
        pytest.raises(ItemTokensError, match=r"t\.pt is damaged \('weights'\); start anew"),
        half_done(path, ItemTokensError, "start anew") as state,
    ):
        state["weights"]
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(ItemTokensError, match="is damaged"), half_done(path, ItemTokensError, "start anew"):
        pass


def test_what_the_caller_refuses_passes_as_it_is(tmp_path: Path) -> None:
    keep(tmp_path / "t.pt", {"about": "demo"})
    with (
        pytest.raises(ItemTokensError, match=r"^of another store$"),
        half_done(tmp_path / "t.pt", ItemTokensError, "start anew"),
    ):
        raise ItemTokensError("of another store")
