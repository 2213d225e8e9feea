"""How the command ends: exit codes that mean one thing each, and sentences instead of tracebacks.

Click ends with 1 on an interrupt and Python with 1 on a crash, which here means "gaps"; so both
are mapped apart.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from constitution_check.errors import CheckError

NO_GAPS, GAPS, COULD_NOT_CHECK, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
DEBUG = "CONSTITUTION_CHECK_DEBUG"


class Program(click.Group):
    """A group of commands that ends with the exit codes above, whatever happens inside it."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None,
             complete_var: str | None = None, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command line and exit; with `standalone_mode` False let every exception out."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        _show_what_can_be_shown()
        sys.exit(self._code(lambda: super(Program, self).main(args, prog_name, complete_var, False, **extra)))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Click itself would end with 1 where the reader of a pipe has gone."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
            return done
        except BrokenPipeError:
            # Nothing more may be written, not even what is flushed at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return PIPE_CLOSED

    @staticmethod
    def _code(run: Callable[[], object]) -> int:
        try:
            done = run()
            return done if isinstance(done, int) else NO_GAPS
        except click.ClickException as error:
            error.show()
        except CheckError as error:
            say(str(error))
        except (click.Abort, KeyboardInterrupt):
            say("Stopped.")
            return INTERRUPTED
        except Exception as error:
            say(crash_sentence(error))
        return COULD_NOT_CHECK


def say(sentence: str) -> None:
    """One message on the error stream."""
    click.echo(sentence, err=True)


def crash_sentence(error: Exception) -> str:
    """What to tell someone when the program itself fails; the traceback too where it is asked for."""
    if os.environ.get(DEBUG):
        import traceback

        return "".join(traceback.format_exception(error))
    return ("Something went wrong inside Constitution Check; the document is not to blame. Please report it with the "
            f"document's kind and this line: {type(error).__name__}: {error}. "
            f"With {DEBUG}=1 in the environment the program shows where it happened.")


def _show_what_can_be_shown() -> None:
    """A terminal that lacks a character shows "?" for it; it is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
