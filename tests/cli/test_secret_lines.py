"""Lines that hold a secret, with all the rules there are: in a process of its own, as people run it."""

import subprocess
import sys

MANIFEST = """\
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  initContainers:
  - name: migrate
    image: registry.example/shop:1
    env: [{name: DB_PASSWORD, value: hunter2-correct-horse}, {name: "a=b", value: x}]
  containers: [{name: app, image: "registry.example/shop:1"}]
"""


def test_a_line_that_holds_a_secret_is_never_shown_whatever_else_is_wrong_there(tmp_path):
    (tmp_path / "pod.yaml").write_text(MANIFEST)
    command = [sys.executable, "-m", "webhook.cli.main", "check", tmp_path / "pod.yaml"]

    for form in ("text", "json", "sarif", "junit", "github"):
        ran = subprocess.run([*command, "--format", form], capture_output=True, text=True, check=False, timeout=60)

        assert 1 == ran.returncode
        assert "IC311" in ran.stdout
        assert "IC118" in ran.stdout
        assert "hunter2" not in ran.stdout + ran.stderr
