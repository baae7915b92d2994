"""From question to cited answer over the small store of conftest."""

import re

import pytest

from assistant.pipeline import Assistant
from assistant.question.understand import understand
from assistant.records import Turn
from assistant.retrieval.query import build
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store


def ask(assistant, question, **more):
    return assistant.ask(question, **more)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Hội đồng Thi đua - Khen thưởng tỉnh có bao nhiêu ủy viên?", ["14 ủy viên"]),
        ("hoi dong thi dua khen thuong tinh co bao nhieu uy vien", ["14 ủy viên"]),
        ("HĐTĐKT tỉnh có mấy ủy viên?", ["14 ủy viên"]),
        ("Hội nghị tổng kết năm 2022 họp ngày nào, ở đâu?", ["20/12/2022", "Trung tâm Hội nghị tỉnh"]),
        ("Quyết định nào kiện toàn Hội đồng?", ["77/QĐ-UBND"]),
        ("Hạn chót gửi đăng ký thi đua năm 2023 là khi nào?", ["28/02/2023"]),
        ("Vì sao khen thưởng đột xuất còn chậm?", ["kiêm nhiệm"]),
        ("Thế nào là điển hình tiên tiến?", ["thành tích nổi bật"]),
    ],
)
def test_facts_are_stated_and_cited(assistant, question, holds):
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert all(text in answer.answer for text in holds)
    assert answer.citations


def test_markers_number_the_citations_and_quotes_are_exact(assistant):
    answer = ask(assistant, "Năm 2022 Chủ tịch UBND tỉnh tặng Bằng khen cho bao nhiêu tập thể và cá nhân?")
    assert "312 tập thể" in answer.answer and "845 cá nhân" in answer.answer
    used = {int(marker) for marker in re.findall(r"\[(\d+)\]", answer.answer)}
    assert used == {citation.marker for citation in answer.citations}
    for citation in answer.citations:
        text = assistant.store.text(citation.document_id)
        assert text[citation.start : citation.end] == citation.quote
    assert answer.citations[0].file == "bao-cao.txt"
    assert answer.citations[0].number == "45/BC-SNV"
    assert "Khen thưởng" in answer.citations[0].section


def test_a_list_is_whole_and_in_order(assistant):
    answer = ask(assistant, "Các hình thức tuyên truyền gương điển hình tiên tiến gồm những gì?")
    places = [answer.answer.find(text) for text in ("gặp mặt, giao lưu", "báo và đài", "sách người tốt")]
    assert -1 not in places and places == sorted(places)


def test_a_blank_is_answered_as_a_blank(assistant):
    answer = ask(assistant, "Tỷ lệ hộ nghèo năm 2023 còn bao nhiêu phần trăm?")
    assert "để trống" in answer.answer
    assert "......%" in answer.citations[0].quote


def test_a_paper_without_number_and_day_says_so(assistant):
    answer = ask(assistant, "Kế hoạch phát động thi đua năm 2023 mang số hiệu nào, ký ngày nào?")
    assert "để trống số văn bản và ngày ban hành" in answer.answer


def test_a_false_premise_is_corrected(assistant):
    answer = ask(assistant, "Vì sao Hội đồng Thi đua - Khen thưởng tỉnh có tới 25 ủy viên?")
    assert answer.answer.startswith("Không đúng")
    assert "14 ủy viên" in answer.answer


def test_cells_sums_and_changes_of_a_table(assistant):
    cell = ask(assistant, "Năm 2021 lĩnh vực y tế có bao nhiêu cá nhân điển hình?")
    assert "210 cá nhân" in cell.answer
    total = ask(assistant, "Tổng số tập thể điển hình tiên tiến năm 2021 của tất cả lĩnh vực là bao nhiêu?")
    assert "120 + 80 = 200" in total.answer
    assert len(total.citations) == 2
    change = ask(assistant, "Năm 2022 lĩnh vực giáo dục tăng bao nhiêu tập thể điển hình so với năm 2021?")
    assert "30" in change.answer and "120" in change.answer and "150" in change.answer


