"""Tokens become text as they come."""

from __future__ import annotations

from agent.engines.pieces import GeneratedToken, Piece, stream_text


def pieces(words: list[str], stop: tuple[str, ...] = (), finish: str = "length") -> list[Piece]:
    tokens = [GeneratedToken(i, finish if i == len(words) - 1 else "") for i in range(len(words))]
    return list(stream_text(tokens, lambda ids: "".join(words[i] for i in ids), stop))


def test_text_streams_as_it_comes() -> None:
    assert pieces(["A ", "warm", " boot"]) == [Piece("A "), Piece("warm"), Piece(" boot", "length")]


def test_stop_string_over_two_tokens_is_never_shown() -> None:
    assert pieces(["Hi", " EN", "D", " more"], stop=("END", "\n")) == [Piece("Hi"), Piece(" "), Piece("", "stop")]


def test_begun_stop_string_that_does_not_come_is_shown() -> None:
    assert pieces(["Hi", " EN", "d"], stop=("END",)) == [Piece("Hi"), Piece(" "), Piece("ENd", "length")]


def test_half_a_character_waits_for_the_rest() -> None:
    whole = "é".encode()
    tokens = [GeneratedToken(whole[0]), GeneratedToken(whole[1]), GeneratedToken(ord("!"), "stop")]
    shown = list(stream_text(tokens, lambda ids: bytes(ids).decode(errors="replace"), ()))
    assert shown == [Piece("é"), Piece("!", "stop")]


def test_a_piece_has_the_tokens_that_it_came_with() -> None:
    words = ["Hi", " EN", "d", "!"]
    assert [[token.id for token in piece.tokens] for piece in pieces(words, stop=("END",))] == [[0], [1], [2], [3]]
    assert [piece.text for piece in pieces(words, stop=("END",))] == ["Hi", " ", "ENd", "!"]
