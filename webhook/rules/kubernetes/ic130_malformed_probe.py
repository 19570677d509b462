"""A probe that could never be asked: no handler, two of them, an impossible port, a negative number.

The kubelet asks a probe for as long as the container lives, so every part of it must make sense. A liveness or startup
probe succeeds at the first success, and only these two may say how long the container is given to end after a failure.
The probes of app containers and sidecars are looked at; a plain init container may not have any.

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        startupProbe: {httpGet: {path: /healthz, port: 80800}, successThreshold: 3}
      containers: [{name: app, image: "registry.example/shop:1"}]

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: shop}
    spec:
      initContainers:
      - name: proxy
        image: registry.example/proxy:1
        restartPolicy: Always
        startupProbe: {httpGet: {path: /healthz, port: 8080}, failureThreshold: 30}
      containers: [{name: app, image: "registry.example/shop:1"}]
"""

from collections.abc import Iterator

from webhook.core.fault import Fault, invalid
from webhook.core.finding import Finding
from webhook.core.handler import probe_handler_faults
from webhook.core.pod import Pod, Raw, Role
from webhook.core.rule import Rule

CODE = "IC130"
_READINESS = "readinessProbe"
_PROBES = ("livenessProbe", _READINESS, "startupProbe")
_PROBE_SET = frozenset(_PROBES)
_NUMBERS = ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")
_THRESHOLD = "successThreshold"
_GRACE = "terminationGracePeriodSeconds"


def check(pod: Pod) -> Iterator[Finding]:
    """Find faults inside the probes of app containers and sidecars."""
    for container in (*pod.containers, *pod.init_containers):
        raw = container.raw
        if _PROBE_SET.isdisjoint(raw) or container.role is Role.INIT:
            continue
        for name in _PROBES:
            probe = raw.get(name)
            if probe is None:
                continue
            for fault in _faults(name, probe):
                path = fault.path_from(f"{container.path}.{name}")
                yield Finding(CODE, fault.type, path, fault.message, container.name)


def _faults(name: str, probe: Raw) -> list[Fault]:
    """Give each fault of a probe; a number of zero is none, it stands for the default."""
    faults = probe_handler_faults(probe)
    for field in _NUMBERS:
        number = probe.get(field)
        if number and number < 0:
            faults.append(invalid(field, f"must not be negative, is {number}"))
    grace = probe.get(_GRACE)
    if grace is not None:
        faults += _grace_faults(name, grace)
    if name != _READINESS and (probe.get(_THRESHOLD) or 1) != 1:
        faults.append(invalid(_THRESHOLD, "must be 1 for liveness and startup probes"))
    return faults


def _grace_faults(name: str, grace: int) -> Iterator[Fault]:
    if grace <= 0:
        yield invalid(_GRACE, f"must be greater than 0, is {grace}; leave it out for the Pod's own")
    if name == _READINESS:
        yield invalid(_GRACE, "may not be set for a readiness probe, which ends no container")


RULE = Rule(
    code=CODE,
    title="Malformed probe",
    check=check,
    source="kubernetes pkg/apis/core/validation: validateProbe, validateLivenessProbe, validateReadinessProbe",
    text=__doc__,
    needs=_PROBES,
    by_container=True,
)
