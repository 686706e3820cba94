"""Letters and yes after a history: through a real HTTP server that reads prompts of rows, and in process."""

from __future__ import annotations

import re
import time
from pathlib import Path

import numpy as np
import pytest

from agent.capability import Server as ModelServer
from agent.engines.in_process import InProcessChat
from agent.engines.server import ServerChat, connect_server
from agent.letter_judge import LetterJudge
from agent.model_roles import open_letter_judge
from agent.prompts import letter_messages
from agent.shop import Shop
from retrievers.base import Vectors
from retrievers.errors import LanguageModelUnavailable
from retrievers.judge import Wanted, shuffled
from retrievers.soft_tokens import Slot
from store.weights import SMOLLM2, is_fetched
from tests.agent.engines.answering import ROW, Reader
from tests.agent.engines.mixed_tokens import MixedTokens
from tests.agent.engines.scripted_server import Server

K = 8  # rows of an item
TEXTS = ("Steel pan", "Blue mug", "Red mug", "Blue bowl")
TITLES = Wanted("", liked=("Tea cup", "Plate"))
TOKENS = Wanted("", liked=("Tea cup", "Plate"), liked_ids=("c1", "p1"))


def listed(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Z])\. (.*?)(?:<\||$)", text, re.MULTILINE))


def likes_mugs(text: str, answer: str) -> float:
    """Likes mugs, and the beginning of the alphabet nearly as much."""
    if answer in ("Yes", "No"):
        return -0.1 if ("mug" in text.split("Product: ")[1]) == (answer == "Yes") else -2.1
    return ("mug" in listed(text)[answer]) * 3.0 - (ord(answer) - ord("A")) - 9.0


def test_letters_find_the_mugs_wherever_they_stand(server: Server, chat: ServerChat, reader: Reader) -> None:
    server.write = reader.scoring(likes_mugs)
    found = LetterJudge(chat, 8).letters(TOKENS, TEXTS, 5, 5.0)
    assert set(np.argsort(-found)[:2]) == {1, 2}
    assert found.max() == 1
    assert (found > 0).all()
    texts = [reader.text_of(body) for body in server.written]
    assert len(texts) == 5  # one forward pass for each order of the list
    assert len({tuple(listed(text).items()) for text in texts}) > 1
    assert all(sorted(listed(text).values()) == sorted(TEXTS) for text in texts)
    assert all(reader.answers_of(body) == ["A", "B", "C", "D"] for body in server.written)


def test_the_history_goes_out_as_rows_where_its_ids_are_told(
    server: Server, chat: ServerChat, reader: Reader
) -> None:
    server.write = reader.scoring(likes_mugs)
    judge = LetterJudge(chat, 8)
    judge.letters(TOKENS, TEXTS, 1, 5.0)
    judge.letters(TITLES, TEXTS, 1, 5.0)
    judge.letters(Wanted("a mug", ("Tea cup",), ("Red mug",), ("c1",)), TEXTS, 1, 5.0)
    rows, titles, asked = [reader.text_of(body) for body in server.written]
    assert f"Took to so far: {ROW * 2 * K}\nProducts:\nA. " in rows
    assert "Tea cup" not in rows
    assert "Took to so far: Tea cup; Plate\nProducts:\nA. " in titles
    assert f"Took to so far: {ROW * K}\nRefused: Red mug\nRequest: a mug\nProducts:\nA. " in asked


def test_a_liking_for_a_letter_is_spread_over_who_wears_it(server: Server, chat: ServerChat, reader: Reader) -> None:
    server.write = reader.scoring(lambda text, answer: 0.0 if answer == "A" else -10.0)
    judge = LetterJudge(chat, 8)
    once = judge.letters(TOKENS, TEXTS, 1, 5.0)
    assert sorted(once) == pytest.approx([np.exp(-10)] * 3 + [1.0])
    server.written.clear()
    often = judge.letters(TOKENS, TEXTS, 5, 5.0)
    first = [listed(reader.text_of(body))["A"] for body in server.written]
    by_hand = np.array([-10.0 * (5 - first.count(text)) / 5 for text in TEXTS])
    assert often == pytest.approx(np.exp(by_hand - by_hand.max()), rel=1e-4)
    assert len(set(first)) > 1


def test_no_rank_has_a_letter_of_its_own(server: Server, chat: ServerChat, reader: Reader) -> None:
    """A model that only likes A likes the first of a list no more often than the others, over many lists."""
    server.write = reader.scoring(lambda text, answer: 0.0 if answer == "A" else -10.0)
    judge = LetterJudge(chat)
    liked = [int(judge.letters(TITLES, [f"{text} {n}" for text in TEXTS], 1, 5.0).argmax()) for n in range(60)]
    assert all(5 <= liked.count(rank) <= 25 for rank in range(4))


