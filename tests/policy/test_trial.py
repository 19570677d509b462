"""A container that Kubernetes would refuse is refused when its policy is loaded, at its line of the policy."""

import pytest

from tests.builders import policy_from

CONTAINERS = [
    pytest.param("{name: a, image: b, command: sh}", "command", "must be a list, is text", id="another type"),
    pytest.param(
        "{name: a, image: b, env: [{name: A, value: 1}]}", "env[0].value", "must be text", id="a number for text"
    ),
    pytest.param(
        "{name: a, image: b, resources: {requests: {cpu: 1x}}}", "resources.requests[cpu]", "must be", id="no quantity"
    ),
    pytest.param("{name: A_, image: b}", "name", "IC101 Invalid: ", id="a name that is none"),
    pytest.param("{name: a}", "image", "IC106 Required: ", id="no image"),
    pytest.param("{image: b}", "name", "IC101 Required: ", id="no name"),
    pytest.param(
        "{name: a, image: b, livenessProbe: {exec: {command: [x]}}}", "livenessProbe", "IC103 Forbidden: ", id="a probe"
    ),
    pytest.param(
        "{name: a, image: b, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}",
        "resources.requests",
        "IC107 Invalid: ",
        id="a request above its limit",
    ),
]


@pytest.mark.parametrize(("container", "field", "message"), CONTAINERS)
def test_a_faulty_container_is_told_at_its_own_line(problems, injection_policy, container, field, message):
    said = problems(
        injection_policy(f"initContainers:\n- container: {{name: fine, image: b}}\n- container: {container}")
    )

    assert any(
        line.startswith(f"policy.yaml:7: spec.initContainers[1].container.{field}: {message}") for line in said
    ), said


def test_a_sidecar_may_have_a_probe(injection_policy):
    yaml = "initContainers: [{container: {name: a, image: b, restartPolicy: Always, livenessProbe: {exec: {}}}}]"

    assert policy_from(injection_policy(yaml.replace("{exec: {}}", "{exec: {command: [x]}}"))).injections


def test_a_bad_name_for_a_recipes_container_is_told_where_it_was_given(problems, injection_policy):
    yaml = "initContainers:\n- recipe: wait-for\n  name: Bad_Name\n  with: {targets: ['dns://db']}"

    [said] = problems(injection_policy(yaml))

    assert said.startswith("policy.yaml:7: spec.initContainers[0].name: IC101 Invalid: ")


def test_two_containers_of_one_name_are_told(problems, injection_policy):
    yaml = "initContainers:\n- container: {name: a, image: b}\n- container: {name: a, image: b}"

    [said] = problems(injection_policy(yaml))

    assert said.startswith("policy.yaml:7: spec.initContainers[1].container.name: IC102 Duplicate: ")


def test_two_mounts_at_one_path_are_told(problems, injection_policy):
    mount = "{name: x, mountPath: /a}"

    said = problems(injection_policy(f"appContainers:\n  volumeMounts:\n  - {mount}\n  - {mount}"))

    assert any(line.startswith("policy.yaml:8: spec.appContainers.volumeMounts[1]") for line in said), said


def test_the_type_of_a_volume_is_looked_at(problems, injection_policy):
    said = problems(injection_policy("volumes:\n- {name: x, emptyDir: yes}"))

    assert ["policy.yaml:6: spec.volumes[0].emptyDir: must be an object, is true"] == said


def test_a_mount_may_be_of_a_volume_that_the_pod_brings(injection_policy):
    yaml = "initContainers: [{container: {name: a, image: b, volumeMounts: [{name: theirs, mountPath: /x}]}}]"

    assert policy_from(injection_policy(yaml)).injections
