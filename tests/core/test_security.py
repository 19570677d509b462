import pytest

from tests.builders import container, pod, view
from webhook.core.security import is_windows, pod_security_context, security_context


@pytest.mark.parametrize(
    ("os", "said"),
    [({"name": "windows"}, True), ({"name": "linux"}, False), ({}, False), (None, False), ({"name": None}, False)],
)
def test_windows_is_what_says_so(os, said):
    assert said == is_windows(view(pod(os=os)))


@pytest.mark.parametrize("context", [None, {}])
def test_no_context_reads_as_an_empty_one(context):
    manifest = view(pod(container(securityContext=context), securityContext=context))

    assert {} == security_context(manifest.containers[0]) == pod_security_context(manifest)


def test_contexts_are_given_as_they_are():
    manifest = view(pod(container(securityContext={"runAsUser": 7}), securityContext={"runAsUser": 8}))

    assert {"runAsUser": 7} == security_context(manifest.containers[0])
    assert {"runAsUser": 8} == pod_security_context(manifest)
