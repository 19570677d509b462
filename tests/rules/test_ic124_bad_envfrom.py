import pytest

from tests.builders import container, pod, view
from webhook.rules.kubernetes.ic124_bad_envfrom import check

ONE = {"configMapRef": {"name": "shop"}}


@pytest.mark.parametrize(
    ("entry", "findings"),
    [
        pytest.param(ONE, [], id="a ConfigMap"),
        pytest.param({"secretRef": {"name": "shop"}, "prefix": "1 "}, [], id="a Secret with any prefix"),
        pytest.param({**ONE, "prefix": "A="}, [("Invalid", "[1].prefix")], id="a bad prefix"),
        pytest.param({}, [("Invalid", "")], id="nothing, told without an index"),
        pytest.param(None, [("Invalid", "")], id="null"),
        pytest.param({**ONE, "secretRef": {"name": "shop"}}, [("Invalid", "")], id="both"),
        pytest.param({"secretRef": {}}, [("Required", "[1].secretRef.name")], id="no name"),
        pytest.param({"configMapRef": {"name": "A"}}, [("Invalid", "[1].configMapRef.name")], id="a bad name"),
        pytest.param({"configMapRef": {"name": "shop-"}}, [], id="a hyphen at the end"),
        pytest.param({"configMapRef": {"name": "shop--"}}, [], id="two"),
        pytest.param(
            {"configMapRef": {"name": "-"}}, [("Invalid", "[1].configMapRef.name")], id="nothing but a hyphen"
        ),
        pytest.param({"configMapRef": {"name": ".-"}}, [], id="the letter before the hyphen is not looked at"),
        pytest.param(
            {"configMapRef": {"name": "é-"}}, [("Invalid", "[1].configMapRef.name")], id="unless it is half gone"
        ),
    ],
)
def test_each_entry_names_one_source(entry, findings):
    manifest = pod(init=[container("fetch", envFrom=[ONE, entry])])

    expected = [(type_, f"spec.initContainers[0].envFrom{path}") for type_, path in findings]

    assert expected == [(str(finding.type), finding.path) for finding in check(view(manifest))]
