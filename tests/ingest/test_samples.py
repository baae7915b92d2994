"""The bundled documents: enough, honest about what they are, rebuilt from their sources, copied from nowhere."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest

from ingest.samples import demo_questions, documents
from ingest.samples.as_pdf import FONT, font_files
from ingest.samples.make import SOURCES, make
from ingest.samples.source import MARK, Script, Table, parse, scripts

SHARED = Path(__file__).parents[2].parent / "shared"
SUMMARY = re.compile(r"Bản tóm lược do dự án tdkt soạn từ (.+), (.+), (.+); không phải nguyên văn\.")
CHARACTERS_A_PAGE = 1800
RUN = 8
CLAUSE = re.compile(r"[.;:!?()\[\]“”\"\n\t|]+(?:\s|$)|[()“”\"\n\t]")
LEGAL_REFERENCE = re.compile(
    r"(?:Nghị định|Nghị quyết|Quyết định|Kế hoạch|Công văn|Chỉ thị|Luật|Thông tư)(?: số)? \S*\d\S*/?\S*"
    r"(?: ngày \d+/\d+/\d+)?(?: của)?",
    re.IGNORECASE,
)
HAVE_FONT = all(path.is_file() for path in font_files(FONT))


@cache
def text_of(path: Path) -> str:
    """Read a bundled file the plain way, without the project's own readers."""
    if path.suffix == ".pdf":
        return "\n".join(pdf_pages(path.read_bytes()))
    if path.suffix == ".docx":
        return docx_text(path.read_bytes())
    text = path.read_text(encoding="utf-8")
    return re.sub(r"<style>.*?</style>|<title>.*?</title>|<[^>]+>", "", text) if path.suffix == ".html" else text


def pdf_pages(data: bytes) -> list[str]:
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def docx_text(data: bytes) -> str:
    from docx import Document
    from docx.table import Table as WordTable

    lines = []
    for item in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, WordTable):
            lines += ["\t".join(cell.text for cell in row.cells) for row in item.rows]
        else:
            lines.append(item.text)
    return "\n".join(lines)


def flat(text: str) -> str:
    return " ".join(text.split())


def named(start: str) -> str:
    """Return the flattened text of the bundled file whose name begins so."""
    (path,) = [path for path in documents() if path.name.startswith(start)]
    return flat(text_of(path))


ALL_SCRIPTS = scripts(SOURCES)


def test_every_source_has_its_file_and_every_file_its_source() -> None:
    assert sorted(script.file for script in ALL_SCRIPTS) == [path.name for path in documents()]


def test_ten_documents_or_more_in_the_real_mix() -> None:
    endings = [path.suffix for path in documents()]
    assert len(endings) >= 10
    assert {".pdf", ".docx", ".md", ".txt", ".html"} <= set(endings)


def test_twenty_five_pages_or_more() -> None:
    pages = 0.0
    for path in documents():
        pages += len(pdf_pages(path.read_bytes())) if path.suffix == ".pdf" else len(text_of(path)) / CHARACTERS_A_PAGE
    assert pages >= 25


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_first_line_says_that_it_is_a_summary_and_of_what(path: Path) -> None:
    assert SUMMARY.match(flat(text_of(path)))


@pytest.mark.parametrize("script", ALL_SCRIPTS, ids=lambda script: script.file)
def test_committed_file_is_what_its_source_gives(script: Script) -> None:
    if script.file.endswith(".pdf") and not HAVE_FONT:
        pytest.skip(f"không có phông {FONT}; cài gói fonts-croscore")
    (path,) = [path for path in documents() if path.name == script.file]
    made, committed = make(script), path.read_bytes()
    if path.suffix == ".pdf":
        assert pdf_pages(made) == pdf_pages(committed)
    elif path.suffix == ".docx":
        assert zip_members(made) == zip_members(committed)
    else:
        assert made == committed


def zip_members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_making_twice_gives_the_same_bytes(ending: str) -> None:
    if ending == ".pdf" and not HAVE_FONT:
        pytest.skip(f"không có phông {FONT}; cài gói fonts-croscore")
    script = next(script for script in ALL_SCRIPTS if script.file.endswith(ending))
    assert make(script) == make(script)


