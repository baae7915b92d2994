import os
import signal
import sys
import threading

import pytest

from ingest import worker
from ingest.errors import EmptyFile, UnreadableFile
from ingest.pipeline import read_bytes
from ingest.worker import Limits, Worker, WorkerBug

PAPER = (
    "QUY CHẾ\nVề công tác thi đua\n\n1. Các đơn vị phát động phong trào thi đua yêu nước trong toàn cơ quan.\n".encode()
)
LONG = b"".join(
    b"%d. Cac don vi phat dong phong trao thi dua yeu nuoc nam nay.\n\n" % number for number in range(200_000)
)


@pytest.fixture
def apart():
    reader = Worker()
    yield reader
    reader.close()


def test_a_document_is_the_same_read_apart(apart):
    assert apart.read_bytes(PAPER, "quy chế.txt") == read_bytes(PAPER, "quy chế.txt")


def test_the_process_stays_for_the_next_file_and_refusals_come_back_whole(apart):
    apart.read_bytes(PAPER, "a.txt")
    first = apart._process.pid
    with pytest.raises(EmptyFile, match=r"b\.pdf") as caught:
        apart.read_bytes(b"", "b.pdf")
    assert caught.value.remedy
    apart.read_bytes(PAPER, "c.txt")
    assert apart._process.pid == first
    apart.close()
    apart.read_bytes(PAPER, "d.txt")
    assert apart._process.pid != first


def test_a_file_past_the_time_is_refused_and_the_next_one_is_read(apart):
    apart.limits = Limits(seconds=0.2)
    with pytest.raises(UnreadableFile, match="quá lâu") as caught:
        apart.read_bytes(LONG, "dài.txt")
    assert caught.value.remedy
    apart.limits = Limits()
    assert apart.read_bytes(PAPER, "a.txt").text


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="hệ điều hành không giới hạn được bộ nhớ")
def test_a_file_past_the_memory_is_refused_and_the_next_one_is_read():
    reader = Worker(Limits(memory=400 * 1024**2))
    try:
        with pytest.raises(UnreadableFile, match=r"bộ nhớ"):
            reader.read_bytes(b"x" * 100_000_000, "to.txt")
        assert reader.read_bytes(PAPER, "a.txt").text
    finally:
        reader.close()


def test_a_reader_that_dies_costs_one_file(apart):
    apart.read_bytes(PAPER, "a.txt")
    victim = apart._process.pid
    kill = getattr(signal, "SIGKILL", signal.SIGTERM)
    threading.Timer(0.3, os.kill, (victim, kill)).start()
    with pytest.raises(UnreadableFile, match="đột ngột"):
        apart.read_bytes(LONG, "xấu.txt")
    assert apart.read_bytes(PAPER, "b.txt").text


@pytest.mark.parametrize("error", [BrokenPipeError(32, "Broken pipe"), OSError(22, "Invalid argument")])
def test_a_reader_that_is_gone_is_told_however_the_system_names_it(apart, monkeypatch, error):
    def gone(stream, value):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(worker, "_write", gone)
        with pytest.raises(UnreadableFile, match="đột ngột"):
            apart.read_bytes(PAPER, "a.txt")
    assert apart.read_bytes(PAPER, "b.txt").text


def test_time_granted_for_slow_steps_counts(apart):
    apart.limits = Limits(seconds=0.4)
    apart._answers.put(("grant", 60.0))
    threading.Timer(0.8, apart._answers.put, (("document", "read"),)).start()
    assert apart._answer("a.pdf") == "read"


def test_an_unforeseen_error_is_a_bug_with_its_trace(apart):
    apart._answers.put(("bug", "Traceback: KeyError 'x'"))
    with pytest.raises(WorkerBug, match="KeyError"):
        apart._answer("a.pdf")


def test_answers_may_hold_our_records_only():
    import io
    import pickle

    with pytest.raises(pickle.UnpicklingError):
        worker._Records(io.BytesIO(pickle.dumps(os.system))).load()


def test_the_password_is_nowhere_to_be_read(apart, caplog, tmp_path):
    from pypdf import PdfWriter

    path = tmp_path / "khóa.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("mật-khẩu-đúng")
    writer.write(path)
    with pytest.raises(UnreadableFile, match="mật khẩu") as caught:
        apart.read_bytes(path.read_bytes(), "khóa.pdf", "mật-khẩu-thử")
    said = f"{caught.value.message}{caught.value.remedy}{caught.value.detail}{caplog.text}{apart._process.args}"
    assert "mật-khẩu-thử" not in said


def test_all_callers_share_one_process():
    threads = [threading.Thread(target=worker.read_apart, args=(PAPER, f"{number}.txt")) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert worker.read_apart(PAPER, "a.txt").text
    assert worker._shared._process is not None
