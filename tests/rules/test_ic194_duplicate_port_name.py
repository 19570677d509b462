from tests.builders import container, pod, sidecar, view
from webhook.rules.kubernetes.ic194_duplicate_port_name import check

HTTP = {"name": "http", "containerPort": 80}


def test_the_later_of_two_containers_is_told_where_the_first_is():
    manifest = pod(
        container("a", ports=[{"containerPort": 1}, {**HTTP, "containerPort": 2}]),
        container("b", ports=[{**HTTP, "containerPort": 3}]),
        init=[container("migrate"), container("prepare", ports=[HTTP])],
    )

    findings = list(check(view(manifest)))

    assert ["spec.containers[0].ports[1]", "spec.containers[1].ports[0]"] == [finding.path for finding in findings]
    assert all("spec.initContainers[1].ports[0]" in finding.message for finding in findings)


def test_two_sidecars_are_two_containers():
    manifest = pod(init=[sidecar("a", ports=[HTTP]), sidecar("b", ports=[HTTP])])

    assert ["spec.initContainers[1].ports[0]"] == [finding.path for finding in check(view(manifest))]


def test_within_one_container_it_is_an_error_already():
    assert [] == list(check(view(pod(container(ports=[HTTP, HTTP, None])))))


def test_ports_without_a_name_have_none_in_common():
    manifest = pod(container(ports=[{"containerPort": 1, "name": ""}]), init=[sidecar(ports=[{"containerPort": 2}])])

    assert [] == list(check(view(manifest)))
