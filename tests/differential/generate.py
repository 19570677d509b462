"""Random manifests: of every kind, half of them meant to be valid, the others with a few faults mixed in.

The same seed gives the same manifests. Faults come from `values`, and from the Bad examples of the rules themselves, so
that every rule is reached.
"""

import copy
import random
from collections.abc import Iterator
from typing import Any

from tests.builders import workload
from tests.differential import values
from webhook.core.finding import ErrorType
from webhook.core.pod import Raw
from webhook.core.workload import WORKLOADS, workload_of
from webhook.manifest.reader import read_documents
from webhook.policy.catalogue import examples, rules

KINDS = [kind for _, kind in WORKLOADS]
# In a faulty manifest each drawn value is a bad one this often.
FAULT_RATE = 0.08
Values = dict[str, list[Any]]


class Generator:
    """Draws manifests from one seed; `faulty` says whether the one being drawn may hold faults."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # not for secrets
        self.faulty = False

    def manifests(self, count: int) -> Iterator[Raw]:
        """Give so many manifests."""
        bad = bad_examples()
        for number in range(count):
            self.faulty = number % 2 == 1
            manifest = self._pod()
            if self.faulty and self._chance(0.3):
                manifest = self._mixed(manifest, self._random.choice(bad))
            kind = "Pod" if self._chance(0.45) else self._random.choice(KINDS)
            made = copy.deepcopy(manifest if kind == "Pod" else self._workload(kind, manifest))
            if self.faulty and self._chance(0.04):
                made = copy.deepcopy(self._random.choice(bad))
            if self.faulty and self._chance(0.02):
                self._mistype(made)
            yield made

    def _workload(self, kind: str, manifest: Raw) -> Raw:
        made = workload(kind, manifest)
        spec = made.get("spec") or {}
        if kind == "StatefulSet":
            spec["serviceName"] = "shop"
        if kind == "Job":
            self._job(spec)
        if kind in ("Deployment", "ReplicaSet") and self._bad():
            spec["selector"] = {"matchLabels": {"app": "a b"}}
        return made

    def _job(self, spec: Raw) -> None:
        if self._bad():
            spec["template"]["spec"]["restartPolicy"] = "Always"
        if self._chance(0.3):
            codes = {"operator": "In", "values": [1], "containerName": "nobody" if self._bad() else "app"}
            spec["podFailurePolicy"] = {"rules": [{"action": "Ignore", "onExitCodes": codes}]}

    def _pod(self) -> Raw:
        init = [self._init(number) for number in range(self._random.choice((0, 1, 1, 2, 3)))]
        apps = [
            self._container(f"app-{number}" if number else "app") for number in range(self._random.choice((1, 1, 2)))
        ]
        spec: Raw = {"volumes": self._volumes(), "containers": apps, **self._draw(values.SPEC)}
        if init:
            spec["initContainers"] = init
        if self._chance(0.4):
            spec["securityContext"] = {**spec.get("securityContext", {}), **self._draw(values.POD_SECURITY)}
        metadata: Raw = {"name": "shop", "labels": {"app": "shop"}}
        if annotations := self._draw(values.ANNOTATIONS):
            metadata["annotations"] = annotations
        return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}

    def _volumes(self) -> list[Raw]:
        base: list[Raw] = [{"name": "data", "emptyDir": {}}, {"name": "conf", "configMap": {"name": "c"}}]
        base.append({"name": "blk", "persistentVolumeClaim": {"claimName": "blk"}})
        drawn = [self._draw(values.VOLUMES) for _ in range(self._random.choice((0, 0, 1, 2)))]
        names = {volume["name"] for volume in base}
        for volume in drawn:
            if self.faulty or volume["name"] not in names:
                names.add(volume["name"])
                base.append(volume)
        return base

    def _init(self, number: int) -> Raw:
        container = self._container(f"init-{number}")
        if self._chance(0.4):
            container["restartPolicy"] = "Always"
        elif self._bad():
            container["restartPolicy"] = self._random.choice(["Never", "OnFailure", "always", ""])
        if container.get("restartPolicy") != "Always" and not self._bad():
            for field in ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle"):
                container.pop(field, None)
        return container

    def _container(self, name: str) -> Raw:
        container: Raw = {"name": self._draw(values.NAMES) if self._bad() else name, "image": self._draw(values.IMAGES)}
        for field, some, most in (
            ("env", values.ENV, 3),
            ("envFrom", values.ENV_FROM, 1),
            ("volumeMounts", values.MOUNTS, 3),
            ("volumeDevices", values.DEVICES, 1),
        ):
            if self._chance(0.4):
                container[field] = self._several(some, most)
        self._policies(container)
        self._handlers(container)
        if self._chance(0.5):
            container["resources"] = self._resources()
        if self._chance(0.3):
            container["ports"] = [self._port(number) for number in range(self._random.choice((1, 1, 2)))]
        if self._chance(0.3):
            container["securityContext"] = self._draw(values.SECURITY)
        return container

    def _policies(self, container: Raw) -> None:
        if self._bad():
            container["imagePullPolicy"] = self._random.choice(["Never", "Sometimes"])
        if self._bad():
            container["terminationMessagePolicy"] = self._random.choice(["File", "Stdout"])
        if self._chance(0.15):
            container["resizePolicy"] = self._draw(values.RESIZE)
        if self._bad():
            container["restartPolicyRules"] = self._draw(values.RESTART_RULES)
            container["restartPolicy"] = self._random.choice(["Never", "OnFailure", "Always"])

    def _handlers(self, container: Raw) -> None:
        for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
            if self._chance(0.2):
                container[probe] = {**self._draw(values.HANDLERS), **self._draw(values.PROBE_NUMBERS)}
        if self._chance(0.15):
            handler = self._draw(values.SLEEPS) if self._bad() else self._draw(values.HANDLERS)
            container["lifecycle"] = {self._random.choice(("preStop", "postStart")): handler}
            if self._bad():
                container["lifecycle"]["stopSignal"] = "SIGUSR1"

    def _resources(self) -> Raw:
        lists: Raw = {}
        for kind, factor in (("requests", 1), ("limits", 2)):
            amounts: Raw = {}
            for name, amount in (("cpu", f"{100 * factor}m"), ("memory", f"{64 * factor}Mi")):
                if self._chance(0.6):
                    amounts[name] = self._draw(values.QUANTITIES) if self._bad() else amount
            if self._bad():
                amounts[self._draw(values.RESOURCE_NAMES)] = self._draw(values.QUANTITIES)
            if self._bad():
                amounts[self._random.choice(["hugepages-2Mi", "example.com/gpu"])] = self._random.choice(
                    ["2Mi", "3", "1.5"]
                )
            if amounts:
                lists[kind] = amounts
        if self._bad():
            lists["claims"] = self._random.choice(
                [[{"name": ""}], [{"name": "c"}, {"name": "c"}], [{"name": "c", "request": "A"}]]
            )
        return lists

    def _port(self, number: int) -> Raw:
        port: Raw = {"containerPort": 8080 + number}
        if self._bad():
            port["containerPort"] = self._random.choice([0, -1, 70000, 8080])
        if self._chance(0.3):
            port["name"] = self._draw(values.PORT_NAMES) if self._bad() else f"port-{number}"
        if self._bad():
            port["hostPort"] = self._random.choice([80, 8080, 70000])
        if self._bad():
            port["protocol"] = self._random.choice(["UDP", "tcp", ""])
        if self._bad():
            port["hostIP"] = self._random.choice(["", "127.0.0.1"])
        return port

    def _mixed(self, manifest: Raw, example: Raw) -> Raw:
        """Put the Pod of a rule's Bad example in place of what the manifest says of the same things."""
        spec = _pod_spec(example)
        mixed = {**manifest["spec"], **copy.deepcopy(spec)}
        names = {volume.get("name") for volume in mixed.get("volumes") or () if volume}
        mixed["volumes"] = [
            *(mixed.get("volumes") or ()),
            *(v for v in manifest["spec"]["volumes"] if v["name"] not in names),
        ]
        metadata = {**manifest["metadata"], **_pod_annotations(example)}
        return {**manifest, "metadata": metadata, "spec": mixed}

    def _mistype(self, manifest: Raw) -> None:
        """Put another JSON type in one place, so that nobody can decode it."""
        spec = _pod_spec(manifest)
        field, wrong = self._random.choice(
            (("containers", "app"), ("hostNetwork", "yes"), ("volumes", {}), ("dnsPolicy", 7))
        )
        spec[field] = wrong

    def _several(self, some: Values, most: int) -> list[Any]:
        """Draw several; good ones are drawn without repetition, so that they do not clash."""
        if self.faulty:
            return [self._draw(some) for _ in range(self._random.randint(1, most))]
        return self._random.sample(some["good"], min(len(some["good"]), self._random.randint(1, most)))

    def _draw(self, some: Values) -> Any:
        pool = some["bad"] if self._bad() or not some["good"] else some["good"]
        return copy.deepcopy(self._random.choice(pool))

    def _bad(self) -> bool:
        return self.faulty and self._chance(FAULT_RATE)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share


def bad_examples() -> list[Raw]:
    """Give the Bad manifests of the rules that repeat what the API server says, save the undecodable one."""
    found = []
    for code, rule in rules().items():
        if code.startswith("IC1") and rule.check is not None:
            manifest = read_documents(examples(rule.text)["Bad"].encode(), file=code)[-1].value
            if workload_of(manifest["apiVersion"], manifest["kind"]) is not None:
                found.append(manifest)
    return found


def _pod_spec(manifest: Raw) -> Raw:
    one = workload_of(manifest["apiVersion"], manifest["kind"])
    assert one is not None
    return one.pod(manifest, 36).spec


def _pod_annotations(manifest: Raw) -> Raw:
    one = workload_of(manifest["apiVersion"], manifest["kind"])
    assert one is not None
    annotations = one.pod(manifest, 36).annotations
    return {"annotations": annotations} if annotations else {}


def codes_reached(findings: list[Any]) -> set[str]:
    """Give the codes of family IC1xx among findings."""
    return {one.code for one in findings if one.code.startswith("IC1") and one.type is not ErrorType.UNDECODABLE}
