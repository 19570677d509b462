import pytest

from tests.builders import pod, view, workload
from webhook.core.workload import workload_of
from webhook.rules.practice.ic347_host_namespace_shared import check


@pytest.mark.parametrize(
    "fields",
    [("hostNetwork",), ("hostPID",), ("hostIPC",), ("hostNetwork", "hostPID"), ("hostNetwork", "hostPID", "hostIPC")],
    ids=" and ".join,
)
def test_each_shared_namespace_is_reported(fields):
    found = [finding.path for finding in check(view(pod(**dict.fromkeys(fields, True))))]

    assert [f"spec.{field}" for field in fields] == found


def test_templates_are_judged_where_they_stand():
    manifest = workload("CronJob", pod(hostPID=True))

    [finding] = check(workload_of("batch/v1", "CronJob").pod(manifest, 36))

    assert "spec.jobTemplate.spec.template.spec.hostPID" == finding.path


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"hostNetwork": False, "hostPID": False, "hostIPC": False}, id="false"),
        pytest.param({"hostNetwork": None}, id="null"),
        pytest.param({"shareProcessNamespace": True}, id="among containers"),
        pytest.param({"hostUsers": True, "hostname": "x"}, id="words alike"),
    ],
)
def test_what_is_not_shared_is_fine(spec):
    assert [] == list(check(view(pod(**spec))))
