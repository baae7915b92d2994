import pytest

from assistant.question.question_types import asks_name, asks_signer, counted, defined, kinds, masked
from ingest.clean import fold


def read(question):
    return kinds(masked(fold(question), question.lower()))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Có bao nhiêu tập thể được tặng Cờ thi đua?", "how_many"),
        ("co may xa dat chuan nong thon moi", "how_many"),
        ("Tỷ lệ hộ nghèo còn bao nhiêu phần trăm?", "ratio"),
        ("Mức tiền thưởng kèm theo Bằng khen là bao nhiêu tiền?", "money"),
        ("Chỉ số cải cách hành chính xếp thứ mấy?", "rank"),
        ("Hội nghị diễn ra khi nào?", "when"),
        ("Thời hạn gửi hồ sơ là ngày nào?", "when"),
        ("Ai là Chủ tịch Hội đồng?", "who"),
        ("Cơ quan nào thẩm định hồ sơ?", "body"),
        ("Quy định này nằm trong quyết định số mấy?", "document"),
        ("Thế nào là điển hình tiên tiến?", "definition"),
        ("Hội đồng gồm những ai?", "list"),
        ("Vì sao khen thưởng đột xuất còn chậm?", "why"),
        ("Đăng ký thi đua để làm gì?", "purpose"),
        ("Năm 2022 tăng bao nhiêu so với năm 2021?", "compare"),
        ("Hai báo cáo có thống nhất không?", "consistency"),
        ("Hộ gia đình có được xét tặng không?", "permit"),
        ("Hồ sơ nộp ở đâu?", "where"),
        ("Hội đồng có 20 người phải không?", "yes_no"),
        ("Khi nào được xét tặng danh hiệu?", "needs"),
        ("Muốn được công nhận thì cần đạt gì?", "needs"),
        ("Mặt trận có trách nhiệm gì?", "list"),
        ("Nhờ đâu tỷ lệ hộ nghèo giảm?", "why"),
        ("Phong trào theo phương châm nào?", "which"),
        ("Trình bày tình hình chung", "other"),
        ("Hạn chế của công tác khen thưởng là gì?", "list"),
        ("Phương hướng thời gian tới?", "list"),
        ("Nội dung nào được sửa đổi?", "which"),
        ("Khối thi đua là gì?", "definition"),
        ("Đơn khiếu nại gửi đi đâu?", "where"),
        ("Hội nghị khai mạc lúc mấy giờ?", "when"),
        ("Danh sách những người được tặng?", "list"),
    ],
)
def test_the_kind_asked_for_is_recognised(question, kind):
    assert kind in read(question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Phong trào thi đua ái quốc có ý nghĩa gì?", "who"),
        ("Tổ chức bộ máy hiện nay", "how_many"),
        ("Rác thải gom xử lý đạt tỷ lệ nào?", "list"),
        ("Khi nào phải trả lại tiền thưởng?", "money"),
        ("Khi nào được xét tặng danh hiệu?", "when"),
        ("Chủ đề năm 2024 là gì?", "list"),
        ("Không đồng ý với danh sách đã công khai thì làm thế nào?", "list"),
        ("Đủ điểm nhưng nghỉ 40 ngày thì có được loại A không?", "list"),
        ("Khoản thưởng không ai nhận thì xử lý thế nào?", "who"),
        ("Cá nhân ở bất kỳ nơi nào có được xét không?", "where"),
        ("Phong trào theo phương châm nào?", "body"),
    ],
)
def test_words_that_only_look_alike_are_not_asking_words(question, kind):
    assert kind not in read(question)


def test_an_asking_word_without_its_tone_still_counts():
    assert "how_many" in read("năm 2022 tặng mây tập thể")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("bao nhiêu tập thể được khen", ("tap", "the", "duoc")),
        ("có mấy xã", ("xa",)),
        ("bao nhiêu phần trăm", ()),
        ("xếp thứ mấy cả nước", ()),
    ],
)
def test_what_is_counted(question, words):
    assert counted(fold(question)) == words


def test_a_question_for_the_signer():
    assert asks_signer(fold("Ai ký kế hoạch này?"))
    assert not asks_signer(fold("Công văn ký ngày nào?"))


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Thế nào là thành tích đột xuất?", "thanh tich dot xuat"),
        ("Sáng kiến theo luật mới được hiểu là gì?", "sang kien"),
        ("Văn bản đến được hiểu thế nào?", "van ban den"),
        ("Trong bảng này, “nguồn thứ cấp” nghĩa là gì?", "nguon thu cap"),
    ],
)
def test_the_term_whose_meaning_is_asked_for(question, term):
    assert defined(fold(question)) == term


def test_three_of_something_are_no_lady_whose_name_is_asked():
    assert not asks_name(fold("Ba mô hình tên là gì?"), "Ba mô hình tên là gì?")
    assert asks_name(fold("Bà chủ tịch tên là gì?"), "Bà chủ tịch tên là gì?")
