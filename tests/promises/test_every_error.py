"""What is promised of every error: it has an exit code or a status, and nobody's mistake ends in a stack trace."""

import importlib
import pkgutil

import pytest

import webhook
from tests.builders import envelope, pod
from webhook.admission.review import read_review
from webhook.cli.main import main
from webhook.cli.pool import WorkerError
from webhook.core.errors import ManifestError, MisuseError, PolicyError, PrologueError, ReviewError

BROKEN = {
    "broken.yaml": "a: [\n",
    "latin-1.yaml": b"a: \xe9\n",
    "text.yaml": "just text\n",
    "policy.yaml": "apiVersion: prologue.dev/v1alpha1\nkind: InjectionPolicy\nmetadata: {name: a}\nspec: {initContainers: 3}\n",
    "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n",
    "key.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
}
MISUSES = [
    pytest.param(argv.split(), id=argv)
    for argv in (
        "check gone.yaml",
        "check broken.yaml",
        "check latin-1.yaml",
        "check text.yaml",
        "check pod.yaml --policy policy.yaml",
        "check pod.yaml --policy broken.yaml",
        "check pod.yaml --policy gone",
        "check pod.yaml --kubernetes-version 0",
        "check pod.yaml --output gone/report",
        "inject broken.yaml",
        "inject text.yaml",
        "inject pod.yaml --policy policy.yaml",
        "inject pod.yaml --output gone/report",
        "explain broken.yaml",
        "explain text.yaml",
        "explain pod.yaml --kubernetes-version x",
        "rules XY",
        "rules --output gone/report",
        "recipes none",
        "recipes --output gone/report",
        "certs issue",
        "certs issue bad_name!",
        "certs issue localhost --ca gone",
        "certs issue localhost --dir pod.yaml",
        "certs show gone",
        "certs show key.pem",
        "certs show pod.yaml",
        "serve",
        "serve --dev --policy policy.yaml",
        "serve --tls-cert key.pem --tls-key key.pem",
        "serve --port -1",
        "nonsense",
        "check --nonsense",
    )
]


def every_error() -> list[type[PrologueError]]:
    for module in pkgutil.walk_packages(webhook.__path__, "webhook."):
        importlib.import_module(module.name)
    found, new = set(), {PrologueError}
    while new:
        found |= new
        new = {below for error in new for below in error.__subclasses__()}
    return sorted(found - {PrologueError}, key=lambda error: error.__name__)


def test_every_error_is_misuse_or_has_an_http_status_or_is_the_fault_of_a_worker_of_ours():
    errors = every_error()

    assert {MisuseError, ManifestError, PolicyError, ReviewError} <= set(errors)
    for error in errors:
        assert [issubclass(error, kind) for kind in (MisuseError, ReviewError, WorkerError)].count(True) == 1, error


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"{", 400, id="no JSON"),
        pytest.param(b"[]", 400, id="no object"),
        pytest.param(b"{}", 400, id="no review"),
        pytest.param(envelope(pod()).replace(b"k8s.io/v1", b"k8s.io/v1beta1"), 400, id="another version"),
    ],
)
def test_what_is_no_review_has_the_status_that_says_so(body, status):
    with pytest.raises(ReviewError) as caught:
        read_review(body, mutating=True)

    assert status == caught.value.status


@pytest.mark.parametrize("argv", MISUSES)
def test_misuse_ends_with_2_and_says_what_is_wrong_without_a_trace(tmp_path, monkeypatch, capsys, argv):
    monkeypatch.chdir(tmp_path)
    for name, content in BROKEN.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    code = main(argv)

    out, err = capsys.readouterr()
    assert 2 == code
    assert err.strip()
    assert "Traceback" not in out + err
