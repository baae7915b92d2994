"""Messages as mail programs save them: bodies, attachments, messages in messages, wrong and missing labels."""

from email.message import EmailMessage
from quopri import encodestring

import pytest

from ingest.errors import UnsupportedFormat
from ingest.pipeline import read_bytes
from ingest.readers import read
from tests.ingest.test_readers_sheets import kinds, report_book, saved

MAIL = """From: =?utf-8?b?xJDGoW4gduG7iw==?= <a@vi.du>
To: b@vi.du
Subject: =?utf-8?q?B=C3=A1o_c=C3=A1o_thi_=C4=91ua?=
Date: Wed, 31 Jan 2024 08:00:00 +0700
MIME-Version: 1.0
Content-Type: {type}; charset=utf-8
Content-Transfer-Encoding: 8bit

{body}
"""


def test_a_message():
    data = MAIL.format(type="text/plain", body="Kính gửi các đơn vị,\nĐề nghị gửi báo cáo.").encode()
    source = read(data, "thư.eml")
    assert source.text.splitlines() == [
        "Chủ đề: Báo cáo thi đua",
        "Từ: Đơn vị <a@vi.du>",
        "Đến: b@vi.du",
        "Ngày: 31/01/2024 08:00",
        "Kính gửi các đơn vị,",
        "Đề nghị gửi báo cáo.",
    ]
    assert source.media_type == "message/rfc822"
    assert source.properties == {"title": "Báo cáo thi đua"}


def test_an_html_message_is_read_as_its_page():
    data = MAIL.format(type="text/html", body="<p>Đề nghị <b>gửi</b></p><script>x</script>").encode()
    assert read(data, "thư").text.splitlines()[-1] == "Đề nghị gửi"


def message_with(attachments):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@vi.du", "b@vi.du", "Gửi kèm"
    message["Date"] = "Wed, 31 Jan 2024 08:00:00 +0700"
    message.set_content("Xem tệp đính kèm.")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_attachments_are_read_by_their_own_readers():
    inner = message_with([("chi tiết.md", "# Điều 2. Mục\n\nNội dung.\n".encode())])
    outer = message_with([("biểu.xlsx", saved(report_book())), ("lạ.zip", b"PK\x05\x06" + bytes(18))])
    outer.add_attachment(inner)
    source = read(outer.as_bytes(), "thư.eml")
    headings = [text for _, text in kinds(source, "heading")]
    assert headings[0] == "Tệp đính kèm: biểu.xlsx"
    assert "Biểu 1" in headings
    assert "Tệp đính kèm: chi tiết.md" in headings
    assert "Điều 2. Mục" in headings
    assert "1\t2019\t1.250\t12,5%\t31/01/2020" in source.text
    assert any("lạ.zip" in warning and "Giải nén" in warning for warning in source.warnings)
    document = read_bytes(outer.as_bytes(), "thư.eml")
    assert any(section.kind == "row" and "Tệp đính kèm: biểu.xlsx" in section.path for section in document.sections)


def test_messages_in_messages_end_somewhere():
    message = message_with([("a.txt", "Tầng trong cùng.".encode())])
    for _ in range(6):
        outer = message_with([])
        outer.add_attachment(message)
        message = outer
    source = read(message.as_bytes(), "thư.eml")
    assert "Tầng trong cùng" not in source.text
    assert any("quá sâu" in warning for warning in source.warnings)


def test_a_text_that_begins_like_a_head_is_no_message():
    assert read("Ghi chú: họp\nNgày: 5\n\nNội dung.".encode(), "a.txt").media_type == "text/plain"
    assert read(b"From: x\nDate: y\n\nabc", "a.txt").media_type == "text/plain"


def test_a_page_saved_with_its_pictures_in_one_file_is_read_as_a_page():
    data = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"; type="text/html"\n\n--b\n'
        "Content-Type: text/html; charset=utf-8\n\n<html><body><h1>Kế hoạch</h1><p>Đăng ký.</p></body></html>\n--b\n"
        "Content-Type: image/png\nContent-Location: logo.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
    )
    source = read(data.encode(), "kế hoạch.mht")
    assert source.text.splitlines() == ["Kế hoạch", "Đăng ký."]
    assert source.warnings == ()


