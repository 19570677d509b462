from tests.builders import container, pod, view, workload
from webhook.core.field_names import field_names, names_in
from webhook.core.workload import workload_of


def test_names_of_all_places_that_rules_look_into_are_given():
    inner = {
        "securityContext": {"procMount": None},
        "resources": {"claims": []},
        "ports": [None, {"hostPort": 1}],
        "volumeMounts": [{"subPath": "a"}, None],
        "env": [None, {"name": "A", "valueFrom": {"fileKeyRef": {}}}, {"valueFrom": None}],
    }
    spec = {"securityContext": {"sysctls": []}, "resources": {"limits": {}}, "volumes": [None, {"csi": {}}]}
    manifest = pod(container(), init=[container("a", **inner)], metadata={"annotations": None}, **spec)

    names = field_names(view(manifest))

    assert {"procMount", "claims", "hostPort", "subPath", "fileKeyRef"} < names
    assert {"sysctls", "limits", "csi", "annotations", "initContainers"} < names


def test_the_owner_of_a_template_counts_too():
    manifest = workload("StatefulSet", pod())
    manifest["spec"]["volumeClaimTemplates"] = []

    names = field_names(workload_of("apps/v1", "StatefulSet").pod(manifest, 36))

    assert {"volumeClaimTemplates", "selector"} < names


def test_other_containers_may_be_put_in_the_place_of_its_own():
    seen = view(pod(container(args=["a"]), hostPID=True))

    assert {"hostPID", "tty"} < names_in(seen, [{"tty": True}])
    assert "args" not in names_in(seen, [])