def test_yes_is_weighed_against_no(server: Server, chat: ServerChat, reader: Reader) -> None:
    server.write = reader.scoring(likes_mugs)
    found = LetterJudge(chat, 8).fits(TOKENS, TEXTS, 5.0)
    yes = 1 / (1 + np.exp(-2.0))
    assert found == pytest.approx([1 - yes, yes, yes, 1 - yes], abs=1e-5)
    assert f"Took to so far: {ROW * 2 * K}\nProduct: Steel pan\n" in "".join(map(reader.text_of, server.written))


def test_a_server_that_gives_no_numbers_is_an_error(server: Server, chat: ServerChat, reader: Reader) -> None:
    server.write = reader.scoring(lambda text, answer: None)  # type: ignore[arg-type, return-value]
    with pytest.raises(LanguageModelUnavailable, match="no finite numbers"):
        LetterJudge(chat).letters(TOKENS, TEXTS, 1, 5.0)
    server.stop()
    with pytest.raises(LanguageModelUnavailable, match="not reachable"):
        LetterJudge(chat).letters(TOKENS, TEXTS, 1, 5.0)


def test_neither_a_slow_server_nor_slow_rows_cost_more_than_was_given(
    server: Server, chat: ServerChat, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    score = reader.scoring(likes_mugs)
    server.write = lambda body: (time.sleep(2), score(body))[1]
    began = time.monotonic()
    with pytest.raises(LanguageModelUnavailable, match=r"in time|within"):
        LetterJudge(chat, 8).letters(TITLES, TEXTS, 5, 0.3)
    assert time.monotonic() - began < 1
    server.write = score
    rows = MixedTokens.rows

    def slow(self: MixedTokens, slot: Slot) -> Vectors:
        time.sleep(2)
        return rows(self, slot)

    monkeypatch.setattr(MixedTokens, "rows", slow)
    began = time.monotonic()
    with pytest.raises(LanguageModelUnavailable, match=r"within 0\.3 s"):
        LetterJudge(chat, 8).letters(TOKENS, TEXTS, 1, 0.3)
    assert time.monotonic() - began < 1


def test_a_model_in_this_process_scores_the_same_list(answering: Path) -> None:
    chat = InProcessChat(model="tiny", prepare=lambda: answering, wait_s=30.0)
    chat.warm_up().join()
    judge = LetterJudge(chat)
    found = judge.letters(TITLES, TEXTS, 1, 30.0)
    (order,) = shuffled(TITLES, TEXTS, 1)
    scores = chat.letter_logprobs(letter_messages(TITLES, [TEXTS[at] for at in order]), "ABCD", 30.0)
    assert found[order] == pytest.approx(np.exp(scores - scores.max()), rel=1e-4)
    assert len(set(found.tolist())) == 4
    with pytest.raises(LanguageModelUnavailable, match="scored nothing within"):
        judge.letters(TITLES, TEXTS, 1, 0.0)


def test_the_programs_model_judges_or_says_why_not(
    server: Server, chat: ServerChat, reader: Reader, shop: Shop, tmp_path: Path
) -> None:
    server.write = reader.scoring(likes_mugs)
    judge, name, tokens = open_letter_judge(ModelServer(chat, False, prompts=reader.prompts), tmp_path, shop)
    assert (name, tokens) == ("shop-1", None)  # the shop has no item tokens
    assert "mug" in TEXTS[judge.letters(TITLES, TEXTS, 5, 5.0).argmax()]
    with (
        connect_server(server.address) as plain,
        pytest.raises(LanguageModelUnavailable, match="takes no prompts of rows, so it scores no letters"),
    ):
        open_letter_judge(ModelServer(plain, False), tmp_path, shop)


def test_the_small_model_judges_where_no_server_is_configured(models_dir: Path, shop: Shop) -> None:
    if not is_fetched(SMOLLM2, models_dir):
        pytest.skip(f"{SMOLLM2.name} is not in {models_dir}; starting Mercer once fetches it")
    judge, name, tokens = open_letter_judge(None, models_dir, shop)
    assert (name, tokens) == ("SmolLM2-135M-Instruct", None)
    for found in (judge.letters(TITLES, TEXTS, 1, 60.0), judge.fits(TITLES, TEXTS, 60.0)):
        assert ((found > 0) & (found <= 1)).all()
        assert len(set(found.tolist())) > 1
