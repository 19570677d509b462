import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic103_probe_on_init_container import check

PROBES = ["livenessProbe", "readinessProbe", "startupProbe"]


@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.parametrize("body", [pytest.param({}, id="empty"), pytest.param({"tcpSocket": {"port": 80}}, id="tcp")])
def test_a_probe_on_a_plain_init_container_is_forbidden(probe, body):
    manifest = pod(init=[container("wait"), container("migrate", **{probe: body})])

    [finding] = check(view(manifest))

    assert ("Forbidden", f"spec.initContainers[1].{probe}") == (str(finding.type), finding.path)
    assert finding.container == "migrate"


@pytest.mark.parametrize("policy", ["OnFailure", "Never", ""])
def test_only_always_makes_a_sidecar(policy):
    manifest = pod(init=[container("agent", restartPolicy=policy, livenessProbe={})])

    assert len(list(check(view(manifest)))) == 1


@pytest.mark.parametrize("probe", PROBES)
def test_sidecars_and_app_containers_may_be_probed(probe):
    manifest = pod(container(**{probe: {}}), init=[sidecar(**{probe: {}})])

    assert [] == list(check(view(manifest)))


def test_a_null_probe_is_no_probe():
    manifest = pod(init=[container("migrate", livenessProbe=None)])

    assert [] == list(check(view(manifest)))
