"""The page driven without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.texts as texts
from assistant.wiring import open_store

APP = Path(__file__).parents[2] / "ui" / "app.py"
DOCUMENTS = Path(__file__).parents[1] / "documents"
QUESTION = "Năm 2025 toàn huyện trồng mới bao nhiêu cây xanh?"


def opened() -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def asked(question: str) -> AppTest:
    app = opened().chat_input[0].set_value(question).run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("store")
class TestAsking:
    def test_answer_is_read_with_its_citation(self) -> None:
        app = asked(QUESTION)
        page = html(app)
        assert '12.500 cây xanh trong năm 2025 <span class="tdkt-marker">[1]</span>' in page
        assert "“1. Toàn huyện trồng mới 12.500 cây xanh trong năm 2025.”" in page
        assert "27\\/KH\\-UBND" in app.button(key="cite-0-1").label

    def test_citation_opens_at_its_words(self) -> None:
        app = asked(QUESTION).button(key="cite-0-1").click().run()
        assert not app.exception
        page = html(app)
        assert "<mark>1. Toàn huyện trồng mới 12.500 cây xanh trong năm 2025.</mark>" in page
        assert "<dt>Số, ký hiệu</dt><dd>27/KH-UBND</dd>" in page
        assert "<dd>ke-hoach-phat-dong.txt</dd>" in page

    def test_words_of_documents_are_never_markup(self) -> None:
        page = html(asked("Hồ sơ khen thưởng nộp chậm nhất ngày nào?"))
        assert "&lt;b&gt;đậm&lt;/b&gt;" in page or "15 tháng 01 năm 2026" in page
        assert "<b>đậm" not in page

    def test_question_is_shown_as_typed(self) -> None:
        assert "&lt;script&gt;1&lt;/script&gt;" in html(asked("<script>1</script> *thi đua* là gì?"))

    def test_what_was_read_stands_above_the_answer(self) -> None:
        page = html(asked("nam 2025 toan huyen trong moi bao nhieu cay xanh?"))
        assert page.count("Đang hiểu là") == 1
        assert page.index("Đang hiểu là: năm 2025 toàn huyện") < page.index('class="tdkt-answer"')

    def test_refusal_is_plain(self) -> None:
        app = asked("Ai là tổng thống đầu tiên của Hoa Kỳ?")
        assert [texts.REFUSED in info.value for info in app.info] == [True]
        assert 'class="tdkt-marker"' not in html(app)

    def test_newest_answer_comes_first_and_the_conversation_can_be_cleared(self) -> None:
        app = asked(QUESTION)
        app = app.chat_input[0].set_value("Mỗi xã xây dựng mấy tuyến đường kiểu mẫu?").run()
        page = html(app)
        assert page.index("Mỗi xã xây dựng mấy") < page.index("Năm 2025 toàn huyện trồng mới bao nhiêu")
        app = app.button(key="new").click().run()
        assert "12.500" not in html(app)

    def test_example_asks(self) -> None:
        app = opened()
        example = app.button(key="example-0")
        assert "27\\/KH\\-UBND" in example.label or "305\\/BC\\-SVN" in example.label
        assert 'class="tdkt-question"' in html(example.click().run())

    def test_readers_do_not_see_each_other(self) -> None:
        asked(QUESTION)
        assert "12.500" not in html(opened())


class TestLibrary:
    def test_empty_store_says_what_to_do(self, nothing: Path) -> None:
        app = opened()
        assert app.chat_input[0].disabled
        assert not nothing.exists()

    def test_upload_is_read_or_refused_by_name(self, nothing: Path) -> None:
        app = opened()
        plan = (DOCUMENTS / "ke-hoach-phat-dong.txt").read_bytes()
        app.file_uploader[0].set_value([("a*b*.txt", plan, "text/plain"), ("hong.docx", b"PK\x03\x04?", "")])
        app = next(button for button in app.button if button.label == texts.UPLOAD_BUTTON).click().run()
        assert not app.exception
        assert ["a\\*b\\*\\.txt" in line.value for line in app.success] == [True]
        assert ["hong\\.docx" in line.value for line in app.error] == [True]
        with open_store(nothing) as store:
            assert [document.file for document in store.documents()] == ["a*b*.txt"]
        assert not app.chat_input[0].disabled

    def test_busy_store_is_a_friendly_message(self, store: Path) -> None:
        app = opened()
        app.file_uploader[0].set_value([("a.txt", b"Thi dua", "text/plain")])
        with open_store(store) as other, other.writer():
            app = next(button for button in app.button if button.label == texts.UPLOAD_BUTTON).click().run()
        assert [error.value for error in app.error] == [texts.BUSY.replace(".", "\\.")]

    def test_documents_are_counted(self, store: Path) -> None:
        app = opened()
        assert any(caption.value.startswith("2 tài liệu") for caption in app.sidebar.caption)


@pytest.mark.usefixtures("store")
def test_a_bug_is_words_and_a_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("assistant.pipeline.Assistant.ask", broken)
    app = opened().chat_input[0].set_value(QUESTION).run()
    assert not app.exception
    (error,) = app.error
    assert "Chương trình gặp lỗi" in error.value
    assert list((tmp_path / "state").rglob("tdkt-*.log"))
