import pytest

from webhook.core.pod import Container, Role
from webhook.shell.place import place_of
from webhook.shell.program import program_of


@pytest.mark.parametrize(
    ("command", "args", "field"),
    [
        (["sh", "-c", "run"], None, "command"),
        (["sh", "-c"], ["run"], "args"),
        (["sh"], ["-c", "run $(NAME)"], "args"),
        (["run"], ["--fast"], "command"),
        (["sh", "/run.sh"], None, "command"),
        (["sh", "-c"], ["if then"], "command"),
    ],
)
def test_the_script_stands_in_its_field(command, args, field):
    env = [{"name": "NAME", "value": "x"}]
    container = Container({"command": command, "args": args, "env": env}, Role.INIT, "spec.initContainers", 3)

    assert f"spec.initContainers[3].{field}" == place_of(container, program_of(container))
