import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.errors import DamagedFile, EmptyFile, ProtectedFile, UnreadableFile, UnsupportedFormat
from ingest.readers import read
from ingest.readers.docx.numbering import in_form, read_numbering

SHARED = Path(__file__).parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="cần thư mục shared cạnh kho mã")

NUMBERING = f"""
<w:numbering {nsdecls("w")}>
  <w:abstractNum w:abstractNumId="7">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3."/></w:lvl>
    <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>
    <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
  <w:num w:numId="4"><w:abstractNumId w:val="7"/>
    <w:lvlOverride w:ilvl="3"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def saved(document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def kinds(source, kind):
    return [(hint.level, hint.label, source.text[hint.start : hint.end]) for hint in source.hints if hint.kind == kind]


def test_numbering_is_counted_as_word_counts_it():
    numbering = read_numbering(parse_xml(NUMBERING))
    walk = [
        ("3", 0),
        ("3", 1),
        ("3", 2),
        ("3", 2),
        ("3", 1),
        ("3", 2),
        ("3", 3),
        ("3", 3),
        ("4", 3),
        ("3", 0),
        ("3", 1),
    ]
    labels = [numbering.label(number, level).strip() for number, level in walk]
    assert labels == ["I.", "1.", "1.1.", "1.2.", "2.", "2.1.", "a)", "b)", "a)", "II.", "1."]
    assert numbering.label("3", 4) == "• "
    assert numbering.label("99", 0) == ""


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [(1994, "upperRoman", "MCMXCIV"), (9, "lowerRoman", "ix"), (27, "lowerLetter", "aa"), (3, "decimalZero", "03"),
     (5, "ordinalText", "5")],
)  # fmt: skip
def test_number_forms(value, form, shown):
    assert in_form(value, form) == shown


def test_headings_lists_and_typed_text_in_order():
    document = docx.Document()
    document.core_properties.title = "Kế hoạch"
    document.add_paragraph("KẾ HOẠCH", style="Title")
    document.add_heading("Mục đích", level=1)
    document.add_paragraph("Đoạn văn\tcó dấu cách.")
    document.add_paragraph("mục một", style="List Number")
    document.add_paragraph("mục hai", style="List Number")
    source = read(saved(document), "kh.docx")
    assert source.text == "KẾ HOẠCH\nMục đích\nĐoạn văn có dấu cách.\n1. mục một\n2. mục hai\n"
    assert kinds(source, "title") == [(0, "", "KẾ HOẠCH")]
    assert kinds(source, "heading") == [(1, "", "Mục đích")]
    assert kinds(source, "list_item") == [(1, "1.", "1. mục một"), (1, "2.", "2. mục hai")]
    assert source.properties["title"] == "Kế hoạch"
    assert source.pages == ()
    assert source.wrapped is False


def test_data_tables_keep_merged_places_blank_and_layout_tables_read_cell_by_cell():
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "SỞ NỘI VỤ"
    head.cell(0, 1).text = "CỘNG HÒA"
    head.cell(0, 1).add_paragraph("Độc lập")
    table = document.add_table(4, 3, style="Table Grid")
    rows = [["Năm", "Điển hình", ""], ["", "Tập thể", "Cá nhân"], ["2014", "145", "169"], ["", "", "213"]]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).merge(table.cell(3, 0))
    source = read(saved(document), "b.docx")
    assert source.text.splitlines() == [
        "SỞ NỘI VỤ",
        "CỘNG HÒA",
        "Độc lập",
        "Năm\tĐiển hình\t",
        "\tTập thể\tCá nhân",
        "2014\t145\t169",
        "\t\t213",
    ]
    assert [hint.level for hint in source.hints if hint.kind == "table"] == [2]


def test_deleted_text_is_gone_and_inserted_text_is_there():
    document = docx.Document()
    paragraph = document.add_paragraph("Còn lại")
    for tag, text in (("w:del", " bị xóa"), ("w:ins", " thêm vào")):
        run = OxmlElement("w:r")
        content = OxmlElement("w:delText" if tag == "w:del" else "w:t")
        content.text = text
        content.set(qn("xml:space"), "preserve")
        run.append(content)
        change = OxmlElement(tag)
        change.append(run)
        paragraph._p.append(change)
    source = read(saved(document), "s.docx")
    assert source.text == "Còn lại thêm vào\n"
    assert any("2 chỗ sửa đổi" in warning and "Track Changes" in warning for warning in source.warnings)


def test_deleted_rows_are_gone():
    document = docx.Document()
    table = document.add_table(rows=3, cols=2, style="Table Grid")
    for number, row in enumerate(table.rows):
        row.cells[0].text, row.cells[1].text = f"dòng {number}", str(number)
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:del"))
    assert read(saved(document), "s.docx").text.splitlines() == ["dòng 0\t0", "dòng 2\t2"]


def test_text_nobody_sees_is_left_out_with_a_warning():
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    paragraph = document.add_paragraph("Nội dung")
    hidden, white, tiny = (paragraph.add_run(f" bỏ qua {number}") for number in range(3))
    hidden.font.hidden = True
    white.font.color.rgb = RGBColor(255, 255, 255)
    tiny.font.size = Pt(1)
    small = document.add_paragraph("")
    small.add_run("chú thích nhỏ").font.size = Pt(7)
    source = read(saved(document), "a.docx")
    assert source.text.splitlines() == ["Nội dung", "chú thích nhỏ"]
    assert sum("mắt không đọc được" in warning for warning in source.warnings) == 3


def test_white_text_on_a_dark_cell_is_seen():
    from docx.shared import RGBColor

    document = docx.Document()
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for row, texts in zip(table.rows, (("Năm", "Số"), ("2020", "5")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    run = table.rows[0].cells[0].paragraphs[0].runs[0]
    run.font.color.rgb = RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "1F3864")
    table.rows[0].cells[0]._tc.get_or_add_tcPr().append(shade)
    source = read(saved(document), "a.docx")
    assert source.text.splitlines()[0] == "Năm\tSố"
    assert source.warnings == ()


def test_text_boxes_are_read_once():
    document = docx.Document()
    document.add_paragraph("Thân bài")
    box = parse_xml(
        f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
        "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "
        "xmlns:v='urn:schemas-microsoft-com:vml'><mc:AlternateContent>"
        "<mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
        "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>"
        "<w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.paragraphs[0]._p.append(box)
    assert read(saved(document), "k.docx").text.splitlines() == ["Thân bài", "Trong khung"]


def test_raised_digits_typed_by_hand_refer_and_exponents_do_not():
    document = docx.Document()
    paragraph = document.add_paragraph("Giai đoạn 2016-2020")
    paragraph.add_run("5").font.superscript = True
    paragraph.add_run(" rộng 12 km")
    paragraph.add_run("2").font.superscript = True
    source = read(saved(document), "m.docx")
    assert source.text == "Giai đoạn 2016-20205 rộng 12 km2\n"
    assert kinds(source, "reference") == [(0, "5", "5")]


def test_headers_are_furniture():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Dự thảo lần 2"
    document.add_paragraph("Nội dung")
    source = read(saved(document), "h.docx")
    assert kinds(source, "furniture") == [(0, "", "Dự thảo lần 2")]


def test_refusals_name_the_file_and_the_way_out():
    document = docx.Document()
    with pytest.raises(EmptyFile, match="không có nội dung"):
        read(saved(document), "trống.docx")
    with pytest.raises(DamagedFile, match=r"gãy\.docx"):
        read(saved(document)[:3000], "gãy.docx")
    with pytest.raises(UnsupportedFormat, match="đời cũ"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cũ.doc")
    with pytest.raises(ProtectedFile, match="mật khẩu"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "khóa.docx")


def test_a_zip_bomb_is_refused_from_its_directory():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(30 * 1024 * 1024))
    with pytest.raises(UnreadableFile, match="nén bất thường"):
        read(buffer.getvalue(), "bom.docx")


@needs_shared
class TestOnRealPapers:
    def test_automatic_numbers_are_rebuilt(self):
        source = read((SHARED / "corpus/files/004.docx").read_bytes(), "004.docx")
        lines = source.text.splitlines()
        assert "II. NỘI DUNG THI ĐUA" in lines
        assert any(line.startswith("(4) Thu ngân sách nhà nước đạt 16.068 tỷ đồng") for line in lines)
        assert any(line.startswith("2.6. Tăng cường") for line in lines)
        assert "Lê Ánh Dương" in source.text

    def test_genuine_footnotes_are_tied_to_their_marks(self):
        source = read((SHARED / "corpus/hard/000-footnotes.docx").read_bytes(), "n.docx")
        assert [hint.label for hint in source.hints if hint.kind == "reference"] == [str(n) for n in range(1, 20)]
        assert [hint.label for hint in source.hints if hint.kind == "footnote"] == [str(n) for n in range(1, 20)]

    def test_a_long_table(self):
        source = read((SHARED / "corpus/hard/001-table.docx").read_bytes(), "t.docx")
        (table,) = (hint for hint in source.hints if hint.kind == "table")
        rows = source.text[table.start : table.end].splitlines()
        assert table.level == 2
        assert len(rows) == 73
        assert rows[-1].split("\t")[:5] == ["Tổng", "", "", "10.984", "17.889"]