def test_every_note_stands_on_the_page_of_its_mark() -> None:
    """A page composed by hand can lose a note when a paragraph is split between mark and page end."""
    for script in ALL_SCRIPTS:
        if not script.file.endswith(".pdf"):
            continue
        (path,) = [path for path in documents() if path.name == script.file]
        pages = [flat(page) for page in pdf_pages(path.read_bytes())]
        for label, body in script.notes.items():
            (block,) = [block for block in script.blocks if f"[^{label}]" in block.text]
            before = block.text.split(f"[^{label}]")[0].split()[-1]
            holder = [page for page in pages if flat(body)[:40] in page]
            assert len(holder) == 1, (script.file, label)
            assert f"{before}{label}" in holder[0], (script.file, label)


FACTS = [
    ("tom-luoc-bao-cao-10-nam", "Hội đồng Thi đua - Khen thưởng tỉnh Bắc Giang có 20 thành viên"),
    ("tom-luoc-bao-cao-10-nam", "Phó Chủ tịch thứ nhất là Phó Chủ tịch Thường trực UBND tỉnh"),
    ("tom-luoc-bao-cao-10-nam", "Bằng khen của Chủ tịch UBND tỉnh 9.256 17.746"),
    ("tom-luoc-bao-cao-10-nam", "Tập thể Lao động xuất sắc 3.781"),
    ("tom-luoc-bao-cao-10-nam", "Cờ thi đua 1.103"),
    ("tom-luoc-bao-cao-10-nam", "Huân chương Lao động các hạng 113 161"),
    ("tom-luoc-bao-cao-10-nam", "Cờ thi đua xuất sắc 126"),
    ("tom-luoc-bao-cao-10-nam", "1.063 bà mẹ"),
    ("tom-luoc-dien-hinh", "10.984 tập thể và 17.889 cá nhân"),
    ("tom-luoc-dien-hinh", "Y tế 910 5.025"),
    ("tom-luoc-dien-hinh", "Tổng 10.984 17.889"),
    ("tom-luoc-ke-hoach", "Thu ngân sách nhà nước: 16.068 tỷ đồng"),
    ("tom-luoc-ke-hoach", "31/01/2024"),
    ("tom-luoc-ke-hoach", "233-NQ/TU"),
    ("tom-luoc-dai-hoi", "386: 150 đại biểu"),
    ("tom-luoc-dai-hoi", "27 và 28/8/2020"),
    ("tom-luoc-dai-hoi", "Bằng khen của UBND tỉnh 1.156 1.686"),
    ("tom-luoc-du-thao", "Tỷ lệ hộ nghèo ...%"),
    ("tom-luoc-luat-2022-danh-hieu", "03 lần liên tục là “Chiến sĩ thi đua cơ sở”"),
    ("tom-luoc-luat-2022-hinh-thuc", "Huân chương Lao động hạng Ba"),
    ("tom-luoc-muc-tien", "Chiến sĩ thi đua toàn quốc 4,5"),
    ("tom-luoc-muc-tien", "2.530.000"),
    ("tom-luoc-ho-so", "01 bộ bản chính"),
    ("dong-thoi-gian", "Nghị định 152/2025/NĐ-CP 14/6/2025 01/7/2025"),
]


@pytest.mark.parametrize(("start", "fact"), FACTS)
def test_the_named_facts_stand_in_the_text(start: str, fact: str) -> None:
    assert fact in named(start)


def test_the_council_lists_every_seat() -> None:
    text = named("tom-luoc-bao-cao-10-nam")
    seats = """Văn phòng Tỉnh ủy; Ban Tổ chức Tỉnh ủy; Ban Tuyên giáo Tỉnh ủy; Ủy ban Mặt trận Tổ quốc tỉnh; Liên đoàn
        Lao động tỉnh; Hội Nông dân tỉnh; Hội Liên hiệp Phụ nữ tỉnh; Tỉnh đoàn; Hội Cựu chiến binh tỉnh; Bộ Chỉ huy quân
        sự tỉnh; Công an tỉnh; Văn phòng UBND tỉnh; Sở Nội vụ; Sở Kế hoạch và Đầu tư; Sở Tài chính; Sở Khoa học và Công
        nghệ; Ủy viên kiêm thư ký; Ủy viên Thường trực; Phó Chủ tịch Thường trực Hội đồng là Giám đốc Sở Nội vụ"""
    assert [seat for seat in seats.split(";") if flat(seat) not in text] == []


