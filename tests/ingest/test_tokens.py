"""The shipped encoding: reads any text, loses nothing, needs no network."""

from __future__ import annotations

import base64
import subprocess
import sys
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.tokens import ENCODING_NAME, count, encode, encoding

SENTENCE = "Hội đồng Thi đua – Khen thưởng tỉnh họp mỗi quý một lần, do Chủ tịch Ủy ban nhân dân tỉnh chủ trì."


@settings(deadline=None)
@given(st.text())
def test_decoding_gives_the_text_back(text: str) -> None:
    # A lone surrogate is no text: tiktoken writes U+FFFD for it.
    text = text.encode("utf-8", "replace").decode("utf-8")
    assert encoding().decode(encode(text)) == text


@settings(deadline=None)
@given(st.text(alphabet="aăâđêôơư ễ1. \n"), st.text(alphabet="aăâđêôơư ễ1. \n"))
def test_joining_texts_never_counts_more_than_a_token_more(first: str, second: str) -> None:
    assert count(first + second) <= count(first) + count(second) + 2


def test_a_vietnamese_word_is_mostly_one_token() -> None:
    assert count(SENTENCE) <= 1.3 * len(SENTENCE.split())


def test_decomposed_accents_cost_more() -> None:
    assert count(unicodedata.normalize("NFD", SENTENCE)) > 2 * count(SENTENCE)


def test_nothing_is_nothing() -> None:
    assert count("") == 0


@pytest.mark.parametrize("text", ["<|endoftext|>", "\x00", "🙂", "06/2022/QH15", "1.234.567", "\t\t\n"])
def test_odd_texts_are_plain_text(text: str) -> None:
    assert encoding().decode(encode(text)) == text


def test_ranks_hold_every_byte_first_and_no_gap() -> None:
    lines = files("ingest.encodings").joinpath(f"{ENCODING_NAME}.tiktoken").read_text("ascii").splitlines()
    ranks = {base64.b64decode(line.split()[0]): int(line.split()[1]) for line in lines}
    assert [ranks[bytes([byte])] for byte in range(256)] == list(range(256))
    assert sorted(ranks.values()) == list(range(len(lines)))


def test_counting_opens_no_socket() -> None:
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise AssertionError('socket opened')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "from ingest.tokens import count\n"
        "print(count('thi đua khen thưởng'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


def test_importing_loads_neither_tiktoken_nor_the_ranks() -> None:
    code = "import sys, ingest.tokens; print('tiktoken' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