def test_a_blank_cell_is_said_to_be_blank(assistant):
    assert "để trống" in ask(assistant, "Năm 2022 lĩnh vực y tế có bao nhiêu cá nhân điển hình?").answer


def test_two_papers_stand_side_by_side(assistant):
    question = "Tỷ lệ khen người lao động trực tiếp trong báo cáo năm 2022 và kế hoạch năm 2023 là bao nhiêu?"
    answer = ask(assistant, question)
    assert "61,5%" in answer.answer and "65%" in answer.answer
    assert {citation.file for citation in answer.citations} == {"bao-cao.txt", "ke-hoach.txt"}


@pytest.mark.parametrize(
    "question",
    [
        "Tỉnh Quảng Ngãi tặng bao nhiêu Bằng khen năm 2022?",
        "Bằng khen của Chủ tịch UBND tỉnh kèm bao nhiêu tiền thưởng?",
        "Viết giúp tôi đơn xin nghỉ phép",
        "Mai trời có mưa không?",
        "Giá vàng hôm nay thế nào?",
    ],
)
def test_what_the_papers_lack_is_refused(assistant, question):
    answer = ask(assistant, question)
    assert answer.status == "refused"
    assert "Không tìm thấy" in answer.answer or "ngoài phạm vi" in answer.answer


def test_a_follow_up_keeps_the_subject(assistant):
    history = [Turn("user", "Năm 2022 Chủ tịch UBND tỉnh Lạng Sơn tặng Bằng khen cho bao nhiêu tập thể?")]
    assert "845 cá nhân" in ask(assistant, "Còn cá nhân?", history=history).answer


@pytest.mark.parametrize("text", ["", "   ", "xin chào", "cảm ơn nhé", "What is the plan about, can you tell me?"])
def test_courtesies_need_no_citation(assistant, text):
    answer = ask(assistant, text)
    assert answer.status == "answered" and answer.answer and not answer.citations


def test_very_long_input_is_answered_with_a_notice(assistant):
    answer = ask(assistant, "khen thưởng đột xuất " * 1000)
    assert answer.notices and answer.status in ("answered", "refused")


def test_a_slip_is_corrected_and_said(assistant):
    answer = ask(assistant, "Tỷ lệ che phũ rừngg năm 2023 đạt bao nhiêu?")
    assert "64,1%" in answer.answer
    assert "Đang hiểu là: Tỷ lệ che phũ rừng năm 2023 đạt bao nhiêu?" in answer.notices


def test_a_syllable_is_found_in_either_spelling(assistant, library):
    query = build(understand("ti le ho ngheo nam 2023 con bao nhieu"), library)
    rate = next(concept for concept in query.concepts if concept.text == "ti")
    assert (" ty ", 1.0) in rate.alternatives
    assert "để trống" in ask(assistant, "Tỉ lệ hộ nghèo năm 2023 còn bao nhiêu phần trăm?").answer


def test_a_blank_under_another_year_is_not_the_answer(tmp_path):
    report = (
        "UBND TỈNH LẠNG SƠN\n\nSố: 7/BC-UBND\n\nBÁO CÁO\nTình hình giảm nghèo\n\n"
        "I. KẾT QUẢ NĂM 2025\n\nTỷ lệ hộ nghèo của tỉnh năm 2025 giảm còn 1,4%.\n\n"
        "II. CHỈ TIÊU ĐẾN NĂM 2030\n\nTỷ lệ hộ nghèo của tỉnh còn ......%.\n"
    )
    with Store.open(tmp_path, load_embedder) as store:
        with store.writer() as writer:
            writer.add(read_bytes(report.encode(), "bao-cao.txt"), report.encode())
        reader = Assistant(store)
        assert "1,4%" in reader.ask("Tỷ lệ hộ nghèo của tỉnh năm 2025 còn bao nhiêu?").answer
        assert "......%" in reader.ask("Tỷ lệ hộ nghèo của tỉnh năm 2030 còn bao nhiêu?").answer
