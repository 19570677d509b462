import pytest

from webhook.core.pull_policy import default_pull_policy

DIGEST = "sha256:" + "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("image", "policy"),
    [
        pytest.param("shop", "Always", id="no tag is latest"),
        pytest.param("shop:latest", "Always", id="latest"),
        pytest.param("shop:1", "IfNotPresent", id="a tag"),
        pytest.param("registry.example:5000/shop", "Always", id="a port is no tag"),
        pytest.param("registry.example:5000/team/shop:1", "IfNotPresent", id="a port and a tag"),
        pytest.param("[fe80::1]:5000/shop", "Always", id="an IPv6 address"),
        pytest.param(f"shop@{DIGEST}", "IfNotPresent", id="a digest"),
        pytest.param(f"shop:latest@{DIGEST}", "Always", id="latest and a digest"),
        pytest.param("UPPER", "IfNotPresent", id="no image"),
        pytest.param("", "IfNotPresent", id="nothing"),
        pytest.param("a" * 64, "IfNotPresent", id="what could be taken for a digest"),
        pytest.param("a/" * 600 + "a", "IfNotPresent", id="far too long"),
    ],
)
def test_the_tag_decides(image, policy):
    assert policy == default_pull_policy(image)
