"""The spreadsheet an officer starts from."""

from __future__ import annotations

from pathlib import Path

from evals.officer import COLUMNS, EVIDENCE, GUIDE_SHEET, ID, MODEL_ANSWER

SHEET = "Câu hỏi"
_WIDTHS = {
    "Câu hỏi": 60,
    "Đáp án phải có": 40,
    "Không được có": 26,
    "Văn bản": 30,
    "Điều/khoản/trang": 24,
    EVIDENCE: 50,
}

EXAMPLES = (
    (
        "Hội đồng xét tặng của Sở có bao nhiêu thành viên?",
        "9 thành viên | 9 người | chín thành viên",
        "11 thành viên",
        "quyet-dinh-mau.docx",
        "Điều 2, trang 1",
        "có",
    ),
    (
        "Hồ sơ đề nghị khen thưởng gồm những gì?",
        "tờ trình\nbiên bản họp | biên bản\nbáo cáo thành tích",
        "",
        "quyet-dinh-mau.docx",
        "Điều 5 khoản 1",
        "có",
    ),
    ("Mức phụ cấp của Chủ tịch Hội đồng là bao nhiêu?", "", "", "", "", "không"),
)

GUIDE = (
    ("Cột", "Cách điền"),
    ("Câu hỏi", "Viết như vẫn hỏi khi làm việc. Mỗi dòng một câu."),
    ("Đáp án phải có", "Mỗi ý phải có trong câu trả lời: một dòng trong ô (Alt+Enter) hoặc cách nhau bằng dấu ;"),
    ("", "Nhiều cách viết cùng một ý: cách nhau bằng dấu |, ví dụ: 20 người | 20 thành viên"),
    ("Không được có", "Điều mà nếu xuất hiện thì câu trả lời là sai. Có thể để trống."),
    ("Văn bản", "Tên tệp đã nạp vào kho. Nhiều tệp: cách nhau bằng dấu ;"),
    ("Điều/khoản/trang", "Nơi phải được trích dẫn, ví dụ: Điều 21 khoản 2; trang 14. Có thể để trống."),
    (
        "Trả lời được?",
        "“có” hoặc “không”. “không”: tài liệu không có câu trả lời, chương trình phải nói rõ là không có.",
    ),
    (f"{ID}, {MODEL_ANSWER}, {EVIDENCE}", "Cột thêm, không bắt buộc; tự thêm vào dòng đầu nếu cần."),
    ("", "Xoá ba dòng ví dụ trước khi dùng. Nhập bằng: tdkt eval import cau-hoi.xlsx"),
)


def write_template(path: Path) -> None:
    """Write the template as XLSX (with a guide and a yes/no list) or, by its ending, CSV for Excel."""
    if path.suffix.lower() == ".csv":
        _write_csv(path)
    else:
        _write_workbook(path)


def _write_csv(path: Path) -> None:
    import csv

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows([COLUMNS, *EXAMPLES])


def _write_workbook(path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for row in (COLUMNS, *EXAMPLES):
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="1F5F8B")
    for letter, column in zip("ABCDEF", COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, 16)
    for cells in sheet.iter_rows(min_row=2, max_row=200, max_col=len(COLUMNS)):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    choice = DataValidation(type="list", formula1='"có,không"', allow_blank=True)
    choice.add("F2:F1000")
    sheet.add_data_validation(choice)
    guide = book.create_sheet(GUIDE_SHEET)
    for line in GUIDE:
        guide.append(list(line))
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 34, 100
    for cell in guide[1]:
        cell.font = Font(bold=True)
    book.save(path)
