import re
import unicodedata
from io import BytesIO

import docx
import pytest

from ingest.clean import clean
from ingest.legacy import believed, convert, detect, font_of, from_bytes, restore
from ingest.pipeline import read_bytes
from ingest.readers import read

PAPER = """QUYẾT ĐỊNH
Về việc tặng danh hiệu Chiến sĩ thi đua cơ sở

Điều 1. Tặng danh hiệu cho các cá nhân có thành tích xuất sắc trong phong trào thi đua yêu nước năm 2019, gồm:
a) Cán bộ, công chức, viên chức đã hoàn thành tốt nhiệm vụ, được quần chúng tín nhiệm, nghĩa tình;
b) Nông dân sản xuất, kinh doanh giỏi; doanh nhân, trí thức, kỹ sư ở vùng sâu, vùng xa, hải đảo.
Điều 2. Ủy ban nhân dân huyện, Sở Tài chính chịu trách nhiệm thi hành; mức thưởng 1,0 lần lương cơ sở – bằng 50%.
Mẫu ghi: quỳnh, quỷ, thuỵ, ngoẻo, xoắn, chuẩn, khuyến, giữa, giỗ, ẩm, ỷ lại, ý nghĩa, mỡ, cẵng, lẽ, ngỡ, ngựa, ừ.
"""

TONES = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}
VNI_PLAIN = {"acute": "ù", "grave": "ø", "hook": "û", "tilde": "õ", "dot": "ï", "": ""}
VNI_ROOF = {"acute": "á", "grave": "à", "hook": "å", "tilde": "ã", "dot": "ä", "": "â"}
VNI_BOWL = {"acute": "é", "grave": "è", "hook": "ú", "tilde": "ü", "dot": "ë", "": "ê"}
VNI_I = {"acute": "í", "grave": "ì", "hook": "æ", "tilde": "ó", "dot": "ò", "": "i"}


def as_vni(text):
    """Write text as a VNI font stores it: each letter by the rule of its marks."""
    stored = []
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", letter.lower())
        tone = next((TONES[mark] for mark in marks if mark in TONES), "")
        if base == "đ":
            new = "ñ"
        elif base == "i":
            new = VNI_I[tone]
        elif base == "y" and tone == "dot":
            new = "î"
        elif "\u0302" in marks:
            new = base + VNI_ROOF[tone]
        elif "\u0306" in marks:
            new = base + VNI_BOWL[tone]
        elif "\u031b" in marks:
            new = {"o": "ô", "u": "ö"}[base] + VNI_PLAIN[tone]
        else:
            new = base + VNI_PLAIN[tone]
        stored.append(new.upper() if letter.isupper() else new)
    return "".join(stored)


TCVN3_LETTERS = {
    "ăâêôơưđ": 0xA8, "àảãáạ": 0xB5, "ằ": 0xBB, "ẳẵắ": 0xBC, "ặầẩẫấậ": 0xC6, "è": 0xCC, "ẻẽéẹềểễếệìỉ": 0xCE,
    "ĩíịò": 0xDC, "ỏõóọồổỗốộờởỡớợù": 0xE1, "ủũúụừửữứựỳỷỹýỵ": 0xF1, "ĂÂÊÔƠƯĐ": 0xA1,
}  # fmt: skip
TCVN3 = {letter: first + place for letters, first in TCVN3_LETTERS.items() for place, letter in enumerate(letters)}


def as_tcvn3(text):
    """Write text as ABC fonts store it, signs as Latin-1; capitals with tones have the codes of small letters."""
    return "".join(
        chr(TCVN3.get(letter) or TCVN3.get(letter.lower()) or ord(letter))
        for letter in unicodedata.normalize("NFC", text)
    )


def test_tcvn3_is_read_letter_for_letter():
    assert convert(as_tcvn3(PAPER), "TCVN3").text.lower() == PAPER.lower()


def test_vni_is_read_letter_for_letter():
    assert convert(as_vni(PAPER), "VNI").text == PAPER


@pytest.mark.parametrize(("encode", "encoding"), [(as_tcvn3, "TCVN3"), (as_vni, "VNI")])
def test_legacy_text_is_found_and_keeps_its_offsets(encode, encoding):
    stored = encode(PAPER)
    restored, found = restore(stored)
    assert found == encoding
    assert restored.text.lower() == PAPER.lower()
    for letter, offset in zip(restored.text, restored.offsets, strict=True):
        assert restored.offsets
        assert letter.lower() == convert(stored[offset : offset + 2], encoding).text[0].lower()


@pytest.mark.parametrize(("encode", "code_page"), [(as_tcvn3, "latin-1"), (as_vni, "cp1252")])
def test_a_legacy_text_file_becomes_a_document(encode, code_page):
    data = encode(PAPER.replace("–", "-")).encode(code_page)
    document = read_bytes(data, "cũ.txt")
    assert any("phông cũ" in warning for warning in document.warnings)
    assert "thành tích xuất sắc trong phong trào thi đua yêu nước năm 2019" in document.text
    assert from_bytes(data) is not None


