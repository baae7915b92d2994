"""Answers that are worked out: over a small report and a table written here, every figure added by hand."""

from decimal import Decimal

import pytest

from assistant.answers.calculations.backwards import steps
from assistant.answers.calculations.breakdowns import breakdowns
from assistant.answers.calculations.changes import pairs
from assistant.answers.calculations.contests import sides
from assistant.answers.calculations.measures import measures
from assistant.answers.calculations.ranks import ranks
from assistant.answers.calculations.surroundings import by_year, clause_end
from assistant.answers.tables.cells import told_cells
from assistant.answers.tables.rows import named, read, settled
from assistant.pipeline import Assistant
from ingest.clean import fold
from ingest.pipeline import read_bytes
from ingest.records import Cell, Chunk
from vectorstore.embed import load_embedder
from vectorstore.store import Store

REPORT = """UBND TỈNH LẠNG SƠN

Số: 90/BC-UBND

Lạng Sơn, ngày 12 tháng 12 năm 2024

BÁO CÁO
Kết quả phát triển kinh tế - xã hội năm 2024 tỉnh Lạng Sơn

I. KINH TẾ

Thu nhập bình quân đầu người năm 2024 đạt 62 triệu đồng/người, tăng 1,4 lần (17,5 triệu đồng) so với năm 2019.

Cơ cấu kinh tế chuyển dịch đúng hướng: công nghiệp - xây dựng chiếm 31%; dịch vụ chiếm 48,5%; nông - lâm nghiệp \
chiếm 19,2%.

Tổng vốn đầu tư công giải ngân đạt 3,8 nghìn tỷ đồng (mục tiêu đề ra 4,5 nghìn tỷ đồng).

Chỉ số chuyển đổi số của tỉnh năm 2024 tăng 11 bậc so với năm 2023, xếp thứ 18/63.

Chỉ số cải cách hành chính của tỉnh năm 2021 xếp thứ 30/63; năm 2022 xếp thứ 21/63; năm 2023, 2024 xếp thứ 25/63.

II. HẠ TẦNG

Số tuyến đường huyện tăng từ 24 tuyến lên 31 tuyến, chiều dài đường huyện tăng từ 310,5 km lên 402,25 km.

Năm 2023 sửa 412 căn nhà dột nát, năm 2024 sửa 1.205 căn nhà dột nát cho hộ nghèo.

III. XÃ HỘI

Toàn tỉnh hiện có 640 trường học, gồm: 230 trường mầm non, 180 trường tiểu học, 170 trường THCS, 60 trường THPT.

Kỳ thi học sinh giỏi cấp tỉnh năm 2024 đoạt 3 giải Nhất, 12 giải Nhì, 20 giải Ba và 31 giải Khuyến khích.

Kết quả xếp loại công chức năm 2024: Hoàn thành xuất sắc nhiệm vụ 210 người; Hoàn thành tốt nhiệm vụ 1.640 người; \
Hoàn thành nhiệm vụ 95 người; Không hoàn thành nhiệm vụ 4 người.

Toàn tỉnh có 420 thanh niên được tuyên dương (trong đó có: 115 công nhân, lao động; 140 học sinh; 65 sinh viên).

Năm 2024 đã sắp xếp 82 lượt cán bộ, trong đó: Bổ nhiệm 33, bổ nhiệm lại 26, điều động 14, luân chuyển 9.

Tuổi thọ bình quân của người dân tăng từ 73,1 lên 74,2 tuổi (tiệm cận mục tiêu là 75 tuổi).

Số giáo viên trên lớp ở nhà trẻ đạt 2,4; mẫu giáo đạt 2,1; tiểu học đạt 1,6.

Tỷ lệ người dân có thẻ bảo hiểm y tế đạt 95,4%; tỷ lệ lao động tham gia bảo hiểm xã hội đạt 28,7%.

Giai đoạn 2020-2024 trồng mới 1.204 ha rừng phòng hộ.

Toàn tỉnh có 172 hợp tác xã, tăng ... hợp tác xã so với năm 2020.

Chỉ số công khai ngân sách của tỉnh năm 2022 xếp thứ 14/63, năm 2023 xếp thứ 9/63, năm 2024 xếp thứ .../63.
"""

