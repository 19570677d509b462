import pytest

from webhook.core.local_path import descending_faults, has_backstep, local_faults


@pytest.mark.parametrize(
    ("path", "backstep", "descending", "local"),
    [
        pytest.param("", False, 0, 0, id="empty"),
        pytest.param("a/b", False, 0, 0, id="down"),
        pytest.param("/a", False, 1, 1, id="absolute"),
        pytest.param("a/../b", True, 1, 1, id="a climb inside"),
        pytest.param("/..", True, 2, 2, id="absolute and a climb"),
        pytest.param("../a", True, 1, 1, id="a climb in front"),
        pytest.param("..", True, 1, 2, id="nothing but a climb, which is reserved too"),
        pytest.param("..data", False, 0, 1, id="reserved"),
        pytest.param("a..b/...", False, 0, 0, id="dots inside"),
    ],
)
def test_paths_are_judged_element_by_element(path, backstep, descending, local):
    assert backstep is has_backstep(path)
    assert descending == len(descending_faults(path))
    assert local == len(local_faults(path))
