"""Every file of the shared corpus gives what its description promises, or is refused as promised."""

import re
import unicodedata

import pytest

from ingest.errors import DamagedFile, EmptyFile, ProtectedFile, UnreadableFile
from ingest.pipeline import read_bytes
from ingest.readers import ocr, office


def says(document, *phrases):
    for phrase in phrases:
        assert phrase in document.text, phrase


def notes(document):
    return {
        section.label: document.text[section.start : section.end]
        for section in document.sections
        if section.kind == "footnote"
    }


def rows(document):
    return [[cell.value for cell in section.cells] for section in document.sections if section.kind == "row"]


def letters(text):
    return re.sub(r"\s+", "", text)


def similar(text, expected):
    """Share of characters two texts have in common, in order, compared line by line."""
    from difflib import SequenceMatcher

    one, other = re.findall(r"\S{1,12}", text), re.findall(r"\S{1,12}", expected)
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    shared = sum(len(word) for block in blocks for word in one[block.a : block.a + block.size])
    return shared / max(sum(map(len, one)), sum(map(len, other)))


def report_with_notes(document):
    says(document, "2016-2020", "20 thành viên")
    assert "2016-20205" not in document.text
    assert set(notes(document)) >= {str(number) for number in range(1, 20)}
    assert len(document.pages) == 27


def table_report(document):
    found = rows(document)
    assert any(row[0].startswith("Tổng") and {"10.984", "17.889"} <= set(row) for row in found)
    assert any({"910", "5025"} <= set(row) for row in found)
    for row in found:
        assert "2016-20205" not in row


def outline(document):
    says(document, "yêu nước", "xây dựng", "hoạch")
    assert "ƣ" not in document.text
    assert unicodedata.is_normalized("NFC", document.text)


def newspaper(document):
    assert len(notes(document)) >= 55
    says(document, "thi đua")


def plan(document):
    says(document, "(4) Thu ngân sách nhà nước đạt 16.068 tỷ đồng", "31/01/2024")


def named_plan(document):
    """One paper under many names: told by its content, shown by the last part of its name in NFC."""
    assert document.media_type.endswith("wordprocessingml.document")
    assert unicodedata.is_normalized("NFC", document.file)
    assert "/" not in document.file
    assert "\\" not in document.file
    says(document, "thi đua")


def repaired(document, shared, caseless=False):
    expected = (shared / "corpus/expected/002-repaired.txt").read_text(encoding="utf-8")
    one, other = (document.text.lower(), expected.lower()) if caseless else (document.text, expected)
    assert letters(one) == letters(other) or similar(one, other) >= 0.998


def recognised(document):
    says(document, "16.068", "103.580", "31/01/2024")
    assert all(page.confidence is not None and page.confidence > 0.9 for page in document.pages)
    assert any("OCR" in warning for warning in document.warnings)


def injected(document):
    says(document, "20 thành viên")
    assert any("quá nhỏ" in warning for warning in document.warnings)
    assert "SYSTEM" not in document.text


def markup(document):
    says(document, "<script>")


def long_file(document):
    assert len(document.pages) == 400


def footnoted_word(document):
    found = notes(document)
    assert set(found) >= {str(number) for number in range(1, 20)}
    assert found["19"].strip("19 ")


def word_table(document):
    table_report(document)


def old_word(document):
    says(document, "(4) Thu ngân sách nhà nước", "16.068 tỷ đồng")


ACCEPTED = {
    "files/000.pdf": report_with_notes,
    "files/001.pdf": table_report,
    "files/002.pdf": outline,
    "files/003-a3-4cot.pdf": newspaper,
    "files/003.pdf": newspaper,
    "files/004.docx": plan,
    "files/004.pdf": plan,
    "hard/000-footnotes.docx": footnoted_word,
    "hard/001-table.docx": word_table,
    "hard/002-nfd.txt": "repaired",
    "hard/002-tcvn3.docx": "repaired",
    "hard/002-tcvn3.txt": "repaired without case",
    "hard/004-scan.pdf": recognised,
    "hard/004-utf16.txt": lambda document: says(document, "16.068 tỷ đồng"),
    "hard/004.doc": old_word,
    "hard/huge-page-count.pdf": long_file,
    "hard/prompt-injection.pdf": injected,
    "hard/xss.docx": markup,
    "hard/xss.pdf": markup,
}
REFUSED = {
    "hard/000-broken.pdf": (DamagedFile, "hỏng"),
    "hard/empty.pdf": (EmptyFile, "không có nội dung"),
    "hard/encrypted.pdf": (ProtectedFile, "mật khẩu"),
    "hard/zero-bytes.pdf": (EmptyFile, "rỗng"),
    "hard/zip-bomb.docx": (UnreadableFile, "nén bất thường"),
}


def read_shared(shared, name):
    path = shared / "corpus" / name
    return read_bytes(path.read_bytes(), path.name)


SLOW = {"hard/004-scan.pdf", "hard/huge-page-count.pdf"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in ACCEPTED]
)
def test_accepted(shared, name):
    if name.endswith("-scan.pdf") and ocr.tesseract() is None:
        pytest.skip("cần Tesseract tiếng Việt: tesseract-ocr-vie")
    if name.endswith(".doc") and office.soffice() is None:
        pytest.skip("cần LibreOffice (libreoffice-writer)")
    document = read_shared(shared, name)
    check = ACCEPTED[name]
    if isinstance(check, str):
        repaired(document, shared, caseless="without case" in check)
    else:
        check(document)
    for section in document.sections:
        assert 0 <= section.start < section.end <= len(document.text)
    assert all(chunk.text == document.text[chunk.start : chunk.end] for chunk in document.chunks)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(shared, name):
    kind, words = REFUSED[name]
    with pytest.raises(kind, match=words) as caught:
        read_shared(shared, name)
    assert caught.value.remedy


def test_names(shared):
    files = sorted((shared / "corpus/hard/names").iterdir())
    assert files
    texts = set()
    for path in files:
        document = read_bytes(path.read_bytes(), path.name)
        named_plan(document)
        texts.add(document.text)
    assert len(texts) == 1


def test_no_file_is_forgotten(shared):
    corpus = shared / "corpus"
    there = {
        path.relative_to(corpus).as_posix() for folder in ("files", "hard") for path in (corpus / folder).rglob("*")
    }
    there = {name for name in there if (corpus / name).is_file() and not name.startswith("hard/names/")}
    assert there == ACCEPTED.keys() | REFUSED.keys()


def test_the_password_opens_the_protected_plan(shared):
    data = (shared / "corpus/hard/encrypted.pdf").read_bytes()
    plan(read_bytes(data, "encrypted.pdf", "matkhau"))