TABLE = """<h1>BẢNG TỔNG HỢP</h1>
<p>Số lượng điển hình tiên tiến theo lĩnh vực tỉnh Lạng Sơn</p>
<table>
<tr><th>Năm</th><th>Lĩnh vực</th><th>Tập thể</th><th>Cá nhân</th></tr>
<tr><td>2021</td><td>Giáo dục</td><td>120</td><td>340</td></tr>
<tr><td>2021</td><td>Y tế</td><td>80</td><td>1210</td></tr>
<tr><td>2021</td><td>Lĩnh vực khác</td><td>61</td><td>75</td></tr>
<tr><td>2022</td><td>Giáo dục</td><td>150</td><td>305</td></tr>
<tr><td>2022</td><td>Y tế</td><td>95</td><td>260</td></tr>
<tr><td>2022</td><td>Lĩnh vực khác</td><td>70</td><td>90</td></tr>
<tr><td>2023</td><td>Giáo dục</td><td>140</td><td>310</td></tr>
<tr><td>2023</td><td>Y tế</td><td>60</td><td>200</td></tr>
<tr><td>2023</td><td>Lĩnh vực khác</td><td>66</td><td>88</td></tr>
<tr><td>Tổng</td><td></td><td>842</td><td>2.878</td></tr>
</table>
"""


@pytest.fixture(scope="module")
def calculator(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("calculations"), load_embedder) as store:
        with store.writer() as writer:
            for name, text in (("bao-cao.txt", REPORT), ("bang.html", TABLE)):
                data = text.encode()
                writer.add(read_bytes(data, name), data)
        yield Assistant(store)


ASKED = {
    # Each figure on the right was worked out by hand from the texts above.
    "Thu nhập bình quân đầu người Lạng Sơn năm 2019 là bao nhiêu?": "62 − 17,5 = 44,5",
    "Chỉ số chuyển đổi số năm 2024 tăng 11 bậc thì năm trước đó Lạng Sơn xếp thứ mấy?": "18 + 11 = 29",
    "Cơ cấu kinh tế Lạng Sơn: cộng tỷ trọng công nghiệp, dịch vụ, nông nghiệp đã đủ 100% chưa?": "= 98,7",
    "Vốn đầu tư công giải ngân hụt so với mục tiêu bao nhiêu?": "4,5 − 3,8 = 0,7",
    "Chiều dài đường huyện tăng thêm bao nhiêu km?": "402,25 − 310,5 = 91,75",
    "Số tuyến đường huyện tăng thêm bao nhiêu tuyến?": "31 − 24 = 7",
    "Cộng cả hai năm 2023 và 2024 Lạng Sơn sửa được bao nhiêu căn nhà dột nát?": "= 1.617",
    "Nhà dột nát được sửa năm 2024 nhiều hơn năm 2023 bao nhiêu căn?": "1.205 − 412 = 793",
    "Trường tiểu học, trung học cơ sở cộng lại thì tỉnh có bao nhiêu trường?": "180 (trường tiểu học) + 170 (trường THCS) = 350",
    "Kỳ thi học sinh giỏi cấp tỉnh năm 2024 đoạt tổng cộng mấy giải?": "= 66",
    "Bao nhiêu công chức Lạng Sơn năm 2024 được xếp loại hoàn thành tốt nhiệm vụ trở lên?": "= 1.850",
    "hoc sinh va sinh vien cong lai co bao nhieu nguoi duoc tuyen duong?": "140 (học sinh) + 65 (sinh viên) = 205",
    "Điều động với luân chuyển gộp lại được mấy lượt cán bộ?": "14 (điều động) + 9 (luân chuyển) = 23",
    "Trường THCS nhiều hơn trường THPT bao nhiêu trường?": "170 − 60 = 110",
    "Tuổi thọ bình quân còn thiếu bao nhiêu tuổi so với mục tiêu?": "75 − 74,2 = 0,8",
    "Chỉ số cải cách hành chính của Lạng Sơn từ 2021 đến 2022 tăng mấy bậc?": "30 − 21 = 9",
    "Trường mầm non hay trường THPT của tỉnh nhiều hơn?": "230 − 60 = 170",
    "Tỷ trọng dịch vụ với công nghiệp, bên nào cao hơn?": "48,5 − 31 = 17,5",
    "Ngành y tế với ngành giáo dục năm 2022, bên nào nhiều tập thể điển hình hơn?": "150 − 95 = 55",
    "Theo dòng tổng của bảng, tập thể và cá nhân điển hình cộng lại là bao nhiêu?": "842 + 2.878 = 3.720",
    "Năm 2023 gom hết các lĩnh vực lại có bao nhiêu tập thể điển hình?": "140 + 60 + 66 = 266",
    "Lĩnh vực giáo dục năm 2023 so với 2022 giảm bao nhiêu tập thể điển hình?": "150 − 140 = 10",
    "Bình quân mỗi năm giai đoạn 2021-2023 lĩnh vực giáo dục có bao nhiêu tập thể điển hình?": "410 : 3 ≈ 136,7",
    "Trung bình mỗi lĩnh vực năm 2023 có bao nhiêu cá nhân điển hình?": "598 : 3 ≈ 199,3",
    "Lĩnh vực giáo dục từ năm 2021 đến 2022 cộng lại có bao nhiêu tập thể điển hình?": "120 + 150 = 270",
    "Năm 2022 y tế chiếm bao nhiêu phần trăm số tập thể điển hình?": "95 : 315 ≈ 30,2%",
    "Năm 2021 lĩnh vực giáo dục, cá nhân nhiều hơn tập thể bao nhiêu?": "340 − 120 = 220",
    "Dòng tổng của bảng điển hình có khớp với các dòng cộng lại không?": "Khớp: dòng tổng đúng bằng các dòng cộng lại",
    "Trường tiểu học chiếm bao nhiêu phần trăm trong 640 trường học của tỉnh?": "180 : 640 ≈ 28,1%",
    "Bình quân mỗi năm Lạng Sơn trồng mới bao nhiêu ha rừng phòng hộ?": "1.204 : 5 = 240,8",
    "640 trường học của tỉnh cộng từng loại lại có khớp không?": "= 640, tài liệu ghi 640 trường học",
}


