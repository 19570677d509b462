"""What is promised of every rule of practice, whatever a container is told to run."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import container, pod, sidecar, view
from webhook.policy.catalogue import rules

PRACTICE = [rule for rule in rules().values() if rule.code.startswith("IC3")]

WORDS = [
    *(
        "set",
        "set -e",
        "set +e",
        "set --",
        "curl",
        "curl -k",
        "curl -o",
        "wget -O",
        "wget",
        "git",
        "git clone",
        "tar -C",
    ),
    *("sed -i", "chown", "chmod", "cp", "mkdir", "touch", "sleep", "sleep infinity", "tail -f", "timeout", "timeout 5"),
    *("env", "env A=b", "exec", "sudo", "chroot", "[", "[[", "]]", "test", "nc", "-z", "-p", "-t", "--", "-", "exit"),
    *("exit 0", "break", "wait", "kill", "trap", "export A=$(b)", "A=", "GIT_SSL_NO_VERIFY=1", "kubectl", "apt-get"),
    *(
        "install",
        "pip install",
        "python -m",
        "unzip -d",
        "tee",
        "ln",
        "mv -t",
        "nginx -g 'daemon off;'",
        "redis-server",
    ),
]
REST = [
    *("/data/x", "/data", "/", "https://h/x", "http://localhost:80", "$X", '"$X"', "$(date)", "`id`", "'q'", '"a b"'),
    *(">", ">>", "2>&1", ">/dev/null", "<", "| ", "&& ", "|| ", "; ", "\n", "& ", "! ", "( ", ") ", "{ ", "; } "),
    *("if ", "; then ", "; else ", "; fi ", "while true; do ", "until ", "; do ", "; done ", "for i in 1; do "),
    *("f() { ", "case x in a) ", ";; esac ", "<<E\nx\nE\n", "sleep 1", "i=$((i+1))", "$((", "a", "-k", "-rf", ""),
]
TEXTS = st.lists(st.sampled_from([*WORDS, *REST]), max_size=12).map(" ".join) | st.text(max_size=20)
FIELDS = {
    "volumeMounts": [{"name": "data", "mountPath": "/data", "readOnly": True}, None],
    "env": [{"name": "X", "value": "/data"}, None],
    "ports": [{"containerPort": 80}],
}


def of(command):
    """A Pod in which every kind of container runs a command, so that every rule has something to look at."""
    one = container("run", command=command[:2], args=command[2:], **FIELDS)
    init = [one, sidecar("side", command=command, **FIELDS)]
    volumes = [{"name": "data", "configMap": {"name": "c"}}]
    return view(pod(one, container("other"), init=init, restartPolicy="Never", volumes=volumes))


@given(TEXTS.map(lambda text: ["sh", "-c", text]) | st.lists(st.sampled_from([*WORDS, *REST]) | TEXTS, max_size=5))
@settings(max_examples=300, deadline=None)
def test_whatever_a_container_runs_no_rule_raises(command):
    for rule in PRACTICE:
        assert all(finding.code == rule.code for finding in rule.check(of(command)))


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_a_rule_says_the_same_twice(text):
    first, second = of(["sh", "-c", text]), of(["sh", "-c", text])

    for rule in PRACTICE:
        assert list(rule.check(first)) == list(rule.check(second))
