import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic133_user_or_group_out_of_range import check


def found(manifest):
    return [(str(one.type), one.path) for one in check(view(manifest))]


@pytest.mark.parametrize("number", [-1, 1 << 31])
@pytest.mark.parametrize("field", ["runAsUser", "runAsGroup"])
def test_an_id_of_a_container_out_of_range_is_invalid(field, number):
    manifest = pod(init=[container("a"), container("b", securityContext={field: number})])

    assert [("Invalid", f"spec.initContainers[1].securityContext.{field}")] == found(manifest)


@pytest.mark.parametrize("number", [None, 0, 1000, (1 << 31) - 1])
def test_an_id_in_range_is_fine(number):
    manifest = pod(
        container(securityContext={"runAsUser": number}),
        securityContext={"fsGroup": number, "supplementalGroups": [number]},
    )

    assert [] == found(manifest)


def test_every_id_of_the_pod_is_looked_at():
    context = {"fsGroup": -1, "runAsUser": -2, "runAsGroup": 1 << 31, "supplementalGroups": [0, -1, None, 1 << 40]}

    findings = found(pod(securityContext=context))

    paths = ["fsGroup", "runAsUser", "runAsGroup", "supplementalGroups[1]", "supplementalGroups[3]"]
    assert [("Invalid", f"spec.securityContext.{path}") for path in paths] == findings
