"""``tdkt eval``: measure, compare, gate, lock, judge, import and check questions, report.

Reached through the entry-point group ``tdkt.commands``; ``python -m evals.cli`` is the same.
"""

from __future__ import annotations

import sys

import typer

from assistant.commands.group import Command, Group
from evals.commands.judge import judge
from evals.commands.lock import lock
from evals.commands.measure import gate, run
from evals.commands.questions import check, import_table
from evals.commands.rivals import baselines
from evals.commands.stored import compare, report

app = typer.Typer(
    cls=Group,
    help="Đo chất lượng trả lời bằng bộ câu hỏi có đáp án; không cần mạng, không cần mô hình.",
    no_args_is_help=True,
    add_completion=False,
    options_metavar="[TUỲ CHỌN]",
    subcommand_metavar="LỆNH …",
)
for command in (run, compare, gate, lock, check, report, baselines, judge):
    app.command(command.__name__, cls=Command)(command)
app.command("import", cls=Command)(import_table)


def main() -> None:
    """Run the evaluation commands on their own."""
    from assistant.commands.group import Tdkt
    from assistant.commands.screen import use_utf8

    use_utf8()
    alone = typer.Typer(cls=Tdkt, add_completion=False, pretty_exceptions_enable=False)
    alone.callback()(lambda: None)
    alone.add_typer(app, name="eval")
    alone(["eval", *sys.argv[1:]])


if __name__ == "__main__":
    main()
