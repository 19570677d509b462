"""The command `prologue`: parse, run one command, and turn its end into an exit code, here and nowhere else."""

import gc
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from webhook.cli.certs import certs_app
from webhook.cli.check import check
from webhook.cli.exits import Exit
from webhook.cli.explain import explain
from webhook.cli.inject import inject
from webhook.cli.options import HELP_OPTIONS
from webhook.cli.recipes import recipes
from webhook.cli.rules import rules
from webhook.cli.serve import serve
from webhook.cli.talk import complain, say, speak_utf8, write
from webhook.cli.version import version_text
from webhook.core.errors import MisuseError

# What shells say of a process that SIGINT ended.
_INTERRUPTED = 130

app = typer.Typer(
    name="prologue",
    epilog="Exit codes: 0 fine, 1 findings, 2 misuse, 3 our fault.",
    no_args_is_help=True,
    add_completion=False,
    # Plain text: boxes do not survive a pipe, and the library that draws them takes a twentieth of a second.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_OPTIONS,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        write(f"{version_text()}\n", None)
        raise typer.Exit


@app.callback()
def prologue(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """The admission service for everything that runs before a Pod's main containers.

    Examples:

        prologue check pod.yaml

        prologue serve --dev
    """


for command in (serve, check, inject, explain, rules, recipes):
    app.command()(command)
app.add_typer(certs_app, name="certs")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; no stack trace for a user's mistake."""
    try:
        code = app(args=list(argv) if argv is not None else None, standalone_mode=False, prog_name="prologue")
    except TyperException as error:
        _show(error)
        return Exit.MISUSE
    except MisuseError as error:
        for line in str(error).splitlines():
            complain(line)
        return Exit.MISUSE
    except (KeyboardInterrupt, typer.Abort):
        return _INTERRUPTED
    except SystemExit:
        # So the framework ends when the reader of our output has seen enough: `prologue check … | head -1`.
        return Exit.FINE
    except Exception as error:  # noqa: BLE001  # the last handler: our fault has an exit code of its own
        return _our_fault(error)
    return code if isinstance(code, int) else Exit.FINE


def _show(error: TyperException) -> None:
    """Let the framework's complaints about options show themselves, with the usage beside them."""
    getattr(error, "show", lambda: complain(error.format_message()))()


def _our_fault(error: Exception) -> int:
    import traceback  # noqa: PLC0415  # only for the page that nobody should see

    say("".join(traceback.format_exception(error)))
    complain("this is our fault, not yours; please report it with the lines above")
    return Exit.FAULT


def run() -> None:
    """Be the console script."""
    speak_utf8()
    # What a command reads lives until it ends: looking for garbage in it is a sixth of the time of a large check.
    gc.disable()
    sys.exit(main())


if __name__ == "__main__":
    run()
