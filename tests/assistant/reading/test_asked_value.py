"""A text that lacks the value asked for is no answer to the question, however many of its words it has."""

import pytest

from assistant.drafts import Draft, Statement
from assistant.question.understand import understand
from assistant.reading.asked_value import missing
from assistant.retrieval.query import Query


def lacks(question, *texts):
    query = Query(understand(question), (), (), (), (), question)
    return missing(query, Draft("fact", tuple(Statement(text, ()) for text in texts)))


@pytest.mark.parametrize(
    ("question", "text", "what"),
    [
        ("Mô hình đã trao được mấy con bò?", "Hội viên tham gia mô hình ngân hàng bò", "số liệu"),
        ("Công chức kiêm nhiệm được hưởng phụ cấp bao nhiêu?", "209 xã đều có 01 công chức kiêm nhiệm", "số tiền"),
        ("Tuổi tối đa khi bổ nhiệm lần đầu là bao nhiêu?", "Bổ nhiệm 12 cán bộ năm 2023", "số tuổi"),
        ("Lương của trưởng phòng là bao nhiêu?", "Phòng được giao 7 biên chế", "số tiền"),
        ("Xây được bao nhiêu nhà tình nghĩa?", "Chào mừng đại hội lần thứ V", "số liệu"),
        ("Phải trồng mới bao nhiêu héc ta?", "Tỷ lệ che phủ rừng đạt 37,7%", "diện tích"),
        ("Huyện nào có nhiều mô hình nhất?", "Toàn tỉnh có 78 mô hình ở các huyện", "tên huyện"),
        ("Đợt thi đua kết thúc vào ngày nào?", "Đợt thi đua được mọi đơn vị hưởng ứng", "ngày"),
        ("Phần mềm chạy từ năm nào?", "Tỉnh đã xây dựng phần mềm quản lý", "thời gian"),
        ("Kế hoạch đó số mấy?", "UBND tỉnh đã ban hành kế hoạch riêng", "số hiệu"),
        ("Có bao nhiêu cán bộ ký cam kết?", "Cán bộ ký cam kết, xét vào dịp cuối năm", "số liệu"),
        ("Bộ phải trình trong bao lâu?", "Bộ trình bằng tờ trình và danh sách", "thời gian"),
        ("Lễ khai mạc lúc mấy giờ?", "Lễ khai mạc có 386 đại biểu", "giờ"),
        ("Đợt cao điểm kết thúc khi nào?", "Phát động đợt cao điểm ngày 18/9/2021", "thời điểm kết thúc"),
        ("Hạn bổ sung là ngày mấy tháng 3 năm 2025?", "Chậm nhất 15/11/2024; bổ sung vào tháng 3/2025", "ngày"),
        ("Đơn vị xếp thứ ba được mấy điểm?", "Huyện A 94,2 điểm, xếp thứ hai", "mục ở đúng thứ tự"),
        ("Tên các vận động viên đoạt giải là gì?", "Đoàn đoạt 5 giải ở ba môn", "họ tên"),
        ("Kế hoạch về “Làng nghề giữ nếp xưa” số mấy?", "Kế hoạch 586/KH-UBND về hỗ trợ hộ nghèo", "văn bản"),
        ("Khẩu hiệu thứ bảy là câu gì?", "Có 8 khẩu hiệu; khẩu hiệu thứ ba nhắc lại câu mở đầu", "mục ở đúng thứ tự"),
        ("Đợt cao điểm kéo dài bao lâu?", "Đợt cao điểm theo kế hoạch ngày 18/9/2021", "thời gian"),
        ("Ai ký thông tư này?", "Thông tư có hiệu lực 02/4/2026", "người ký"),
        ("Có bao nhiêu hồ sơ huân chương bị trả lại?", "Huân chương có hạng Nhất, Nhì, Ba", "số liệu"),
        ("Tỉnh ban hành bao nhiêu quyết định?", "UBND tỉnh ban hành… quyết định để chỉ đạo", "số liệu"),
    ],
)
def test_what_is_missing_is_named(question, text, what):
    assert lacks(question, text) == what


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Mô hình đã trao được mấy con bò?", "Đã trao 14 con bò cho hội viên"),
        ("Có bao nhiêu nhà được dựng?", "Dựng hàng trăm ngôi nhà"),
        ("Dấu phải trùm lên bao nhiêu phần chữ ký?", "Dấu trùm lên khoảng 1/3 chữ ký"),
        ("Kinh phí tuyên truyền năm 2025 bao nhiêu tiền?", "Tuyên truyền, năm 2025: 120"),
        ("Toàn ngành có mấy tiến sĩ?", "Toàn ngành có 03 tiến sĩ"),
        ("Tỉnh rộng bao nhiêu cây số vuông?", "Diện tích tự nhiên 3.895 km2"),
        ("Đại hội là kỳ thứ mấy?", "Đại hội thi đua yêu nước lần thứ VI"),
        ("Huyện nào về đích trước?", "Về đích trước là huyện Đồi Cao"),
        ("Ở địa phương nào còn hộ nghèo?", "Còn hộ nghèo ở vùng cao"),
        ("Có bao nhiêu đơn vị nộp?", "Có … đơn vị nộp"),
        ("Khi nào bản điện tử có giá trị như bản giấy?", "Khi được ký số bởi người có thẩm quyền"),
        ("Trao giải vào ngày nào?", "Trao vào dịp Quốc khánh, ngày 2-9"),
        ("Lề trái là bao nhiêu mm?", "Lề trái 30-35 mm"),
        ("Tỉnh về đích sớm thứ mấy cả nước?", "Là tỉnh đầu tiên cả nước về đích"),
        ("Toàn tỉnh có mấy thôn kiểu mẫu?", "Số thôn kiểu mẫu là 359"),
        ("Toàn tỉnh có bao nhiêu danh hiệu được trao?", "Danh hiệu được trao cho 999 cá nhân"),
        ("Hội đồng có bao nhiêu người?", "Hội đồng có 20 thành viên"),
        ("Giao mấy đảng bộ, giảm bao nhiêu đảng viên?", "Giảm 1.274 đảng viên"),
        ("Cần mấy lần liên tục?", "Cần ba lần liên tục"),
        ("Năm 2019 có bao nhiêu điển hình?", "Năm: 2019, Lĩnh vực: Y tế, Cá nhân: 324"),
        ("Mấy năm xét một lần?", "Được xét hai năm một lần"),
        ("Phải nộp trong bao lâu?", "Nộp trong 10 ngày làm việc"),
        ("Chậm nhất mấy giờ?", "Chậm nhất 16 giờ 30 phút"),
        ("Đợt cao điểm kết thúc khi nào?", "Đợt cao điểm từ ngày 18/9 đến ngày 30/12/2021"),
        ("Vì sao xã Q bị điểm thấp nhất?", "Xã Q thấp nhất do nộp báo cáo muộn"),
        ("Vì sao độ che phủ chỉ còn 27,5%?", "Độ che phủ rừng đạt 37,5%"),
        ("Hạn bổ sung là ngày mấy tháng 3 năm 2025?", "Hạn bổ sung là 14/3/2025"),
        ("Đơn vị xếp thứ ba được mấy điểm?", "Huyện B xếp thứ 3 với 90 điểm"),
        ("Tên vận động viên đoạt giải là gì?", "Vận động viên Nguyễn Thị Hoa đoạt giải"),
        ("Kế hoạch về “Làng nghề giữ nếp xưa” số mấy?", "Kế hoạch 9/KH-UBND về giữ nếp xưa ở làng nghề"),
        ("Đại hội lần thứ năm họp ở đâu?", "Đại hội lần thứ V họp tại hội trường tỉnh"),
        ("Đợt cao điểm kéo dài bao lâu?", "Đợt cao điểm từ 01/7 đến 30/9"),
        ("Sao vàng thưởng hệ số mấy?", "Sao vàng 46,0"),
        ("Ai ký thông tư này?", "Thông tư do Bộ trưởng ký"),
        ("Vì sao xã Q đứng thứ ba?", "Nhiều hồ sơ trễ; cán bộ kiêm nhiệm"),
        ("Có bao nhiêu nghệ nhân?", "Có 12 người giữ làn điệu cổ"),
        ("Trước khi ký ban hành, ai soát nội dung?", "Trưởng đơn vị soạn thảo soát nội dung"),
    ],
)
def test_what_holds_the_value_may_be_told(question, text):
    assert lacks(question, text) == ""


