"""The command line: ``tdkt``.

Commands live in ``assistant/commands``, one file each, and import what they need when they run: ``tdkt --help`` must
not wait for libraries it does not use.
"""

from __future__ import annotations

import warnings
from typing import Annotated

import typer

from assistant.commands import failures
from assistant.commands.about import version
from assistant.commands.ask import ask, search
from assistant.commands.chat import chat
from assistant.commands.demo import demo
from assistant.commands.docs import docs
from assistant.commands.doctor import doctor
from assistant.commands.group import Command, Tdkt
from assistant.commands.ingest import ingest
from assistant.commands.screen import use_utf8
from assistant.commands.web import ui

app = typer.Typer(
    cls=Tdkt,
    help="Hỏi đáp về thi đua, khen thưởng từ tài liệu của bạn: câu nào cũng kèm trích dẫn.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    options_metavar="[TUỲ CHỌN]",
    subcommand_metavar="LỆNH …",
)


@app.callback()
def start(
    debug: Annotated[bool, typer.Option("--debug", help="Khi lỗi, in toàn bộ dấu vết (cho người phát triển).")] = False,
) -> None:
    """Hỏi đáp về thi đua, khen thưởng từ tài liệu của bạn: câu nào cũng kèm trích dẫn."""
    if not debug:
        # What libraries have to say goes to the log, not between the lines of an answer.
        warnings.simplefilter("ignore")
        failures.log_to_file()


for command in (ingest, ask, search, chat, demo, doctor, ui, version):
    app.command(command.__name__, cls=Command, options_metavar="[TUỲ CHỌN]")(command)
app.add_typer(docs, name="docs")


def main() -> None:
    """Run ``tdkt``."""
    use_utf8()
    app()


if __name__ == "__main__":
    main()