@pytest.mark.parametrize("question", ASKED)
def test_worked_out_and_shown(calculator, question):
    answer = calculator.ask(question)
    assert answer.status == "answered"
    assert ASKED[question] in answer.answer
    assert answer.citations
    assert answer.explanation["findings"] == []


def test_both_extremes(calculator):
    answer = calculator.ask("Năm 2021 lĩnh vực nào có nhiều tập thể điển hình nhất và lĩnh vực nào ít nhất?").answer
    assert "Cao nhất: Giáo dục, năm 2021: 120 tập thể" in answer
    assert "Thấp nhất: Lĩnh vực khác, năm 2021: 61 tập thể" in answer


def test_a_wrong_superlative_is_set_right(calculator):
    answer = calculator.ask("Vì sao năm 2021 lại là năm ngành y tế có ít cá nhân điển hình nhất?").answer
    assert answer.startswith("Không đúng là thấp nhất: Y tế, năm 2021 có nhiều cá nhân nhất (1210 cá nhân)")


def test_a_right_superlative_stands(calculator):
    answer = calculator.ask("Vì sao năm 2021 lại là năm ngành y tế có nhiều cá nhân điển hình nhất?").answer
    assert "Không đúng" not in answer


def test_a_wrong_pairing_is_set_right(calculator):
    answer = calculator.ask("Vì sao tỷ lệ lao động tham gia bảo hiểm xã hội lên tới 95,4%?").answer
    assert "Không đúng: tài liệu ghi 95,4% ở “Tỷ lệ người dân có thẻ bảo hiểm y tế đạt 95,4%”" in answer
    assert "“tỷ lệ lao động tham gia bảo hiểm xã hội đạt 28,7%”" in answer


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao tỷ lệ người dân có thẻ bảo hiểm y tế lên tới 95,4%?",
        # A list of figures names its subject once, before the first of them.
        "Vì sao số giáo viên trên lớp ở tiểu học là 1,6?",
        "95,4% là của tỷ lệ gì?",
    ],
)
def test_a_right_pairing_stands(calculator, question):
    assert "Không đúng" not in calculator.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "Số tuyến đường huyện tăng lên bao nhiêu tuyến?",
        "Thu nhập bình quân đầu người Lạng Sơn năm 2024 là bao nhiêu?",
        "Toàn tỉnh Lạng Sơn hiện có bao nhiêu trường học?",
        # Both years have figures, but of other things.
        "Năm 2024 khách du lịch đến Lạng Sơn tăng bao nhiêu so với năm 2023?",
        "Diện tích rừng trồng năm 2024 của Lạng Sơn giảm bao nhiêu so với năm 2019?",
    ],
)
def test_nothing_is_worked_out_where_a_figure_is_asked_for(calculator, question):
    assert " = " not in calculator.ask(question).answer


