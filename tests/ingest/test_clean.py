from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.clean import clean, fold, match_form
from ingest.syllables import is_syllable

SHARED = Path(__file__).parents[2].parent / "shared"

VIETNAMESE = "aăâeêioôơuưybcdđghklmnpqrstvxAĐƯƠẤỆộữỗ"
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
TROUBLE = "ƢƣÐ \u00a0\u200b\u00ad\r\n\t\f\u2011–—-0129.,()“”ṇñ\ufb01\x00"
LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04"
vietnamese_trouble = st.text(st.sampled_from(VIETNAMESE + MARKS * 3 + TROUBLE), max_size=60)
anything = st.one_of(vietnamese_trouble, st.text(max_size=60))

SYLLABLES = [
    "nghiêng",
    "Đắk",
    "Kạn",
    "quyết",
    "khuỷu",
    "giếng",
    "gì",
    "hoạch",
    "ƯƠNG",
    "thuở",
    "oách",
    "yêu",
    "xoong",
    "uỷ",
]

CLEANED = [
    ("thưc\u0323 hiện", "thực hiện", "mark after the final consonant"),
    ("kế hoac\u0323h", "kế hoạch", "mark inside the final consonant pair"),
    ("xây dưn\u0323g", "xây dựng", "mark that composes with n"),
    ("lin\u0303h vưc\u0323", "lĩnh vực", "mark that composes with n to an existing letter"),
    ("hê \u0323thống", "hệ thống", "mark cut off by a space"),
    ("ha \u0323tâ\u0300ng", "hạ tầng", "cut-off mark before a decomposed letter"),
    ("chính tri \u0323 và", "chính trị và", "mark alone between two spaces takes one of them"),
    ("hiêu\u0323 quả, Hôi\u0323 đồng", "hiệu quả, Hội đồng", "mark on the glide"),
    ("cuả, hiệu qủa", "của, hiệu quả", "tone on the wrong vowel letter"),
    ("CUẢ", "CỦA", "case stays"),
    ("hoà, hòa, thuý, thúy", "hoà, hòa, thuý, thúy", "both spellings are right"),
    ("\u0323hệ (x \u0300cung)", "\u0323hệ (x cùng)", "mark before its syllable"),
    ("hộ\u0323", "hộ", "the same mark twice"),
    ("yêu nƣớc ĐỀ CƢƠNG", "yêu nước ĐỀ CƯƠNG", "U+01A3 for ư"),
    ("Ðiều", "Điều", "Icelandic eth for Đ"),
    ("thi\u00adđua\u200b, khen\u00a0thưởng", "thiđua, khen thưởng", "invisible characters and odd spaces"),
    ("30/2020/NĐ\u2011CP", "30/2020/NĐ-CP", "non-breaking hyphen"),
    ("2014–2023 — hết", "2014–2023 — hết", "dashes stay"),
    ("a\r\nb\rc\u2028d\te\ff", "a\nb\nc\nd\te\ff", "line ends"),
    ("ﬁn", "fin", "ligature"),
    ("España, Xuân", "España, Xuân", "a foreign letter stays"),
]


@pytest.mark.parametrize(("source", "expected", "reason"), CLEANED, ids=[row[2] for row in CLEANED])
def test_cleaned(source, expected, reason):
    assert clean(source).text == expected, reason


def test_offsets_lead_back_to_the_base_letter():
    source = "ha \u0323tâ\u0300ng\r\nﬁn"
    cleaned = clean(source)
    assert cleaned.text == "hạ tầng\nfin"
    assert [source[offset] for offset in cleaned.offsets] == list("ha tâng\rﬁﬁn")


@settings(max_examples=400)
@given(anything)
@example("ƢÀ\u0301")
def test_cleaning_twice_changes_nothing(text):
    once = clean(text).text
    assert clean(once).text == once


@settings(max_examples=400)
@given(anything)
def test_every_character_has_a_source_offset_in_order(text):
    cleaned = clean(text)
    offsets = list(cleaned.offsets)
    assert len(offsets) == len(cleaned.text)
    assert all(0 <= offset < len(text) for offset in offsets)
    assert offsets == sorted(offsets)


@settings(max_examples=400)
@given(anything)
def test_ordinary_characters_are_those_of_the_source(text):
    cleaned = clean(text)
    for character, offset in zip(cleaned.text, cleaned.offsets, strict=True):
        if character in "0129.,()–—\tbcdghklmpqrstvx":
            assert fold(text[offset]) == fold(character) or text[offset] in LIGATURES


@given(st.text(st.sampled_from("abcxyz0129 .,\n\t"), max_size=80))
def test_plain_text_is_untouched(text):
    assert clean(text).text == text


@given(anything)
def test_folding_keeps_the_length(text):
    cleaned = clean(text).text
    assert len(fold(cleaned)) == len(cleaned) == len(match_form(cleaned))


def test_fold():
    assert fold("Điều 21. QUYẾT ĐỊNH số 30/2020/NĐ-CP") == "dieu 21. quyet dinh so 30/2020/nd-cp"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("UỶ", "ủy"),
        ("khoẻ", "khỏe"),
        ("thuý", "Thúy"),
        ("hoạch", "họach"),
        ("quý", "qúy"),
        ("già", "gìa"),
    ],
)
def test_spellings_that_differ_in_the_place_of_the_tone_match(one, other):
    assert match_form(one) == match_form(other)


def test_matching_keeps_different_words_apart():
    assert len({match_form(word) for word in ("hoa", "hòa", "hóa", "hoá", "họa")}) == 4


@pytest.mark.parametrize(
    "word",
    ["nghiêng", "Đắk", "Kạn", "quyết", "khuỷu", "giếng", "gì", "hoạch", "ƯƠNG", "thuở", "oách", "yêu", "xoong", "uỷ"],
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["thưc", "nöôùc", "héi", "yeâu", "caùc", "xyz", "bỏợ", "ngườ1", ""])
def test_not_syllables(word):
    assert not is_syllable(word)


@pytest.mark.skipif(not SHARED.exists(), reason="cần thư mục shared cạnh kho mã")
class TestOnRealText:
    def test_decomposed_text_becomes_the_composed_one(self):
        source = (SHARED / "corpus/hard/002-nfd.txt").read_text(encoding="utf-8")
        assert clean(source).text == (SHARED / "corpus/expected/002-repaired.txt").read_text(encoding="utf-8")

    def test_broken_marks_are_repaired(self):
        (report,) = (SHARED / "corpus/reports").glob("002_*.txt")
        repaired = clean(report.read_text(encoding="utf-8")).text.split()
        expected = (SHARED / "corpus/expected/002-repaired.txt").read_text(encoding="utf-8").split()
        # One page number stands in the source and not in the repaired text.
        assert [word for word in repaired if word != "8"] == [word for word in expected if word != "8"]
