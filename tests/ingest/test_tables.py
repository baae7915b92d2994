from ingest.tables import read_table, sentence

TABLE = [
    "TT\tNăm\tNgành\tSố lượng\t\tGhi chú",
    "\t\t\tTập thể\tCá nhân\t",
    "1\t2019\tCông thương\t12\t30\t",
    "\t\tNông nghiệp\t8\t15\ttạm tính",
    "2\t2020\tCông thương\t9\t21\t",
    "TT\tNăm\tNgành\tSố lượng\t\tGhi chú",
    "\t\t\tTập thể\tCá nhân\t",
    "\t\tNông nghiệp\t\t17\t",
    "3\t2021\tCông thương\t7\t20\t",
    "Nông nghiệp\t4\t\t\t11\t",
    "Tổng cộng\t\t\t1.036\t103\t",
]


def test_headers_of_two_lines_and_the_year_carried_over_a_page_break() -> None:
    rows = read_table(TABLE)
    assert [row is None for row in rows] == [False] * 5 + [True, True] + [False] * 4
    assert not rows[0].cells and not rows[1].cells
    assert {cell.header: cell.value for cell in rows[2].cells} == {
        "TT": "1", "Năm": "2019", "Ngành": "Công thương", "Số lượng > Tập thể": "12", "Số lượng > Cá nhân": "30",
        "Ghi chú": "",
    }  # fmt: skip
    assert sentence(rows[3].cells) == "Năm 2019, Ngành Nông nghiệp: Số lượng 8 tập thể, 15 cá nhân, Ghi chú: tạm tính"
    assert sentence(rows[7].cells, "Bảng 1") == "Năm 2020, Ngành Nông nghiệp: Số lượng 17 cá nhân (Bảng 1)"


def test_a_blank_stays_blank_and_offsets_show_where_values_are_printed() -> None:
    row = read_table(TABLE)[7]
    cells = {cell.header: cell for cell in row.cells}
    assert cells["Số lượng > Tập thể"].value == "" and cells["Số lượng > Tập thể"].start == -1
    assert cells["Năm"].value == "2020" and cells["Năm"].start == -1
    assert TABLE[7][cells["Ngành"].start : cells["Ngành"].end] == "Nông nghiệp"


def test_numbers_of_a_shifted_row_get_no_header() -> None:
    row = read_table(TABLE)[9]
    assert [(cell.header, cell.value) for cell in row.cells if cell.value in ("4", "11")] == [("", "4"), ("", "11")]
    assert sentence(row.cells).startswith("Năm 2021, Ngành Nông nghiệp")


def test_the_total_row_is_known_by_its_words() -> None:
    row = read_table(TABLE)[10]
    assert sentence(row.cells) == "Tổng cộng: Số lượng 1.036 tập thể, 103 cá nhân"


def test_a_table_without_header_is_kept_as_printed() -> None:
    rows = read_table(["Gạo\t12\t3", "Ngô\t4\t5"])
    assert [cell.header for cell in rows[0].cells] == ["", "", ""]


def test_a_name_merged_over_its_classes_is_carried_down_and_a_blank_class_stays_blank() -> None:
    rows = [
        "Huân chương\tHạng\tCá nhân",
        "Hoa sen\t\t46,0",
        "Hoa đào\tNhất\t15,0",
        "\tNhì\t12,5",
        "Hoa mai\tNhất\t9,0",
        "\tNhì\t7,5",
        "Hoa lan\t\t4,5",
    ]
    read = [row for row in read_table(rows) if row is not None and row.cells]
    assert [(row.cells[0].value, row.cells[1].value) for row in read] == [
        ("Hoa sen", ""),
        ("Hoa đào", "Nhất"),
        ("Hoa đào", "Nhì"),
        ("Hoa mai", "Nhất"),
        ("Hoa mai", "Nhì"),
        ("Hoa lan", ""),
    ]
    assert sentence(read[4].cells) == "Huân chương Hoa mai, Hạng Nhì: 7,5 cá nhân"


def test_a_header_spreads_no_farther_than_the_one_above_it() -> None:
    rows = read_table(
        [
            "TT\tĐơn vị\tĐiểm các tiêu chí\t\tTổng điểm\t\tHạng",
            "\t\tI. Chuyên môn\t\t\t\t",
            "\t\tTự chấm\tThống nhất\tTự chấm\tThống nhất\t",
            "1\tSở A\t598\t592\t1.010\t998\t2",
        ],
        3,
    )
    assert [cell.header for cell in rows[3].cells][2:] == [
        "Điểm các tiêu chí > I. Chuyên môn > Tự chấm", "Điểm các tiêu chí > I. Chuyên môn > Thống nhất",
        "Tổng điểm > Tự chấm", "Tổng điểm > Thống nhất", "Hạng",
    ]  # fmt: skip


def test_a_word_among_figures_leaves_the_row_under_its_headers() -> None:
    rows = read_table(
        [
            "TT\tHình thức\tTập thể\tCá nhân\tGhi chú",
            "1\tBằng khen\t5\t8\t",
            "2\tGiấy khen\t22\t64\tchưa chi",
            "3a\tGiấy khen cho hộ\t9 hộ\t-\tnt",
            "3b\tCờ thi đua\tdo tỉnh chi\t-\t",
            "4\tThư khen\t7\t1\t",
        ]
    )
    read = [{cell.header: cell.value for cell in row.cells} for row in rows[1:] if row is not None]
    assert read[2] == {
        "TT": "3a",
        "Hình thức": "Giấy khen cho hộ",
        "Tập thể": "9 hộ",
        "Cá nhân": "-",
        "Ghi chú": "chưa chi",
    }
    assert read[3]["Tập thể"] == "do tỉnh chi"


def test_a_row_without_a_blank_is_not_shifted() -> None:
    rows = read_table(
        [
            "TT\tNội dung\tĐiểm\tMinh chứng",
            "1\tCó thư khen\t+1/thư, tối đa +3\tSổ thư khen",
            "2\tĐi công tác xa\t+4\tQuyết định cử đi",
            "3\tKỹ thuật mới\t+5 (chủ trì)\tQuyết định",
            "4\tHiến máu\t+1/lần\tGiấy chứng nhận",
        ]
    )
    assert {cell.header: cell.value for cell in rows[2].cells}["Điểm"] == "+4"
