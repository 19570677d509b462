import pytest

from webhook.core.fault import Fault, all_invalid, forbidden, invalid, not_supported, required
from webhook.core.finding import ErrorType, Finding


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        pytest.param("", "spec.volumes[0]", id="the part itself"),
        pytest.param("name", "spec.volumes[0].name", id="a field"),
        pytest.param("[1].name", "spec.volumes[0][1].name", id="an index follows without a dot"),
    ],
)
def test_a_path_is_put_together(path, seen):
    fault = invalid(path, "no")

    assert seen == fault.path_from("spec.volumes[0]")
    assert seen == fault.below("spec.volumes[0]").path


def test_a_fault_becomes_the_finding_of_a_rule():
    fault = required("name", "needed")

    finding = fault.at("spec.containers[0]", "IC999", "app")

    assert Finding("IC999", ErrorType.REQUIRED, "spec.containers[0].name", "needed", "app") == finding


def test_each_kind_has_its_type():
    faults = [required("a", ""), invalid("a", ""), forbidden("a", ""), not_supported("a", "x", ["b", "c"])]

    assert ["Required", "Invalid", "Forbidden", "NotSupported"] == [str(fault.type) for fault in faults]
    assert "b, c" in faults[3].message


def test_each_line_is_a_fault():
    faults = list(all_invalid("key", "the key", ["is long", "is odd"]))

    assert [
        Fault(ErrorType.INVALID, "key", "the key is long"),
        Fault(ErrorType.INVALID, "key", "the key is odd"),
    ] == faults
