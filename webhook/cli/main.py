"""The command `prologue`: parse, run one command, and turn its end into an exit code, here and nowhere else."""

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from webhook.cli.certs import certs_app
from webhook.cli.check import check
from webhook.cli.exits import Exit
from webhook.cli.explain import explain
from webhook.cli.inject import inject
from webhook.cli.recipes import recipes
from webhook.cli.rules import rules
from webhook.cli.serve import serve
from webhook.cli.talk import say
from webhook.core.errors import MisuseError

app = typer.Typer(
    name="prologue",
    help="The admission service for everything that runs before a Pod's main containers.",
    epilog="Exit codes: 0 fine, 1 findings, 2 misuse, 3 our fault.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
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
        say(f"prologue: {error}")
        return Exit.MISUSE
    except (KeyboardInterrupt, typer.Abort):
        say("prologue: interrupted")
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter would complain while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINE
    except Exception as error:  # noqa: BLE001  # the last handler: our fault has an exit code of its own
        return _our_fault(error)
    return code if isinstance(code, int) else Exit.FINE


def _show(error: TyperException) -> None:
    """Let the framework's complaints about options show themselves, with the usage beside them."""
    show = getattr(error, "show", None)
    if show is None:
        say(f"prologue: {error.format_message()}")
    else:
        show()


def _our_fault(error: Exception) -> int:
    import traceback  # noqa: PLC0415  # only for the page that nobody should see

    say("".join(traceback.format_exception(error)))
    say("prologue: this is our fault, not yours; please report it with the lines above")
    return Exit.FAULT


def run() -> None:
    """Be the console script."""
    sys.exit(main())


if __name__ == "__main__":
    run()