@pytest.mark.parametrize(
    "question",
    ["Số hợp tác xã của tỉnh tăng bao nhiêu so với năm 2020?", "Năm 2024 chỉ số công khai ngân sách xếp thứ mấy?"],
)
def test_a_blank_is_told_where_the_same_word_introduces_it(calculator, question):
    assert calculator.ask(question).answer.startswith("Tài liệu để trống nội dung này")


def test_a_blank_of_another_year_is_not_told(calculator):
    assert "để trống" not in calculator.ask("Năm 2022 chỉ số công khai ngân sách xếp thứ mấy?").answer


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("Vì sao tỷ lệ người dân có thẻ bảo hiểm y tế chỉ đạt 85,4%?", "bảo hiểm y tế đạt 95,4%"),
        ("Có phải năm 2023 chỉ số công khai ngân sách của tỉnh xếp thứ 19 không?", "năm 2023 xếp thứ 9/63"),
        ("Sao tuổi thọ bình quân của người dân lại giảm từ 74,2 xuống 73,1?", "tăng từ 73,1 lên 74,2 tuổi"),
    ],
)
def test_a_figure_no_paper_has_is_set_right(calculator, question, right):
    answer = calculator.ask(question).answer
    assert answer.startswith("Không đúng “")
    assert right in answer


def test_an_open_question_claims_no_figure(calculator):
    assert "Không đúng" not in calculator.ask("Tỷ lệ lao động tham gia bảo hiểm xã hội đã đạt 30% chưa?").answer


def test_a_total_is_known_by_its_sum_whatever_the_words():
    (found,) = breakdowns("Cả tỉnh có 90 trạm y tế (12 trạm khu vực, 78 trạm xã) và 5 bệnh viện")
    assert found.proved
    assert (found.total.number, [one.number for one in found.parts]) == ("90", ["12", "78"])
    (listed,) = breakdowns("Có 30 dự án đang chạy: trong nước 18, nước ngoài 12")
    assert [one.noun for one in listed.parts] == ["trong nước", "nước ngoài"]
    assert not list(breakdowns("Có 30 dự án và 14 nhà máy"))


def test_parts_that_count_the_same_are_called_by_the_words_before_them():
    (found,) = breakdowns("Duyệt 50 kỹ thuật mới (công lập: 20 kỹ thuật; tư nhân: 30 kỹ thuật)")
    assert [one.noun for one in found.parts] == ["công lập", "tư nhân"]


def test_years_and_figures_in_turns():
    found = by_year("năm 2014 chỉ đạt 50% đến năm 2023 đạt trên 70%", ["2014", "2023"], "%")
    assert {year: one.printed for year, one in found.items()} == {"2014": "50", "2023": "70"}
    assert not by_year("năm 2014 và năm 2023 đạt 50% rồi 70%", ["2014", "2023"], "%")


def test_rows_under_a_merged_cell_bear_its_name():
    heads = ("Huân chương", "Hạng", "Cá nhân")
    table = [("Sao vàng", "", "46,0"), ("Lao động", "Nhất", "9,0"), ("", "Nhì", "7,5")]
    chunks = [
        Chunk(str(n), "a", n, "row", ("BẢNG",), "", "", 0, 0, None, None, 0, cells=tuple(map(cell_of, heads, values)))
        for n, values in enumerate(table)
    ]
    assert [row.name for row in named([read(chunk) for chunk in chunks])] == [
        "Sao vàng",
        "Lao động, Nhất",
        "Lao động, Nhì",
    ]


