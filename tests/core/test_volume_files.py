import pytest

from webhook.core.volume_files import config_map_faults, downward_api_faults, projected_faults, secret_faults


def told(faults):
    return sorted((str(fault.type), fault.path) for fault in faults)


ITEM = {"key": "a", "path": "a"}
FILE = {"path": "name", "fieldRef": {"fieldPath": "metadata.name"}}


@pytest.mark.parametrize(
    ("rest", "faults"),
    [
        pytest.param({}, [], id="a name is enough"),
        pytest.param({"defaultMode": 0o777}, [], id="every permission"),
        pytest.param({"defaultMode": 0o1000}, [("Invalid", "defaultMode")], id="more than permissions"),
        pytest.param({"defaultMode": -1}, [("Invalid", "defaultMode")], id="a negative mode"),
        pytest.param({"items": [ITEM]}, [], id="an item"),
        pytest.param({"items": [{**ITEM, "mode": 512}]}, [("Invalid", "items[0].mode")], id="the mode of an item"),
        pytest.param({"items": [ITEM, None]}, [("Required", "items[1].key"), ("Required", "items[1].path")], id="null"),
        pytest.param({"items": [{"key": "a", "path": ".."}]}, [("Invalid", "items[0].path")] * 2, id="a climb"),
    ],
)
def test_config_maps_and_secrets_are_judged_alike(rest, faults):
    assert faults == told(config_map_faults({"name": "shop", **rest}))
    assert faults == told(secret_faults({"secretName": "shop", **rest}))


def test_a_config_map_and_a_secret_have_names():
    assert [("Required", "name")] == told(config_map_faults({"name": ""}))
    assert [("Required", "secretName")] == told(secret_faults({"secretName": None}))


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        pytest.param({}, [], id="no files"),
        pytest.param({"defaultMode": 512}, [("Invalid", "defaultMode")], id="a mode"),
        pytest.param({"items": [FILE]}, [], id="a file"),
        pytest.param(
            {"items": [FILE, None]}, [("Required", ""), ("Required", "path")], id="null, told without an index"
        ),
        pytest.param({"items": [{**FILE, "path": "/name"}]}, [("Invalid", "path")], id="an absolute path"),
        pytest.param({"items": [{**FILE, "mode": -1}]}, [("Invalid", "mode")], id="the mode of a file"),
        pytest.param({"items": [{**FILE, "resourceFieldRef": {}}]}, [("Invalid", "")], id="two references"),
        pytest.param({"items": [{"path": "a", "fieldRef": {}}]}, [("Required", "fieldRef.fieldPath")], id="no field"),
        pytest.param(
            {"items": [{"path": "a", "resourceFieldRef": {}}]},
            [("Required", "resourceFieldRef.containerName")],
            id="no container",
        ),
    ],
)
def test_a_downward_api_volume_is_judged_file_by_file(source, faults):
    assert faults == told(downward_api_faults(source))


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"path": "a", "expirationSeconds": 600}, [], id="ten minutes"),
        pytest.param(
            {"path": "a", "expirationSeconds": 599}, "sources[0].serviceAccountToken.expirationSeconds", id="less"
        ),
        pytest.param({"path": "a", "expirationSeconds": 1 << 32}, [], id="as long as may be"),
        pytest.param(
            {"path": "a", "expirationSeconds": (1 << 32) + 1},
            "sources[0].serviceAccountToken.expirationSeconds",
            id="longer than may be",
        ),
        pytest.param({"path": "../a"}, "path", id="a climb, told at the volume"),
    ],
)
def test_a_token_has_a_lifetime_and_a_path(source, faults):
    expected = [("Invalid", faults)] if faults else []
    if not source:
        expected = [("Required", "path")]

    assert expected == told(projected_faults({"sources": [{"serviceAccountToken": source}]}))


@pytest.mark.parametrize(
    ("sources", "faults"),
    [
        pytest.param(None, [], id="no sources"),
        pytest.param([None, {}], [], id="empty sources"),
        pytest.param([{"secret": {}}], [("Required", "sources[0].secret.name")], id="a nameless Secret"),
        pytest.param(
            [{"configMap": {"name": "a", "items": [{"path": "a"}]}}],
            [("Required", "sources[0].configMap.items[0].key")],
            id="an item without a key",
        ),
        pytest.param(
            [{"downwardAPI": {"items": [{"path": "a"}]}}],
            [("Required", "sources[0].downwardAPI")],
            id="a file of nothing",
        ),
        pytest.param(
            [{"secret": {"name": "a"}, "configMap": {"name": "a"}}], [("Forbidden", "sources[0]")], id="two in one"
        ),
        pytest.param(
            [{"secret": {"name": "a", "items": [ITEM, ITEM]}}, {"configMap": {"name": "a", "items": [ITEM]}}],
            [("Invalid", ""), ("Invalid", "")],
            id="one file thrice",
        ),
        pytest.param(
            [{"secret": {"name": "a", "items": [ITEM]}}, {"serviceAccountToken": {"path": "a"}}],
            [],
            id="a token's path is not compared",
        ),
        pytest.param([{"clusterTrustBundle": {}}, {"podCertificate": {}}], [], id="features that are off"),
    ],
)
def test_a_projected_volume_is_judged_source_by_source(sources, faults):
    assert faults == told(projected_faults({"sources": sources}))
