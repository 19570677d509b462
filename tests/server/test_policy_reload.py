"""Policies that change while the service runs: taken up when they are good, told of when they are not."""

import base64
import json
from pathlib import Path

import pytest

from tests.builders import pod
from tests.server.conftest import Start
from tests.server.service import Service, eventually

# Looked at every two seconds, events or not; the rest is for a machine that is busy.
SOON = 10.0


def greeting(name: str = "greeting", *, container: str = "greeter", more: str = "") -> str:
    """A policy that injects one container into every Pod."""
    return f"""
apiVersion: prologue.dev/v1alpha1
kind: InjectionPolicy
metadata:
  name: {name}
spec:
  initContainers:
  - container: {{name: {container}, image: "registry.example/{container}:1"}}
{more}"""


BROKEN = [
    pytest.param("spec: [unclosed", ":", id="no YAML"),
    pytest.param(greeting(more="  onKonflict: Deny\n"), ":9: spec.onKonflict: unknown field", id="an unknown field"),
]


def injected(service: Service) -> list[str]:
    """The names of what a plain Pod gets."""
    operations = json.loads(base64.b64decode(service.review(pod()).get("patch", "")) or b"[]")
    containers = [
        one for step in operations for one in (step["value"] if isinstance(step["value"], list) else [step["value"]])
    ]
    return [one["name"] for one in containers if isinstance(one, dict) and "image" in one]


def policy_check(service: Service) -> dict:
    answer = service.get("/readyz")
    assert answer.status == 200
    return next(check for check in answer.json["checks"] if check["name"] == "policy")


def test_an_edited_file_is_in_force_soon(start: Start):
    service = start(policy=greeting())
    assert injected(service) == ["greeter"]
    before = service.get("/readyz").json["policy"]

    service.policy(greeting(container="porter"))

    eventually(lambda: injected(service) == ["porter"], seconds=SOON)
    assert service.log.wait("policy loaded")["digest"] == service.get("/readyz").json["policy"] != before
    assert service.metrics()['prologue_policy_reloads_total{result="loaded"}'] >= 1


def test_a_file_more_or_less_counts_soon(start: Start):
    service = start(policy=greeting())

    added = service.policy(greeting("second", container="usher"), "second.yaml")

    eventually(lambda: injected(service) == ["greeter", "usher"], seconds=SOON)
    added.unlink()
    eventually(lambda: injected(service) == ["greeter"], seconds=SOON)
    (service.folder / "policies" / "policy.yaml").unlink()
    eventually(lambda: injected(service) == [], seconds=SOON)


def test_a_mounted_config_map_that_is_exchanged_counts_soon(start: Start, tmp_path: Path):
    mount = tmp_path / "mount"
    mount.mkdir()

    def exchange(version: str, text: str) -> None:
        (mount / version).mkdir()
        (mount / version / "policy.yaml").write_text(text)
        (mount / "..data_tmp").symlink_to(version)
        (mount / "..data_tmp").rename(mount / "..data")

    exchange("..2026_1", greeting())
    (mount / "policy.yaml").symlink_to(Path("..data") / "policy.yaml")
    service = start("--policy", str(mount), policy="")
    assert injected(service) == ["greeter"]

    exchange("..2026_2", greeting(container="porter"))

    eventually(lambda: injected(service) == ["porter"], seconds=SOON)


@pytest.mark.parametrize(("text", "says"), BROKEN)
def test_a_broken_policy_never_takes_over_and_mends_itself(start: Start, text: str, says: str):
    service = start(policy=greeting())

    service.policy(text)

    told = service.log.wait("policy broken")
    check = policy_check(service)
    assert told["level"] == "error"
    assert len(told["problems"]) == 1
    assert told["problems"][0].startswith(f"{service.folder}/policies/policy.yaml:")
    assert says in told["problems"][0]
    assert check["ok"] is False
    assert check["detail"] == f"the last good policy serves: {told['problems'][0]}"
    assert service.metrics()["prologue_policy_broken"] == 1
    assert injected(service) == ["greeter"]

    service.policy(greeting(container="porter"))

    eventually(lambda: injected(service) == ["porter"], seconds=SOON)
    eventually(lambda: policy_check(service)["ok"])
    assert service.metrics()["prologue_policy_broken"] == 0
    assert len(service.log.all("policy broken")) == 1


def test_a_policy_put_back_as_it_was_is_mended_too(start: Start):
    service = start(policy=greeting())
    service.policy("spec: [unclosed")
    service.log.wait("policy broken")

    service.policy(greeting())

    service.log.wait("policy mended")
    assert policy_check(service)["ok"] is True
    assert service.metrics()["prologue_policy_broken"] == 0
