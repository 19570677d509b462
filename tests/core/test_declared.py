import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import container, pod, sidecar, template_of, view
from webhook.core.declared import noteworthy, pod_level_declared
from webhook.core.pod import Pod
from webhook.core.resource_list import canonical

NAMES = st.sampled_from(["cpu", "memory", "hugepages-2Mi", "example.com/gpu", "foo"])
LISTS = st.dictionaries(NAMES, st.sampled_from(["-1", "0", "1500u", "1", "2Mi", None, 3]), max_size=3)


def template(manifest, minor=36):
    return Pod(template_of(manifest), path="spec.template.spec", kind="Deployment", minor=minor)


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param(None, id="absent"),
        pytest.param({"limits": None, "requests": {}}, id="empty"),
        pytest.param(
            {"limits": {"cpu": "1", "memory": 1.5, "ephemeral-storage": None}}, id="standard and not negative"
        ),
        pytest.param({"requests": {"cpu": 0, "memory": "128Mi"}}, id="zero"),
    ],
)
def test_plain_amounts_of_cpu_memory_and_storage_are_not_noteworthy(resources):
    manifest = pod(container(resources=resources), overhead={"cpu": "250m"})

    assert () == noteworthy(view(manifest))


@pytest.mark.parametrize("amount", [pytest.param("-1", id="text"), pytest.param(-1, id="a number")])
def test_whatever_may_be_negative_is_noteworthy(amount):
    manifest = pod(overhead={"cpu": amount})

    [declared] = noteworthy(view(manifest))

    assert ("spec.overhead", "", {"cpu": "-1"}) == (declared.path, declared.container, canonical(declared.limits))


def test_places_come_in_the_order_of_kubernetes():
    gpu = {"limits": {"example.com/gpu": 1}}
    manifest = pod(
        container(resources=gpu),
        init=[sidecar(resources=gpu)],
        ephemeralContainers=[container("debug", resources=gpu)],
        resources=gpu,
        overhead=gpu["limits"],
    )

    paths = [declared.path for declared in noteworthy(view(manifest))]

    assert [
        "spec.containers[0].resources",
        "spec.initContainers[0].resources",
        "spec.ephemeralContainers[0].resources",
        "spec.resources",
        "spec.overhead",
    ] == paths


def test_in_a_pod_a_limit_is_also_the_request_where_there_is_none():
    manifest = pod(container(resources={"limits": {"foo": "2", "bar": "3"}, "requests": {"foo": None}}))

    [declared] = noteworthy(view(manifest))

    assert {"foo": "0", "bar": "3"} == canonical(declared.requests)


def test_in_a_template_and_in_ephemeral_containers_no_limit_is_copied():
    limits = {"limits": {"foo": "2"}}
    manifest = pod(container(resources=limits), ephemeralContainers=[container("debug", resources=limits)])

    requests = [dict(declared.requests) for declared in noteworthy(template(manifest))]
    ephemeral = noteworthy(view(manifest))[1].requests

    assert [{}, {}] == requests
    assert {} == ephemeral


def test_amounts_are_rounded_to_thousandths_and_know_their_paths():
    manifest = pod(container(resources={"limits": {"foo": "100u"}, "requests": {"foo": "100u"}}))

    [declared] = noteworthy(view(manifest))

    assert [("limit", "foo", "1m"), ("request", "foo", "1m")] == [
        (kind, name, str(amount)) for kind, name, amount in declared.amounts()
    ]
    assert "spec.containers[0].resources.limits[foo]" == declared.path_of("limit", "foo")


def test_gaps_of_the_pod_level_are_filled_in_a_pod_and_not_in_a_template():
    manifest = pod(container(resources={"requests": {"cpu": "2"}}), resources={"limits": {"cpu": "3", "memory": "1Gi"}})

    filled, as_written = pod_level_declared(view(manifest)), pod_level_declared(template(manifest))

    assert {"cpu": "2", "memory": "1Gi"} == canonical(filled.requests)
    assert {} == as_written.requests
    assert "spec.template.spec.resources" == as_written.path
    assert as_written.is_pod_level


@pytest.mark.parametrize(
    ("spec", "minor"),
    [
        pytest.param({}, 36, id="absent"),
        pytest.param({"resources": {"limits": {"cpu": "1"}}}, 33, id="dropped before 1.34"),
        pytest.param({"resources": {"limits": {"cpu": "1"}}, "os": {"name": "windows"}}, 36, id="forbidden on windows"),
    ],
)
def test_no_pod_level_is_judged(spec, minor):
    assert pod_level_declared(view(pod(**spec), minor)) is None


@given(limits=LISTS, requests=LISTS)
def test_a_pod_that_was_defaulted_before_declares_the_same(limits, requests):
    as_written = pod(container(resources={"limits": limits, "requests": requests}), resources={"limits": limits})
    defaulted = pod(
        container(resources={"limits": limits, "requests": limits | requests}), resources={"limits": limits}
    )

    assert noteworthy(view(as_written)) == noteworthy(view(defaulted))
