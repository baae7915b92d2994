import shutil
import sys
import time
from io import BytesIO

import docx
import pytest

from ingest.errors import DamagedFile, ProtectedFile, UnsupportedFormat
from ingest.readers import office, read
from ingest.readers.outside import ProgramFailed, run

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORD = OLE + "WordDocument".encode("utf-16-le")
RTF = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}\f0 Thi \u273?ua y\u234?u n\u432?\u7899?c\par}"
needs_office = pytest.mark.skipif(office.soffice() is None, reason="cần LibreOffice (libreoffice-writer)")


@needs_office
def test_other_kinds_are_converted():
    granted = []
    source = read(RTF, "a.rtf", grant=granted.append)
    assert source.text.split() == ["Thi", "đua", "yêu", "nước"]
    assert source.media_type == "application/rtf"
    assert granted == [office.SECONDS + 30]


@pytest.mark.parametrize(("data", "name"), [(WORD, "cu.doc"), (RTF, "a.rtf")])
def test_without_a_program_the_file_is_refused_with_the_way_out(monkeypatch, data, name):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    monkeypatch.setattr(office, "_OFFICES", ())
    with pytest.raises(UnsupportedFormat, match=name) as caught:
        read(data, name)
    assert "LibreOffice" in caught.value.remedy
    assert ".docx" in caught.value.remedy


def test_a_program_that_fails_says_so_about_the_file(monkeypatch):
    def fail(command, seconds, **options):
        raise ProgramFailed("exit 77")

    monkeypatch.setattr(office, "soffice", lambda: "soffice")
    monkeypatch.setattr(office, "run", fail)
    with pytest.raises(DamagedFile, match=r"cu\.doc") as caught:
        read(WORD, "cu.doc")
    assert "exit 77" in caught.value.detail


def test_antiword_stands_in_for_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "soffice", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda program: program if program == "antiword" else None)
    monkeypatch.setattr(office, "run", lambda command, seconds: "Điều 1. Phạm vi\n\nNội dung.\n".encode())
    source = read(WORD, "cu.doc")
    assert source.text.split("\n")[0] == "Điều 1. Phạm vi"
    assert "antiword" in source.warnings[0]


def test_other_old_files_are_refused():
    with pytest.raises(ProtectedFile, match="mật khẩu"):
        read(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx")
    with pytest.raises(UnsupportedFormat, match="đời cũ"):
        read(OLE + "PowerPoint Document".encode("utf-16-le"), "a.ppt")


def test_a_program_past_its_time_is_ended_with_what_it_started(tmp_path):
    child = "import time,pathlib,sys; time.sleep(2); pathlib.Path(sys.argv[1]).write_text('x')"
    parent = f"import subprocess,sys; subprocess.run([sys.executable, '-c', {child!r}, sys.argv[1]])"
    with pytest.raises(ProgramFailed, match="still running"):
        run([sys.executable, "-c", parent, str(tmp_path / "late")], 0.5)
    time.sleep(2.2)
    assert not (tmp_path / "late").exists()


def test_programs_read_and_write():
    assert run([sys.executable, "-c", "import sys; print(sys.stdin.read().upper())"], 30, data=b"abc").strip() == b"ABC"
    with pytest.raises(ProgramFailed, match="exit 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"], 30)
    with pytest.raises(ProgramFailed):
        run(["no-such-program-here"], 5)


def test_templates_and_documents_with_macros_are_documents():
    buffer = BytesIO()
    document = docx.Document()
    document.add_paragraph("Nội dung có macro.")
    document.part._content_type = "application/vnd.ms-word.document.macroEnabled.main+xml"
    document.save(buffer)
    assert read(buffer.getvalue(), "a.docm").text.strip() == "Nội dung có macro."


@needs_office
def test_real_old_word_file(shared):
    source = read((shared / "corpus/hard/004.doc").read_bytes(), "004.doc")
    assert "(4) Thu ngân sách nhà nước" in source.text
    assert "16.068 tỷ đồng" in source.text
