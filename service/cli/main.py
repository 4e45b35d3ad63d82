"""The ``medalgraph`` command: the list of its commands, and the one place where errors end."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

import click

from . import (
    asking,
    changing,
    checking,
    comparing,
    conflicting,
    doctor,
    erasing,
    exporting,
    filing,
    finding,
    importing,
    loading,
    making,
    matching,
    past,
    replicating,
    saving,
    serving,
    tables,
    templates,
    tokens,
)
from .exits import BAD_USE, MEANINGS, OK, PIPE_CLOSED, TERMINATED, exit_code, words
from .voice import remark

if TYPE_CHECKING:
    from types import FrameType

_EXIT_HELP = "Exit codes:\n\n\b\n" + "\n".join(
    f"{code:>4}  {meaning}" for code, meaning in MEANINGS.items()
)


class Commands(click.Group):
    """A group that lists its commands in the order of use."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; click would report a closed pipe with the code of a refusal."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _silence_output()
            raise click.exceptions.Exit(PIPE_CLOSED) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands as they were added."""
        del ctx
        return list(self.commands)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXIT_HELP,
)
@click.option("--debug", is_flag=True, help="On a fault of medalgraph itself, show where it is.")
@click.version_option(package_name="medalgraph", message="medalgraph %(version)s")
def cli(*, debug: bool) -> None:
    """Keep and ask a graph of Games, people and medals, each statement with its source.

    Every change is checked before it is kept: what breaks a rule is refused as a whole.
    The store is the folder named by --store or MEDALGRAPH_STORE, else var/store.
    """
    del debug


for _command in (
    making.init,
    loading.load,
    importing.import_,
    templates.template,
    asking.query,
    finding.search,
    changing.update,
    checking.check,
    past.history,
    past.show,
    past.undo,
    tables.table,
    matching.match,
    matching.merge,
    matching.separate,
    comparing.audit,
    conflicting.conflicts,
    conflicting.decide,
    exporting.export,
    saving.backup,
    saving.restore,
    filing.engine_file,
    replicating.replicate,
    doctor.doctor,
    erasing.erase,
    serving.serve,
    tokens.token,
):
    cli.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _end)
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; errors end here, as words on standard error."""
    try:
        code = cli.main(arguments, prog_name="medalgraph", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        remark(error.format_message())
        return BAD_USE
    except BrokenPipeError:
        _silence_output()
        return PIPE_CLOSED
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the outermost handler
        if "--debug" in arguments:
            remark("".join(traceback.format_exception(error)))
        remark(words(error))
        return exit_code(error)
    return code if isinstance(code, int) else OK


def _silence_output() -> None:
    # Python flushes standard output once more at its end, and would complain again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    sys.exit(TERMINATED)