def test_the_plan_numbers_twenty_targets_automatically() -> None:
    (path,) = [path for path in documents() if path.name.startswith("tom-luoc-ke-hoach")]
    xml = zip_members(path.read_bytes())["word/document.xml"].decode("utf-8")
    assert xml.count('<w:pStyle w:val="ListNumber"/>') == 20
    assert "(20)" not in docx_text(path.read_bytes())


def role_models() -> Table:
    (script,) = [script for script in ALL_SCRIPTS if script.name.startswith("02-")]
    (table,) = [block.table for block in script.blocks if block.table is not None]
    return table


def test_the_role_model_table_keeps_its_blanks_and_its_years() -> None:
    rows = role_models().text_rows()[2:-1]
    assert len(rows) == 70
    assert [row[1] for row in rows if row[1]] == [str(year) for year in range(2014, 2024)]
    assert [(row[2], i // 7 + 2014) for i, row in enumerate(rows) if not row[3]] == [("Kinh tế", 2018)]


def test_law_summaries_say_which_text_they_describe() -> None:
    for start in ("tom-luoc-luat-2022", "tom-luoc-muc-tien", "tom-luoc-ho-so", "dong-thoi", "doi-chieu", "hoi-dap"):
        for path in documents():
            if path.name.startswith(start):
                assert "01/10/2026" in text_of(path), path.name


def test_demo_begins_with_the_council() -> None:
    questions = demo_questions()
    assert len(questions) == 3
    assert "Hội đồng" in questions[0]


def test_notes_and_marks_must_match() -> None:
    with pytest.raises(ValueError, match="note marks"):
        parse("---\nfile: a.md\n---\nMột câu[^1].\n", "a.md")


def test_table_rows_must_have_the_same_length() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        parse("---\nfile: a.md\n---\n|= a | b\n|~ 1 1\n| c\n", "a.md")


# --- nothing copied ---------------------------------------------------------------------------------------------


def names() -> re.Pattern[str]:
    """Names of documents, bodies, movements and awards, which a summary cannot put in other words."""
    lines = (SOURCES / "names.txt").read_text(encoding="utf-8").splitlines()
    spaced = [r"\s+".join(map(re.escape, line.split())) for line in sorted(lines, key=len, reverse=True) if line]
    return re.compile("|".join(spaced), re.IGNORECASE)


def runs(text: str, own_names: re.Pattern[str]) -> list[str]:
    """Return every run of words inside a clause, names taken out."""
    found = []
    bare = own_names.sub(" . ", LEGAL_REFERENCE.sub(" . ", re.sub(r"\s+", " ", text)))
    for clause in CLAUSE.split(bare):
        words = [word.strip(",.-") for word in re.findall(r"[\w%/.,-]+", clause.lower()) if re.search(r"\w", word)]
        found += [" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
    return found


def prose(script: Script) -> list[str]:
    cells = [cell for block in script.blocks if block.table for row in block.table.rows for cell in row]
    texts = [str(script.head["subject"]), *(block.text for block in script.blocks), *script.notes.values(), *cells]
    return [re.sub(r"“[^”]*”", " . ", MARK.sub("", text).replace("*", "")) for text in texts]


@cache
def corpus_runs() -> frozenset[str]:
    files = [*(SHARED / "corpus/reports").glob("*.txt"), *(SHARED / "corpus/regulations").glob("*")]
    own_names = names()
    return frozenset(run for path in files for run in runs(path.read_text(encoding="utf-8"), own_names))


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="không có kho văn bản ../shared/corpus để so")
@pytest.mark.parametrize("script", ALL_SCRIPTS, ids=lambda script: script.file)
def test_no_sentence_is_copied_from_the_corpus(script: Script) -> None:
    own_names = names()
    copied = [run for text in prose(script) for run in runs(text, own_names) if run in corpus_runs()]
    assert copied == []