def test_one_statement_of_several_may_hold_it():
    assert lacks("Có mấy xã đạt chuẩn?", "Phong trào lan rộng", "04 xã đạt chuẩn") == ""


def test_what_was_left_out_here_is_no_blank_of_the_document():
    assert lacks("Được hưởng phụ cấp bao nhiêu?", "Xã có 01 công chức; … mỗi đơn vị có 01 cán bộ") == "số tiền"
    assert lacks("Có bao nhiêu đơn vị nộp?", "Đến nay có … đơn vị nộp") == ""


def test_what_is_worked_out_names_its_own_parts():
    query = Query(understand("Tổng số trường có mấy phòng học?"), (), (), (), (), "")
    statement = Statement("48: 20 (nhà A) + 28 (nhà B) = 48", (), computed=True)
    assert missing(query, Draft("fact", (statement,))) == ""


def test_a_list_must_hold_the_names_asked_for():
    query = Query(understand("Tên các học sinh đoạt giải là gì?"), (), (), (), (), "")
    assert missing(query, Draft("list", (Statement("Kết quả gồm:", ()), Statement("5 giải nhất", ())))) == "họ tên"
    assert missing(query, Draft("list", (Statement("Em Trần Thị Hoa", ()), Statement("Em Lê Văn Nam", ())))) == ""
