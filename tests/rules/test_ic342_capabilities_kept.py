import pytest

from tests.builders import container, pod, sidecar, view
from webhook.rules.practice.ic342_capabilities_kept import check


def case(capabilities, **spec):
    return pod(container(securityContext={"capabilities": capabilities}), **spec)


@pytest.mark.parametrize(
    ("manifest", "fields"),
    [
        pytest.param(pod(), ["drop"], id="no context"),
        pytest.param(case(None), ["drop"], id="null"),
        pytest.param(case({"drop": ["NET_RAW", "CHOWN"]}), ["drop"], id="some dropped"),
        pytest.param(case({"drop": ["all"]}), ["drop"], id="small letters"),
        pytest.param(case({"drop": ["ALL"], "add": ["NET_ADMIN"]}), ["add"], id="one added"),
        pytest.param(case({"add": ["SYS_ADMIN", "NET_BIND_SERVICE", None]}), ["drop", "add"], id="kept and added"),
    ],
)
def test_capabilities_beyond_the_standard_are_reported(manifest, fields):
    found = [finding.path for finding in check(view(manifest))]

    assert [f"spec.containers[0].securityContext.capabilities.{field}" for field in fields] == found


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(case({"drop": ["ALL"]}), id="all dropped"),
        pytest.param(case({"drop": ["NET_RAW", "ALL"], "add": []}), id="all among others"),
        pytest.param(case({"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}), id="low ports"),
        pytest.param(case({"drop": ["ALL"], "add": ["NET_BIND_SERVICE", "NET_BIND_SERVICE"]}), id="low ports twice"),
        pytest.param(pod(os={"name": "windows"}), id="Windows"),
    ],
)
def test_what_the_standard_allows_is_fine(manifest):
    assert [] == list(check(view(manifest)))


def test_init_containers_and_sidecars_are_judged():
    manifest = case({"drop": ["ALL"]}, init=[container("i"), sidecar("s")])

    assert ["i", "s"] == [finding.container for finding in check(view(manifest))]
