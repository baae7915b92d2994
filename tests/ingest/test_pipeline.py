import hashlib
import unicodedata
from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.errors import EmptyFile, MissingPath, UnreadableFile, UnsupportedFormat
from ingest.health import examine, refuse_unreadable, warnings_of
from ingest.pipeline import file_name, find_files, read_bytes, read_document
from ingest.records import Page

SHARED = Path(__file__).parents[2].parent / "shared"

PAPER = """QUY CHẾ
Về công tác thi đua, khen thưởng

I. NỘI DUNG THI ĐUA

1. Các đơn vị phát động phong trào thi đua yêu nước trong toàn cơ quan.

2. Chỉ tiêu thi đua gồm:

a) Hoàn thành kế hoạch công tác năm;

b) Có ít nhất 5 sáng kiến được công nhận.
"""


def test_a_file_becomes_a_document(tmp_path):
    path = tmp_path / unicodedata.normalize("NFD", "quy chế.txt")
    path.write_text(PAPER, encoding="utf-8")
    document = read_document(path)
    assert document.id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.file == unicodedata.normalize("NFC", "quy chế.txt")
    assert len(document.offsets) == len(document.text)
    assert document.chunks
    assert document.sections
    for chunk in document.chunks:
        assert chunk.text == document.text[chunk.start : chunk.end]
        assert chunk.document_id == document.id
    assert "5 sáng kiến" in "".join(chunk.text for chunk in document.chunks)
    assert [health.page for health in document.health] == [0]


def test_every_character_of_the_document_stands_in_the_file():
    document = read_bytes(PAPER.encode(), "a.txt")
    for character, offset in zip(document.text, document.offsets, strict=True):
        assert character.isspace() or PAPER[offset] == character


@pytest.mark.skipif(not SHARED.exists(), reason="cần thư mục shared cạnh kho mã")
@pytest.mark.parametrize(("name", "pages"), [("000.pdf", 27), ("001.pdf", 11), ("004.docx", 0)])
def test_real_papers(name, pages):
    document = read_document(SHARED / "corpus/files" / name)
    assert len(document.pages) == pages
    assert all((chunk.page is not None) == bool(pages) for chunk in document.chunks)
    assert min(page.syllable_share for page in document.health) > 0.95


def test_folders_are_walked_in_order_without_hidden_and_lock_files(tmp_path):
    for name in ("b.txt", "a/z.txt", ".git/x.txt", "~$b.docx", ".hidden", "a/Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = find_files([tmp_path / "b.txt", tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["b.txt", "a/z.txt"]


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(MissingPath, match="khong-co"):
        find_files([tmp_path, tmp_path / "khong-co"])
    with pytest.raises(MissingPath, match="khong-co"):
        read_document(tmp_path / "khong-co")


def test_a_file_above_the_limit_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.pipeline.MAX_BYTES", 10)
    path = tmp_path / "to.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(UnreadableFile, match="vượt giới hạn"):
        read_document(path)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a/b.pdf", "b.pdf"), ("C:\\thu muc\\b.pdf", "b.pdf"), ("..\\..//b.pdf", "b.pdf"), ("Đề.pdf", "Đề.pdf")],
)
def test_file_names(given, kept):
    assert file_name(given) == kept


def test_invisible_characters_only_are_no_content():
    with pytest.raises(EmptyFile):
        read_bytes("\u200b\u200b \u00ad".encode(), "a.txt")


LEGACY = {
    "TCVN3": "Phong trµo thi ®ua yªu n­íc ®­îc triÓn khai réng kh¾p, gãp phÇn thùc hiÖn th¾ng lîi nhiÖm vô. ",
    "VNI": "Phong traøo thi ñua yeâu nöôùc ñöôïc trieån khai roäng khaép, goùp phaàn thöïc hieän nhieäm vuï. ",
}


@pytest.mark.parametrize("encoding", LEGACY)
def test_legacy_letters_are_refused(encoding):
    with pytest.raises(UnsupportedFormat, match="phông chữ cũ"):
        refuse_unreadable(clean(LEGACY[encoding] * 5), "cũ.docx")


@pytest.mark.parametrize(
    "text",
    [
        "Phong trào thi đua yêu nước được triển khai rộng khắp tại UBND và HĐND tỉnh. " * 5,
        "The law on emulation and commendation was adopted by the National Assembly in Ha Noi. " * 5,
        "QĐ 12/QĐ-UBND",
        "12.345 67,8% 2014-2020",
    ],
)
def test_other_texts_are_accepted(text):
    refuse_unreadable(clean(text), "a.txt")


def test_broken_letters_on_a_page_are_said_with_the_page():
    good = "Các đơn vị phát động phong trào thi đua yêu nước trong toàn cơ quan, đơn vị. " * 3
    bad = "T l lao ng qua ào t o có v n b ng, ch ng ch công nh n k t qu ào t o t l h nghèo gi m. " * 3
    text = good + bad
    pages = (Page(1, None, 0, len(good)), Page(2, None, len(good), len(text)))
    health = examine(clean(text), pages)
    assert health[0].warnings == ()
    assert health[0].characters == len("".join(good.split()))
    assert health[1].warnings
    assert warnings_of(health)[0].startswith("Trang 2: ")
