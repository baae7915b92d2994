"""Every file of the shared corpus gives what its description promises, or is refused as promised."""

import re
import sys
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from ingest.errors import DamagedFile, EmptyFile, ProtectedFile, UnreadableFile
from ingest.pipeline import read_bytes
from ingest.readers import office
from ingest.readers.scans import ocr

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FILES = sorted(
    path.relative_to(CORPUS).as_posix()
    for folder in ("files", "hard")
    for path in (CORPUS / folder).rglob("*")
    if path.is_file()
)
_RULER = re.compile(r"^\s*[-_]{3,}\s*$", re.M)


def says(document, *phrases):
    for phrase in phrases:
        assert phrase in document.text, phrase


def notes(document):
    return {
        section.label: document.text[section.start : section.end]
        for section in document.sections
        if section.kind == "footnote"
    }


def words_of(document, kind):
    return [document.text[one.start : one.end] for one in document.sections if one.kind == kind]


def cells_of(document):
    return [
        {cell.header: cell.value for cell in section.cells} for section in document.sections if section.kind == "row"
    ]


def errors(read, expected):
    """Characters, white space aside, that must be changed, added or dropped to turn one text into the other."""
    one, other = read.split(), expected.split()
    count = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            count += _distance("".join(one[i1:i2]), "".join(other[j1:j2]))
    return count


def _distance(one, other):
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


def repaired(document, caseless=False):
    """Read right to 998 characters in 1,000; rules between paragraphs are no text."""
    says(document, "yêu nước", "xây dựng", "hoạch", "thực hiện các chỉ tiêu", "xây dựng và đưa", "phong trào “")
    assert "ƣ" not in document.text
    assert unicodedata.is_normalized("NFC", document.text)
    expected = _RULER.sub("", (CORPUS / "expected/002-repaired.txt").read_text(encoding="utf-8"))
    read = document.text
    if caseless:
        read, expected = read.lower(), expected.lower()
    letters = sum(map(len, expected.split()))
    share = 1 - errors(read, expected) / letters
    sys.stdout.write(f"{document.file}: {share:.4f} of {letters} characters right\n")
    assert share >= 0.998


def report_with_notes(document):
    says(document, "2016-2020", "20 thành viên")
    assert "2016-20205" not in document.text
    found = notes(document)
    assert list(found) == [str(number) for number in range(1, 20)]
    assert "Giám đốc Sở Nội vụ" in found["19"]
    if document.pages:
        assert len(document.pages) == 27
        assert [page.label for page in document.pages[1:]] == [str(number) for number in range(2, 28)]
        assert document.page_of(document.text.index("20 thành viên")).number > 1
    tied = next(one for one in document.sections if one.kind == "footnote" and one.label == "19")
    assert "20 thành viên" in document.text[slice(*tied.lead_in)]


def table_report(document):
    found = cells_of(document)
    assert {row["Năm"] for row in found if row.get("Năm")} >= {str(year) for year in range(2014, 2024)}
    assert any({"910", "5025"} <= set(row.values()) and row["Năm"] == "2021" for row in found)
    assert {"10.984", "17.889"} <= set(found[-1].values())
    (blank,) = [row for row in found if row["Năm"] == "2018" and row["Lĩnh vực"] == "Kinh tế"]
    assert [value for header, value in blank.items() if header.startswith("Diễn hình")] == ["", ""]


def source_text_of_the_outline(document):
    repaired(document)
    assert [page.label for page in document.pages[1:3]] == ["3", "4"]


def newspaper(document):
    assert len(notes(document)) == 61
    assert document.pages[0].label == "I"
    last = document.pages[-1].number
    assert any(warning.startswith(f"Trang {last}: nhiều chữ bị vỡ") for warning in document.warnings)
    assert not any(re.search(r"\bt o có v n\b", chunk.text) for chunk in document.chunks)


def plan(document):
    says(document, "31/01/2024", "103.580 tỷ đồng")
    place = document.text.index("(4) Thu ngân sách nhà nước đạt")
    revenue = next(one for one in document.sections if one.start <= place < one.end)
    assert "16.068 tỷ đồng" in document.text[revenue.start : revenue.end]
    assert revenue.path[0].startswith("II.")
    assert words_of(document, "signature")[-1] == "Lê Ánh Dương"
    assert len(words_of(document, "recipients")) >= 10


def named_plan(document):
    """One paper under many names: told by its content, shown by the last part of its name in NFC."""
    assert document.media_type.endswith("wordprocessingml.document")
    assert unicodedata.is_normalized("NFC", document.file)
    assert "/" not in document.file
    assert "\\" not in document.file
    assert document.text == read("hard/names/khong-duoi").text
    says(document, "thi đua")


def recognised(document):
    says(document, "16.068", "103.580", "31/01/2024")
    assert all(page.confidence is not None and page.confidence > 0.9 for page in document.pages)
    assert any("OCR" in warning for warning in document.warnings)


def injected(document):
    says(document, "20 thành viên", "99 thành viên")
    assert any("chữ ẩn" in warning for warning in document.warnings)
    assert "SYSTEM" not in document.text


def markup(document):
    says(document, "<script>")


def long_file(document):
    assert len(document.pages) == 400


ACCEPTED = {
    "files/000.pdf": report_with_notes,
    "files/001.pdf": table_report,
    "files/002.pdf": source_text_of_the_outline,
    "files/003-a3-4cot.pdf": newspaper,
    "files/003.pdf": newspaper,
    "files/004.docx": plan,
    "files/004.pdf": plan,
    "hard/000-footnotes.docx": report_with_notes,
    "hard/001-table.docx": table_report,
    "hard/002-nfd.txt": repaired,
    "hard/002-tcvn3.docx": repaired,
    "hard/002-tcvn3.txt": lambda document: repaired(document, caseless=True),
    "hard/004-scan.pdf": recognised,
    "hard/004-utf16.txt": plan,
    "hard/004.doc": plan,
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
PASSWORDS = {"hard/encrypted.pdf": "matkhau"}


def read(name, password=None):
    path = CORPUS / name
    return read_bytes(path.read_bytes(), path.name, password)


def refused(name, password=None):
    kind, words = REFUSED[name]
    with pytest.raises(kind, match=words) as caught:
        read(name, password)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_every_file_gives_what_is_expected_of_it(name):
    if name.endswith("-scan.pdf") and ocr.tesseract() is None:
        pytest.skip("cần Tesseract tiếng Việt: tesseract-ocr-vie")
    if name.endswith(".doc") and office.soffice() is None:
        pytest.skip("cần LibreOffice (libreoffice-writer)")
    if name in REFUSED:
        refused(name)
        if name in PASSWORDS:
            wrong = refused(name, "sai-mat-khau")
            assert "sai-mat-khau" not in f"{wrong.message} {wrong.remedy} {wrong.detail}"
            assert read(name, PASSWORDS[name]).text == read("files/004.pdf").text
        return
    document = read(name)
    check = named_plan if name.startswith("hard/names/") else ACCEPTED[name]
    check(document)
    for section in document.sections:
        assert 0 <= section.start < section.end <= len(document.text)
    assert all(chunk.text == document.text[chunk.start : chunk.end] for chunk in document.chunks)


def test_no_file_is_gone():
    if not CORPUS.exists():
        pytest.skip("không có thư mục ../shared (tài liệu thật chỉ có ở nơi phát triển)")
    assert ACCEPTED.keys() | REFUSED.keys() <= set(FILES)