def test_a_body_without_or_with_a_wrong_label_is_read_as_vietnamese():
    text = "Kính gửi Sở Nội vụ, năm 2023 huyện tặng giấy khen cho 1.250 tập thể tiêu biểu."
    head = "From: a@vi.du\nTo: b@vi.du\nDate: Wed, 31 Jan 2024 08:00:00 +0700\n"
    for more in ("", "Content-Type: text/plain; charset=us-ascii\n", "Content-Type: text/plain; charset=x-unknown\n"):
        assert read(f"{head}{more}\n{text}\n".encode(), "thư.eml").text.splitlines()[-1] == text


def test_a_body_in_windows_1258_is_read():
    body = "K\u00ednh g\u01b0\u0309i S\u01a1\u0309 N\u00f4\u0323i vu\u0323".encode("cp1258")
    head = b"From: a@vi.du\nTo: b@vi.du\nSubject: x\nMIME-Version: 1.0\n"
    kind = b"Content-Type: text/plain; charset=windows-1258\nContent-Transfer-Encoding: quoted-printable\n\n"
    document = read_bytes(head + kind + encodestring(body), "thư.eml")
    assert document.text.splitlines()[-1] == "Kính gửi Sở Nội vụ"


def test_a_text_file_shown_in_the_window_does_not_push_the_letter_out():
    page = "<p>Kính gửi: Ban</p><table><tr><th>Năm</th><th>Số</th></tr><tr><td>2022</td><td>5</td></tr></table>"
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@vi.du", "b@vi.du", "Gửi kèm"
    message.set_content(page, "html")
    message.add_attachment("Hạn nộp: 10/02/2024.", disposition="inline", filename="ghi chú.txt")
    lines = read(message.as_bytes(), "thư.eml").text.splitlines()
    assert lines[3:] == ["Kính gửi: Ban", "Năm\tSố", "2022\t5", "Tệp đính kèm: ghi chú.txt", "Hạn nộp: 10/02/2024."]


def test_an_alternative_is_read_once_and_files_inside_it_are_kept():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@vi.du", "b@vi.du", "Gửi kèm"
    message.set_content("Chuyển để tổng hợp.")
    page = EmailMessage()
    page.set_content("<p>Chuyển để <b>tổng hợp</b>.</p>", "html")
    page.add_attachment(b"Noi dung tep.", maintype="application", subtype="octet-stream", filename="a.txt")
    message.make_alternative()
    message.attach(page)
    source = read(message.as_bytes(), "thư.eml")
    assert source.text.count("tổng hợp") == 1
    assert "Noi dung tep." in source.text


def test_a_logo_of_the_letter_is_no_attachment():
    message = message_with([])
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline", cid="<logo@vi.du>")
    source = read(message.as_bytes(), "thư.eml")
    assert source.warnings == ()
    assert "Tệp đính kèm" not in source.text


def test_a_message_attached_without_a_name_goes_by_its_subject():
    inner = message_with([])
    del inner["Subject"]
    inner["Subject"] = "Báo cáo quý I/2024"
    outer = message_with([])
    outer.add_attachment(inner)
    assert "Tệp đính kèm: Báo cáo quý I-2024.eml" in read(outer.as_bytes(), "thư.eml").text.splitlines()


def test_what_only_outlook_opens_is_refused_with_the_way_out():
    with pytest.raises(UnsupportedFormat, match="Outlook") as caught:
        read(b"\x78\x9f\x3e\x22" + bytes(40), "winmail.dat")
    assert "HTML" in caught.value.remedy


def test_addresses_are_no_broken_words():
    heads = "\n".join(f"Từ: snv{n}@tdkt.vn, ttt@bk.vn https://x.bk.vn/ttdkt" for n in range(8))
    text = f"{heads}\nPhong trào thi đua yêu nước được triển khai rộng khắp trên địa bàn tỉnh."
    assert not any("vỡ" in warning for warning in read_bytes(text.encode(), "a.txt").warnings)
