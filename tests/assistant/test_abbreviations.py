"""Abbreviations are read as the words around them ask for, and stay where they are what is asked about."""

from __future__ import annotations

import pytest

from assistant.question.understand import understand
from assistant.spelling.abbreviations import Shortened, written_out
from assistant.spelling.reading import Reading, Speller

SHORTENED = Shortened({"bk": "Bắc Kạn"}, lambda word: 0)


def full(question: str, shortened: Shortened = SHORTENED) -> str:
    return written_out(Reading(question, question), shortened).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hồ sơ đề nghị CSTĐCS gồm những gì?", "Hồ sơ đề nghị chiến sĩ thi đua cơ sở gồm những gì?"),
        ("BK/GK do ai ký?", "BK/GK do ai ký?"),
        ("KT-XH tăng bao nhiêu?", "kinh tế xã hội tăng bao nhiêu?"),
        ("Số liệu TP. Bắc Giang", "Số liệu thành phố. Bắc Giang"),
        # One abbreviation, two meanings.
        ("CT hội đồng là ai?", "chủ tịch hội đồng là ai?"),
        ("CT số 34 nói về gì?", "chỉ thị số 34 nói về gì?"),
        ("nộp HS ở đâu", "nộp hồ sơ ở đâu"),
        ("bao nhiêu HS giỏi cấp quốc gia", "bao nhiêu học sinh giỏi cấp quốc gia"),
        ("GĐ sở là ai", "giám đốc sở là ai"),
        ("GĐ 2016-2020 có gì", "giai đoạn 2016-2020 có gì"),
        ("tặng bao nhiêu BK", "tặng bao nhiêu bằng khen"),
        ("GRDP năm 2020 của BK", "GRDP năm 2020 của Bắc Kạn"),
        # Numbers of papers, indicators, syllables and what is asked about stay.
        ("Quyết định 315/QĐ-UBND nói gì?", "Quyết định 315/QĐ-UBND nói gì?"),
        ("PCI xếp thứ mấy?", "PCI xếp thứ mấy?"),
        ("ban nào chủ trì", "ban nào chủ trì"),
        ("HTXSNV nghĩa là gì?", "HTXSNV nghĩa là gì?"),
        ("còn TL.?", "còn TL.?"),
    ],
)
def test_abbreviations_are_written_out(typed, meant):
    assert full(typed) == meant


def test_what_the_documents_always_shorten_stays():
    often = {"ubnd": 90, "uy": 100, "ban": 300, "nhan": 300, "dan": 300, "cstd": 1, "chien": 50, "si": 40}
    usual = Shortened({}, lambda word: often.get(word, 60))
    assert full("UBND tỉnh tặng mấy CSTĐ?", usual) == "UBND tỉnh tặng mấy chiến sĩ thi đua?"


def test_both_texts_of_a_reading_change_alike():
    reading = written_out(Reading("may cstd cua tinh", "mấy cstd của tỉnh"), SHORTENED)
    assert reading.mended == "may chiến sĩ thi đua cua tinh" and reading.text == "mấy chiến sĩ thi đua của tỉnh"
    assert reading.written == (("cstd", "chiến sĩ thi đua"),)


def test_a_question_is_understood_as_if_typed_in_full():
    speller = Speller(shortened=SHORTENED)
    short, long = (
        understand(question, (), speller)
        for question in (
            "KH nào của BCH quy định tỷ lệ LĐTT?",
            "kế hoạch nào của ban chấp hành quy định tỷ lệ lao động tiên tiến?",
        )
    )
    assert short.kinds == long.kinds and [word.text for word in short.words] == [word.text for word in long.words]
    assert understand("KH nào?", (), Speller()).written == ()
