import pytest

from tests.builders import container, pod, sidecar, template_of, view
from webhook.core.finding import ErrorType
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic150_overcommitted_resource import check

GPU, PAGES = "example.com/gpu", "hugepages-2Mi"


@pytest.mark.parametrize(
    ("requests", "limits", "expected"),
    [
        pytest.param({GPU: "1"}, {GPU: "1000m"}, [], id="equal in another spelling"),
        pytest.param({GPU: "1"}, {GPU: "2"}, [("Invalid", "requests")], id="below the limit"),
        pytest.param({GPU: "2"}, {GPU: "1"}, [("Invalid", "requests")], id="above the limit"),
        pytest.param({GPU: "1"}, None, [("Required", "limits")], id="no limits"),
        pytest.param({GPU: "0"}, {"cpu": "1"}, [("Required", "limits")], id="a request of nothing needs a limit too"),
        pytest.param({GPU: None}, {GPU: 0}, [], id="a null amount is zero"),
        pytest.param(None, {GPU: "1"}, [], id="a limit alone"),
        pytest.param({PAGES: "2Mi"}, {PAGES: "4Mi"}, [("Invalid", "requests")], id="huge pages"),
        pytest.param({PAGES: "2Mi"}, None, [("Required", "limits")], id="huge pages without a limit"),
        pytest.param({"cpu": "1", "foo": "1"}, {"cpu": "2"}, [], id="what has no prefix may be overcommitted"),
        pytest.param({"kubernetes.io/foo": "1"}, None, [], id="what is native may be overcommitted"),
        pytest.param({"Bad.com/x": "1"}, None, [("Required", "limits")], id="a malformed name with a prefix may not"),
    ],
)
def test_a_request_must_equal_its_limit(requests, limits, expected):
    manifest = pod(init=[sidecar(resources={"requests": requests, "limits": limits})])

    findings = list(check(view(manifest)))

    assert expected == [(str(one.type), one.path.rpartition(".")[2]) for one in findings]
    assert {"side"} >= {one.container for one in findings}


def test_a_pod_as_a_whole_is_judged_as_well():
    manifest = pod(resources={"requests": {PAGES: "2Mi", "cpu": "1"}})

    [finding] = check(view(manifest))

    assert (ErrorType.REQUIRED, "spec.resources.limits") == (finding.type, finding.path)


def test_a_template_is_judged_as_it_is_written():
    manifest = pod(container(resources={"limits": {GPU: "1"}, "requests": {GPU: "2"}}))

    [finding] = check(Pod(template_of(manifest), path="template.spec", kind="PodTemplate"))

    assert "template.spec.containers[0].resources.requests" == finding.path
