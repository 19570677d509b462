import pytest

from tests.builders import pod, template_of, view
from webhook.core.pod import Pod
from webhook.rules.kubernetes.ic198_doubtful_pod_field import check

OLD = {"key": "beta.kubernetes.io/os", "operator": "Exists"}
NEW = {"key": "kubernetes.io/os", "operator": "Exists"}
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
CLAIM = {
    "volumeClaimTemplate": {"spec": {"resources": {"requests": {"storage": "100m"}, "limits": {"storage": "1Gi"}}}}
}


def paths(pod_view):
    return [finding.path for finding in check(pod_view)]


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        pytest.param(
            {"nodeSelector": {OLD["key"]: "linux", NEW["key"]: "linux"}},
            ["nodeSelector[beta.kubernetes.io/os]"],
            id="label",
        ),
        pytest.param(
            {"affinity": {"nodeAffinity": {REQUIRED: {"nodeSelectorTerms": [None, {"matchExpressions": [NEW, OLD]}]}}}},
            [f"affinity.nodeAffinity.{REQUIRED}.nodeSelectorTerms[1].matchExpressions[1].key"],
            id="label that a node must have",
        ),
        pytest.param(
            {"affinity": {"nodeAffinity": {PREFERRED: [{"weight": 1, "preference": {"matchExpressions": [OLD]}}]}}},
            [f"affinity.nodeAffinity.{PREFERRED}[0].preference.matchExpressions[0].key"],
            id="label that a node should have",
        ),
        pytest.param(
            {
                "affinity": {
                    "podAffinity": {REQUIRED: [{"topologyKey": "x", "labelSelector": {}}, {"topologyKey": "x"}]}
                }
            },
            [f"affinity.podAffinity.{REQUIRED}[1].labelSelector"],
            id="a selector that is not there",
        ),
        pytest.param(
            {
                "affinity": {
                    "podAntiAffinity": {
                        PREFERRED: [
                            {"podAffinityTerm": {"topologyKey": "x"}},
                            {"podAffinityTerm": {"labelSelector": {}}},
                        ]
                    }
                }
            },
            [f"affinity.podAntiAffinity.{PREFERRED}[0].podAffinityTerm.labelSelector"],
            id="a weighted one",
        ),
        pytest.param(
            {
                "topologySpreadConstraints": [
                    {"topologyKey": "failure-domain.beta.kubernetes.io/zone"},
                    {"labelSelector": {}},
                ]
            },
            ["topologySpreadConstraints[0].topologyKey", "topologySpreadConstraints[0].labelSelector"],
            id="spreading",
        ),
        pytest.param(
            {"volumes": [{"name": "a", "gitRepo": {"repository": "x"}}, {"name": "b", "storageos": {}}]},
            ["volumes[0].gitRepo", "volumes[1].storageOS"],
            id="volumes of old",
        ),
        pytest.param(
            {"volumes": [{"name": "a", "ephemeral": CLAIM}]},
            ["volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]"],
            id="a fraction of a byte of storage",
        ),
        pytest.param(
            {"hostAliases": [{"ip": "10.0.0.1"}, {"ip": "10.0.0.2"}, {"ip": "10.0.0.1"}]},
            ["hostAliases[2].ip"],
            id="alias",
        ),
        pytest.param(
            {"imagePullSecrets": [{"name": "a"}, {"name": "a"}, None]},
            ["imagePullSecrets[1].name", "imagePullSecrets[2].name"],
            id="pull secrets",
        ),
        pytest.param(
            {"dnsConfig": {"nameservers": ["10.0.0.1", "010.0.0.1"]}, "hostAliases": [{"ip": "FE80::1"}]},
            ["hostAliases[0].ip", "dnsConfig.nameservers[1]"],
            id="addresses",
        ),
    ],
)
def test_each_doubt_has_its_place(spec, found):
    manifest = pod(**spec)
    template = Pod(template_of(manifest), path="spec.template.spec", kind="DaemonSet")

    assert [f"spec.{path}" for path in found] == paths(view(manifest))
    assert [f"spec.template.spec.{path}" for path in found] == paths(template)


@pytest.mark.parametrize(
    ("volume", "found"),
    [
        pytest.param(
            {"configMap": {"items": [{"path": "a"}, {"path": "a/"}]}}, ["configMap.items[1].path"], id="one path"
        ),
        pytest.param(
            {"secret": {"items": [{"path": "a"}, {"path": "a/b"}]}}, ["secret.items[1].path"], id="below another"
        ),
        pytest.param({"configMap": {"items": [{"path": "a"}, {"path": "ab"}]}}, [], id="one name begins as another"),
        pytest.param(
            {
                "projected": {
                    "sources": [
                        {"serviceAccountToken": {"path": "token"}},
                        None,
                        {"downwardAPI": {"items": [{"path": "token"}, {"path": ""}, None]}},
                    ]
                }
            },
            ["projected.sources[2].downwardAPI.items[0].path"],
            id="two sources",
        ),
    ],
)
def test_files_of_one_volume_may_get_in_each_others_way(volume, found):
    manifest = pod(volumes=[{"name": "data", **volume}])

    assert [f"spec.volumes[0].{path}" for path in found] == paths(view(manifest))


def test_where_image_volumes_are_off_the_ones_behind_stand_further_ahead():
    manifest = pod(volumes=[{"name": "a", "image": {"reference": "x"}}, {"name": "b", "rbd": {}}])

    assert ["spec.volumes[0].rbd"] == paths(view(manifest, 34))
    assert ["spec.volumes[1].rbd"] == paths(view(manifest, 35))


@pytest.mark.parametrize(
    ("metadata", "warned"),
    [
        pytest.param({"name": "shop.example"}, True, id="dots"),
        pytest.param({"name": None, "generateName": "shop.example-"}, True, id="dots before what is generated"),
        pytest.param({"name": "x" * 64}, True, id="too long for a host name"),
        pytest.param({"name": None, "generateName": "x" * 80 + "-"}, False, id="a prefix is cut"),
        pytest.param({"name": "shop"}, False, id="a label"),
        pytest.param({"name": None}, False, id="no name, which is an error"),
    ],
)
def test_the_name_of_a_pod_is_its_host_name(metadata, warned):
    assert (["metadata.name"] if warned else []) == paths(view(pod(metadata=metadata)))
