"""What Windows does to open files: refuse for a moment, refuse to delete, name network folders its own way."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from vectorstore import build, originals
from vectorstore.database import existing
from vectorstore.generation import folder_of
from vectorstore.originals import Originals

DATA = b"noi dung"
IDENTITY = sha256(DATA).hexdigest()


def refusing(times, real):
    left = [times]

    def call(*arguments, **named):
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "Access is denied")
        return real(*arguments, **named)

    return call


def test_a_file_held_for_a_moment_is_renamed_later(tmp_path, monkeypatch):
    monkeypatch.setattr(originals, "_PATIENCE", (0.001, 0.001))
    monkeypatch.setattr(Path, "replace", refusing(2, Path.replace))
    kept = Originals(tmp_path)
    kept.write(IDENTITY, DATA)
    assert kept.read(IDENTITY) == DATA


def test_a_file_held_for_good_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(originals, "_PATIENCE", (0.001,))
    monkeypatch.setattr(Path, "replace", refusing(9, Path.replace))
    with pytest.raises(PermissionError):
        Originals(tmp_path).write(IDENTITY, DATA)


def test_what_somebody_has_open_is_swept_the_next_time(tmp_path, monkeypatch):
    kept = Originals(tmp_path)
    kept.write(IDENTITY, DATA)
    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refusing(1, Path.unlink))
        kept.sweep([])
    assert kept.path(IDENTITY).is_file()
    kept.sweep([])
    assert not kept.path(IDENTITY).exists()


def test_a_generation_that_cannot_be_cleared_is_passed_over(tmp_path, monkeypatch):
    for number in (4, 5):
        folder_of(tmp_path, number).mkdir(parents=True)
    real = shutil.rmtree
    held = folder_of(tmp_path, 4)
    monkeypatch.setattr(shutil, "rmtree", lambda path, **named: None if path == held else real(path, **named))
    assert build._cleared(tmp_path, 4) == (5, folder_of(tmp_path, 5))
    assert not folder_of(tmp_path, 5).exists()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/kho/a b/catalog.sqlite3"), "file:///kho/a%20b/catalog.sqlite3?mode=rw"),
        (PureWindowsPath("C:/kho/catalog.sqlite3"), "file:///C:/kho/catalog.sqlite3?mode=rw"),
        (PureWindowsPath("//may-chu/chung/catalog.sqlite3"), "file:////may-chu/chung/catalog.sqlite3?mode=rw"),
    ],
)
def test_addresses_of_databases(path, address):
    assert existing(path) == address