def cell_of(header, value):
    return Cell(header, value, 0, 0)


def test_a_shifted_row_is_read_in_order_and_says_so():
    heads, path = ("Năm", "Lĩnh vực", "Tập thể", "Cá nhân"), ("BẢNG",)
    straight = [Cell(head, value, 0, 0) for head, value in zip(heads, ("2021", "Giáo dục", "120", "340"), strict=True)]
    shifted = [
        Cell(head, value, 0, 0) for head, value in zip((*heads[:2], "", ""), ("2022", "Y tế", "95", "81"), strict=True)
    ]
    rows = [
        read(Chunk(str(number), "a", number, "row", path, "", "", 0, 0, None, None, 0, cells=tuple(cells)))
        for number, cells in enumerate((straight, shifted))
    ]
    straight_row, shifted_row = settled(rows)
    draft = told_cells([shifted_row], ["Tập thể", "Cá nhân"])
    assert draft is not None
    assert draft.statements[0].text.startswith("Y tế, năm 2022: 95 tập thể, 81 cá nhân (dòng này bị lệch cột")
    assert (shifted_row.shifted, straight_row.shifted) == (True, False)


def test_measures_have_units_and_skip_what_counts_nothing():
    found = measures(
        "năm 2020 đạt trên 366,3 nghìn tỷ đồng, 12 Cầu, mức độ 2 đạt 24,4%, 404,99km và 1.396 nhà, năm 2025"
    )
    assert [(one.printed, one.kind) for one in found] == [
        ("366,3", "dong nghin ty"),
        ("12", "cau"),
        ("24,4", "%"),
        ("404,99", "km"),
        ("1.396", "nha"),
    ]
    assert found[0].about
    assert found[4].number == Decimal(1396)
    assert found[4].shown == "1.396 nhà"


def test_thousands_and_decimals_are_told_apart():
    one, other = measures("có 1.274 tập thể và 36,4 giường")
    assert (one.number, other.number) == (Decimal(1274), Decimal("36.4"))


def test_pairs_have_one_unit():
    assert not list(pairs("tăng từ 18 tuyến lên 37 km", "tang bao nhieu", "", ()))
    (pair,) = pairs("tăng từ 10,1 lên 13,2 bác sĩ", "tang bao nhieu", "", ())
    assert (pair.first.printed, pair.second.printed) == ("10,1", "13,2")


def test_a_share_that_grew_by_per_cent_has_no_earlier_value():
    assert not steps("chiếm 69,3%, tăng 13,2% so với năm 2020")
    (step,) = steps("đứng thứ 12 cả nước, tăng 4 bậc so với đầu nhiệm kỳ (vượt mục tiêu đứng thứ 15)")
    assert (step.level.printed, step.step.printed, step.base) == ("12", "4", "đầu nhiệm kỳ")


def test_years_with_two_figures_are_not_used():
    assert by_year("năm 2023 xóa 10 nhà, năm 2024 xóa 12 nhà", ["2023", "2024"], "nha").keys() == {"2023", "2024"}
    assert not by_year("năm 2023 xóa 10 nhà tạm và 4 nhà dột", ["2023"], "nha")


def test_ranks_of_several_years():
    read = ranks("năm 2021 xếp thứ 07/63; năm 2022, 2023 xếp thứ 04/63; năm 2024 đạt 90%, đứng thứ 5")
    assert {year: rank for year, (rank, _, _) in read.items()} == {
        "2021": "07",
        "2022": "04",
        "2023": "04",
        "2024": "5",
    }


def test_clause_end_closes_its_bracket():
    text = fold("đạt 366 tỷ (mục tiêu, kế hoạch 470 tỷ); còn lại")
    assert text[: clause_end(text, 8)].endswith("470 ty)")


def test_sides_of_a_contest():
    question = "Ngành giáo dục hay ngành y tế có nhiều đề tài hơn?"
    ((left, right),) = sides(question, fold(question))
    assert (left.words, right.words) == ({"giao", "duc"}, {"y", "te"})
