"""MovieLens 100k as a task: ratings of four stars and more in order, titles as they are said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from store.errors import SourceError
from training import sasrec
from training.movielens import main, read_movielens, title_of

TITLES = ["Crown, The (1990)", "Heat & Dust (1983)", *(f"Film {n} (1991)" for n in range(3, 31))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty films and twelve people, who like three in a row and then the next; each hates film 30."""
    (tmp_path / "u.item").write_text(
        "".join(f"{n}|{title}|01-Jan-1990||\n" for n, title in enumerate(TITLES, start=1)), encoding="latin-1"
    )
    rows = [(user, 1 + (user + step) % 25, 4 + step % 2, 100 + step) for user in range(1, 13) for step in range(4)]
    rows += [(user, 30, 1, 500) for user in range(1, 13)]
    (tmp_path / "u.data").write_text("".join("\t".join(map(str, row)) + "\n" for row in reversed(rows)))
    return tmp_path


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Postman, The (1997)", "The Postman"),
        ("Affair to Remember, An (1957)", "An Affair to Remember"),
        ("Heat (1995)", "Heat"),
        ("Heat", "Heat"),
        ("unknown", "unknown"),
    ],
)
def test_titles_are_written_as_they_are_said(written: str, said: str) -> None:
    assert title_of(written) == said


def test_the_last_film_that_was_liked_is_the_target(folder: Path) -> None:
    task = read_movielens(folder)
    assert task.titles[0] == "The Crown"
    assert (task.items, len(task.test.users)) == (30, 12)
    assert len(task.visits.users) == 48  # none of film 30
    for user, target in zip(task.test.users, task.test.targets, strict=True):
        number = int(task.visits.user_ids[user])
        assert target == (number + 3) % 25
        assert task.test.train.items[task.test.train.users == user].tolist() == [(number + n) % 25 for n in range(3)]
    assert task.candidates.shape == (12, 20)
    assert (task.candidates == task.test.targets[:, None]).any(axis=1).all()


def test_a_perfect_and_a_useless_scorer(folder: Path) -> None:
    task = read_movielens(folder)
    hit = np.zeros((12, 30), dtype=np.float32)
    hit[task.test.users, task.test.targets] = 1
    perfect, useless = task.figures(lambda users: hit[users]), task.figures(lambda users: -hit[users])
    for part in ("among 20", "full"):
        assert (perfect[part]["hr@5"], perfect[part]["ndcg@5"]) == (1, 1)
        assert useless[part]["hr@5"] == 0


def test_files_that_are_not_there_or_of_something_else_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"u\.item cannot be read.*--folder"):
        read_movielens(tmp_path)
    (tmp_path / "u.item").write_text("1;Heat\n")
    with pytest.raises(SourceError, match=r"u\.item: not a file of MovieLens 100k"):
        read_movielens(tmp_path)


def test_the_command_prints_a_row_for_each_baseline(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sasrec, "MOST_EPOCHS", 2)
    main(["baselines", "--folder", str(folder)])
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "12 users, 30 items, 48 ratings of 4 stars or more"
    assert [row.split(" | ")[0] for row in rows[4:]] == ["| popularity", "| als", "| bpr", "| ease", "| sasrec"]


def test_the_real_files_are_what_the_figures_say(shared_data: Path) -> None:
    task = read_movielens(shared_data / "ml100k")
    assert (len(task.test.users), task.items, len(task.visits.users)) == (942, 1682, 55375)
