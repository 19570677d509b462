import pytest

from tests.builders import DEFAULT_POLICY, container, pod, review, workload
from webhook.admission.decide import decide
from webhook.core.finding import ErrorType


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        pytest.param({"initContainers": "migrate"}, "spec.initContainers", id="text for a list"),
        pytest.param({"initContainers": [{"name": 7}]}, "spec.initContainers[0].name", id="a number for text"),
        pytest.param({"initContainers": [[]]}, "spec.initContainers[0]", id="a list for a container"),
        pytest.param({"hostNetwork": "yes"}, "spec.hostNetwork", id="text for a boolean"),
        pytest.param(
            {"terminationGracePeriodSeconds": "30"}, "spec.terminationGracePeriodSeconds", id="a quoted number"
        ),
        pytest.param({"overhead": {"cpu": "1 core"}}, "spec.overhead[cpu]", id="text that is no quantity"),
        pytest.param({"containers": {}}, "spec.containers", id="an object for a list"),
    ],
)
def test_a_field_of_another_type_is_one_finding_at_its_path(spec, path):
    manifest = pod()
    manifest["spec"].update(spec)

    [finding] = decide(review(manifest), DEFAULT_POLICY).findings

    assert (ErrorType.UNDECODABLE, path) == (finding.type, finding.path)


def test_nothing_else_is_said_of_an_undecodable_object():
    manifest = pod(container("Bad_Name", image=""), init=[container("x", command="sh")])

    codes = [finding.code for finding in decide(review(manifest), DEFAULT_POLICY).findings]

    assert ["IC100"] == codes


@pytest.mark.parametrize("kind", ["Deployment", "CronJob", "PodTemplate"])
def test_templates_are_decoded_too(kind):
    manifest = workload(kind, pod(init=["migrate"]))

    [finding] = decide(review(manifest), DEFAULT_POLICY).findings

    assert finding.path.endswith("template.spec.initContainers[0]")


def test_unknown_fields_are_never_undecodable():
    manifest = pod(container(futureField={"a": [1, "2", None]}), futureSpec=[[]])

    assert decide(review(manifest), DEFAULT_POLICY).allowed
