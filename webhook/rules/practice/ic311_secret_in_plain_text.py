"""A password, a token or a key stands in the manifest of an init container or a sidecar.

Everyone who may read the Pod, its workload, the repository or an audit log reads the secret too, and it cannot be
changed without a rollout. Keep it in a Secret: `valueFrom.secretKeyRef` for a variable, a mounted file for a program,
`$(NAME)` where an argument needs it.

Judged are variables and flags whose name means a secret, assignments in scripts, addresses with a password, and forms
that only secrets have (cloud access keys, tokens of code hosts, private keys). Placeholders and references are none.
The value is never said.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/migrate:1
        env: [{name: DB_PASSWORD, value: tram-Orbit-41}]
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example/migrate:1
        env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: shop-db, key: password}}}]
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule
from webhook.core.secret_text import holds_known_secret, is_named_secret
from webhook.shell.given_secret import gives_secret, may_give_secret
from webhook.shell.program import program_of

CODE = "IC311"


def check(pod: Pod) -> Iterator[Finding]:
    """Find secrets in env, command and args of init containers and sidecars, one finding for each place."""
    for container in pod.init_containers:
        for path in _places(container):
            message = "holds a secret in plain text; keep it in a Secret and refer to it"
            yield Finding(CODE, ErrorType.PRACTICE, f"{container.path}.{path}", message, container.name)


def _places(container: Container) -> Iterator[str]:
    for index, entry in enumerate(container.raw.get("env") or ()):
        value = entry.get("value") if entry else None
        if value and (is_named_secret(entry.get("name") or "", value) or holds_known_secret(value)):
            yield f"env[{index}].value"
    if container.raw.get("command") or container.raw.get("args"):
        yield from _places_in_command(container)


def _places_in_command(container: Container) -> Iterator[str]:
    command = container.raw.get("command") or ()
    texts = (*command, *(container.raw.get("args") or ()))
    given = gives_secret(container, program_of(container)) if may_give_secret(texts) else ()
    for index, text in enumerate(texts):
        if text and (index in given or holds_known_secret(text)):
            yield f"command[{index}]" if index < len(command) else f"args[{index - len(command)}]"


RULE = Rule(
    code=CODE,
    title="Secret in plain text",
    check=check,
    source="https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    text=__doc__,
    finds_secrets=True,
    needs=("initContainers",),
    by_container=True,
)