@pytest.mark.parametrize("encode", [as_tcvn3, as_vni])
def test_legacy_letters_saved_as_unicode_are_restored_with_a_warning(encode):
    stored = encode(PAPER)
    document = read_bytes(stored.encode(), "chép.txt")
    assert "được quần chúng tín nhiệm" in document.text
    assert any("phông cũ" in warning for warning in document.warnings)
    at = document.text.index("năm 2019")
    assert stored[document.offsets[at] :].startswith(encode("năm 2019")[0])


def test_capitals_are_told_by_the_letters_around_them():
    lines = as_tcvn3("QUYẾT ĐỊNH\nSở Nội vụ BÁO CÁO ủy ban\n" + PAPER)
    assert restore(lines)[0].text.splitlines()[:2] == ["QUYẾT ĐỊNH", "Sở Nội vụ BÁO CÁO ủy ban"]


def test_a_paper_pasted_from_both_kinds_comes_out_whole():
    unicode_line = "Đoạn này đã là Unicode: công tác thi đua, khen thưởng năm 2020.\n"
    assert restore(unicode_line + as_vni(PAPER))[0].text == unicode_line + PAPER


FOREIGN = {
    "Vietnamese": PAPER,
    "decomposed": unicodedata.normalize("NFD", PAPER),
    "without tones above Latin-1": "Công tác phong trào toàn quân, toàn dân; tôn vinh gia đình có công. " * 5,
    "French": "L'état a décidé d'élever le café à la qualité supérieure, où l'élève était déjà présenté à Genève. " * 5,
    "German": "Die Bürger müssen überall für größere Häuser zahlen, schöne Grüße an die Mädchen von Köln. " * 5,
    "Portuguese": "A nação não está à disposição do coração; os irmãos são também cidadãos de São João. " * 5,
    "Swedish": "Många människor åker på långa resor över sjön på sommaren för att må bra. " * 5,
    "formulas": "±5 °C × 10² ÷ 3 ½ §12 «µm» ®© ¶ ±µ·¾ " * 10,
    "few words": "Thi ®ua yªu n\u00adíc",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_other_text_is_left_as_it_is(name):
    text = FOREIGN[name]
    assert detect(text) is None
    assert restore(text)[0].text == text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".VnTime", ("TCVN3", False)),
        (".VnTimeH", ("TCVN3", True)),
        (".vnarial", ("TCVN3", False)),
        ("VNI-Times", ("VNI", False)),
        ("VNI Helve", ("VNI", False)),
        ("Times New Roman", None),
        ("Vni", None),
        (None, None),
    ],
)
def test_fonts(name, expected):
    font = font_of(name)
    assert (None if font is None else (font.encoding, font.capitals)) == expected


def paper_in(runs):
    """A Word paper: each paragraph a list of (text, font)."""
    document = docx.Document()
    for paragraph in runs:
        written = document.add_paragraph()
        for text, font in paragraph:
            run = written.add_run(text)
            run.font.name = font
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_word_runs_are_read_by_their_font():
    data = paper_in(
        [
            [("CH", ".VnTime"), (as_tcvn3("ỉ tiêu"), ".VnTimeH"), (" 50%", "Arial")],
            [("Thi ñ", "VNI-Times"), ("ua ye", "VNI-Times"), ("âu nöôùc", "VNI-Times")],
            [("Đã là Unicode: công tác", ".VnTime")],
        ]
    )
    source = read(data, "a.docx")
    assert source.text.splitlines() == ["CHỈ TIÊU 50%", "Thi đua yêu nước", "Đã là Unicode: công tác"]
    assert any("phông cũ" in warning for warning in source.warnings)


def test_a_legacy_font_left_over_on_unicode_text_is_not_believed():
    data = paper_in([[("Công tác toàn dân", ".VnTime")], [("được triển khai ở các đơn vị", ".VnTime")]])
    assert read(data, "a.docx").text.splitlines() == ["Công tác toàn dân", "được triển khai ở các đơn vị"]
    assert not believed(["được triển khai ở các đơn vị", "công"])


@pytest.mark.parametrize("name", ["002-tcvn3.txt", "002-tcvn3.docx", "002-nfd.txt"])
def test_repaired_fixtures(shared, name):
    def letters(text):
        return re.sub(r"\s+", "", text.lower() if name.endswith("tcvn3.txt") else text)

    expected = (shared / "corpus/expected/002-repaired.txt").read_text(encoding="utf-8")
    text = clean(read((shared / "corpus/hard" / name).read_bytes(), name).text).text
    assert letters(text) == letters(expected)
