import subprocess
from pathlib import Path


def test_busybox_is_a_shell_with_its_tools(busybox: Path):
    done = subprocess.run(
        [busybox, "sh", "-c", f"echo prologue | {busybox} tr a-z A-Z"], capture_output=True, check=True
    )

    assert done.stdout == b"PROLOGUE\n"
