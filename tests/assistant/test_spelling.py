"""Questions as they are typed: accents left out, keys of the input method left in, letters hit wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.question.courtesy import unwrapped
from assistant.question.understand import understand
from assistant.spelling.model import Nearby, load
from assistant.spelling.reading import Speller
from assistant.spelling.telex import telex, vni
from ingest.clean import clean, fold

GOLD = Path(__file__).parents[2] / "evals" / "gold"
SPELLER = Speller()


def read(question: str) -> str:
    return SPELLER.read(question).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "chu tich ubnd tinh tang bang khen cho bao nhieu tap the",
            "chủ tịch ubnd tỉnh tặng bằng khen cho bao nhiêu tập thể",
        ),
        ("Ca nhan can dieu kien gi de duoc khen thuong?", "Cá nhân cần điều kiện gì để được khen thưởng?"),
        ("tinh trien khai may de tai, du an", "tỉnh triển khai mấy đề tài, dự án"),
        ("CHIEN SI THI DUA CO SO", "CHIẾN SĨ THI ĐUA CƠ SỞ"),
        ("con duong nao dai nhat?", "con đường nào dài nhất?"),
        ("phong duoc giao may bien che vay?", "phòng được giao mấy biên chế vậy?"),
        ("mua may tinh thi ai ky?", "mua máy tính thì ai ký?"),
        ("luat nam 2022 so bao nhieu, nam o van ban so nao?", "luật năm 2022 số bao nhiêu, nằm ở văn bản số nào?"),
        ("ke hoach thi dua 2024 bo tri bao nhieu kinh phi?", "kế hoạch thi đua 2024 bố trí bao nhiêu kinh phí?"),
    ],
)
def test_accents_left_out_are_put_back(typed, meant):
    assert read(typed) == meant


def test_half_the_accents_are_enough_to_see_that_the_rest_is_missing():
    assert read("Hội dong thi dua khen thưởng tinh có bao nhieu thanh viên?") == (
        "Hội đồng thi đua khen thưởng tỉnh có bao nhiêu thành viên?"
    )


@pytest.mark.parametrize("typed", ["đường", "đương", "dương"])
def test_an_accent_that_was_typed_stays(typed):
    found = read(f"{typed} nhien trong tinh")
    assert found.split()[0] == typed and found != f"{typed} nhien trong tinh"


@pytest.mark.parametrize("name", ["bundled", "law"])
def test_a_question_with_all_its_accents_is_left_as_it_is(name):
    rows = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = [
        unwrapped(clean(row["question"]).text)
        for row in rows
        if row["style"] in ("formal", "colloquial", "abbreviation")
    ]
    typed = [question for question in questions if fold(question) != question.lower()]
    assert len(typed) > 80
    assert [question for question in typed if SPELLER.read(question).changed] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tập thể được khen thuwowngr", "tập thể được khen thưởng"),
        ("tập thể được khen thươngr", "tập thể được khen thưởng"),
        ("phong traof thi ddua", "phong trào thi đua"),
        ("thi d9ua khen thu7o7ng3", "thi đua khen thưởng"),
        ("thi đua cấp tinh3", "thi đua cấp tỉnh"),
        ("tặgn bằng khne cho tập thể", "tặng bằng khen cho tập thể"),
        ("khenn thưởng cho cá nhâ", "khen thưởng cho cá nhân"),
        ("khwn thuong ca nhan", "khen thưởng cá nhân"),
        ("danh hiệu TTLDDXS, CSTD9", "danh hiệu TTLĐXS, CSTĐ"),
    ],
)
def test_slips_of_the_hand_are_put_right(typed, meant):
    assert read(typed) == meant


def test_slips_are_told_apart_from_accents():
    found = SPELLER.read("tap the duoc khen thuwowngr")
    assert found.mended == "tap the duoc khen thưởng" and found.text == "tập thể được khen thưởng"
    assert found.slips == (("thuwowngr", "thưởng"),)


@pytest.mark.parametrize(
    "typed",
    [
        "Kế hoạch 315/KH-UBND ngày 02/5/2021 nói gì về NTM, OCOP, CSTĐ?",
        "Công ty Samsung và Foxconn dùng email, website, internet thế nào?",
        "Rộng bao nhiêu km2, nặng bao nhiêu kg, lúc 10h30?",
        "ubnd, hđnd, tđkt, bhxh, qđ",
        "",
        "123?",
    ],
)
def test_numbers_abbreviations_and_foreign_words_are_no_slips(typed):
    assert read(typed) == typed


def test_a_word_of_the_documents_is_no_slip():
    assert read("đơn vị được khen thuongr") == "đơn vị được khen thưởng"
    typed = "đơn vị được khen thuongr"
    assert Speller(known={"thuongr"}.__contains__).read(typed).text == typed


def test_passages_at_hand_decide_between_readings():
    passage = "Ông Đỗ Văn Dượng làm Giám đốc. Đồng chí Đỗ Văn Dượng phát biểu."
    asked: list[str] = []

    def nearby(question: str) -> list[str]:
        asked.append(question)
        return [passage]

    assert read("do van duong") != "đỗ văn dượng"
    assert Speller(nearby=nearby).read("do van duong").text == "đỗ văn dượng"
    assert asked == ["do van duong"]


def test_a_model_with_passages_still_gives_chances():
    model = load()
    import numpy as np

    left = np.array([model.ids["khen"]])
    every = np.arange(model.size)
    chances = Nearby(model, ["khen thưởng"]).after(np.repeat(left, model.size), every)
    assert (chances > 0).all() and chances.argmax() == model.ids["thưởng"]


def test_keys_are_read_by_what_they_ask_for():
    for word in ("thuwowngr", "thuowngrw", "thươngr"):
        keys = telex(word)
        assert keys is not None and keys.plain == "thuong"
        assert keys.missing("thưởng") == 0 and keys.missing("thường") is None
    keys = vni("d9o6ng2")
    assert keys is not None and keys.missing("đồng") == 0 and keys.missing("dồng") is None
    assert telex("thi") is None and vni("2024") is None and vni("nam2024") is None


def test_the_question_is_understood_by_its_accents():
    bare = understand("tinh mua may may tinh", speller=SPELLER)
    assert bare.text == "tinh mua may may tinh" and fold(bare.read) == bare.text and bare.respelled
    assert understand("xin chao", speller=SPELLER).social == "greeting"
    assert understand("co bao nhieeu tap the", speller=SPELLER).kinds[0] == "how_many"
    assert understand("What is the plan about, can you tell me?", speller=SPELLER).respelled is False
