import time

import pytest

from webhook.core.iscsi import interface_name_faults, iscsi_faults


def told(faults):
    return [(str(fault.type), fault.path) for fault in faults]


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        pytest.param("iqn.2001-04.com.example:disk", True, id="an iqn"),
        pytest.param("iqn.2001-04.com.example:disk:2", True, id="two colons"),
        pytest.param("iqn-iqn.2001-04.c:x", True, id="an iqn anywhere"),
        pytest.param("iqn.2001-04.com.example", False, id="no target"),
        pytest.param("iqn.2001-04.com.example:", False, id="an empty target"),
        pytest.param("iqn.2001-04.:x", False, id="no authority"),
        pytest.param("iqn.2001-4.com:x", False, id="a month of one digit"),
        pytest.param("iqn.2001-04.com:a b", False, id="a blank in the target"),
        pytest.param("iqn.2001-04.a;iqn.2001-04.com:x", True, id="what precedes does not matter"),
        pytest.param("eui.0123456789abcdef", True, id="an eui"),
        pytest.param("eui.0123456789abcde", False, id="a short eui"),
        pytest.param("naa." + "0" * 32, True, id="an naa"),
        pytest.param("naa." + "0" * 31, False, id="a short naa"),
        pytest.param("disk", False, id="anything else"),
    ],
)
def test_a_name_has_one_of_three_formats(name, is_good):
    faults = told(iscsi_faults({"iqn": name, "initiatorName": name}))

    assert ([] if is_good else [("Invalid", "iqn"), ("Invalid", "initiatorname")]) == faults


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        pytest.param({"lun": 255}, [], id="the last unit"),
        pytest.param({"lun": 256}, [("Invalid", "lun")], id="one more"),
        pytest.param({"chapAuthSession": True}, [("Required", "secretRef")], id="authentication without a Secret"),
        pytest.param({"chapAuthDiscovery": True, "secretRef": {}}, [], id="authentication with one"),
        pytest.param({"initiatorName": ""}, [("Invalid", "initiatorname")], id="an empty initiator is one"),
    ],
)
def test_the_rest_of_the_source_is_judged(source, faults):
    assert faults == told(iscsi_faults(source))


@pytest.mark.parametrize(
    ("initiator", "portal", "faults"),
    [
        pytest.param("iqn", "p" * 58, [], id="fits"),
        pytest.param("iqn", "p" * 59, [("Invalid", "name")], id="too long"),
        pytest.param(None, "p" * 59, [], id="no initiator"),
    ],
)
def test_volume_and_portal_make_the_name_of_an_interface(initiator, portal, faults):
    volume = {"name": "disks", "iscsi": {"initiatorName": initiator, "targetPortal": portal}}

    assert faults == told(interface_name_faults(volume))


def test_an_endless_name_takes_no_endless_time():
    name = "iqn.2001-04.a" * 50_000

    before = time.process_time()
    faults = told(iscsi_faults({"iqn": name}))

    assert [("Invalid", "iqn")] == faults
    assert time.process_time() - before < 2
