"""What the user sees when something goes wrong, and what a command may cost before it does its work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import typer
from typer.models import CommandInfo
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.commands import failures
from assistant.commands.ingest import stoppable

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("TDKT_STORE", raising=False)


def tdkt(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def registered(name: str) -> CommandInfo:
    return next(one for one in app.registered_commands if one.callback is not None and one.callback.__name__ == name)


def process(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["hoi"], "Không có lệnh “hoi”"),
        (["ingst"], "Có phải: ingest?"),
        (["docs", "lst"], "Có phải: list?"),
        (["ask", "--khong-co"], "Không có tuỳ chọn --khong-co"),
        (["search", "x", "--k", "nhiều"], "--k"),
        (["search", "x", "--k", "0"], "--k"),
        (["ingest"], "Thiếu"),
    ],
)
def test_wrong_command_lines_are_explained_in_vietnamese(arguments: list[str], words: str) -> None:
    result = tdkt(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Error" not in result.output
    assert "Usage" not in result.output


@pytest.mark.parametrize("command", [[], ["ask"], ["ingest"], ["docs"], ["docs", "remove"], ["ui"], ["doctor"]])
def test_help_is_vietnamese(command: list[str]) -> None:
    result = tdkt(*command, "--help")
    assert result.exit_code == 0
    assert "Cách dùng: tdkt" in result.stdout
    for english in ("Usage", "Options", "Arguments", "Commands", "Show this message", "required"):
        assert english not in result.stdout


def test_empty_store_says_how_to_fill_it(tmp_path: Path) -> None:
    result = tdkt("search", "thi đua", "--store", tmp_path / "nothing")
    assert "tdkt ingest" in result.stdout
    assert not (tmp_path / "nothing").exists()


class TestBug:
    @pytest.fixture(autouse=True)
    def _broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> None:
            raise ZeroDivisionError("a bug")

        command = next(
            c for c in app.registered_commands if c.callback is not None and c.callback.__name__ == "version"
        )
        monkeypatch.setattr(command, "callback", broken)

    def test_is_one_line_and_a_log(self, tmp_path: Path) -> None:
        result = tdkt("version")
        assert result.exit_code == 2
        assert "Lỗi chương trình" in result.stderr
        assert "Traceback" not in result.output
        (log,) = (tmp_path / "state").rglob("tdkt-*.log")
        assert str(log) in result.stderr
        assert "ZeroDivisionError: a bug" in log.read_text(encoding="utf-8")

    def test_keeps_its_trace_with_debug(self) -> None:
        result = tdkt("--debug", "version")
        assert isinstance(result.exception, ZeroDivisionError)


def test_library_warnings_go_to_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import logging

    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", list(root.handlers))
    failures.log_to_file()
    failures.log_to_file()
    logging.getLogger("pypdf").warning("odd cross reference")
    (log,) = (tmp_path / "state").rglob("tdkt.log")
    assert log.read_text(encoding="utf-8").count("odd cross reference") == 1


class TestPlugins:
    @pytest.fixture
    def plugin(self, tmp_path: Path) -> Path:
        """A package, installed as far as importlib.metadata can tell, that adds two commands."""
        (tmp_path / "chuc.py").write_text(
            textwrap.dedent(
                """
                import typer
                def chao(ten: str) -> None:
                    typer.echo(f"Chào {ten}")
                nhom = typer.Typer(add_completion=False)
                @nhom.command()
                def mot() -> None:
                    typer.echo("một")
                @nhom.command()
                def hai() -> None:
                    raise typer.Exit(4)
                """
            ),
            encoding="utf-8",
        )
        info = tmp_path / "chuc-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: chuc\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(
            "[tdkt.commands]\nchao = chuc:chao\nnhom = chuc:nhom\n", encoding="utf-8"
        )
        return tmp_path

    def test_add_commands(self, plugin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.syspath_prepend(str(plugin))
        assert tdkt("chao", "bạn").stdout == "Chào bạn\n"
        assert tdkt("nhom", "mot").stdout == "một\n"
        assert tdkt("nhom", "hai").exit_code == 4
        assert "chao" in tdkt("--help").stdout

    def test_are_not_loaded_for_our_own_commands(self, plugin: Path) -> None:
        code = """
            import sys
            from assistant.cli import app
            try:
                app()
            finally:
                print("chuc" in sys.modules, file=sys.stderr)
        """
        done = process(code, "version", PYTHONPATH=f"{plugin}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
        assert done.stderr.decode().strip() == "False"


@pytest.mark.parametrize("arguments", [["--help"], ["version"], ["ask", "--help"]])
def test_cheap_commands_import_no_heavy_library(arguments: list[str]) -> None:
    code = """
        import json, sys
        from assistant.cli import app
        try:
            app()
        finally:
            print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
    """
    done = process(code, *arguments)
    loaded = set(json.loads(done.stderr))
    heavy = {"chromadb", "langchain", "langchain_core", "streamlit", "torch", "tantivy", "pypdf", "numpy", "tiktoken"}
    assert not loaded & heavy


def test_output_is_utf8_whatever_the_console_says() -> None:
    code = "from assistant.cli import main; main()"
    done = process(code, "version", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "Kho tài liệu" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="pipes of the shell")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = (
        f'"{sys.executable}" -m assistant.cli --help | true; "{sys.executable}" -m assistant.cli version | head -c 1'
    )
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.stderr == b""


class TestCtrlC:
    def test_first_asks_to_stop_and_second_stops(self) -> None:
        before = signal.getsignal(signal.SIGINT)
        with stoppable() as stop:
            assert not stop()
            signal.raise_signal(signal.SIGINT)
            assert stop()
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is before

    def test_says_what_was_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted() -> None:
            raise KeyboardInterrupt

        command = next(
            c for c in app.registered_commands if c.callback is not None and c.callback.__name__ == "version"
        )
        monkeypatch.setattr(command, "callback", interrupted)
        result = tdkt("version")
        assert result.exit_code == 130
        assert "vẫn được giữ nguyên" in result.stderr


def test_every_command_takes_json_and_store() -> None:
    top = typer.main.get_command(app)
    context = typer.Context(top)
    added = {entry.name for entry in entry_points(group="tdkt.commands")}
    for name in top.list_commands(context):
        command = top.get_command(context, name)
        for one in getattr(command, "commands", {"": command}).values():
            options = {option for parameter in one.params for option in parameter.opts}
            # What another package adds may have no store to speak of: comparing two stored runs.
            wanted = {"--json"} if name in added else {"--json", "--store"}
            assert wanted <= options, name
