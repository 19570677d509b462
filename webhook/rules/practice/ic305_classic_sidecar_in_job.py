"""A helper that never ends stands among the main containers of a Job, so the Job never completes.

A Job is done when every main container has ended. A proxy or a log agent beside the work goes on for ever, and so does
the Job, its node's resources with it; a CronJob that forbids concurrency never runs again. Written as a native sidecar
(an init container with `restartPolicy: Always`, KEP-753) it starts first and is stopped when the work is done.

Judged is what is certain: a main container that by its command never ends (`tail -f`, `sleep infinity`, an endless
loop), or a well-known proxy or agent, beside one that may end. Whoever stops the helper is respected: a shared process
namespace, a call of `/quitquitquit` or `/shutdown`, a script that leaves its loop.

Bad:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: report}
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: report
            image: registry.example/report:1
          - name: proxy
            image: registry.example/cloud-sql-proxy:2.14.1
            args: ["--port=5432", "shop:europe:main"]

Good:

    apiVersion: batch/v1
    kind: Job
    metadata: {name: report}
    spec:
      template:
        spec:
          restartPolicy: Never
          initContainers:
          - name: proxy
            image: registry.example/cloud-sql-proxy:2.14.1
            restartPolicy: Always
            args: ["--port=5432", "shop:europe:main"]
            startupProbe: {tcpSocket: {port: 5432}}
          containers:
          - name: report
            image: registry.example/report:1
"""

from collections.abc import Iterator

from webhook.core.finding import ErrorType, Finding
from webhook.core.image_name import ImageName
from webhook.core.pod import Container, Pod
from webhook.core.rule import Rule
from webhook.core.template import JOBS
from webhook.shell.course import certain
from webhook.shell.endless import never_ends
from webhook.shell.inner import inner
from webhook.shell.program import Program, program_of
from webhook.shell.script import Command
from webhook.shell.server import stays

CODE = "IC305"

# The last part of an image's repository, or the program itself: proxies and agents that nobody starts to see them end.
_COMPANIONS = frozenset(
    {
        "alloydb-auth-proxy",
        "aws-for-fluent-bit",
        "aws-otel-collector",
        "aws-xray-daemon",
        "cloud-sql-proxy",
        "cloud_sql_proxy",
        "consul-dataplane",
        "daprd",
        "envoy",
        "filebeat",
        "fluent-bit",
        "fluentd",
        "gce-proxy",
        "jaeger-agent",
        "linkerd2-proxy",
        "metricbeat",
        "oauth2-proxy",
        "opentelemetry-collector",
        "opentelemetry-collector-contrib",
        "otelcol",
        "otelcol-contrib",
        "pgbouncer",
        "pilot-agent",
        "promtail",
        "proxyv2",
        "statsd-exporter",
        "telegraf",
    }
)
# Names that say something only together with whose they are.
_AMBIGUOUS = ("linkerd/proxy", "timberio/vector")
_VAULT_AGENT = ("vault", "agent")
# With these among its arguments such a program does one thing and ends.
_ENDING = frozenset({"-once", "--once", "-test", "--test", "test", "validate", "version", "-version", "--version"})
_ENDING_PARTS = ("exit-after-auth", "dry-run", "mode=validate", "mode validate", "--help")
# How the work tells its helper to end.
_FAREWELLS = ("quitquitquit", "/shutdown", "linkerd-await")


def check(pod: Pod) -> Iterator[Finding]:
    """Find main containers that never end beside one that may, in a Job, a CronJob or a Pod of theirs."""
    if len(pod.containers) < 2 or not _belongs_to_job(pod):  # noqa: PLR2004  # the work and its helper
        return
    helpers = [one for one in pod.containers if _goes_on(one)]
    if not helpers or len(helpers) == len(pod.containers) or _is_told_to_end(pod):
        return
    for container in helpers:
        message = (
            "never ends, so the Job never completes; "
            "move it to initContainers with restartPolicy: Always and it ends with the work"
        )
        yield Finding(CODE, ErrorType.PRACTICE, container.path, message, container.name)


def _belongs_to_job(pod: Pod) -> bool:
    if pod.kind != "Pod":
        return pod.kind in JOBS
    return any(owner and owner.get("kind") == "Job" for owner in pod.metadata.get("ownerReferences") or ())


def _goes_on(container: Container) -> bool:
    # Rules of its own may end or restart it.
    if container.raw.get("restartPolicyRules"):
        return False
    program = program_of(container)
    return never_ends(program) or _serves(program) or _is_companion(container, program)


def _serves(program: Program) -> bool:
    return "timeout" not in program.starters and any(stays(inner(command)) for command in certain(program))


def _is_companion(container: Container, program: Program) -> bool:
    args = [arg or "" for arg in container.raw.get("args") or ()]
    if not program.argv:
        image = ImageName.parse(container.image)
        name = image.repository.rpartition("/")[2]
        known = name in _COMPANIONS or image.repository.endswith(_AMBIGUOUS) or (name, *args[:1]) == _VAULT_AGENT
        return known and not _does_one_thing(args)
    if not isinstance(last := program.statements[-1] if program.statements else None, Command):
        return False
    it = inner(last)
    known = it.name in _COMPANIONS or (it.name, *it.args[:1]) == _VAULT_AGENT
    return known and "timeout" not in it.starters and not _does_one_thing(list(it.args))


def _does_one_thing(args: list[str]) -> bool:
    text = " ".join(args)
    return not _ENDING.isdisjoint(args) or any(part in text for part in _ENDING_PARTS)


def _is_told_to_end(pod: Pod) -> bool:
    if pod.spec.get("shareProcessNamespace"):
        return True
    words = (word or "" for one in pod.containers for field in ("command", "args") for word in one.raw.get(field) or ())
    return any(farewell in word for word in words for farewell in _FAREWELLS)


RULE = Rule(
    code=CODE,
    title="Classic sidecar in job",
    check=check,
    source="KEP-753 (native sidecars); https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers",
    text=__doc__,
)
