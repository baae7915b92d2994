# ruff: noqa: ANN401 - typer keeps the types of contexts, commands and formatters in a private module
"""The ``tdkt`` command group: commands of other packages, Vietnamese help, one place that catches errors."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib.metadata import entry_points
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from assistant.commands import failures
from assistant.errors import BadInput

PLUGINS = "tdkt.commands"
"""Entry-point group through which other packages (``evals``) add commands."""

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": "Tham số",
    "OPTIONS_PANEL_TITLE": "Tuỳ chọn",
    "COMMANDS_PANEL_TITLE": "Lệnh",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
    "DEFAULT_STRING": "[mặc định: {}]",
    "ENVVAR_STRING": "[biến môi trường: {}]",
}


def _vietnamese_panels() -> None:
    from typer import rich_utils

    for name, words in _PANELS.items():
        setattr(rich_utils, name, words)


class _Vietnamese:
    """What typer writes in English on a help page, in Vietnamese."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return typer's help option with a Vietnamese text."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Xem cách dùng."
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        words = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, words, prefix="Cách dùng: ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _vietnamese_panels()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Vietnamese, TyperCommand):
    """A command whose help is Vietnamese."""


class Group(_Vietnamese, TyperGroup):
    """A group of commands whose help is Vietnamese."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is a named error with the nearest names."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            near = get_close_matches(name, self.list_commands(ctx))
            remedy = f"Có phải: {', '.join(near)}?" if near else f"Xem các lệnh: {ctx.command_path} --help"
            raise BadInput(f"Không có lệnh “{name}”.", remedy=remedy)
        return super().resolve_command(ctx, args)


class Tdkt(Group):
    """The top group: looks up plug-in commands only when needed and turns every error into a message."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command of ours, else one that an installed package offers under this name."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            return command
        for point in entry_points(group=PLUGINS, name=cmd_name):
            return _as_command(point.load(), cmd_name)
        return None

    def list_commands(self, ctx: Any) -> list[str]:
        """Return our commands in the order of the documentation, then those of other packages."""
        names = super().list_commands(ctx)
        return names + sorted({point.name for point in entry_points(group=PLUGINS)} - set(names))

    def main(self, args: Any = None, prog_name: str | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run the command line and leave the process with its exit code.

        Arguments are passed on as they are: a question mark must not become a file name on Windows.
        """
        arguments = list(sys.argv[1:] if args is None else args)
        as_json, debug = "--json" in arguments, arguments[:1] == ["--debug"]
        extra["standalone_mode"] = False
        try:
            code = super().main(arguments, "tdkt", *rest, **extra)
            sys.stdout.flush()
        except failures.OURS as error:
            if debug:
                raise
            failures.tell(error.message, error.remedy, as_json=as_json)
            code = 2
        except typer.Abort:
            failures.tell("Đã huỷ, không có gì thay đổi.", as_json=as_json)
            code = 130
        except BrokenPipeError:
            # Whoever read our output has left (`tdkt … | head`): nothing to say, and nowhere to say it.
            sys.stdout = None
            code = 0
        except Exception as error:
            if _is_usage_error(error):
                if type(error).__name__ != "NoArgsIsHelpError":
                    failures.tell_usage(error, as_json=as_json)
            elif debug:
                raise
            else:
                failures.tell_bug(error, as_json=as_json)
            code = 2
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Ctrl-C says what was kept."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            failures.tell_interrupted()
            raise typer.Exit(130) from stop


def _is_usage_error(error: Exception) -> bool:
    return any(kind.__name__ == "TyperException" for kind in type(error).__mro__)


def _as_command(loaded: Any, name: str) -> Any:
    """Return what an entry point named (a typer app, a command or a plain function) as a command."""
    if isinstance(loaded, typer.Typer):
        command = typer.main.get_command(loaded)
    elif isinstance(loaded, (TyperCommand, TyperGroup)):
        command = loaded
    else:
        app = typer.Typer(add_completion=False)
        app.command(name, cls=Command)(loaded)
        command = typer.main.get_command(app)
    command.name = name
    return command
