"""A container enters the namespaces of the node by nsenter.

`nsenter --target 1` runs a program on the node itself, with the node's files and processes: the container is only the
way in, and nothing that the Pod says holds for what is done there. What a node needs belongs into its image, or into
an agent that is made for it.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: tune
        image: registry.example/tools:1
        command: ["nsenter", "--target", "1", "--mount", "--", "swapoff", "-a"]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: tune
        image: registry.example/tools:1
        command: ["sh", "-ec", "ulimit -n"]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Pod
from webhook.core.rule import Rule, Tier
from webhook.shell.place import place_of
from webhook.shell.program import program_of
from webhook.shell.script import commands

CODE = "IC346"
_TOOL = "nsenter"
_FIRST_PROCESS = re.compile(r"(?:-t|--target=)1|.*/proc/1/ns.*")


def check(pod: Pod) -> Iterator[Finding]:
    """Find containers whose command enters the namespaces of process 1."""
    for container in pod.all_containers():
        if not container.raw.get("command"):
            continue
        program = program_of(container)
        lines = [[word.text for word in command.words] for command in commands(program.statements)]
        if any(_enters(words) for words in (program.argv, *lines)):
            message = "runs on the node itself, where nothing holds that the Pod says; leave the node to its own agent"
            yield Finding(CODE, ErrorType.PRACTICE, place_of(container, program), message, container.name)


def _enters(words: Sequence[str]) -> bool:
    """Say whether these words run nsenter with process 1 as its target."""
    at = next((index for index, word in enumerate(words) if word.rpartition("/")[2] == _TOOL), None)
    if at is None:
        return False
    flags = words[at + 1 :]
    if any(one in ("-t", "--target") and value == "1" for one, value in pairwise(flags)):
        return True
    return any(_FIRST_PROCESS.fullmatch(flag) for flag in flags)


RULE = Rule(
    code=CODE,
    title="Enters the host",
    check=check,
    source="https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    text=__doc__,
    tier=Tier.STRICT,
    needs=("command",),
    by_container=True,
)
