import pytest

from tests.builders import container, pod, view, workload
from webhook.core.workload import workload_of
from webhook.rules.practice.ic312_hole_left_in_template import check


def image(name):
    return pod({"name": "app", "image": name})


def volume(**source):
    return pod(volumes=[{"name": "x", **source}])


FIRES = [
    pytest.param(image("registry.example/shop:${TAG}"), "spec.containers[0].image", id="shell variable"),
    pytest.param(image("registry.example/$NAME"), "spec.containers[0].image", id="bare variable"),
    pytest.param(image("$(params.image)"), "spec.containers[0].image", id="parameter of a pipeline"),
    pytest.param(image("{{ .Values.image }}"), "spec.containers[0].image", id="chart"),
    pytest.param(image("<YOUR-REGISTRY>/shop:1"), "spec.containers[0].image", id="angle brackets"),
    pytest.param(image("gcr.io/PROJECT_ID/shop:1"), "spec.containers[0].image", id="capitals in the path"),
    pytest.param(image("docker.io/your-username/shop"), "spec.containers[0].image", id="your name"),
    pytest.param(image("registry.example/shop:CHANGEME"), "spec.containers[0].image", id="change me"),
    pytest.param(image("replace-me"), "spec.containers[0].image", id="replace me"),
    pytest.param(pod(container("RELEASE-NAME-app")), "spec.containers[0].name", id="name of a release"),
    pytest.param(pod(metadata={"name": "<name>"}), "metadata.name", id="name of the Pod"),
    pytest.param(pod(metadata={"labels": {"app": "CHANGE_ME"}}), "metadata.labels[app]", id="label"),
    pytest.param(pod(metadata={"labels": {"app": "TODO"}}), "metadata.labels[app]", id="label to do"),
    pytest.param(pod(serviceAccountName="$SA"), "spec.serviceAccountName", id="service account"),
    pytest.param(volume(hostPath={"path": "${HOME}/data"}), "spec.volumes[0].hostPath.path", id="home on the host"),
    pytest.param(volume(secret={"secretName": "<secret>"}), "spec.volumes[0].secret.secretName", id="secret"),
    pytest.param(
        pod(container(volumeMounts=[{"name": "a", "mountPath": "$HOME/.config"}])),
        "spec.containers[0].volumeMounts[0].mountPath",
        id="home in a mount",
    ),
    pytest.param(
        pod(container(volumeMounts=[{"name": "a", "mountPath": "/a", "subPath": "$(POD_NAME)"}])),
        "spec.containers[0].volumeMounts[0].subPath",
        id="subPath expands nothing",
    ),
    pytest.param(
        pod(container(envFrom=[{"configMapRef": {"name": "{{ name }}"}}])),
        "spec.containers[0].envFrom[0].configMapRef.name",
        id="configmap",
    ),
    pytest.param(pod(container(workingDir="$APP_HOME")), "spec.containers[0].workingDir", id="working directory"),
    pytest.param(pod(init=[container("$NAME")]), "spec.initContainers[0].name", id="init container"),
]


@pytest.mark.parametrize(("manifest", "path"), FIRES)
def test_an_open_hole_is_found(manifest, path):
    found = [
        finding.path
        for finding in check(view(manifest))
        if not finding.path.endswith("].image") or path.endswith("].image")
    ]

    assert [path] == found


NEAR_MISSES = [
    pytest.param(image("registry.example/todo-app:1.0-RC1"), id="an app for lists"),
    pytest.param(image("registry.example/exchange-me/replacement:1"), id="words alike"),
    pytest.param(image("Registry.Example:5000/shop:RELEASE_2_1"), id="capitals in host and tag"),
    pytest.param(image("registry.example/shop@sha256:" + "A" * 64), id="capitals in a digest"),
    pytest.param(image("yourls/yourls:1.9"), id="a product of that name"),
    pytest.param(
        pod(metadata={"annotations": {"note": "{{ with secret }} $X <p>"}}), id="annotations may hold templates"
    ),
    pytest.param(
        pod(container(env=[{"name": "A", "value": "$(B)/${C}"}], command=["sh", "-c", "echo $HOME"])), id="env"
    ),
    pytest.param(
        pod(container(volumeMounts=[{"name": "a", "mountPath": "/a", "subPathExpr": "$(POD_NAME)"}])), id="subPathExpr"
    ),
    pytest.param(
        pod(metadata={"labels": {"list": "todo", "owner": "TODO-team", "e": ""}}), id="labels with such words"
    ),
    pytest.param(volume(hostPath={"path": "/Applications/Shop Data"}), id="capitals in a path"),
    pytest.param(
        pod(container(volumeMounts=[None], envFrom=[None, {"secretRef": {"name": "S"}}]), volumes=[None]), id="nulls"
    ),
]


@pytest.mark.parametrize("manifest", NEAR_MISSES)
def test_what_only_looks_like_a_hole_is_left_alone(manifest):
    assert [] == list(check(view(manifest)))


def test_in_a_template_the_path_leads_to_its_metadata():
    manifest = workload("Deployment", pod(metadata={"labels": {"tier": "<tier>"}}))

    [finding] = check(workload_of("apps/v1", "Deployment").pod(manifest, 36))

    assert "spec.template.metadata.labels[tier]" == finding.path
