"""Where in a draft a reply is, as its tokens come."""

from __future__ import annotations

from agent.engines.drafting import SPAN, Draft


def test_a_reply_may_begin_as_its_draft_and_is_offered_the_rest() -> None:
    draft = Draft(range(100))
    assert draft.ahead() == list(range(SPAN))
    draft.add(0)
    draft.add(1)
    assert draft.ahead() == list(range(2, 2 + SPAN))


def test_after_another_word_the_draft_goes_on_where_it_has_most_of_the_last_tokens() -> None:
    draft = Draft([1, 2, 3, 4, 5, 3, 5, 6])
    draft.add(9)
    assert draft.ahead() == []
    draft.add(3)
    assert draft.ahead() == [4, 5, 3, 5, 6]
    draft.add(5)  # after 3, so not the first 5
    assert draft.ahead() == [6]
    draft.add(4)  # behind: nothing follows that has it
    assert draft.ahead() == [5, 3, 5, 6]


def test_of_several_ways_the_draft_goes_on_in_the_one_that_was_begun() -> None:
    ways = [1, 2, 3, 4, 0, 5, 2, 3, 6, 0, 7, 3, 8]  # each ends with 0
    draft = Draft(ways)
    for id_ in (5, 2, 3):
        draft.add(id_)
    assert draft.ahead() == [6, 0, 7, 3, 8]
    draft.add(4)  # as in the first way
    assert draft.ahead()[:2] == [0, 5]


def test_without_a_draft_nothing_is_offered() -> None:
    draft = Draft([])
    draft.add(7)
    assert draft.ahead() == []
