"""A small store of three papers written for these tests, made once with the real readers, indexes and embedder."""

import pytest

from assistant.pipeline import Assistant
from ingest.pipeline import read_bytes
from vectorstore.embed import load_embedder
from vectorstore.store import Store

REPORT = """UBND TỈNH LẠNG SƠN
SỞ NỘI VỤ

Số: 45/BC-SNV

Lạng Sơn, ngày 12 tháng 3 năm 2023

BÁO CÁO
Kết quả công tác thi đua, khen thưởng năm 2022 tỉnh Lạng Sơn

I. KẾT QUẢ ĐẠT ĐƯỢC

1. Tổ chức bộ máy

Hội đồng Thi đua - Khen thưởng tỉnh có 14 ủy viên, gồm: \
Chủ tịch UBND tỉnh là Chủ tịch Hội đồng; Giám đốc Sở Nội vụ là Phó Chủ tịch Thường trực; thủ trưởng các sở, ngành là \
ủy viên. Phòng Thi đua, Khen thưởng được giao 6 biên chế. Căn cứ \
Quyết định số 77/QĐ-UBND ngày 15/02/2022 của UBND tỉnh Lạng Sơn về kiện toàn Hội đồng.

2. Khen thưởng

Năm 2022, Chủ tịch UBND tỉnh Lạng Sơn tặng Bằng khen cho 312 tập thể và 845 cá nhân. \
Tỷ lệ khen thưởng người lao động trực tiếp đạt 61,5%, tăng 4,2% so với năm 2021. \
Hội nghị tổng kết được tổ chức ngày 20/12/2022 tại Trung tâm Hội nghị tỉnh.

Các hình thức tuyên truyền gương điển hình tiên tiến gồm:
- Tổ chức hội nghị gặp mặt, giao lưu điển hình;
- Đăng tin, bài trên báo và đài của tỉnh;
- Xuất bản sách người tốt, việc tốt hằng năm.

3. Hạn chế và nguyên nhân

Công tác khen thưởng đột xuất còn chậm. \
Nguyên nhân do cán bộ làm công tác thi đua phải kiêm nhiệm nhiều việc và ít được tập huấn.

Điển hình tiên tiến là tập thể, cá nhân có thành tích nổi bật, được cấp có thẩm quyền công nhận và phổ biến để học tập.

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
"""

PLAN = """UBND TỈNH LẠNG SƠN

Số: /KH-UBND

Lạng Sơn, ngày tháng 01 năm 2023

KẾ HOẠCH
Phát động phong trào thi đua năm 2023 tỉnh Lạng Sơn

I. CHỈ TIÊU

Các chỉ tiêu thi đua chủ yếu năm 2023:
- (1) Thu ngân sách nhà nước đạt 9.450 tỷ đồng;
- (2) Tỷ lệ hộ nghèo còn ......%;
- (3) Tỷ lệ che phủ rừng đạt 64,1%;
- (4) Tỷ lệ khen thưởng người lao động trực tiếp đạt 65%.

II. TỔ CHỨC THỰC HIỆN

Các cơ quan, đơn vị gửi đăng ký thi đua về Sở Nội vụ chậm nhất ngày 28/02/2023 để làm căn cứ chấm điểm.
"""

TABLE = """<h1>BẢNG TỔNG HỢP</h1>
<p>Số lượng điển hình tiên tiến theo lĩnh vực tỉnh Lạng Sơn</p>
<table>
<tr><th>Năm</th><th>Lĩnh vực</th><th>Tập thể</th><th>Cá nhân</th></tr>
<tr><td>2021</td><td>Giáo dục</td><td>120</td><td>340</td></tr>
<tr><td>2021</td><td>Y tế</td><td>80</td><td>210</td></tr>
<tr><td>2022</td><td>Giáo dục</td><td>150</td><td>305</td></tr>
<tr><td>2022</td><td>Y tế</td><td>95</td><td></td></tr>
</table>
"""


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    opened = Store.open(tmp_path_factory.mktemp("store"), load_embedder)
    with opened.writer() as writer:
        for name, text in (("bao-cao.txt", REPORT), ("ke-hoach.txt", PLAN), ("bang.html", TABLE)):
            data = text.encode()
            writer.add(read_bytes(data, name), data)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def assistant(store):
    return Assistant(store)


@pytest.fixture(scope="session")
def library(assistant):
    assistant.library.refresh()
    return assistant.library
