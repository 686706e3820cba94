"""Where in a draft a reply is, as its tokens come."""

from __future__ import annotations

from agent.engines.drafting import SPAN, Draft


def test_a_reply_that_follows_its_draft_is_offered_the_rest() -> None:
    draft = Draft(range(100))
    assert draft.following(0) == list(range(1, 1 + SPAN))
    assert draft.following(1) == list(range(2, 2 + SPAN))


def test_after_another_word_two_tokens_of_the_draft_find_the_place_again() -> None:
    draft = Draft([1, 2, 3, 4, 5])
    assert draft.following(9) == []
    assert draft.following(3) == []
    assert draft.following(4) == [5]
    assert draft.following(5) == []


def test_without_a_draft_nothing_is_offered() -> None:
    assert Draft([]).following(7) == []
