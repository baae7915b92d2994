import pytest

from assistant.question.understand import understand
from assistant.retrieval.naming import named_kinds
from assistant.retrieval.query import build
from assistant.retrieval.routing import focus, meant
from ingest.clean import fold


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Theo báo cáo năm 2022, tỉnh có bao nhiêu tập thể?", ("bao cao",)),
        ("BC tổng kết và KH 2023 ghi thế nào?", ("bao cao", "ke hoach")),
        ("Việc này theo kế hoạch nào?", ()),
        ("Công văn số mấy?", ()),
    ],
)
def test_a_kind_that_is_asked_for_names_no_document(question, found):
    assert named_kinds(fold(question)) == found


def file_meant(question, library):
    document = meant(focus(build(understand(question), library), library))
    return library.profile(document).file if document else ""


def test_kind_and_year_point_to_the_document(library):
    assert (
        file_meant("Theo kế hoạch phát động thi đua năm 2023, chỉ tiêu thu ngân sách là bao nhiêu?", library)
        == "ke-hoach.txt"
    )
    assert (
        file_meant("Theo báo cáo kết quả thi đua khen thưởng năm 2022, có bao nhiêu biên chế?", library)
        == "bao-cao.txt"
    )


def test_a_question_that_names_none_points_nowhere(library):
    assert file_meant("Có bao nhiêu biên chế?", library) == ""


def test_words_that_name_the_document_count_less(library):
    query = build(understand("Theo kế hoạch phát động thi đua năm 2023, thu ngân sách là bao nhiêu?"), library)
    focused = focus(query, library)
    weight = {concept.text: concept.weight for concept in query.concepts}
    after = {concept.text: concept.weight for concept in focused.concepts}
    assert after["phat"] < weight["phat"]
    assert after["sach"] == weight["sach"]
