"""Where in a container stands what it runs."""

from webhook.core.pod import Container
from webhook.shell.program import Program


def place_of(container: Container, program: Program) -> str:
    """Give the path of the field that holds the script, else of the command."""
    script = program.script
    ahead = len(container.raw.get("command") or ())
    in_args = script is not None and program.argv.index(script.text) >= ahead
    return f"{container.path}.{'args' if in_args else 'command'}"
