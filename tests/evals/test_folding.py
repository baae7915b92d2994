from __future__ import annotations

import doctest

import pytest

from evals import folding, intervals, paired
from evals.folding import bare_words, document_key, folded, plain, says
from evals.metrics import answers, figures, provisions, speed, statements
from evals.perturb import keyboard
from evals.report import numbers


@pytest.mark.parametrize(
    "module", [folding, intervals, paired, answers, figures, provisions, speed, statements, keyboard, numbers]
)
def test_the_examples_in_the_docstrings_hold(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


def test_folding_forgives_typography_and_nothing_else():
    assert folded("“Bằng  khen” – **2014**‑2023 [12]") == "bằng khen - 2014-2023"  # noqa: RUF001
    assert folded("ĐỀ CƢƠNG") == "đề cương"
    assert folded("thưởng") != folded("thương")


def test_words_without_accents():
    assert bare_words("Đạt 88,61% (năm 2023)") == ["dat", "88", "61", "nam", "2023"]
    assert plain("Ủy ban đã hoà giải") == "Uy ban da hoa giai"
    assert plain("e\u0302\u0323") == "e"


@pytest.mark.parametrize(
    ("text", "wording", "stands"),
    [
        ("có 20 thành viên", "20 thành viên", True),
        ("có 120 thành viên", "20 thành viên", False),
        ("đạt 1.156", "156", False),
        ("đạt 1,5", "1", False),
        ("tổng 9.256.", "9.256", True),
        ("tổng 9.256,5", "9.256", False),
        ("1 156 và 156", "156", True),
        ("có 20 người", "20 Người", True),
        ("", "20", False),
    ],
)
def test_a_number_is_found_only_whole(text, wording, stands):
    assert says(folded(text), wording) is stands


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("000_a.txt", "000"),
        ("x/000.pdf", "000"),
        ("0001.pdf", "0001"),
        ("Kế hoạch.docx", "kế hoạch"),
        ("a.b.pdf", "a.b"),
    ],
)
def test_documents_are_told_apart_whatever_their_format(name, key):
    assert document_key(name) == key
